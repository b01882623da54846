import { count } from '../../../../src/domain/text/words.ts';
import type { client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type AlertLine = Awaited<ReturnType<typeof calls.alerts.list>>['items'][number];
export type Groups = Awaited<ReturnType<typeof calls.alerts.groups>>;
export type GroupLine = Groups['items'][number];
export type Group = Awaited<ReturnType<typeof calls.alerts.group>>;
export type Alert = Awaited<ReturnType<typeof calls.alerts.get>>;
export type Detections = Awaited<ReturnType<typeof calls.detections.list>>;
export type Detection = Detections['items'][number];

/** Outcomes that people can choose, in the order of the menu. */
export const OUTCOMES = ['benign', 'real', 'follow_up'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Actions on an alert. */
export const ACTS = ['step', ...OUTCOMES, 'reopen', 'silence'] as const;
export type Act = (typeof ACTS)[number];

/** Each outcome's label, its meaning, and the message shown once it is stored. */
export const OUTCOME_WORDS: Readonly<
  Record<Outcome, { name: string; says: string; missing: string; done: string }>
> = {
  benign: {
    name: 'Benign',
    says: 'It was expected, or a false alarm. If more events arrive, the alert opens again.',
    missing: 'Say why it is benign.',
    done: 'Settled as benign.',
  },
  real: {
    name: 'True positive',
    says: 'It was a real problem and has been dealt with. Say what was done.',
    missing: 'Say what was done.',
    done: 'Settled as a true positive.',
  },
  follow_up: {
    name: 'Needs follow-up',
    says: 'It stays open. Say what needs to be found out, and by whom.',
    missing: 'Say what needs to be found out, and by whom.',
    done: 'Marked as needing follow-up.',
  },
};

/** Status shape of each state. A settled alert was reviewed by a person; that is not a pass. */
export const STATE_SHAPES: Readonly<Record<AlertLine['state'], VerdictState>> = {
  open: 'fail',
  follow_up: 'pending',
  real: 'accepted',
  benign: 'accepted',
  silenced: 'policy_only',
  old: 'not_applicable',
  withdrawn: 'not_applicable',
  merged: 'not_applicable',
};

/** Short id for lists: CLA-DET-07 becomes DET-07. */
export function shortDetection(id: string): string {
  return id.replace(/^CLA-/, '');
}

/**
 * Title of a proposed change to a detection: "Switching this detection off", "Median deviations above the usual day: 9
 * in place of 6".
 */
export function proposalWords({ proposed, number, history }: Detection): string {
  if (proposed === null || !proposed.on) return 'Switching this detection off';
  const parts = [
    number !== null && proposed.number !== null && proposed.number !== number.value
      ? `${number.what}: ${proposed.number} in place of ${number.value}`
      : null,
    history !== null && proposed.history !== null && proposed.history !== history.value
      ? `${count(proposed.history, 'day')} of history in place of ${history.value}`
      : null,
  ];
  return `The change (${parts.filter((part) => part !== null).join('; ')})`;
}

/** Title of a group: its detection, and the connector or person that its alerts share. */
export function groupTitle({ title, subject }: Pick<GroupLine, 'title' | 'subject'>): string {
  return subject === null ? title : `${title}: ${subject}`;
}

/** How many people and events: "4 people, 9 events". */
export function groupSums({ people, events, days }: Pick<GroupLine, 'people' | 'events' | 'days'>): string {
  return [
    people.count > 0 ? count(people.count, 'person', 'people') : null,
    events > 0 ? `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}` : null,
    days > 0 ? count(days, 'day') : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
