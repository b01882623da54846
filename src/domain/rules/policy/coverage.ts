import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { count } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { absent } from '../outcome.ts';
import { titlesOf } from './acknowledgement-titles.ts';
import {
  type Acknowledgement,
  acknowledgementsOf,
  type Person,
  peopleWhoAcknowledge,
} from './acknowledgements.ts';
import { notYetPublished } from './draft-policies.ts';

/** Acknowledgments of the current version by person, or why they cannot be determined. */
export type Coverage =
  | {
      readonly ok: true;
      readonly version: string;
      readonly people: readonly { readonly person: Person; readonly acknowledgement: Acknowledgement }[];
      readonly evidence: readonly Evidence[];
    }
  | { readonly ok: false; readonly outcome: Outcome };

// Cached per list, which is read once per evaluation, because several controls ask for the same coverage.
const memo = new WeakMap<object, Coverage>();

/** Looks up the members (and `further` people, such as new staff) in the list of acknowledgments. */
export function coverageOf(context: CheckContext, further: readonly Person[] = []): Coverage {
  const { charter, today } = context;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || !policy) {
    return {
      ok: false,
      outcome: askCharter(context, 'policy', 'the policy in force', 'version and the day it was published'),
    };
  }
  const later = notYetPublished(context);
  if (later !== null) return { ok: false, outcome: later };
  const list = context.read('acknowledgements');
  if (!list.ok)
    return {
      ok: false,
      outcome: absent(list).cannotRead(list.howToGet),
    };
  const members = context.read('members', 30);
  if (!members.ok)
    return {
      ok: false,
      outcome: absent(members).cannotRead(members.howToGet),
    };
  const before = further.length === 0 ? memo.get(list) : undefined;
  if (before) return before;
  const own = peopleWhoAcknowledge(context, members);
  const known = new Set(own.flatMap((person) => [...person.addresses]));
  const people = [
    ...own,
    ...further.filter((person) => ![...person.addresses].some((text) => known.has(text))),
  ];
  const roster = context.read('roster', 30);
  const states = acknowledgementsOf(
    people,
    list.rows,
    policy,
    {
      today,
      titles: titlesOf(context.profile.name, context.catalogue.aiTools),
      ...(roster.ok ? { roster: roster.rows } : {}),
    },
    list.cite,
  );
  const coverage: Coverage = {
    ok: true,
    version: policy.version,
    people: people.flatMap((person) => {
      const acknowledgement = states.get(person.key);
      return acknowledgement ? [{ person, acknowledgement }] : [];
    }),
    evidence: [
      charter.cite('policy.version', `policy ${policy.version}`),
      ...members.evidence,
      ...list.evidence,
    ],
  };
  if (further.length === 0) memo.set(list, coverage);
  return coverage;
}

/**
 * How many members have acknowledged, and for how many the list does not settle it; null if this cannot be determined.
 */
export function acknowledgedShare(context: CheckContext): {
  readonly done: number;
  readonly unclear: number;
  readonly of: number;
  readonly evidence: readonly Evidence[];
} | null {
  const coverage = coverageOf(context);
  if (!coverage.ok || coverage.people.length === 0) return null;
  const are = (state: Acknowledgement['state']) =>
    coverage.people.filter(({ acknowledgement }) => acknowledgement.state === state).length;
  return {
    done: are('acknowledged'),
    unclear: are('unclear'),
    of: coverage.people.length,
    evidence: coverage.evidence,
  };
}

/** "12 of 15 members have acknowledged policy 2. For 2 the list does not settle it." */
export function shareWords(
  { done, unclear, of }: { done: number; unclear: number; of: number },
  what: string,
): string {
  const open = unclear === 0 ? '' : ` For ${unclear} the list does not settle it.`;
  return `${done} of ${count(of, 'member')} have acknowledged ${what}.${open}`;
}
