/**
 * collecting: files come in · reading: they are read · preview: read, nothing stored yet · stored · canceled ·
 * failed: the reading was stopped and can be started again.
 */
export const IMPORT_STATES = ['collecting', 'reading', 'preview', 'stored', 'canceled', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which an import waits for someone to go on with it. */
export const OPEN_STATES: readonly ImportState[] = ['collecting', 'reading', 'preview', 'failed'];
