import type { EvaluationState } from '#domain/decide/context.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import type { Item, State } from '#domain/model/verdict.ts';
import type { PersonFinding } from '#domain/people/types.ts';
import type { Removal } from '#domain/rules/accounts/offboarding.ts';
import { dayWords, sentence } from '#domain/text/words.ts';
import { lists, NOTHING_TO_JUDGE, type Status, statusBy } from './judged.ts';
import type { PeopleControls } from './reading.ts';

interface Otherwise {
  readonly state: State | null;
  readonly words: string;
}

/** A person whose last day has passed, with the removal stated in the journal. */
export function leaver(removal: Removal, days: number | null): Otherwise {
  switch (removal.stage) {
    case 'open':
      return { state: 'fail', words: days === null ? 'Seat kept after leaving' : `Seat kept ${days} days` };
    case 'newer_file':
      return {
        state: 'cannot_read',
        words: 'Removed according to the journal; a newer members file must show it',
      };
    case 'removed':
      return {
        state: null,
        words: sentence(`${removal.words[0]?.toUpperCase() ?? ''}${removal.words.slice(1)}`),
      };
    case 'not_due':
      return {
        state: 'pending',
        words: removal.due === null ? 'Offboarding in progress' : `Removal due ${dayWords(removal.due)}`,
      };
  }
}

export function unknown(): Otherwise {
  return { state: 'cannot_read', words: 'Needs a decision' };
}

/** An account without a staff record that has an explanation of its own. */
export function alone(
  kind: 'shared' | 'service' | 'guests',
  one: PersonFinding & { readonly certain?: boolean },
  decided: ReadonlySet<string>,
  context: CheckContext,
): { readonly otherwise: Otherwise; readonly words: Partial<Record<State, string>> } {
  if (kind === 'guests')
    return {
      otherwise: { state: null, words: decided.has(one.key) ? 'Decided: a guest' : 'A guest' },
      words: { fail: 'Guest without a decision', cannot_read: 'Needs a decision' },
    };
  const owner = context.charter.ok ? context.charter.value.accountOwner : undefined;
  if (one.key === owner)
    return { otherwise: { state: null, words: 'Account owner named in the charter' }, words: {} };
  const what = kind === 'shared' ? 'Shared mailbox' : 'Service account';
  return {
    otherwise: one.certain === true ? { state: 'fail', words: `${what} holds a seat` } : unknown(),
    words: { fail: `${what} holds a seat`, cannot_read: 'Needs a decision' },
  };
}

/** A person matched to current staff: in order, unless a control lists the account for another reason. */
export function matchedStatus(controls: PeopleControls, shared: EvaluationState, item: Item): Status {
  for (const judged of [controls.shared, controls.guests, controls.one, controls.staff]) {
    if (judged === null || !lists(judged, item.key)) continue;
    const listed = judged.verdict.items.find(({ key }) => key === item.key) ?? item;
    const status = statusBy(judged, shared, listed, {
      state: judged.verdict.state,
      words: sentence(listed.detail),
    });
    if (status.verdict !== null) return status;
  }
  return NOTHING_TO_JUDGE('Matched');
}
