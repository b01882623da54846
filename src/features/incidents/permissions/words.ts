import { comparePermissions } from '#domain/connectors/order.ts';
import { PERMISSION_WORDS } from '#domain/connectors/words.ts';
import { dayOf } from '#domain/model/local-time.ts';
import type { Permission } from '#domain/model/rows-exports.ts';
import { dayWords } from '#domain/text/words.ts';
import type { DraftRow } from '#store/charter/drafts.ts';
import type { Followed } from './find-permissions.ts';

/** Describes a draft of the charter. */
export type Draft = Pick<DraftRow, 'title' | 'state' | 'document_version'>;

export function stateWords(state: Permission | 'off'): string {
  return state === 'off' ? 'off' : PERMISSION_WORDS[state];
}

/**
 * For a followed permission, one sentence each: what is in force, what was observed, and whether the action ran since.
 */
export function followedWords(followed: Followed, draft: Draft | null, timezone: string): readonly string[] {
  const { state, row } = followed;
  const called = state === 'called' && row?.lastCall != null ? [calledWords(row.lastCall, timezone)] : [];
  return [charterWords(followed, draft), observedWords(followed), ...called];
}

const calledWords = (at: string, timezone: string) =>
  `The log has a call of this action after that reading, the last on ${dayWords(dayOf(at, timezone))}. It is not blocked for everyone.`;

function charterWords({ one, row, governed }: Followed, draft: Draft | null): string {
  if (!governed) return 'No charter that names connectors is in force.';
  if (row === null) return 'The charter in force and the readings no longer contain the action.';
  const inForce = stateWords(row.charter);
  if (comparePermissions(row.charter, one.to) <= 0)
    return draft?.document_version == null || draft.state !== 'approved'
      ? `The charter in force says ${inForce}.`
      : `In force with version ${draft.document_version} of the charter: ${inForce}.`;
  switch (draft?.state) {
    case 'draft':
      return `The draft “${draft.title}” contains it and has not been sent for approval yet. Currently in force: ${inForce}.`;
    case 'proposed':
      return `The draft “${draft.title}” contains it and is waiting for approval. Currently in force: ${inForce}.`;
    case 'refused':
    case 'withdrawn':
      return `The draft “${draft.title}” was ${draft.state}. Currently in force: ${inForce}.`;
    default:
      return `The charter in force says ${inForce}.`;
  }
}

function observedWords({ row, later }: Followed): string {
  const observed = row?.observed ?? null;
  if (observed === null) return 'No current reading states the action.';
  const on = dayWords(observed.on);
  return later
    ? `A reading from ${on} shows ${stateWords(observed.state)}.`
    : `The newest reading, from ${on}, is older than the proposal and shows ${stateWords(observed.state)}.`;
}
// Guide: G7.2-20
