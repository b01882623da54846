import { createHash } from 'node:crypto';
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { isDay } from '#domain/model/day.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { STATE_WORDS, STATES } from '#domain/model/verdict.ts';
import { paperOf } from '#domain/text/paper.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { type Assessment, assess, exitCode } from '#features/assess/assess.ts';
import { readLogo } from '#features/assess/logo.ts';
import { readProfile } from '#features/assess/profile.ts';
import { type Format, jsonText, type Part } from '#features/reports/formats.ts';
import { type Report, reportSchema } from '#features/reports/model.ts';
import { FORMATS, formatOf, type Paper, render } from '#features/reports/render.ts';
import { version } from '#features/version.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import { lookUp } from '../look-up.ts';
import { Problem } from '../problem.ts';
import { safe, type Terminal } from '../terminal.ts';
import { checkColumns, parseStatedFiles } from './assess-files.ts';

export interface AssessFlags {
  readonly profile: string;
  readonly asOf?: string;
  readonly report?: string[];
  readonly appendix?: string[];
  readonly map?: string[];
  readonly period?: string[];
  readonly charter?: string;
  readonly journal?: string;
  readonly since?: string;
  readonly logo?: string;
  readonly preparedBy?: string;
  readonly paper?: string;
  readonly dns?: boolean;
  readonly resolver?: string[];
}

const NEXT_SHOWN = 5;

/**
 * `bylaw assess FOLDER`: prints what each file was recognized as and the client's status, and writes the reports. To
 * assess many clients in one process, pass the catalogue, because reading it takes longer than assessing a small
 * client.
 */
export async function assessCommand(
  folder: string,
  flags: AssessFlags,
  terminal: Terminal,
  catalogue: Catalogue = loadCatalogue(),
): Promise<number> {
  const outputs = outputsOf(flags);
  if (flags.asOf !== undefined && !isDay(flags.asOf))
    throw new Problem(`--as-of ${flags.asOf} is not a date of the form YYYY-MM-DD, for example 2026-11-24.`);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw new Problem(`“${folder}” is not a folder. Give the folder that contains the client’s files.`);
  const words = parseStatedFiles(flags.map, flags.period);
  const profile = await readProfile(flags.profile);
  const assessment = await assess({
    folder,
    profile,
    catalogue,
    version,
    clock: new Date(),
    ...words,
    ...(flags.asOf === undefined ? {} : { asOf: flags.asOf }),
    ...(flags.charter === undefined ? {} : { charter: flags.charter }),
    ...(flags.journal === undefined ? {} : { journal: flags.journal }),
    ...(flags.since === undefined ? {} : { since: await earlier(flags.since) }),
    ...(flags.preparedBy === undefined ? {} : { preparedBy: flags.preparedBy }),
    ...(flags.dns || flags.resolver
      ? { lookUp: (domains: readonly string[]) => lookUp(domains, flags.resolver) }
      : {}),
    onProgress: (done, total, file) => terminal.progress(`Reading ${done + 1} of ${total}: ${safe(file)}`),
  });
  terminal.progress('');
  checkColumns(words, assessment.files);
  const { today } = assessment.moment;
  for (const { file, period } of words.periods)
    if (period.from > today)
      throw new Problem(
        `--period ${file}: ${dayWords(period.from)} is in the future; the assessment date is ${dayWords(today)}.`,
      );
  printFiles(assessment.files, terminal);
  printStatus(assessment, terminal);
  const logo = flags.logo === undefined ? undefined : await readLogo(flags.logo);
  const { report } = assessment;
  // Serializing takes a tenth of the time for a small client, so it is done once, for the hash and for the file.
  const json = Buffer.from(jsonText(report));
  const sha256 = createHash('sha256').update(json).digest('hex');
  for (const { path, format, part } of outputs) {
    terminal.progress(`Writing ${path}`);
    const options = { paper: paper(flags.paper, report), part, sha256, ...(logo ? { logo } : {}) };
    await writeWhole(path, format === 'json' ? json : await render(report, format, options));
    terminal.out(`Wrote ${safe(path)}`);
  }
  return exitCode(assessment);
}

interface Output {
  readonly path: string;
  readonly format: Format;
  readonly part: Part;
}

/** The files to write: the board's report, the technician's appendix, or the record as a workbook or JSON. */
function outputsOf({ report = [], appendix = [] }: AssessFlags): Output[] {
  const output = (flag: string, path: string, part: Part, formats: readonly Format[]): Output => {
    const format = formatOf(path);
    if (format === null || !formats.includes(format))
      throw new Problem(`--${flag} ${path}: the name must end in ${formats.map((f) => `.${f}`).join(', ')}.`);
    return { path, format, part };
  };
  return [
    ...report.map((path) => output('report', path, 'board', FORMATS)),
    ...appendix.map((path) => output('appendix', path, 'appendix', ['html', 'pdf'])),
  ];
}

async function earlier(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Problem(`--since ${path}: the file cannot be read.`);
  });
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch {
    throw new Problem(
      `--since ${path}: is not a JSON report of Bylaw. Give the report.json of the earlier assessment.`,
    );
  }
}

function printFiles(files: readonly FileReport[], terminal: Terminal): void {
  // Mention duplicate files, so that nobody looks for their rows, but not files that operating systems leave in
  // folders.
  const shown = files.filter((file) => file.outcome !== 'ignored' || file.kind !== null);
  terminal.out(terminal.bold(`${count(shown.length, 'file')} read`));
  for (const file of shown) {
    terminal.out(`  ${safe(file.file)}: ${fileWords(file)}`);
    if (file.unmapped.length > 0)
      terminal.out(`    left out: ${file.unmapped.map((name) => `“${safe(name)}”`).join(', ')}`);
    for (const note of file.notes.slice(0, 5)) terminal.out(`    ${safe(noteWords(note))}`);
    if (file.notes.length > 5)
      terminal.out(`    and ${count(file.notes.length - 5, 'further note')} in the report`);
  }
  terminal.out();
}

function fileWords(file: FileReport): string {
  const name = file.kind === null ? '' : file.kind in KINDS ? KINDS[file.kind as Kind].label : file.kind;
  const day = file.observedOn ? `, ${dayWords(file.observedOn)}` : '';
  switch (file.outcome) {
    case 'taken':
      return `${name}, ${count(file.rows ?? 0, 'row')}${day}`;
    case 'replaced':
      return `${name}${day}, replaced by a newer one`;
    case 'document':
      return name;
    case 'proof':
      return 'kept as proof of a statement';
    case 'malformed':
      return `refused${name === '' ? '' : ` as ${name}`}. ${safe(file.problem ?? '')}`;
    case 'not_placed':
      return `not placed. ${safe(file.problem ?? '')}`;
    case 'ignored':
      return `${name}${day}, a copy`;
  }
}

function noteWords(note: FileReport['notes'][number]): string {
  const place = [
    note.row === null ? '' : `row ${note.row}`,
    note.column === null ? '' : `column “${note.column}”`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  return place === '' ? note.says : `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${note.says}`;
}

function printStatus({ report }: Assessment, terminal: Terminal): void {
  terminal.out(terminal.bold(`${safe(report.client.name)}, as of ${dayWords(report.asOf)}`));
  terminal.out(safe(report.summary.headline));
  for (const state of STATES) {
    const n = report.counts[state];
    if (n > 0) terminal.out(`  ${String(n).padStart(3)}  ${terminal.state(state, STATE_WORDS[state])}`);
  }
  terminal.out();
  if (report.nextActions.length > 0) terminal.out(terminal.bold('Do next'));
  report.nextActions.slice(0, NEXT_SHOWN).forEach((action, index) => {
    terminal.out(
      `  ${index + 1}. ${safe(action.title)} (${action.controls.slice(0, 3).join(', ')}${action.controls.length > 3 ? ` and ${action.controls.length - 3} more` : ''})`,
    );
  });
  terminal.out();
}

function paper(flag: string | undefined, report: Report): Paper {
  if (flag === 'a4' || flag === 'us-letter') return flag;
  if (flag === 'letter') return 'us-letter';
  if (flag !== undefined) throw new Problem(`--paper ${flag}: is neither a4 nor letter.`);
  return paperOf(report.client.timezone) === 'letter' ? 'us-letter' : 'a4';
}

/** Writes to a temporary file and renames it, so that a reader never sees half a report. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'its folder does not exist'
        : 'the file cannot be written there';
    throw new Problem(`--report ${path}: ${why}${extname(path) === '' ? '' : ` (${basename(path)})`}.`);
  }
}
