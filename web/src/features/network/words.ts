import type { client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type Network = Awaited<ReturnType<typeof client.network.show>>;
export type Way = Network['ways'][number];
export type Checked = Awaited<ReturnType<typeof client.network.check>>;
type Level = Checked['findings'][number]['level'];

export const KIND_WORDS: Readonly<Record<Way['kind'], string>> = {
  browser: 'Managed browsers, without a gateway',
  proxy: 'A proxy of your own',
  gateway: 'A vendor’s gateway',
  session: 'Monitor sessions that sign in through Entra',
  block: 'Block Claude on a network',
  test: 'Test from a device without installing anything',
};

export const OVERWRITES_WORDS = {
  yes: 'Replaces what a client sends',
  no: 'Does not replace what a client sends',
  unknown: 'Not documented whether it replaces what a client sends',
} as const;

export const UNLICENSED_WORDS = { no: 'not licensed', unknown: 'license not known' } as const;

export const OVERWRITES_MARKS: Readonly<Record<keyof typeof OVERWRITES_WORDS, VerdictState>> = {
  yes: 'pass',
  no: 'fail',
  unknown: 'cannot_read',
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  fault: 'Does not hold',
  weak: 'Can be bypassed',
  unknown: 'Not documented',
  note: 'Good to know',
};

export const LEVEL_MARKS: Readonly<Record<Level, VerdictState>> = {
  fault: 'fail',
  weak: 'fail',
  unknown: 'cannot_read',
  note: 'not_applicable',
};

type Shows = Network['probes'][number]['shows'];

const SHOWS_WORDS: Readonly<Record<Shows, string>> = {
  holds: 'Others are refused, ours is allowed',
  ours_refused: 'Our own organization is refused',
  lets_in: 'Another organization is allowed',
  wrong_header: 'The header arrives twice or malformed',
  client_decides: 'A program can name another organization itself',
  closed: 'Claude is blocked there',
  open: 'Claude is reachable there',
  gets_through: 'A managed device gets through',
  shut_out: 'A managed device is blocked',
  not_shown: 'Not enough evidence',
};

const SHOWS_MARKS: Readonly<Record<Shows, VerdictState>> = {
  holds: 'pass',
  ours_refused: 'fail',
  lets_in: 'fail',
  wrong_header: 'fail',
  client_decides: 'fail',
  closed: 'pass',
  open: 'fail',
  gets_through: 'pass',
  shut_out: 'fail',
  not_shown: 'cannot_read',
};

/** What a test shows, as a word and a symbol. A favorable result from a revoked device does not count. */
export function shownBy({ shows, device }: Network['probes'][number]): {
  state: VerdictState;
  words: string;
} {
  const state = SHOWS_MARKS[shows];
  return state === 'pass' && device?.isRevoked === true
    ? { state: 'not_applicable', words: 'No longer counts: its device was revoked' }
    : { state, words: SHOWS_WORDS[shows] };
}
