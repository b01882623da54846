/** Bounds of one import. They stand far above what a console exports and far below what would exhaust memory. */
const MB = 1024 * 1024;

export const LIMITS = {
  fileBytes: 300 * MB,
  folderBytes: 1024 * MB,
  folderFiles: 2000,
  /** One line of a table, with its quoted line breaks. */
  recordBytes: MB,
  columns: 1000,
  jsonBytes: 128 * MB,
  jsonDepth: 100,
  yamlBytes: 4 * MB,
  yamlAliases: 100,
  textBytes: 4 * MB,
  archiveEntries: 2000,
  archiveBytes: 600 * MB,
  /** Archives inside an archive that are still opened. */
  archiveDepth: 1,
  workbookBytes: 200 * MB,
  workbookCells: 6_000_000,
  workbookSheets: 2000,
  /** Inflated to stored size; text of a console reaches about 60. */
  ratio: 250,
  /** Below this inflated size the ratio does not matter. */
  ratioFrom: 20 * MB,
} as const;

/** "300 MB", for sentences. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / MB)} MB`;
}
