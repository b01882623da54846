import type { TableColumn, Value } from './table.ts';

/** What a cell shows in a file that people open. */
export function shownIn<Row>(column: TableColumn<Row>, row: Row): Value {
  return (column.words ?? column.value)(row);
}
