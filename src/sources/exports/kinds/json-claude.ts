import type { FileKind } from '../file-kind.ts';

/** Kinds of JSON that Claude's Compliance, Analytics and Admin interfaces answer with. */
export const claudeJsonKinds: readonly FileKind[] = [];
