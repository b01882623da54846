import { BASELINE_STATUS_WORDS } from '../../../../src/domain/labels.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

export type List = Awaited<ReturnType<typeof client.baselines.list>>;
export type Line = List['items'][number];
export type Shown = Awaited<ReturnType<typeof client.baselines.show>>;
export type Follower = Shown['items'][number];
export type Differences = Awaited<ReturnType<typeof client.baselines.differences.list>>;
export type DifferenceRow = Differences['rows'][number];
export type Cell = DifferenceRow['cells'][number];
export type Candidates = Awaited<ReturnType<typeof client.baselines.candidates>>;
export type Candidate = Candidates['items'][number];
export type Table = Awaited<ReturnType<typeof client.baselines.table>>;
export type Preview = Awaited<ReturnType<typeof client.baselines.preview>>;
export type Plan = Preview['items'][number];
export type Applied = Awaited<ReturnType<typeof client.baselines.apply>>;

export const TABS = ['clients', 'differences', 'template', 'versions'] as const;
export const VIEWS = ['open', 'kept', 'all'] as const;
export const STATUSES = ['looser', 'stricter', 'other'] as const;

export const VIEW_WORDS: Readonly<Record<(typeof VIEWS)[number], string>> = {
  open: 'open',
  kept: 'kept on purpose',
  all: 'both',
};
export const STATUS_WORDS: Readonly<Record<(typeof STATUSES)[number], string>> = BASELINE_STATUS_WORDS;

const DRAFT_WORDS: Readonly<Record<string, string>> = {
  draft: 'Draft, not proposed yet',
  proposed: 'Draft waits for approval',
  approved: 'Draft was approved',
  refused: 'Draft was refused',
  withdrawn: 'Draft was withdrawn',
  removed: 'The draft no longer exists',
};
export const draftWords = (state: string): string => ownValue(DRAFT_WORDS, state) ?? state;

export const sideWords = { msp: 'MSP', client: 'Client' } as const;

/** Example: "1 client", "3 clients". */
export const clientsWords = (n: number): string => `${n} ${n === 1 ? 'client' : 'clients'}`;
