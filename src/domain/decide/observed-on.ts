import type { Evidence } from '../model/reading.ts';

/** Documents are cited with the day of the decision, which would make every other reading look new. */
const WRITTEN: ReadonlySet<string> = new Set<Evidence['kind']>([
  'charter',
  'journal',
  'plan',
  'catalogue',
  'profile',
]);

interface Cited {
  readonly evidence: readonly { readonly kind: string; readonly observedOn: string }[];
}

/**
 * Day of the newest reading or attestation behind a verdict; null: it has none. Every page, list, report and tool
 * shows this day.
 */
export function observedOn({ evidence, items }: Cited & { readonly items: readonly Cited[] }): string | null {
  return [...evidence, ...items.flatMap((item) => item.evidence)]
    .filter(({ kind }) => !WRITTEN.has(kind))
    .reduce<string | null>(
      (newest, { observedOn: day }) => (newest === null || day > newest ? day : newest),
      null,
    );
}
