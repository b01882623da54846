import { type CompiledRules, compileRules } from '../compile.ts';
import type { DlpRule } from '../rules.ts';
import { scan } from '../scan.ts';
import { COLUMN_KINDS, type ColumnKind } from './kinds.ts';

/** The rules of data loss prevention, prepared to recognize the columns and cells of an export. */
export interface ExportRules {
  readonly compiled: CompiledRules;
  /** The kind of a cell with a rule's finding. */
  readonly kinds: ReadonlyMap<string, ColumnKind>;
  readonly headings: readonly { readonly kind: ColumnKind; readonly words: string }[];
  /** Expressions for whole cells, in order of the kinds. */
  readonly cells: readonly { readonly kind: ColumnKind; readonly pattern: RegExp }[];
}

type Rule = Omit<DlpRule, 'samples'> & Pick<DlpRule, 'find'>;

/** Created once and used for many files. */
export function exportRules(rules: readonly DlpRule[]): ExportRules {
  const kinds = new Map<string, ColumnKind>();
  for (const rule of rules) {
    const kind = kindOf(rule);
    if (kind !== null) kinds.set(rule.id, kind);
  }
  const columns = rules.flatMap(({ column }) => (column === undefined ? [] : [column]));
  return {
    compiled: compileRules(rules),
    kinds,
    headings: columns.flatMap(({ kind, headings }) => headings.map((words) => ({ kind, words }))),
    cells: columns
      .flatMap(({ kind, cell }) =>
        cell === undefined ? [] : [{ kind, pattern: new RegExp(`^(?:${cell})$`, 'iu') }],
      )
      .sort((a, b) => COLUMN_KINDS.indexOf(a.kind) - COLUMN_KINDS.indexOf(b.kind)),
  };
}

const kindOf = ({ column, group }: Rule): ColumnKind | null =>
  column?.kind ?? (group === 'credential' ? 'secret' : null);

/** Content of a cell. */
export interface CellKinds {
  /** Kinds that the whole cell matches, in order of precedence; empty: none is known. */
  readonly whole: readonly ColumnKind[];
  /** Kinds found within it, such as a phone number in a note. */
  readonly inside: readonly ColumnKind[];
}

const NOTHING: CellKinds = { whole: [], inside: [] };
/** Separates two cells in the text that is searched: a character that is in no value. */
const CELL_SEPARATOR = '\n\u241e\n';
/** Share of a cell that a finding has to cover to be its whole content. */
const WHOLE = 0.8;

/**
 * The content of each cell of a column: searches the column like guards do, as one text in which cells do not affect
 * each other.
 *
 * @param heading normalized as in rules (`headingOf`); null: unknown
 */
export function cellKinds(
  cells: readonly string[],
  heading: string | null,
  { compiled, kinds, cells: forms }: ExportRules,
): readonly CellKinds[] {
  const starts: number[] = [];
  let length = 0;
  for (const cell of cells) {
    starts.push(length);
    length += cell.length + CELL_SEPARATOR.length;
  }
  const at = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const found: CellKinds[] = cells.map((cell) => {
    const value = cell.trim();
    const like = value === '' ? [] : forms.filter(({ pattern }) => pattern.test(value));
    return like.length === 0 ? NOTHING : { whole: like.map(({ kind }) => kind), inside: [] };
  });
  const { findings } = scan(cells.join(CELL_SEPARATOR), compiled, {
    columns: {
      cellAt: (offset) => {
        const index = at(offset);
        const start = starts[index] ?? 0;
        return { heading, start, end: start + (cells[index]?.length ?? 0) };
      },
      cells: () => [],
    },
  });
  for (const { rule, start, end } of findings) {
    const index = at(start);
    const kind = kinds.get(rule);
    const length = cells[index]?.trim().length ?? 0;
    if (kind === undefined || end > (starts[index] ?? 0) + (cells[index]?.length ?? 0)) continue;
    const { whole, inside } = found[index] ?? NOTHING;
    found[index] =
      end - start >= length * WHOLE
        ? { whole: withKind(whole, kind), inside }
        : { whole, inside: withKind(inside, kind) };
  }
  return found;
}

const withKind = (kinds: readonly ColumnKind[], kind: ColumnKind): readonly ColumnKind[] =>
  COLUMN_KINDS.filter((one) => one === kind || kinds.includes(one));
// Guide: G3.3-07
