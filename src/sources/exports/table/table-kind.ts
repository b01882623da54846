import { KINDS, type Kind, type Rows } from '#domain/model/kinds.ts';
import type { AskedField, PageOfList } from '#domain/model/reading.ts';
import { fieldWords } from '#domain/model/row-keys.ts';
import {
  type Content,
  type FileKind,
  ImportProblem,
  type Mapping,
  type Parsed,
  type ParseEnvironment,
  type Table,
  type UnreadSheet,
} from '../file-kind.ts';
import { type Asks, asksOf } from './asks.ts';
import { besideTable } from './beside-table.ts';
import { words } from './cells.ts';
import type { Field } from './columns.ts';
import { doubtIn } from './doubt.ts';
import { jsonTable } from './json-table.ts';
import { Notes } from './notes.ts';
import { partStated, rangeInName } from './part.ts';
import { withoutEarlierSheets } from './sheets-in-time.ts';
import { observedInColumns, statedDay } from './stated-day.ts';
import { bareCount, statedCount } from './totals.ts';
import { asksOfBeside, asksOfSheet, mayContinue, unreadSheet } from './unread-sheets.ts';
import { columnList, refuseRivals, View } from './view.ts';

export interface TableRead<K extends Kind> {
  readonly rows: readonly Rows[K][];
  readonly covers?: { readonly from: string; readonly to: string };
  readonly observedOn?: string | null;
  /** false: the essential part of an entry could not be read, so the list is incomplete. */
  readonly whole?: boolean;
}

/** Sentence about a value in a column with a known heading that does not fit the field. */
function oddValue(tables: readonly Table[], { fields, needs }: TableSpec<Kind>): string {
  const wanted = fields.filter(({ field }) => needs.fields.includes(field));
  for (const { columns, rows } of tables)
    for (const [at, column] of columns.entries()) {
      const known = wanted.find(({ headings }) => headings.includes(words(column)));
      const odd = rows
        .map(({ cells }) => String(cells[at] ?? '').trim())
        .find((text) => text !== '' && known?.check !== undefined && !known.check(text));
      if (odd !== undefined)
        return ` The column “${column}” holds “${odd.slice(0, 60)}”, which is none of these.`;
    }
  return '';
}

/** A kind of file that comes as CSV or XLSX. */
export interface TableSpec<K extends Kind> {
  readonly kind: K;
  readonly fields: readonly Field[];
  /** Confidence that a table is of this kind, by headings and first rows. `name` is lowercase. */
  score(view: View, name: string): number;
  /**
   * The list or pages of flat objects, whose keys are headings, as which JSON may be of this kind, too; null: it is
   * another kind's; omitted: tables only.
   */
  json?(content: Content): unknown;
  /** Fields of which a table must have at least one to be readable, and a phrase for people that names them. */
  readonly needs: { readonly fields: readonly string[]; readonly words: string };
  /** Lines add up, so duplicate sheets count only once. */
  readonly figures?: true;
  /** A list of current people or things, so sheets of an earlier time are excluded. */
  readonly listsNow?: true;
  /**
   * Matches a cell that every line of such a list has; omitted: any other sheet of a workbook may continue the list.
   */
  readonly isOfList?: (text: string) => boolean;
  /** Throws for a table of this kind in an unsupported form, saying what to provide instead. */
  refuse?(view: View): void;
  /** Fields that rules need. A person is asked if no column is known to hold one but another column may. */
  readonly asks?: readonly Asks[];
  read(views: readonly View[], environment: ParseEnvironment, notes: Notes): TableRead<K>;
}

/** Tables of a file; null: none. `complete` is false if JSON says that it is one of several pages. */
function tablesOf(
  content: Content,
  { json }: Pick<TableSpec<Kind>, 'json'>,
): {
  readonly tables: readonly Table[];
  readonly unread: readonly UnreadSheet[];
  /** Headings of second lists beside the tables, which are not read. */
  readonly beside: readonly (readonly string[])[];
  readonly complete: boolean;
} | null {
  if (content.form === 'table') {
    const split = content.tables.map(besideTable);
    return {
      tables: content.tables.map((table, at) => split[at]?.list ?? table),
      unread: content.unread ?? [],
      beside: split.flatMap((one) => (one === null ? [] : [one.beside])),
      complete: true,
    };
  }
  const value = content.form === 'json' || content.form === 'text' ? (json?.(content) ?? null) : null;
  const found = value === null ? null : jsonTable(value);
  return found === null ? null : { tables: [found.table], unread: [], beside: [], complete: found.complete };
}

/** Minimum score from columns alone, and the maximum that a file name can raise a lower one to. */
const BY_COLUMNS = 0.25;
const UNSURE = 0.49;

/** Creates a FileKind from a table's specification. Columns are mapped once for recognition and once for reading. */
export function tableKind<K extends Kind>(spec: TableSpec<K>): FileKind<K> {
  return {
    kind: spec.kind,
    fields: spec.fields.map(({ field }) => field),
    recognize(content: Content, name: string): number {
      const found = tablesOf(content, spec);
      if (found === null) return 0;
      const scores = found.tables.map((table) => {
        const view = new View(table, spec.fields, new Notes());
        const named = spec.score(view, `${name} ${table.sheet ?? ''}`.toLowerCase());
        // The file name adds to the score of the columns, but cannot decide if that is too low.
        return spec.score(view, '') < BY_COLUMNS ? Math.min(named, UNSURE) : named;
      });
      return Math.min(1, Math.max(0, ...scores));
    },
    parse(content: Content, environment: ParseEnvironment): readonly Parsed<K>[] {
      const found = tablesOf(content, spec);
      if (found === null)
        throw new ImportProblem(
          spec.json !== undefined
            ? `The ${KINDS[spec.kind].label} comes as CSV, XLSX or a JSON list, and this is none of them.`
            : `The ${KINDS[spec.kind].label} comes as CSV or XLSX, and this is neither.`,
        );
      const notes = new Notes();
      const tables = spec.figures === true ? eachTableOnce(found.tables, notes) : found.tables;
      const views = tables.map((table) => new View(table, spec.fields, notes, environment.columns));
      const fitting = views.filter((view) => spec.needs.fields.some((field) => view.has(field)));
      const unused = views.filter((view) => !fitting.includes(view));
      const usable =
        spec.listsNow === true ? withoutEarlierSheets(fitting, environment.today, notes) : fitting;
      if (usable.length === 0) {
        for (const view of views) spec.refuse?.(view);
        const row = tables[0]?.headingRow ?? 1;
        const odd = oddValue(tables, spec);
        throw new ImportProblem(
          `No column is known to hold ${spec.needs.words}.${odd} The columns are ${columnList(tables)}. If one of them does, say so: in the console under Imports, or with --map ${spec.kind}.${spec.needs.fields[0] ?? ''}=COLUMN.`,
          { row },
        );
      }
      for (const { table } of unused)
        notes.add({
          says: `The sheet “${table.sheet ?? ''}” has no column with ${spec.needs.words} and was left out.`,
        });
      const unread = mayContinue(
        [...found.unread, ...unused.map(({ table }) => unreadSheet(table))],
        usable.map(({ table }) => table),
        spec.isOfList,
      );
      for (const sheet of unread) notes.add({ says: asksOfSheet(sheet) });
      for (const columns of found.beside) notes.add({ says: asksOfBeside(columns) });
      for (const view of usable) {
        refuseRivals(view, spec.kind, spec.needs.fields);
        view.otherSheets = found.unread;
      }
      const read = spec.read(usable, environment, notes);
      for (const view of usable) view.reportOddities();
      const stated = partStated(usable.flatMap((view) => view.beside()));
      const part = stated?.line ?? moreThanListed(usable, spec.listsNow === true);
      const range = rangeInName(environment.file, read.rows.length);
      if (range !== null)
        notes.add({
          says: `The name of the file says “${range.text}”, so it counts as one page of several. Import the other pages of the same day, too; if this is the whole list, rename the file.`,
        });
      if (part !== null)
        notes.add({
          says:
            doubtIn(part) === 'not_final'
              ? `“${part.slice(0, 80)}” says that this is not the list as it is now, so it counts as a part of it. Import the current list, or remove the line if this is the current list.`
              : `“${part.slice(0, 80)}” says that this is not the complete list. ${stated?.page ? 'Import the other pages of the same day, too, or export' : 'Export'} all of it, without a filter.`,
        });
      const broken = usable.map(brokenOff).find((one) => one !== null) ?? null;
      if (broken !== null)
        notes.add({
          row: broken.row,
          says: `The file ends in this row, after ${broken.cells} of ${broken.of} cells, so it is not the complete list. Export it again.`,
        });
      const asks = together(usable.flatMap((view) => asksOf(view, spec.asks ?? [], environment)));
      for (const { field, columns } of asks)
        notes.add({
          column: columns.join(', '),
          says: `No column is known to hold “${fieldWords(field)}”, and ${columns.length === 1 ? 'this one' : 'one of these'} may. Say what it contains, or leave it out; until then the controls that need it cannot be read.`,
        });
      const isWholePage =
        broken === null &&
        usable.every(({ second }) => second === null) &&
        unread.length === 0 &&
        found.beside.length === 0 &&
        found.complete &&
        read.whole !== false;
      const page = isWholePage
        ? pageOf(part === null ? (range?.page ?? null) : (stated?.page ?? null), usable, read.rows.length)
        : null;
      return [
        {
          kind: spec.kind,
          rows: read.rows,
          complete: part === null && range === null && isWholePage,
          ...(page === null ? {} : { page }),
          ...(read.covers ? { covers: read.covers } : {}),
          observedOn: oldest(read.observedOn ?? null, statedIn(usable, environment)),
          mapping: unique(usable.flatMap((view) => view.columns.mapping)),
          unmapped: [...new Set(usable.flatMap((view) => view.columns.unmapped))],
          ...(asks.length > 0 ? { asks } : {}),
          notes: notes.list(),
        },
      ];
    },
  };
}

/** The page of a list that a file says it is, unless it has another number of lines. */
function pageOf(page: PageOfList | null, views: readonly View[], rows: number): PageOfList | null {
  if (page === null || page.unit === 'pages') return page;
  const lines = page.to - page.from + 1;
  return lines === rows || lines === listedLines(views) ? page : null;
}

/** Removes sheets identical to another, such as a hidden copy. */
function eachTableOnce(tables: readonly Table[], notes: Notes): readonly Table[] {
  if (tables.length < 2) return tables;
  const seen = new Map<string, Table>();
  for (const table of tables) {
    const content = JSON.stringify([table.columns, table.rows.map(({ cells }) => cells)]);
    const other = seen.get(content);
    if (other === undefined) seen.set(content, table);
    else
      notes.add({
        says: `The sheet “${table.sheet ?? ''}” holds the same as “${other.sheet ?? ''}” and was counted once.`,
      });
  }
  return [...seen.values()];
}

/**
 * The line of totals that counts more than all tables list; null: none. In a list of people or things, a total of
 * nothing named counts its lines unless it is the sum of a column.
 */
function moreThanListed(views: readonly View[], isList: boolean): string | null {
  const listed = listedLines(views);
  const lines = views.flatMap((view) => [...(view.table.title ?? []), ...view.totals]);
  return (
    lines.find((line) => {
      const named = statedCount(line);
      if (named !== null) return named > listed;
      const bare = isList ? bareCount(line) : null;
      return bare !== null && bare > listed && !isSumOfColumn(views, bare);
    }) ?? null
  );
}

function isSumOfColumn(views: readonly View[], total: number): boolean {
  return views.some(({ table, aside }) =>
    table.columns.some((_, at) => {
      const sum = table.rows
        .filter(({ row }) => !aside.has(row))
        .reduce((all, { cells }) => all + (Number(String(cells[at] ?? '').replaceAll(',', '')) || 0), 0);
      return Math.abs(sum - total) < 1;
    }),
  );
}

function listedLines(views: readonly View[]): number {
  return views.reduce((sum, { table, aside }) => sum + table.rows.length - aside.size, 0);
}

/** Where a table is cut off within a row. A line of text below the table is not a row. */
function brokenOff({ table, aside }: View): { row: number; cells: number; of: number } | null {
  const broken = table.brokenRow?.() ?? null;
  if (broken === null || aside.has(broken.row)) return null;
  return { ...broken, of: table.columns.length };
}

/** Merges questions about the same field from several sheets. */
function together(asks: readonly AskedField[]): readonly AskedField[] {
  return [...Map.groupBy(asks, ({ field }) => field)].map(([field, same]) => ({
    field,
    columns: [...new Set(same.flatMap(({ columns }) => columns))],
  }));
}

function statedIn(views: readonly View[], { timezone, today }: ParseEnvironment): string | null {
  return views
    .flatMap((view) => {
      const day = statedDay(view.beside(), timezone);
      // The end of a year that is not over yet is not a reading day.
      const open = day?.endsWith('-12-31') === true && day > today;
      return [open ? null : day, observedInColumns(view, timezone)];
    })
    .reduce<string | null>(oldest, null);
}

function oldest(a: string | null, b: string | null): string | null {
  if (a === null) return b;
  return b === null || a < b ? a : b;
}

function unique(mapping: readonly Mapping[]): readonly Mapping[] {
  return [...new Map(mapping.map((entry) => [`${entry.column}\n${entry.field}`, entry])).values()];
}
