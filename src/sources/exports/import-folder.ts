import type { Journal } from '#domain/model/journal.ts';
import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import { byCodeUnit } from '#domain/text/order.ts';
import type { FileReport, ImportProblem, Note } from './file-kind.ts';
import { datesNothing, dayOfUnread } from './folder/dating.ts';
import { type FoundDocument, settleDocuments } from './folder/documents.ts';
import { meantByName } from './folder/meant.ts';
import { findNamed, type NamedFiles } from './folder/named-files.ts';
import { hasPeriodGiven } from './folder/period.ts';
import { withPlace } from './folder/place.ts';
import { isNamed, namedAsProof, withFilesFound, withLockdownFile } from './folder/proof.ts';
import {
  type FileOutcome,
  isDocumentKind,
  namedIn,
  readSourceFile,
  type Wanted,
} from './folder/read-source-file.ts';
import { type FoundReading, settleReadings } from './folder/readings.ts';
import { readSource, type SourceFile } from './folder/source-file.ts';
import { type FoundFile, walk } from './folder/walk.ts';
import type { ImportedFolder, ImportOptions } from './import-folder.types.ts';

export type { ImportedFolder, ImportOptions } from './import-folder.types.ts';

/**
 * Imports a folder of exports: the kind and day of each file, and the charter, journal and attestations. A file is used
 * completely or not at all. Throws an ImportProblem only if the folder itself cannot be read; problems with a file are
 * in its report. The result does not depend on file names or on the order of the file system.
 */
export async function importFolder(options: ImportOptions): Promise<ImportedFolder> {
  const walked = await walk(options.folder);
  const named = await findNamed(options, walked.files);
  const files = [...walked.files, ...named.outside];
  const found = new Findings(options.timezone, options.today);
  for (const [index, file] of files.entries()) {
    options.onProgress?.(index, files.length, file.file);
    await readOne(file, named, options, found);
  }
  options.onProgress?.(files.length, files.length, '');

  for (const { file, why } of walked.ignored)
    found.reports.push(plainReport({ file, bytes: 0, sha256: '' }, 'ignored', null, why));
  for (const { file, why } of walked.refused)
    found.reports.push(plainReport({ file, bytes: 0, sha256: '' }, 'malformed', null, why));
  for (const written of named.withoutFile)
    found.reports.push(
      plainReport(
        { file: written, bytes: 0, sha256: '' },
        'malformed',
        null,
        `A period was given for ${written}, and there is no such file.`,
      ),
    );
  const missing: { charter?: string; journal?: string } = {};
  for (const { wanted, written } of named.missing) {
    const why = `There is no file ${written}.`;
    found.reports.push(plainReport({ file: written, bytes: 0, sha256: '' }, 'malformed', wanted, why));
    if (wanted === 'charter' || wanted === 'journal')
      missing[wanted] = `The ${wanted} was not read: there is no file ${written}.`;
  }

  const documents = settleDocuments(
    found.documents.filter(
      ({ kind }) => !((kind === 'charter' || kind === 'journal') && missing[kind] !== undefined),
    ),
  );
  const { readings, reports } = settleReadings(
    found.readings,
    dating(documents.journal?.value ?? null, found.readings, named, options.today),
    options.timezone,
    options.today,
  );
  const read = [...found.reports, ...reports].map(({ file }) => file);
  const all = [
    ...found.reports,
    ...reports,
    ...documents.outcomes.map((one) =>
      withUndated(
        documentReport(one.document, one.outcome, one.problem, one.note),
        one.document.read?.kind === 'journal' && one.outcome === 'document'
          ? datesNothing(one.document.read.journal.value, read)
          : [],
      ),
    ),
  ];
  const proof = namedAsProof(documents.attestations, documents.journal);
  return {
    files: all
      .map((report) => asProof(report, proof))
      .sort((a, b) => byCodeUnit(a.file, b.file) || byCodeUnit(a.kind ?? '', b.kind ?? '')),
    readings,
    charter: documents.charter,
    journal: withLockdownFile(documents.journal, all),
    attestations: withFilesFound(
      documents.attestations,
      all.filter(({ sha256 }) => sha256 !== '').map(({ file }) => file),
    ),
    unusable: { ...documents.unusable, ...missing },
  };
}

/** Information about days: the journal, and the last day of periods stated by a person. */
function dating(
  journal: Journal | null,
  readings: readonly FoundReading[],
  named: NamedFiles,
  today: string,
): Journal | null {
  const byHand = readings.flatMap(({ source: { file }, parsed }) => {
    const period = named.periodOf(file);
    return !hasPeriodGiven(parsed, period) ? [] : [{ what: file, on: period.to < today ? period.to : today }];
  });
  return byHand.length === 0
    ? journal
    : { ...(journal ?? {}), exported: [...(journal?.exported ?? []), ...byHand] };
}

class Findings {
  readonly documents: FoundDocument[] = [];
  readonly readings: FoundReading[] = [];
  readonly reports: FileReport[] = [];
  readonly #zone: string;
  readonly #today: string;

  constructor(zone: string, today: string) {
    this.#zone = zone;
    this.#today = today;
  }

  add(source: SourceFile, taken: FileOutcome, named: boolean): void {
    const about = {
      file: namedIn(source.file, taken),
      bytes: source.bytes,
      sha256: source.sha256,
      modified: source.modified,
    };
    const unreadDay = () => dayOfUnread(source.file, source.modified, this.#zone, this.#today);
    switch (taken.is) {
      case 'reading':
        this.readings.push({ source: about, parsed: taken.parsed, byHand: taken.byHand, notes: taken.notes });
        return;
      case 'document':
        this.documents.push({
          kind: taken.kind,
          source: about,
          read: taken.read,
          problem: taken.problem,
          named,
        });
        return;
      case 'malformed':
        this.reports.push({
          ...plainReport(about, 'malformed', taken.kind, taken.problem),
          ...(taken.kind === null ? { maybe: meantByName(source.file) } : {}),
          unreadDay: unreadDay(),
        });
        return;
      case 'not_placed':
        this.reports.push({
          ...plainReport(
            about,
            'not_placed',
            null,
            taken.hint === null ? taken.why : `${taken.why} ${taken.hint}`,
          ),
          maybe: taken.maybe.length > 0 || taken.hint === null ? taken.maybe : meantByName(source.file),
          ...(taken.ofAnotherTime ? { ofAnotherTime: true } : {}),
          unreadDay: unreadDay(),
        });
        return;
      case 'ignored':
        this.reports.push(plainReport(about, 'ignored', null, taken.why));
    }
  }
}

async function readOne(
  file: FoundFile,
  named: NamedFiles,
  options: ImportOptions,
  found: Findings,
): Promise<void> {
  const environment = {
    timezone: options.timezone,
    domains: options.domains,
    today: options.today,
    columnsOf: options.columns ?? {},
    partOfJournal: true,
  };
  const whole = named.wantedFor(file.file);
  const inside = whole.length > 0 ? await largestInside(file) : null;
  for await (const source of readSource(file)) {
    const wanted: readonly Wanted[] =
      inside === null || source.file === inside
        ? [...whole, ...named.wantedFor(source.file).filter((kind) => !whole.includes(kind))]
        : named.wantedFor(source.file);
    const period = named.periodOf(source.file);
    const own = period === undefined ? environment : { ...environment, period };
    for (const taken of readSourceFile(source, wanted, own))
      found.add(source, taken, wanted.some(isDocumentKind));
  }
}

/** If a person states the kind of an archive, its largest readable file is meant, as for the audit-log download. */
async function largestInside(file: FoundFile): Promise<string | null> {
  let largest: { file: string; bytes: number } | null = null;
  for await (const { file: inner, bytes, opened } of readSource(file)) {
    if (inner === file.file) return null;
    if (opened.ok && bytes > (largest?.bytes ?? -1)) largest = { file: inner, bytes };
  }
  return largest?.file ?? null;
}

type About = Pick<FileReport, 'file' | 'bytes' | 'sha256'>;

function plainReport(
  about: About,
  outcome: FileReport['outcome'],
  kind: Kind | DocumentKind | null,
  problem: ImportProblem | string,
): FileReport {
  return {
    file: about.file,
    bytes: about.bytes,
    sha256: about.sha256,
    outcome,
    kind,
    observedOn: null,
    dateFrom: null,
    rows: null,
    mapping: [],
    unmapped: [],
    notes: [],
    problem: typeof problem === 'string' ? problem : withPlace(problem),
  };
}

function documentReport(
  document: FoundDocument,
  outcome: FileReport['outcome'],
  problem: ImportProblem | null,
  note: string | null,
): FileReport {
  const { read } = document;
  const left = outcome === 'document' && read !== null && 'incomplete' in read ? read.incomplete : [];
  const notes: readonly Note[] = [
    ...(note === null ? [] : [{ row: null, column: null, says: note }]),
    ...left.map(({ line, says }) => ({ row: line, column: null, says })),
  ];
  const report = plainReport(document.source, outcome, document.kind, problem ?? '');
  return { ...report, notes, problem: problem === null ? null : report.problem };
}

/** Notes entries of the journal with an export day for something that is neither a file here nor a kind. */
function withUndated(report: FileReport, undated: readonly string[]): FileReport {
  const notes = undated.map((what) => ({
    row: null,
    column: null,
    says: `The journal says when “${what}” was exported, which is neither a file here nor a kind that Bylaw reads, so that date is ignored.`,
  }));
  return notes.length === 0 ? report : { ...report, notes: [...report.notes, ...notes] };
}

/** An image or other unreadable file is evidence if a document names it. */
function asProof(report: FileReport, proof: ReturnType<typeof namedAsProof>): FileReport {
  if (report.outcome !== 'not_placed' || !proof.some((named) => isNamed(report.file, named))) return report;
  return { ...report, outcome: 'proof', problem: null };
}
