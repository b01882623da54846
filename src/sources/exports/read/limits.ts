/** Limits of one import, far above what a console exports and far below what would exhaust memory. */
const MB = 1024 * 1024;

export const LIMITS = {
  fileBytes: 300 * MB,
  folderBytes: 1024 * MB,
  folderFiles: 2000,
  /** One record of a table, including quoted line breaks. */
  recordBytes: MB,
  columns: 1000,
  jsonBytes: 128 * MB,
  jsonDepth: 100,
  yamlBytes: 4 * MB,
  yamlAliases: 100,
  textBytes: 4 * MB,
  archiveEntries: 2000,
  archiveBytes: 600 * MB,
  /** Levels of nested archives that are opened. */
  archiveDepth: 1,
  workbookBytes: 200 * MB,
  workbookCells: 6_000_000,
  workbookSheets: 2000,
  /** Maximum compression ratio. Text from consoles reaches about 60. */
  ratio: 250,
  /** Inflated size below which the ratio is not checked. */
  ratioFrom: 20 * MB,
} as const;

/** Formats a size for messages, such as "300 MB". */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / MB)} MB`;
}
