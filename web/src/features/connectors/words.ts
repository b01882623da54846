import type { client } from '../../api.ts';

export type Matrix = Awaited<ReturnType<typeof client.connectors.matrix>>;
export type Row = Matrix['rows'][number];
export type Connector = Matrix['connectors'][number];
export type Permission = Row['baseline'];
export type Effect = Row['effect'];

/** As a person reads them, from the widest. */
export const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];
export const EFFECTS = ['read', 'write', 'send', 'delete', 'admin', 'unknown'] as const;
/** Columns of the list. What nobody classified stands among them. */
export const COLUMNS = ['read', 'write', 'send', 'delete', 'admin'] as const;
export type ColumnEffect = (typeof COLUMNS)[number];
export const DEPARTS = ['looser', 'tighter', 'unjustified', 'undecided', 'unclassified', 'rule'] as const;
export const DRIFTS = ['wider', 'narrower', 'unread'] as const;

/** How far Claude reaches for someone, from what reaches furthest. */
export const REACH_STATES = ['reaches', 'may', 'unknown', 'cannot'] as const;
export type ReachState = (typeof REACH_STATES)[number];

export const COLUMN_WORDS: Readonly<Record<ColumnEffect, string>> = {
  read: 'Read and search',
  write: 'Create and change',
  send: 'Send or post',
  delete: 'Delete',
  admin: 'Administer and share',
};

/** In which column a row counts. */
export function columnOf(effect: Effect): ColumnEffect {
  return effect === 'unknown' ? 'write' : effect;
}
