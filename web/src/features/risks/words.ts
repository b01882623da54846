import { RISK_STATUS_WORDS, SCOPE_WORDS as SCOPES_IN_WORDS } from '../../../../src/domain/labels.ts';
import type { client } from '../../api.ts';
import { VERDICT_ORDER, type VerdictState, verdictWord } from '../../theme/tokens.ts';

export type Board = Awaited<ReturnType<typeof client.risks.board>>;
export type Risk = Board['items'][number];
export type Status = Risk['status'];
export type ScopeName = Risk['scopes'][number]['scope'];

export const STATUSES = [
  'open',
  'cannot_read',
  'pending',
  'accepted',
  'not_licensed',
  'policy_only',
  'partly',
  'covered',
] as const satisfies readonly Status[];

export const STATUS_WORDS: Readonly<Record<Status, string>> = RISK_STATUS_WORDS;

/** The verdict whose symbol and color a status uses; null: partly covered is no verdict and has no status color. */
export const STATUS_STATE: Readonly<Record<Status, VerdictState | null>> = {
  open: 'fail',
  cannot_read: 'cannot_read',
  pending: 'pending',
  accepted: 'accepted',
  not_licensed: 'not_licensed',
  policy_only: 'policy_only',
  partly: null,
  covered: 'pass',
};

export const SCOPES = ['account', 'network', 'device', 'policy'] as const satisfies readonly ScopeName[];
export const SCOPE_WORDS: Readonly<Record<ScopeName, string>> = SCOPES_IN_WORDS;

/** "2 fail, 3 cannot read, 4 pass", in a fixed order. */
export function countsWords(counts: Readonly<Record<VerdictState, number>>): string {
  return VERDICT_ORDER.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${verdictWord(state).toLowerCase()}`)
    .join(', ');
}

/** "2 open, 5 cannot be read, 1 covered", worst first. */
export function countsText({ counts, all }: Board): string {
  const parts = STATUSES.filter((status) => (counts[status] ?? 0) > 0).map(
    (status) => `${counts[status]} ${STATUS_WORDS[status].toLowerCase()}`,
  );
  return `${all} risks: ${parts.join(', ')}.`;
}
