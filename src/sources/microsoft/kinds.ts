import type { FileKind } from '../exports/file-kind.ts';

/** Kinds of JSON that Microsoft Graph answers with, saved by hand. */
export const graphKinds: readonly FileKind[] = [];
