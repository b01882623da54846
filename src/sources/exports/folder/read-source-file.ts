import { type DocumentKind, KINDS, type Kind } from '#domain/model/kinds.ts';
import { type ReadDocument, readDocument, recognizeDocument } from '../documents/index.ts';
import {
  type Content,
  type FileKind,
  ImportProblem,
  type Note,
  type Parsed,
  type ParseEnvironment,
} from '../file-kind.ts';
import { fileKinds } from '../kinds/index.ts';
import { withPeriod } from './period.ts';
import { guessesOf, type Recognized, recognize, TABLE_NAME } from './recognize.ts';
import { asProblem, type SourceFile } from './source-file.ts';

/** Result for one file, independent of the others. */
export type FileOutcome =
  | {
      readonly is: 'reading';
      readonly parsed: Parsed;
      readonly byHand: boolean;
      readonly notes: readonly Note[];
    }
  | {
      readonly is: 'document';
      readonly kind: DocumentKind;
      readonly read: ReadDocument | null;
      readonly problem: ImportProblem | null;
    }
  | { readonly is: 'malformed'; readonly kind: Kind | null; readonly problem: ImportProblem }
  | {
      readonly is: 'not_placed';
      readonly why: string;
      /** How to state the kind on the command line; null: it cannot be any. */
      readonly hint: string | null;
      readonly maybe: readonly Kind[];
      /** Its content says that it is of another time, such as a plan. */
      readonly ofAnotherTime?: true;
      /** The sheet, if other sheets of its workbook were read; omitted: the whole file. */
      readonly sheet?: string;
    }
  | { readonly is: 'ignored'; readonly why: string };

/** Name for reports: the file, or a sheet of it. */
export function namedIn(file: string, outcome: FileOutcome): string {
  return outcome.is === 'not_placed' && outcome.sheet !== undefined
    ? `${file}, sheet ${outcome.sheet.slice(0, 60)}`
    : file;
}

/** Environment for reading files. `columnsOf`: a person's statements about columns, by kind. */
export type ReadEnvironment = Omit<ParseEnvironment, 'file'> & {
  /** Read a journal without entries that lack a key, and list them; otherwise it is rejected as a whole. */
  readonly partOfJournal?: boolean;
  readonly columnsOf?: { readonly [K in Kind]?: NonNullable<ParseEnvironment['columns']> };
};

export type Wanted = Kind | DocumentKind;
const DOCUMENTS: readonly string[] = [
  'profile',
  'charter',
  'journal',
  'attestations',
] satisfies DocumentKind[];

export function isDocumentKind(kind: Wanted): kind is DocumentKind {
  return DOCUMENTS.includes(kind);
}

/** Reads a file as what it is, or as what a person says it is. Never throws. */
export function readSourceFile(
  source: SourceFile,
  wanted: readonly Wanted[],
  environment: ReadEnvironment,
): readonly FileOutcome[] {
  try {
    return wanted.length > 0
      ? wanted.flatMap((kind) => readAs(source, kind, environment))
      : readByContent(source, environment);
  } catch (error) {
    return [{ is: 'malformed', kind: null, problem: asProblem(error) }];
  }
}

function readByContent(source: SourceFile, environment: ReadEnvironment): readonly FileOutcome[] {
  const { opened, file } = source;
  if (!opened.ok) {
    if (opened.is === 'other')
      return [
        {
          is: 'not_placed',
          why: `${opened.why} It counts as proof where an attestation or the journal names it.`,
          hint: null,
          maybe: [],
        },
      ];
    if (opened.is === 'ignored') return [{ is: 'ignored', why: opened.why }];
    return [refused(source, opened.problem)];
  }
  for (const content of opened.contents) {
    const kind = recognizeDocument(content, file);
    if (kind) return [takeDocument(source, kind, [content], environment)];
  }
  const isText = /\.(?:md|markdown)$/i.test(file);
  const recognized = recognizedIn(opened.contents, file, isText);
  if (recognized === null || (!recognized.ok && isText && recognized.maybe.length === 0))
    return [{ is: 'not_placed', why: TEXT, hint: null, maybe: [] }];
  if (!recognized.ok) {
    return opened.problem && TABLE_NAME.test(file)
      ? [refused(source, opened.problem)]
      : [
          {
            is: 'not_placed',
            why: recognized.why,
            hint: recognized.hint,
            maybe: recognized.maybe,
            ...(recognized.ofAnotherTime ? { ofAnotherTime: true } : {}),
          },
        ];
  }
  const notes = [...opened.notes, ...recognized.notes];
  return [
    ...recognized.taken.flatMap(({ kind, content }) =>
      parse(kind, content, source, environment, false, notes),
    ),
    ...recognized.sheets.map(({ sheet, why, maybe }) => ({
      is: 'not_placed' as const,
      why,
      hint: null,
      maybe,
      sheet,
    })),
  ];
}

const TEXT =
  'This is a text in Markdown and not a list, so no control reads it. It counts as proof where an attestation or the journal names it.';

/** Recognizes contents; null: text with occasional commas that cannot be parsed as a table. */
function recognizedIn(contents: readonly Content[], file: string, isText: boolean): Recognized | null {
  try {
    return recognize(contents, file);
  } catch (error) {
    if (isText && error instanceof ImportProblem) return null;
    throw error;
  }
}

/**
 * If the file was meant as a document, verdicts that need it say why it cannot be read, so its kind is determined from
 * the remaining text.
 */
function refused(source: SourceFile, problem: ImportProblem): FileOutcome {
  const kind = meantDocument(source);
  return kind ? { is: 'document', kind, read: null, problem } : { is: 'malformed', kind: null, problem };
}

function meantDocument(source: SourceFile): DocumentKind | null {
  if (!/\.(ya?ml|json)$/i.test(source.file)) return null;
  const template = /^# Bylaw (profile|charter|journal|attestations)\b/m.exec(source.beginning)?.[1];
  const name = /(profile|charter|journal|attestations?)/i
    .exec(source.file.slice(source.file.lastIndexOf('/') + 1))?.[1]
    ?.toLowerCase();
  const kind = template ?? (name === 'attestation' ? 'attestations' : name);
  return kind !== undefined && isDocumentKind(kind as Wanted) ? (kind as DocumentKind) : null;
}

function readAs(source: SourceFile, wanted: Wanted, environment: ReadEnvironment): readonly FileOutcome[] {
  const { opened } = source;
  if (!opened.ok) {
    const problem =
      opened.is === 'refused'
        ? opened.problem
        : new ImportProblem(`${opened.why} It cannot be the ${labelOf(wanted)}.`);
    return [
      isDocumentKind(wanted)
        ? { is: 'document', kind: wanted, read: null, problem }
        : { is: 'malformed', kind: wanted, problem },
    ];
  }
  if (isDocumentKind(wanted))
    return [takeDocument(source, wanted, opened.contents, environment, opened.problem)];
  const sure = guessesOf(opened.contents, source.file.toLowerCase()).filter(
    ({ kind }) => kind.kind === wanted,
  );
  const attempts =
    sure.length > 0
      ? sure
      : opened.contents.flatMap((content) =>
          fileKinds.filter(({ kind }) => kind === wanted).map((kind) => ({ kind, content })),
        );
  let problem: ImportProblem | null = opened.problem;
  for (const { kind, content } of attempts) {
    const outcome = parse(kind, content, source, environment, true, opened.notes);
    const failed = outcome.find((one) => one.is === 'malformed');
    // Otherwise a reader that found nothing would pass for an empty list.
    const nothing =
      sure.length === 0 && outcome.every((one) => one.is === 'reading' && one.parsed.rows.length === 0);
    if (!failed && !nothing) return outcome;
    problem ??= failed?.problem ?? null;
  }
  return [
    {
      is: 'malformed',
      kind: wanted,
      problem: problem ?? new ImportProblem(`The file cannot be read as the ${labelOf(wanted)}.`),
    },
  ];
}

function takeDocument(
  source: SourceFile,
  kind: DocumentKind,
  contents: readonly Content[],
  { partOfJournal = false }: ReadEnvironment,
  problem: ImportProblem | null = null,
): FileOutcome {
  const content =
    contents.find(({ form }) => form === 'yaml' || form === 'json') ??
    contents.find(({ form }) => form === 'text') ??
    contents[0];
  if (problem || !content)
    return { is: 'document', kind, read: null, problem: problem ?? new ImportProblem('The file is empty.') };
  try {
    return {
      is: 'document',
      kind,
      read: readDocument(kind, content, source.file, source.sha256, kind === 'charter' || partOfJournal),
      problem: null,
    };
  } catch (error) {
    return { is: 'document', kind, read: null, problem: asProblem(error) };
  }
}

function parse(
  kind: FileKind,
  content: Content,
  source: SourceFile,
  environment: ReadEnvironment,
  byHand: boolean,
  notes: readonly Note[],
): readonly FileOutcome[] {
  try {
    const { columnsOf, ...common } = environment;
    const columns = common.columns ?? columnsOf?.[kind.kind];
    const own = { ...common, file: source.file, ...(columns === undefined ? {} : { columns }) };
    return kind
      .parse(content, own)
      .map((parsed) => ({ is: 'reading', parsed: withPeriod(parsed, own.period), byHand, notes }));
  } catch (error) {
    return [{ is: 'malformed', kind: kind.kind, problem: asProblem(error) }];
  }
}

function labelOf(kind: Wanted): string {
  return isDocumentKind(kind) ? kind : KINDS[kind].label;
}
