import type { TableColumn, Value } from './table.ts';

/** The text of a cell in files for people. */
export function shownIn<Row>(column: TableColumn<Row>, row: Row): Value {
  return (column.words ?? column.value)(row);
}
