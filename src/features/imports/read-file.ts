import { createHash, randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import { KINDS } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { Content, ImportProblem, Note, Parsed, ParseEnvironment } from '#sources/exports/file-kind.ts';
import { dayOfUnread } from '#sources/exports/folder/dating.ts';
import { hasPeriodGiven, lacksPeriod } from '#sources/exports/folder/period.ts';
import { type FileOutcome, namedIn, readSourceFile } from '#sources/exports/folder/read-source-file.ts';
import { readBytes, type SourceFile } from '#sources/exports/folder/source-file.ts';
import { isSystemFile } from '#sources/exports/folder/walk.ts';
import { fileKinds } from '#sources/exports/kinds/index.ts';
import { cellText } from '#sources/exports/table/cells.ts';
import type { ColumnReport, Problem, SourceReport, StagedReading } from './source-report.ts';

export interface FileToRead {
  readonly name: string;
  readonly bytes: Buffer;
  readonly modified: Date;
  /** Modification day as reported; null: not known. */
  readonly saved: string | null;
  readonly wanted: Kind | DocumentKind | null;
  readonly columns: Readonly<Record<string, string | null>> | null;
  /** Days that it covers, as stated by a person. */
  readonly period: Period | null;
}

/** Receives what was read. Each call is awaited, which limits the amount in memory. */
export interface ReadInto {
  reading(reading: StagedReading): Promise<void>;
  /** At most ROWS_PER_PART rows, or as many as make about PART_CHARACTERS of text, compressed. */
  rows(observation: string, part: number, rows: Uint8Array): Promise<void>;
  /** Content of a file within an archive, from which something was read, to be stored as evidence. */
  inner(file: string, bytes: Uint8Array): Promise<void>;
}

const ROWS_PER_PART = 2000;
/** Sizes of a part, which is in memory several times at once: as values, text, bytes and compressed. */
const PART_CHARACTERS = 4_000_000;
/** Maximum number of notes per reading; the rest is only counted. */
const NOTES_KEPT = 200;

type Environment = Omit<ParseEnvironment, 'file' | 'columns' | 'period'>;

/** Reads a file of an import and its members if it is an archive. Problems are part of its reports. */
export async function readImportedFile(
  file: FileToRead,
  environment: Environment,
  into: ReadInto,
): Promise<readonly SourceReport[]> {
  if (file.name.split('/').some(isSystemFile))
    return [
      {
        file: file.name,
        bytes: file.bytes.length,
        sha256: '',
        is: 'ignored',
        why: 'A hidden or system file.',
      },
    ];
  const meant = file.wanted === null ? null : await largestInside(file);
  const reports: SourceReport[] = [];
  for await (const source of readBytes(file.name, file.bytes, file.modified)) {
    const wanted = file.wanted === null || (meant !== null && source.file !== meant) ? [] : [file.wanted];
    const found = readSourceFile(source, wanted, {
      ...environment,
      partOfJournal: true,
      ...(file.columns === null ? {} : { columns: file.columns }),
      ...(file.period === null ? {} : { period: file.period }),
    });
    if (isKept(source, file, found)) await into.inner(source.file, source.content);
    for (const taken of found) reports.push(await reportOf(source, taken, file, into, environment));
  }
  return reports;
}

/** Limit for images and other files inside an archive, which are kept because a document may name them as proof. */
const PROOF_BYTES = 32 * 1024 * 1024;

/** Whether to store a file inside an archive separately, so that evidence can be opened by itself. */
function isKept(
  source: SourceFile,
  file: FileToRead,
  found: readonly FileOutcome[],
): source is SourceFile & { readonly content: Buffer } {
  if (source.content === null || source.file === file.name) return false;
  if (found.some((one) => one.is === 'reading' && one.parsed.keeps !== undefined)) return false;
  return found.some(
    ({ is }) => is === 'reading' || is === 'document' || (is === 'not_placed' && source.bytes <= PROOF_BYTES),
  );
}

/** If a person states the kind of an archive, it applies to its largest readable file, as in the audit-log download. */
async function largestInside(file: FileToRead): Promise<string | null> {
  let largest: { file: string; bytes: number } | null = null;
  for await (const source of readBytes(file.name, file.bytes, file.modified)) {
    if (source.file === file.name) return null;
    if (source.opened.ok && source.bytes > (largest?.bytes ?? -1))
      largest = { file: source.file, bytes: source.bytes };
  }
  return largest?.file ?? null;
}

async function reportOf(
  source: SourceFile,
  taken: FileOutcome,
  file: FileToRead,
  into: ReadInto,
  { timezone, today }: Environment,
): Promise<SourceReport> {
  const day = () => dayOfUnread(source.file, source.modified, timezone, today);
  const kept =
    taken.is === 'reading' && taken.parsed.keeps !== undefined
      ? keptOf(taken.parsed.keeps(taken.parsed.covers))
      : null;
  const about = {
    file: namedIn(source.file, taken),
    bytes: kept?.content.length ?? source.bytes,
    sha256: kept?.sha256 ?? source.sha256,
  };
  switch (taken.is) {
    case 'reading': {
      if (kept !== null) await into.inner(source.file, kept.content);
      const reading = await stage({ ...source, ...about }, taken, file, into);
      return {
        ...about,
        is: 'reading',
        kind: taken.parsed.kind,
        observation: reading.id,
        byHand: taken.byHand,
        rows: taken.parsed.rows.length,
        columns: columnsOf(source, taken.parsed),
        fields: fileKinds.find((kind) => kind.kind === taken.parsed.kind && kind.fields)?.fields ?? [],
        ...(kept === null ? {} : { keptInPlace: true as const }),
        notes: reading.notes,
        moreNotes: taken.notes.length + taken.parsed.notes.length - reading.notes.length,
        ...(lacksPeriod(taken.parsed)
          ? { period: 'asked' }
          : hasPeriodGiven(taken.parsed, file.period ?? undefined)
            ? { period: 'given' }
            : {}),
      };
    }
    case 'document':
      return {
        ...about,
        is: 'document',
        kind: taken.kind,
        read: taken.read,
        problem: taken.problem === null ? null : plain(taken.problem),
      };
    case 'malformed':
      return {
        ...about,
        is: 'malformed',
        kind: taken.kind,
        problem: plain(taken.problem),
        day: day(),
        ...unreadColumns(source, taken.kind, file),
      };
    case 'not_placed':
      return {
        ...about,
        is: 'not_placed',
        why: taken.why,
        askable: taken.hint !== null,
        maybe: taken.maybe,
        ...(taken.ofAnotherTime ? { ofAnotherTime: true } : {}),
        day: day(),
      };
    case 'ignored':
      return { ...about, is: 'ignored', why: taken.why };
  }
}

/** What is stored instead of a file, by its hash. */
function keptOf(text: string): { readonly content: Buffer; readonly sha256: string } {
  const content = Buffer.from(text);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

function plain({ message, row, column }: ImportProblem): Problem {
  return { message, row, column };
}

async function stage(
  source: SourceFile,
  { parsed, byHand, notes }: Extract<FileOutcome, { is: 'reading' }>,
  file: FileToRead,
  into: ReadInto,
): Promise<StagedReading> {
  const inside = source.file !== file.name;
  const reading: StagedReading = {
    id: randomUUID(),
    kind: parsed.kind,
    file: source.file,
    sha256: source.sha256,
    bytes: source.bytes,
    modified: inside ? source.modified.toISOString() : file.saved,
    contentDay: parsed.observedOn,
    complete: parsed.complete,
    page: parsed.page ?? null,
    covers: parsed.covers ?? null,
    asks: parsed.asks ?? [],
    byHand,
    mapping: parsed.mapping,
    unmapped: parsed.unmapped,
    notes: [...notes, ...parsed.notes].slice(0, NOTES_KEPT) satisfies Note[],
    rowCount: parsed.rows.length,
    rowsDigest: digestOf(parsed, file.period),
  };
  await into.reading(reading);
  let part = 0;
  for (const rows of partsOf(parsed.rows)) {
    await into.rows(reading.id, part, deflateSync(rows));
    part += 1;
  }
  return reading;
}

/** Rows as JSON arrays of limited length. */
function* partsOf(rows: readonly unknown[]): Generator<string> {
  let texts: string[] = [];
  let characters = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    texts.push(text);
    characters += text.length;
    if (texts.length < ROWS_PER_PART && characters < PART_CHARACTERS) continue;
    yield `[${texts.join(',')}]`;
    texts = [];
    characters = 0;
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`;
}

/**
 * Digest of a reading's content, independent of the order of rows. The order of a log has meaning, that of a list does
 * not.
 */
function digestOf(parsed: Parsed, period: Period | null): string {
  const hash = createHash('sha256');
  const rows: readonly object[] = parsed.rows;
  // If the order matters, hash one text at a time: all together would take as much memory as the file.
  if (KINDS[parsed.kind].shape === 'snapshot')
    for (const row of rows.map(canonicalRow).sort()) hash.update(row);
  else for (const row of rows) hash.update(canonicalRow(row));
  // The same bytes mean more once someone has stated the days that they cover.
  if (period !== null && parsed.covers !== undefined) hash.update(`${JSON.stringify(parsed.covers)}\n`);
  return hash.digest('hex');
}

function canonicalRow(row: object): string {
  const fields = Object.entries(row).filter(([field]) => field !== 'file' && field !== 'row');
  return `${JSON.stringify(fields)}\n`;
}

/** The columns of a rejected table, with what a person stated about them. */
function unreadColumns(source: SourceFile, kind: Kind | null, file: FileToRead) {
  const fields = fileKinds.find((one) => one.kind === kind && one.fields)?.fields;
  const tables = source.opened.ok ? source.opened.contents.flatMap(tablesOf) : [];
  if (fields === undefined || tables.length === 0) return {};
  const columns = [...new Set(tables.flatMap((table) => table.columns))].map(
    (column): ColumnReport => ({
      column,
      first: kind === 'ai_traffic' ? null : firstValue(tables, column),
      field: file.columns?.[column] ?? null,
      how: file.columns?.[column] == null ? null : 'hand',
    }),
  );
  return { columns, fields };
}

function columnsOf(source: SourceFile, parsed: Parsed): readonly ColumnReport[] {
  const tables = source.opened.ok ? source.opened.contents.flatMap(tablesOf) : [];
  const used = new Map(parsed.mapping.map((mapping) => [mapping.column, mapping]));
  const left = new Set(parsed.unmapped);
  const names = [...new Set(tables.flatMap(({ columns }) => columns))].filter(
    (column) => used.has(column) || left.has(column),
  );
  // Samples of data that is not kept must not be shown either.
  return names.map((column) => ({
    column,
    first: parsed.keeps === undefined ? firstValue(tables, column) : null,
    field: used.get(column)?.field ?? null,
    how: used.get(column)?.how ?? null,
  }));
}

function tablesOf(content: Content) {
  return content.form === 'table' ? content.tables : [];
}

function firstValue(tables: ReturnType<typeof tablesOf>, column: string): string | null {
  for (const table of tables) {
    const index = table.columns.indexOf(column);
    if (index < 0) continue;
    for (const { cells } of (table.first ?? table.rows).slice(0, 300)) {
      const text = cellText(cells[index]);
      if (text !== null) return text.length > 120 ? `${text.slice(0, 119)}…` : text;
    }
  }
  return null;
}
