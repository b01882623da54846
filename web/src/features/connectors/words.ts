import type { client } from '../../api.ts';

export type Matrix = Awaited<ReturnType<typeof client.connectors.matrix>>;
export type Row = Matrix['rows'][number];
export type Connector = Matrix['connectors'][number];
export type Permission = Row['baseline'];
export type Effect = Row['effect'];

/** In display order, widest first. */
export const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];
export const EFFECTS = ['read', 'write', 'send', 'delete', 'admin', 'unknown'] as const;
/** Columns of the list. Unclassified actions are counted as writes ({@link columnOf}). */
export const COLUMNS = ['read', 'write', 'send', 'delete', 'admin'] as const;
export type ColumnEffect = (typeof COLUMNS)[number];
export const DEPARTS = ['looser', 'tighter', 'unjustified', 'undecided', 'unclassified', 'rule'] as const;
export const DRIFTS = ['wider', 'narrower', 'unread'] as const;

/** How far Claude reaches for a person, furthest first. */
export const REACH_STATES = ['reaches', 'may', 'unknown', 'cannot'] as const;
export type ReachState = (typeof REACH_STATES)[number];

export const COLUMN_WORDS: Readonly<Record<ColumnEffect, string>> = {
  read: 'Read and search',
  write: 'Create and change',
  send: 'Send or post',
  delete: 'Delete',
  admin: 'Administer and share',
};

/** The column in which actions with this effect are counted. */
export function columnOf(effect: Effect): ColumnEffect {
  return effect === 'unknown' ? 'write' : effect;
}
