import type { Kind } from '#domain/model/kinds.ts';
import {
  type Cell,
  ImportProblem,
  type ParseEnvironment,
  type Table,
  type TableRow,
  type UnreadSheet,
} from '../file-kind.ts';
import { englishHeadings, isKnownHeading } from '../words/english.ts';
import type { Language } from '../words/language.ts';
import { addresses, cellName, cellText, cellValue, compact, hasHiddenMarks } from './cells.ts';
import { type Columns, type Field, isCalled, mapColumns, shareOf } from './columns.ts';
import { readDates } from './date-column.ts';
import { entryOf, legendIn } from './legend.ts';
import type { Notes } from './notes.ts';
import { speaksOfParts } from './part.ts';

/** Maximum distinct texts in a column without a heading that are taken as remarks about the table. */
const MAX_REMARKS = 3;

/** A table with its columns mapped, through which a kind reads rows. */
export class View {
  readonly table: Table;
  readonly columns: Columns;
  /** Headings in English. Those in an unknown language are unchanged. */
  readonly english: readonly string[];
  /** Language of the headings; null: English. */
  readonly language: Language | null;
  readonly #notes: Notes;
  readonly #fields: readonly Field[];
  readonly #byHand: Readonly<Record<string, string | null>>;
  /** Rows with hidden characters by column; a cell may be read several times. */
  readonly #marked = new Map<number, Set<number>>();
  readonly #unread = new Map<TableRow, Map<string, string>>();
  readonly #rivals = new Map<string, readonly string[]>();
  readonly #disputed = new Map<string, Set<number>>();
  /** Lines below the table, such as "Generated on 24 Nov 2026"; set by `dataRows`. */
  readonly below: string[] = [];
  /** Lines of totals, such as “Total employees: 61”; set by `dataRows`. */
  readonly totals: string[] = [];
  /** Heading row of another table below this one; set by `dataRows`. */
  second: number | null = null;
  /** Unread sheets of the workbook, one of which may be a legend. */
  otherSheets: readonly UnreadSheet[] = [];
  /** Numbers of rows that are not data; set by `dataRows`. */
  readonly aside = new Set<number>();

  constructor(
    table: Table,
    fields: readonly Field[],
    notes: Notes,
    byHand: Readonly<Record<string, string | null>> = {},
  ) {
    this.#byHand = byHand;
    this.#fields = fields;
    this.table = table;
    const { headings, language } = englishHeadings(table.columns);
    this.english = headings;
    this.language = language;
    this.columns = mapColumns(table, fields, byHand, headings);
    this.#notes = notes;
  }

  /** Lines above the table, to its right and, once `dataRows` has run, below it. */
  beside(): readonly string[] {
    return [...(this.table.title ?? []), ...this.below, ...this.#toTheRight()];
  }

  /**
   * Meanings of the table's codes, in lowercase, from text next to the table or on unread sheets. Call after
   * `dataRows`.
   */
  legend(): ReadonlyMap<string, string> {
    const elsewhere = this.otherSheets.flatMap(({ rows }) =>
      rows.map((cells) => entryOf(cells) ?? cells.map((cell) => cellText(cell) ?? '').join(' ')),
    );
    return legendIn([...this.beside(), ...elsewhere]);
  }

  /** Remarks about the table in columns without a heading, or in place of one. */
  #toTheRight(): readonly string[] {
    const nameless = this.table.columns.flatMap((column, at) => (/^Column [A-Z]+$/.test(column) ? [at] : []));
    const said = nameless.flatMap((at) => {
      const cells = new Set(this.table.rows.flatMap((row) => cellText(row.cells[at]) ?? []));
      // A column with text in every row is data, whatever its heading.
      return cells.size <= MAX_REMARKS ? [...cells] : [...cells].filter(speaksOfParts);
    });
    return [...said, ...this.leftOver().filter(speaksOfParts)];
  }

  /** Whether a text is a known heading, of this kind or another. */
  isHeading(text: string): boolean {
    return isKnownHeading(text) || this.#fields.some((field) => isCalled(text, field));
  }

  has(field: string): boolean {
    return this.columns.first(field) !== null;
  }

  /** Heading of a field's first column, for messages, with the sheet's name if there is one. */
  heading(field: string): string {
    return this.name(this.plainHeading(field));
  }

  /** Like `heading`, without the sheet. */
  plainHeading(field: string): string {
    const index = this.columns.first(field);
    return index === null ? field : (this.table.columns[index] ?? field);
  }

  /** Like `heading`, in English and without the sheet, for comparison. */
  englishHeading(field: string): string {
    const index = this.columns.first(field);
    return index === null ? field : (this.english[index] ?? field);
  }

  name(column: string): string {
    return this.table.sheet === null ? column : `${this.table.sheet}: ${column}`;
  }

  /** Cell of a field; undefined if an equally named column differs in this row. */
  cell(row: TableRow, field: string): Cell | undefined {
    const index = this.columns.first(field);
    return index === null || this.isDisputed(row, field) ? undefined : row.cells[index];
  }

  /** Headings of columns that no field uses and that nobody excluded by hand. */
  leftOver(): readonly string[] {
    return this.columns.unmapped.filter((column) => !Object.hasOwn(this.#byHand, column));
  }

  /**
   * Columns named like a field's column whose values differ in some row, so that only a person can choose between them.
   * Empty once a person has chosen.
   */
  rivals(field: string): readonly string[] {
    const known = this.#rivals.get(field);
    if (known) return known;
    const found = this.#rivalsOf(field);
    this.#rivals.set(field, found);
    return found;
  }

  #rivalsOf(field: string): readonly string[] {
    const [index, ...further] = this.columns.all(field);
    const column = index === undefined ? undefined : this.table.columns[index];
    if (index === undefined || column === undefined || further.length > 0) return [];
    if (Object.values(this.#byHand).includes(field)) return [];
    return this.leftOver().filter(
      (other) =>
        (sameHeading(other, column) || this.#isCalledToo(other, field)) &&
        this.table.rows.some((row) => {
          const [one, two] = [cellValue(row.cells[index]), this.valueIn(row, other)];
          return two !== null && one?.toLowerCase() !== two.toLowerCase();
        }),
    );
  }

  /** Whether another column has an alternative heading of a field that only one column may hold, and matching cells. */
  #isCalledToo(column: string, name: string): boolean {
    const field = this.#fields.find((one) => one.field === name);
    const index = this.table.columns.indexOf(column);
    return (
      field?.alone !== undefined &&
      index >= 0 &&
      isCalled(this.english[index] ?? column, field) &&
      shareOf(this.table, index, field.alone) >= 0.8
    );
  }

  /** Whether a column named like the field's has another value in this row. */
  private isDisputed(row: TableRow, field: string): boolean {
    const index = this.columns.first(field);
    const rivals = this.rivals(field);
    if (index === null || rivals.length === 0) return false;
    const own = cellValue(row.cells[index])?.toLowerCase();
    const disputed = rivals.some((column) => {
      const other = this.valueIn(row, column);
      return other !== null && other.toLowerCase() !== own;
    });
    if (disputed) this.#disputed.set(field, (this.#disputed.get(field) ?? new Set()).add(row.row));
    return disputed;
  }

  /** Whether a column is named like one used for a field, so that it cannot be another field. */
  isAgain(column: string): boolean {
    return this.columns.mapping.some(
      (taken) =>
        taken.column !== column &&
        (sameHeading(taken.column, column) || this.#isCalledToo(column, taken.field)),
    );
  }

  /** Text of the cell below a heading; null: empty or a dash. */
  valueIn(row: TableRow, column: string): string | null {
    const index = this.table.columns.indexOf(column);
    return index < 0 ? null : cellValue(row.cells[index]);
  }

  /** Text of a field; null: empty or a dash. */
  text(row: TableRow, field: string): string | null {
    const index = this.columns.first(field);
    return index === null || this.isDisputed(row, field) ? null : this.at(row, index);
  }

  /**
   * A field as an account name: the address in `Name <a@b>`, `mailto:a@b` and the like if there is exactly one,
   * otherwise the text.
   */
  account(row: TableRow, field: string): string | null {
    const text = this.text(row, field);
    const [only, ...more] = addresses(text);
    return only !== undefined && more.length === 0 ? only : text;
  }

  /** A field as the name of a person. */
  personal(row: TableRow, field: string): string | null {
    const index = this.columns.first(field);
    if (index === null) return null;
    this.at(row, index);
    return cellName(row.cells[index]);
  }

  /** Like `text`, for every column of a field that may have several. */
  texts(row: TableRow, field: string): string[] {
    return this.columns.all(field).flatMap((index) => this.at(row, index) ?? []);
  }

  /** All distinct email addresses of a field, best column first. */
  addresses(row: TableRow, field: string): string[] {
    const found = this.texts(row, field).flatMap(addresses);
    return [
      ...new Map(found.reverse().map((address) => [address.toLowerCase(), address])).values(),
    ].reverse();
  }

  private at(row: TableRow, index: number): string | null {
    const cell = row.cells[index];
    if (hasHiddenMarks(cell)) this.#marked.set(index, (this.#marked.get(index) ?? new Set()).add(row.row));
    return cellValue(cell);
  }

  /** Days of several date fields at once, since one column can show the order of another. */
  dates(
    rows: readonly TableRow[],
    fields: readonly string[],
    environment: ParseEnvironment,
  ): (field: string, row: TableRow) => string | null {
    const present = fields.flatMap((field) => this.columns.all(field).map((index) => ({ field, index })));
    const { days, unread, notes } = readDates(
      present.map(({ index }) => ({
        column: this.name(this.table.columns[index] ?? ''),
        cells: rows.map((row) => ({ row: row.row, cell: row.cells[index] })),
      })),
      environment.timezone,
      this.language,
    );
    this.#notes.addAll(notes);
    const byField = new Map(fields.map((field) => [field, new Map<TableRow, string>()]));
    for (const [column, { field }] of present.entries())
      for (const [at, row] of rows.entries()) {
        const disputed = this.isDisputed(row, field);
        const day = disputed ? null : (days[column]?.[at] ?? null);
        const known = byField.get(field);
        if (day !== null && known?.has(row) === false) known.set(row, day);
        const text = disputed ? this.disputedText(row, field) : (unread[column]?.[at] ?? null);
        if (text !== null) this.#unread.set(row, (this.#unread.get(row) ?? new Map()).set(field, text));
      }
    return (field, row) => byField.get(field)?.get(row) ?? null;
  }

  private disputedText(row: TableRow, field: string): string {
    const own = cellValue(row.cells[this.columns.first(field) ?? -1]);
    return [own, ...this.rivals(field).map((column) => this.valueIn(row, column))]
      .filter((text) => text !== null)
      .join(' or ');
  }

  /** Text of a date field that `dates` could not parse; null: empty or parsed. */
  unreadDate(row: TableRow, field: string): string | null {
    return this.#unread.get(row)?.get(field) ?? null;
  }

  /** Adds a note about an unknown value. `what` names the field for people, such as "status". */
  noteUnknown(row: TableRow, field: string, text: string, what: string): void {
    this.#notes.add(
      {
        row: row.row,
        column: this.heading(field),
        says: `“${text}” is not a ${what} that Bylaw knows. Stored as unknown.`,
      },
      `${what} stored as unknown`,
    );
  }

  /**
   * Adds a note for each column in which hidden characters were removed, and for columns that contradict each other.
   */
  reportOddities(): void {
    for (const [field, { size }] of this.#disputed)
      this.#notes.add({
        column: [this.plainHeading(field), ...this.rivals(field)]
          .map((column) => this.name(column))
          .join(', '),
        says: `Columns that are called the same or say the same differ in ${size} ${size === 1 ? 'row' : 'rows'}, so which of them is right is not known. Leave one of them out.`,
      });
    for (const [index, { size: times }] of this.#marked) {
      this.#notes.add({
        column: this.name(this.table.columns[index] ?? ''),
        says: `Invisible marks that hide or reverse text were removed from ${times} ${times === 1 ? 'cell' : 'cells'}.`,
      });
    }
  }
}

/** Whether headings are equal except for case, spaces and punctuation, ignoring the number of a repeated heading. */
function sameHeading(one: string, other: string): boolean {
  const [first, second] = [one, other].map((column) => {
    const base = column.replace(/ \(\d+\)$/, '');
    return compact(base) || base;
  });
  return first === second;
}

/** The columns as a list, for an error message. */
export function columnList(tables: readonly Table[]): string {
  const names = tables.flatMap((table) => table.columns.filter((column) => !/^Column [A-Z]+$/.test(column)));
  const shown = names
    .slice(0, 8)
    .map((name) => `“${name.slice(0, 40)}”`)
    .join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

/**
 * Rejects a table in which two columns with equal or equivalent headings have different values for one of these fields.
 */
export function refuseRivals(view: View, kind: Kind, fields: readonly string[]): void {
  for (const field of fields) {
    const [rival] = view.rivals(field);
    if (rival === undefined) continue;
    const own = view.plainHeading(field);
    const two = sameHeading(own, rival)
      ? `Two columns are called “${own}”`
      : `The columns “${own}” and “${rival}” say the same`;
    throw new ImportProblem(
      `${two}, and they differ. Say which one counts: in the console under Imports, or with --map ${kind}.${field}="${own}" or "${rival}". Or remove the other one.`,
      { row: view.table.headingRow, column: rival },
    );
  }
}

/** Refuses a file that lists nothing that the kind is about. */
export function refuseEmpty(rows: readonly unknown[], sentence: string): void {
  if (rows.length === 0) throw new ImportProblem(`${sentence} Nothing was imported. Is this the right file?`);
}
