import type { Cell } from '../file-kind.ts';
import { isKnownHeading } from '../words/english.ts';
import { filled, isValue, type NumberedRow } from './heading.ts';

export interface Heading {
  /** First row of the heading. */
  readonly row: number;
  /** Last row of the heading; differs from `row` only for a heading in two rows. */
  readonly through: number;
  /** Number of rows above it. */
  readonly above: number;
  readonly cells: readonly Cell[];
}

/**
 * A heading with group names, such as "Name" over "Last" and "First". The second row is the one below the row found, or
 * the row found itself if the one above names the groups and the undivided columns.
 */
export function wholeHeading(rows: readonly NumberedRow[], index: number): Heading | null {
  const [above, found, below] = [rows[index - 1], rows[index], rows[index + 1]];
  if (found === undefined) return null;
  if (below !== undefined && isDivided(found.cells, below.cells))
    return { row: found.row, through: below.row, above: index, cells: joined(found.cells, below.cells) };
  if (above !== undefined && namesMore(above.cells, found.cells) && isDivided(above.cells, found.cells))
    return { row: above.row, through: found.row, above: index - 1, cells: joined(above.cells, found.cells) };
  return { row: found.row, through: found.row, above: index, cells: found.cells };
}

/** Words that can be a heading only below a group. */
const PART =
  /^(?:first|last|middle|given|family|preferred|former|legal|full|start|end|begin|from|to|hired?|left|work|personal|home|date|day|vor|nach|von|bis|du|au|desde|hasta|inicio|fin|début)$/iu;

/** Whether the second row names columns within groups of the first: at least two known headings below one group. */
function isDivided(upper: readonly Cell[], lower: readonly Cell[]): boolean {
  if (filled(upper) === 0 || lower.some((cell) => isValue(cell) || textOf(cell).includes('@'))) return false;
  const known = lower.filter((cell) => isHeading(textOf(cell))).length;
  if (known < 2 || known * 2 < filled(lower)) return false;
  const labels = groupsOf(upper, lower);
  const inGroups = new Map<string, number>();
  for (const [at, label] of labels.entries())
    if (label.group && isHeading(textOf(lower[at])))
      inGroups.set(label.text, (inGroups.get(label.text) ?? 0) + 1);
  return [...inGroups.values()].some((columns) => columns >= 2);
}

/** Whether a row has at least two cells, one of them over a column without a name in the next row. */
function namesMore(upper: readonly Cell[], lower: readonly Cell[]): boolean {
  return filled(upper) >= 2 && upper.some((cell, at) => textOf(cell) !== '' && textOf(lower[at]) === '');
}

/** Label over each column: its own, or that of the group to its left (one merged cell, or equal cells). */
function groupsOf(upper: readonly Cell[], lower: readonly Cell[]) {
  const width = Math.max(upper.length, lower.length);
  const own = Array.from({ length: width }, (_, at) => textOf(upper[at]));
  let open = '';
  const labels = own.map((text, at) => {
    const below = textOf(lower[at]);
    if (text !== '') open = below === '' ? '' : text;
    else if (below === '') open = '';
    return text === '' ? open : text;
  });
  return labels.map((text, at) => ({
    text,
    group: text !== '' && (labels[at - 1] === text || labels[at + 1] === text),
  }));
}

/** Group names that add nothing to the name of a column. */
const PLAIN =
  /^(?:(?:employee|employment|staff|person(?:al)?|contact|member|user|general|basic|job|account|hr)(?: (?:info(?:rmation)?|details?|data))?|(?:employment )?dates?|beschäftigung|anstellung|mitarbeiter(?:in)?|kontakt|emploi|employé|empleo|empleado|contacto)$/iu;

function joined(upper: readonly Cell[], lower: readonly Cell[]): readonly Cell[] {
  return groupsOf(upper, lower).map(({ text: group }, at) => {
    const part = textOf(lower[at]);
    if (part === '' || group === '' || group.toLowerCase() === part.toLowerCase()) return part || group;
    if (/\bnames?$/i.test(group)) return /name/i.test(part) ? part : `${part} name`;
    return PLAIN.test(group) ? part : `${group} ${part}`;
  });
}

function isHeading(text: string): boolean {
  return text !== '' && (PART.test(text) || isKnownHeading(text));
}

function textOf(cell: Cell | undefined): string {
  return String(cell ?? '')
    .replace(/^\s*[([](.*)[)\]]\s*$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
