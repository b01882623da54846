/**
 * collecting: files are being added · reading: they are being read · preview: read, but nothing stored yet · stored ·
 * canceled · failed: reading was interrupted and can be started again.
 */
export const IMPORT_STATES = ['collecting', 'reading', 'preview', 'stored', 'canceled', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which an import waits for someone to continue. */
export const OPEN_STATES: readonly ImportState[] = ['collecting', 'reading', 'preview', 'failed'];
