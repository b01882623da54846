export { csvTable } from './csv.ts';
export { clientHeading, workspaceHeading } from './heading.ts';
export {
  MAX_ROWS,
  type Table,
  type TableColumn,
  type TableHeading,
  tableFile,
  type Value,
} from './table.ts';
export { xlsxTables } from './workbook.ts';
export { zipOf } from './zip.ts';
