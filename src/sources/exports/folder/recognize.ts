import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { LOG_FORMATS } from '../../network-logs/files.ts';
import { isOtherLog } from '../../network-logs/without-hosts.ts';
import { type Content, type FileKind, ImportProblem, type Note, type Table } from '../file-kind.ts';
import { fileKinds } from '../kinds/index.ts';
import { jsonInstead } from '../table/json-instead.ts';
import { type OtherList, otherList } from '../table/other-lists.ts';
import { unreadSheet } from '../table/unread-sheets.ts';
import { handKept } from './hand-kept.ts';
import { knownElse } from './known-else.ts';

/** Minimum score to accept a kind. */
const MIN_SCORE = 0.5;
/** Minimum lead over the second-best kind. */
const LEAD = 0.1;
/** File names of tables. */
export const TABLE_NAME = /\.(?:csv|tsv|tab|ya?ml|xlsx?)$/i;
/** Score below which a guess is not mentioned. */
const UNLIKELY = 0.2;

export interface Guess {
  readonly kind: FileKind;
  readonly content: Content;
  readonly score: number;
}

export interface UnplacedSheet {
  readonly sheet: string;
  readonly why: string;
  readonly maybe: readonly Kind[];
}

export type Recognized =
  | {
      readonly ok: true;
      readonly taken: readonly { readonly kind: FileKind; readonly content: Content }[];
      readonly notes: readonly Note[];
      /** Other sheets that were not read but may be of a kind, with the likeliest kinds. */
      readonly sheets: readonly UnplacedSheet[];
    }
  | {
      readonly ok: false;
      readonly why: string;
      /** How to state the kind on the command line. */
      readonly hint: string;
      /** Possible kinds, likeliest first. */
      readonly maybe: readonly Kind[];
      /** Its content says that it is of another time, such as a plan. */
      readonly ofAnotherTime?: true;
    };

/** Recognizes contents, by content first and name second. Each sheet of a workbook may be of another kind. */
export function recognize(contents: readonly Content[], file: string): Recognized {
  const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
  for (const content of contents) {
    if (content.form === 'table' && content.tables.length > 1) return recognizeSheets(content, name, file);
  }
  const instead = safely(() => jsonInstead(contents), null);
  if (instead !== null) return { ok: false, ...instead, maybe: [] };
  const known = safely(() => knownElse(contents), null);
  if (known !== null) return { ok: false, ...known };
  const guesses = guessesOf(contents, name);
  const other = otherListOf(guesses, name);
  if (other) return { ok: false, ...notTaken(other, file) };
  const best = decide(guesses);
  if (best) return { ok: true, taken: [best], notes: [], sheets: [] };
  const kept = safely(() => handKept(contents), null);
  if (kept !== null) return { ok: false, ...kept, maybe: whyNot(guesses, file).maybe };
  if (contents.some(isOfIntune)) return { ok: false, ...OF_INTUNE };
  if (contents.some(isOfDevice)) return { ok: false, ...OF_DEVICE };
  if (
    !contents.some(isTable) &&
    contents.some((content) => content.form === 'lines' && isOtherLog(content.first))
  )
    return { ok: false, ...ofOtherLog(file) };
  // For a file named as a table, a line with more cells than the heading is an error to report; for other files it
  // means that it is not a table.
  const headingAlone = TABLE_NAME.test(name)
    ? isHeadingOnly(contents)
    : safely(() => isHeadingOnly(contents), false);
  return { ok: false, ...(headingAlone ? headingOnly(file) : whyNot(guesses, file)) };
}

function recognizeSheets(
  { tables, unread = [] }: Extract<Content, { form: 'table' }>,
  name: string,
  file: string,
): Recognized {
  const left = [...unread];
  const byKind = new Map<FileKind, Table[]>();
  const notes: Note[] = [];
  const sheets: Pick<UnplacedSheet, 'sheet' | 'maybe'>[] = [];
  let all: Guess[] = [];
  for (const table of tables) {
    const guesses = guessesOf([{ form: 'table', tables: [table] }], name);
    const other = otherListOf(guesses, name);
    if (other) {
      notes.push({
        row: null,
        column: null,
        says: `The sheet “${table.sheet ?? ''}” was left out. ${other.why}`,
      });
      continue;
    }
    all = [...all, ...guesses];
    const best = decide(guesses);
    if (best) byKind.set(best.kind, [...(byKind.get(best.kind) ?? []), table]);
    else {
      left.push(unreadSheet(table));
      notes.push({
        row: null,
        column: null,
        says: `The sheet “${table.sheet ?? ''}” was not recognized and was left out.`,
      });
      const { maybe } = whyNot(guesses, file);
      if (maybe.length > 0) sheets.push({ sheet: table.sheet ?? '', maybe });
    }
  }
  if (byKind.size === 0) return { ok: false, ...whyNot(bestPerKind(all), file) };
  return {
    ok: true,
    taken: [...byKind].map(([kind, own]) => ({
      kind,
      content: { form: 'table', tables: own, unread: left },
    })),
    notes,
    // A sheet of a kind that was accepted may continue that list, which is reported there.
    sheets: sheets.flatMap(({ sheet, maybe }) => {
      const open = maybe.filter((kind) => ![...byKind.keys()].some((one) => one.kind === kind));
      return open.length === 0 ? [] : [{ sheet, maybe: open, why: whyNotSheet(open) }];
    }),
  };
}

function whyNotSheet(maybe: readonly Kind[]): string {
  const labels = maybe.map((kind) => KINDS[kind].label).join(' or the ');
  return `This sheet of the workbook was not read: it could be the ${labels}, but its columns do not say so for sure. Put it into a file of its own.`;
}

/** What the best guess actually is, if it is a different kind of table with names and addresses. */
function otherListOf([best]: readonly Guess[], name: string): OtherList | null {
  if (!best || best.score < UNLIKELY || best.content.form !== 'table') return null;
  const [table] = best.content.tables;
  return table === undefined ? null : otherList(table, name, best.kind.kind);
}

function notTaken({ why, kind, ofAnotherTime }: OtherList, file: string) {
  return {
    why,
    hint: `If it is one after all, add --map ${kind}=${quoted(file)}.`,
    maybe: [],
    ...(ofAnotherTime ? { ofAnotherTime } : {}),
  };
}

/** Best guess per kind, highest score first. */
export function guessesOf(contents: readonly Content[], name: string): Guess[] {
  const guesses = contents.flatMap((content) =>
    fileKinds
      .map((kind) => ({ kind, content, score: safely(() => kind.recognize(content, name), 0) }))
      .filter(({ score }) => score > 0),
  );
  return bestPerKind(guesses);
}

function bestPerKind(guesses: readonly Guess[]): Guess[] {
  const best = new Map<Kind, Guess>();
  for (const guess of guesses) {
    const known = best.get(guess.kind.kind);
    if (!known || guess.score > known.score) best.set(guess.kind.kind, guess);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.kind.kind < b.kind.kind ? -1 : 1));
}

/** Recognition runs on content of any form; content that it cannot handle is not of its kind. */
function safely<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof ImportProblem || error instanceof TypeError || error instanceof RangeError)
      return otherwise;
    throw error;
  }
}

function decide(guesses: readonly Guess[]): Guess | null {
  const [best, next] = guesses;
  if (!best || best.score < MIN_SCORE) return null;
  return next && best.score - next.score < LEAD ? null : best;
}

/** Graph responses of Intune: they are read on a separate page, and no control uses them. */
function isOfIntune(content: Content): boolean {
  if (content.form !== 'json' || typeof content.value !== 'object' || content.value === null) return false;
  const { omaSettings, '@odata.context': context } = content.value as {
    readonly omaSettings?: unknown;
    readonly '@odata.context'?: unknown;
  };
  return Array.isArray(omaSettings) || /\$metadata#deviceManagement\//.test(String(context ?? ''));
}

/** Claude's settings on a device, as a registry export or property list, which are checked on the same page. */
function isOfDevice(content: Content): boolean {
  if (content.form !== 'text') return false;
  const isExport = /^\s*(?:Windows Registry Editor|REGEDIT4|<\?xml[^>]*>\s*<!DOCTYPE plist|<plist)/.test(
    content.text,
  );
  return isExport && /claude|anthropic/i.test(content.text);
}

/** Whether a table has at least three columns and every line fits the heading, which lines of a log rarely do. */
function isTable(content: Content): boolean {
  return (
    content.form === 'table' &&
    safely(() => content.tables.every((table) => table.columns.length >= 3 && table.rows.length > 0), false)
  );
}

function isHeadingOnly(contents: readonly Content[]): boolean {
  const tables = contents.flatMap((content) => (content.form === 'table' ? content.tables : []));
  // A single line of a note is not a heading.
  return (
    tables.length > 0 &&
    tables.every(
      ({ columns, first, rows }) =>
        columns.length >= 3 &&
        (first ?? rows).length === 0 &&
        // A sentence with commas is not a heading either.
        !columns.some((column) => /[.!?](?:\s|$)/.test(column)),
    )
  );
}

function headingOnly(file: string) {
  return {
    why: 'The table has a heading and no lines below it, so it lists no one.',
    hint: `Export it again; or say what it is with --map kind=${quoted(file)}.`,
    maybe: [],
  };
}

function ofOtherLog(file: string) {
  return {
    why: `These are the lines of a log, and not of one that Bylaw reads. ${LOG_FORMATS}`,
    hint: `If it is one of these, add --map ai_traffic=${quoted(file)}.`,
    maybe: [],
  };
}

const OF_INTUNE = {
  why: 'This is an answer of Intune, and no control reads it.',
  hint: 'Drop a profile with settings for Claude on the page Device lockdown of the console.',
  maybe: [],
} as const;

const OF_DEVICE = {
  why: 'These are settings of Claude on a device, and no control reads them.',
  hint: 'Drop the file on the page Device lockdown of the console, or check it with bylaw devices lint.',
  maybe: [],
} as const;

function whyNot(
  guesses: readonly Guess[],
  file: string,
): { readonly why: string; readonly hint: string; readonly maybe: readonly Kind[] } {
  const [first, second] = guesses.filter(({ score }) => score >= UNLIKELY);
  if (!first)
    return {
      why: 'Bylaw does not recognize this file.',
      hint: `If it is an export, say which with --map kind=${quoted(file)}.`,
      maybe: [],
    };
  const one = KINDS[first.kind.kind].label;
  if (!second)
    return {
      why: `This could be the ${one}, but its columns do not say so for sure.`,
      hint: `If it is, add --map ${first.kind.kind}=${quoted(file)}.`,
      maybe: [first.kind.kind],
    };
  const other = KINDS[second.kind.kind].label;
  return {
    why: `This could be the ${one} or the ${other}, and its columns do not say which for sure.`,
    hint: `Add --map ${first.kind.kind}=${quoted(file)} or --map ${second.kind.kind}=${quoted(file)}.`,
    maybe: [first.kind.kind, second.kind.kind],
  };
}

function quoted(file: string): string {
  return /[^\w./-]/.test(file) ? `"${file}"` : file;
}
