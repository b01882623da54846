import type { TableRow } from '../file-kind.ts';
import { cellText } from './cells.ts';

/** Words for a part of an organization. */
const PART =
  /\b(?:departments?|dept|divisions?|teams?|offices?|committees?|sections?|units?|abteilung|departement|departamento|equipo|equipe)\b/i;
const GROUP =
  /^(?:(?:active|inactive|current|former|full[- ]?time|part[- ]?time|seasonal|temporary|all) )*(?:staff|employees|contractors|consultants|volunteers|interns|board(?: members| of directors)?|trustees|temps|temporary staff|leavers|terminated employees|guests|external users|mitarbeiter(?:innen)?|ehrenamtliche|praktikant(?:innen|en)|salariés|bénévoles|stagiaires|empleados|voluntarios|contratistas|becarios):?$/iu;

/** Whether a label names a part of an organization, in which there may be people of any state. */
export const isPartLabel = (text: string): boolean => PART.test(text);

/** Whether a label names a group of people such as “Current staff” or “Contractors”. */
export const isGroupLabel = (text: string): boolean => GROUP.test(text);

/**
 * Whether a row is only a label for the rows below: in a table of at least four columns, only its first cell is filled,
 * and it names a part of an organization or a group of people.
 */
export function isLabelOfLines(texts: readonly (string | null)[]): boolean {
  const [first, ...rest] = texts;
  if (first == null || texts.length < 4 || rest.some((text) => text !== null)) return false;
  return !first.includes('@') && first.length <= 60 && (PART.test(first) || GROUP.test(first));
}

/** Longest label of a group of lines. */
const MAX_LABEL = 60;

/**
 * The label above each line, alone in a row, by the number of the line: from one that `opens` accepts to one that
 * `closes` does. `start` is the label of the first lines; null: none.
 */
export function labelsAbove(
  rows: readonly TableRow[],
  {
    opens,
    closes,
    start,
  }: {
    readonly opens: (text: string) => boolean;
    readonly closes: (text: string) => boolean;
    readonly start: string | null;
  },
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let label = start;
  for (const { row, cells } of rows) {
    const [text, ...more] = cells.flatMap((cell) => cellText(cell) ?? []);
    const isAlone = text !== undefined && more.length === 0 && cells.length > 2;
    if (isAlone && text.length <= MAX_LABEL && !text.includes('@')) {
      if (opens(text)) {
        label = text;
        continue;
      }
      if (closes(text)) label = null;
    }
    if (label !== null) found.set(row, label);
  }
  return found;
}
