import type { Table, TableRow } from '../file-kind.ts';
import { cellText, words } from '../table/cells.ts';
import type { View } from '../table/view.ts';
import { isComment, isRemark } from './connector-remarks.ts';
import { permissionOf, STATES } from './connector-words.ts';

/** Longest line that may name the connector of the lines below it. */
const MAX_NAME = 60;

/** Words that begin the name of an action or of a kind of action, which are not connectors. */
const OF_ACTIONS =
  /^(?:all|any|other|every|read\w*|writ\w*|delet\w*|send\w*|search\w*|creat\w*|updat\w*|edit\w*|change\w*|list|get|add|remov\w*|forward|post|share|upload|download|admin\w*|category|tools?|actions?|permissions?)\b/;

/**
 * Converts a table in which the name of each connector is alone in a line above the lines of its actions, and no column
 * names it. null: another layout, or a first line whose connector is not known.
 */
export function connectorsAbove(view: View): Table | null {
  const action = view.columns.first('action');
  const hasStates = view.has('state') || STATES.some((state) => view.has(state));
  if (action === null || view.has('connector') || !hasStates) return null;
  const { table } = view;
  const lines = table.rows.filter(({ cells }) => cells.some((cell) => cellText(cell) !== null));
  const names = lines.map((row) => nameAlone(row));
  const isBare = names.some((name, at) => name !== null && (names[at + 1] ?? null) !== null);
  if (names[0] == null || names.at(-1) !== null || isBare) return null;
  if (names.some((name) => name !== null && OF_ACTIONS.test(words(name)))) return null;
  let connector: string | null = null;
  const rows = lines.flatMap((row, at): TableRow[] => {
    const name = names[at] ?? null;
    if (name !== null) {
      connector = isRemark(name) || isComment(name) ? null : name;
      return [];
    }
    return [{ ...row, cells: [connector, ...row.cells] }];
  });
  return { ...table, columns: ['Connector', ...table.columns], rows };
}

/** The text of a line in which nothing else is filled; null: another line. */
function nameAlone({ cells }: TableRow): string | null {
  const [text, ...more] = cells.flatMap((cell) => cellText(cell) ?? []);
  if (text === undefined || more.length > 0 || cells.length < 2 || text.length > MAX_NAME) return null;
  return permissionOf(text) === null ? text.replace(/\s*:$/, '') : null;
}
