import type { client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Sources = Awaited<ReturnType<typeof client.sources.show>>;
export type Vendor = Sources['vendors'][number];
export type Connection = Sources['connections'][number];
export type Stream = Connection['streams'][number];
export type Scope = Connection['scopes'][number];

interface Words {
  readonly state: VerdictState;
  readonly word: string;
}

/** State of a reading, as a status shape with its own word. */
const STREAM_WORDS: Readonly<Record<Stream['state'], Words>> = {
  new: { state: 'pending', word: 'Not read yet' },
  reading: { state: 'pending', word: 'Being read' },
  ok: { state: 'pass', word: 'Read' },
  waiting: { state: 'pending', word: 'Waiting' },
  failed: { state: 'cannot_read', word: 'Could not be read' },
  stuck: { state: 'cannot_read', word: 'Circular' },
  refused: { state: 'fail', word: 'Refused' },
  no_scope: { state: 'cannot_read', word: 'Permission missing' },
  not_offered: { state: 'not_licensed', word: 'Not offered' },
};

/** A complete reading that reports omissions counts as read in part. */
export function streamWords({ state, says }: Pick<Stream, 'state' | 'says'>): Words {
  return state === 'ok' && says !== null
    ? { state: 'cannot_read', word: 'Read in part' }
    : STREAM_WORDS[state];
}

const SCOPE_WORDS: Readonly<Record<Scope['state'], Words>> = {
  granted: { state: 'pass', word: 'Can be read' },
  missing: { state: 'cannot_read', word: 'Missing' },
  unknown: { state: 'cannot_read', word: 'Not known' },
};

/** Words for a permission of an application. A missing one that is optional is no defect. */
export function scopeWords({ state, optional }: Pick<Scope, 'state' | 'optional'>): Words {
  return optional && state === 'missing' ? { state: 'not_applicable', word: 'Optional' } : SCOPE_WORDS[state];
}

export const RECORDING_WORDS: Readonly<Record<NonNullable<Connection['recording']>, Words>> = {
  on: { state: 'pass', word: 'Recording is on' },
  off: { state: 'fail', word: 'Recording is off' },
  unknown: { state: 'cannot_read', word: 'Recording: not known' },
};
