import { ENTRY_CHANGE_WORDS, ENTRY_WORDS } from '../../../../src/domain/labels.ts';
import type { client } from '../../api.ts';

export type List = Awaited<ReturnType<typeof client.revisions.list>>;
export type Head = List['items'][number];
export type Shown = Awaited<ReturnType<typeof client.revisions.show>>;
export type Entry = Shown['items'][number];

export const KINDS = Object.keys(ENTRY_WORDS) as Entry['kind'][];

export const KIND_WORDS: Readonly<Record<Entry['kind'], string>> = ENTRY_WORDS;

export const CHANGE_WORDS: Readonly<Record<Entry['change'], string>> = ENTRY_CHANGE_WORDS;

/** "3 changed, 1 new, none gone", or that there is no earlier revision. */
export function countWords({ first, counts }: Pick<Head, 'first' | 'counts'>): string {
  if (first) return 'The first one kept';
  const parts = [
    counts.changed === 0 ? null : `${counts.changed} changed`,
    counts.added === 0 ? null : `${counts.added} new`,
    counts.removed === 0 ? null : `${counts.removed} gone`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'No entries' : parts.join(', ');
}
