import type { Content, ParseEnvironment, Table } from '../file-kind.ts';
import { cellText, words } from '../table/cells.ts';
import { type Field, shareOf } from '../table/columns.ts';
import { Notes } from '../table/notes.ts';
import { View } from '../table/view.ts';
import { connectorsAbove } from './connector-groups.ts';
import { connectorOfSheet } from './connector-remarks.ts';
import { permissionOf } from './connector-words.ts';

/** Layouts for connectors other than one line per action. */

/** Headings of readings on several days or of planned states, not of connectors. */
const NO_CONNECTOR =
  /\d|\b(?:q[1-4]|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|now|today|current\w*|actual|new|next|later|future|first|last|this|previous|was|is|before|after|old|ours?|theirs|mine|vendor\w*|suggest\w*|example|sample|option\w*|choice|decision|comments?|notes?|reason|target|recommend\w*|desired|planned|proposed|requested|should|baseline|guide|charter|approved|wanted|intended|required|default|everyone|staff|owners?|admins?|members?|users?|team|web|desktop|mobile|cowork|chat|research|read|write|delete|send|status|state|setting|permission)\b/;

/**
 * Columns that are connectors, in a table whose lines are actions: their headings are not days, states or plans. Empty:
 * not such a table.
 */
function connectorsAcross(view: View): readonly string[] {
  if (!view.has('action') || view.has('connector') || view.has('state')) return [];
  const across = view.leftOver().filter((column) => {
    const at = view.table.columns.indexOf(column);
    return at >= 0 && shareOf(view.table, at, (text) => permissionOf(text) !== null) >= 0.7;
  });
  return across.length < 2 || across.some((column) => NO_CONNECTOR.test(words(column))) ? [] : across;
}

/** Converts a table with connectors as columns to one line per action and connector. */
function oneLineEach(view: View, across: readonly string[]): Table {
  const { table } = view;
  return {
    sheet: table.sheet,
    headingRow: table.headingRow,
    ...(table.title === undefined ? {} : { title: table.title }),
    columns: ['Connector', 'Action', 'Permission'],
    rows: across.flatMap((column) => {
      const at = table.columns.indexOf(column);
      return table.rows.flatMap(({ row, cells }) => {
        const action = cellText(cells[view.columns.first('action') ?? -1]);
        return action === null ? [] : [{ row, cells: [column, action, cells[at] ?? null] }];
      });
    }),
  };
}

/** A list item with an action and its state: "• Search contacts – Always allow". */
const LISTED = /^["']?(?:[-–—•*·▪o]\s+|\d+[.)]\s+)?(.+?)(?:\s[-–—]+|:|\.{2,}(?!\.)|\t|=)([^:]+)$/;
const MIN_LISTED = 3;
/** Longer lines are no list items, and comparing them takes long. */
const MAX_LINE = 300;

/** Names that several products share, so that only the text in parentheses shows which one is meant. */
const FAMILY =
  /^(?:(?:microsoft|ms|m|office|o) ?365|microsoft|google(?: workspace)?|atlassian|ams|crm|membership system|custom mcp)$/i;

/** The connector that a line names, without a remark in parentheses, unless that identifies the product of a family. */
function connectorNamed(line: string): string {
  const [, before = line, part] = /^([^([]*)(?:[([]([^)\]]*)[)\]]?.*)?$/.exec(line) ?? [];
  const name = before.trimEnd();
  return part !== undefined && FAMILY.test(name) && /^[\p{L} /&+-]+$/u.test(part)
    ? `${name} (${part})`
    : name;
}

/**
 * A list whose lines name an action and its state, below a line that names the connector, as copied from a document or
 * message. null: too few such lines, or an unclear connector.
 */
function listOfActions(content: Content): Table | null {
  if (content.form !== 'text') return null;
  const lines = content.text.split(/\r?\n/).map((line, at) => ({ text: line.trim(), row: at + 1 }));
  const written = lines.filter(({ text }) => text.replace(/["',;]/g, '') !== '');
  const rows: { row: number; cells: (string | null)[] }[] = [];
  const title: string[] = [];
  let connector: string | null = null;
  for (const { text, row } of written) {
    const [, left, right] =
      text.length > MAX_LINE ? [] : (LISTED.exec(text.replace(/(?<![,;])[,;]+$/, '')) ?? []);
    const action = left?.trimEnd();
    const state = right?.trim().replace(/["']$/, '');
    if (action !== undefined && state !== undefined && permissionOf(state) !== null)
      rows.push({ row, cells: [connector, action, state] });
    else {
      const plain = text.replace(/^["'#*\s]+|(?<!["'*:,;\s])["'*:,;\s]+$/g, '');
      title.push(plain);
      const name = connectorNamed(plain);
      // Only the first line, or one after a blank line, certainly starts a list. Any other may be a remark.
      const begins = title.length + rows.length === 1 || lines[row - 2]?.text === '';
      connector =
        begins && name.split(' ').length <= 6 && /^[\p{L}\d][\p{L}\d &+./()-]{1,60}$/u.test(name)
          ? name
          : null;
    }
  }
  const isList = rows.length >= MIN_LISTED && rows.length * 5 >= written.length * 3;
  return !isList || rows.some(({ cells: [name] }) => name === null)
    ? null
    : {
        sheet: null,
        headingRow: rows[0]?.row ?? 1,
        title,
        columns: ['Connector', 'Action', 'Permission'],
        rows,
      };
}

/**
 * Converts a file in another layout to a table with one line per action. `across`: the columns that were read as
 * connectors; `above`: whether lines above the actions were.
 */
export function laidOut(
  content: Content,
  fields: readonly Field[],
  columns: ParseEnvironment['columns'] = {},
): { readonly content: Content; readonly across: readonly string[]; readonly above: boolean } {
  const list = listOfActions(content);
  if (list !== null) return { content: { form: 'table', tables: [list] }, across: [], above: false };
  if (content.form !== 'table') return { content, across: [], above: false };
  const all: string[] = [];
  let isAbove = false;
  const tables = content.tables.map((one) => {
    const view = new View(one, fields, new Notes(), columns);
    const across = connectorsAcross(view);
    all.push(...across);
    if (across.length > 0) return oneLineEach(view, across);
    const grouped = connectorOfSheet(one.sheet) === null ? connectorsAbove(view) : null;
    isAbove ||= grouped !== null;
    return grouped ?? one;
  });
  return { content: { ...content, tables }, across: all, above: isAbove };
}
