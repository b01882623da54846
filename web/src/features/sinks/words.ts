import type { SinkState } from '../../../../src/domain/forwarding/words.ts';
import type { client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Sinks = Awaited<ReturnType<typeof calls.sinks.list>>;
export type Sink = Sinks['items'][number];
export type Kind = Sinks['kinds'][number];
export type Delivery = Awaited<ReturnType<typeof calls.sinks.failed>>['items'][number];
export type Tried = Awaited<ReturnType<typeof calls.sinks.test>>;

/** The symbol beside the word for each state. */
export const STATE_SHAPES: Readonly<Record<SinkState, VerdictState>> = {
  stopped: 'fail',
  retrying: 'cannot_read',
  behind: 'pending',
  paused: 'not_applicable',
  new: 'not_applicable',
  working: 'pass',
};
