import { z } from 'zod';
import type { Category } from '../../activity/activity.ts';
import { namesAFailure } from '../../activity/payload.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { clockWords, inNormalHours, type LocalTime, localClock } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type LastDay, lastDays } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { timeWords } from '../../text/moments.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { reviewsOf } from '../operations/review-done.ts';
import { absent, because } from '../outcome.ts';
import { exportedTelemetry } from './telemetry.ts';

/** An action of a person, from any source. */
interface Done {
  readonly at: string;
  /** null: no person, or not work. */
  readonly who: string | null;
  cite(says: string): Evidence;
}

/** Telemetry categories that are a person's work; metrics and settings are sent by the program itself. */
const WORK: ReadonlySet<Category> = new Set(['message', 'tool_call']);

/** One person's activity on one day outside the hours. */
interface OddDay {
  readonly who: string;
  readonly first: { readonly done: Done; readonly local: LocalTime };
  readonly last: LocalTime;
  readonly events: number;
  /** Set if the person had left: then all events of that day count, at any hour. null: they had not. */
  readonly left: LastDay | null;
}

/**
 * Guide 5.4: access outside normal hours, from activity in Claude, which also covers people who are already signed in.
 * Never passes: events do not include the device, and not every activity is an event.
 */
export const workOutsideHours = defineRule({
  name: 'work-outside-hours',
  signed: () => ['reviews'],
  about:
    'Finds what people did in Claude outside the normal hours of the profile, according to the activity feed, the audit log or telemetry imported as files, one line for each person and day, and what they did after their last day of work. Every finding needs a review of user access in the journal on a later day. Finding nothing proves nothing about sign-ins and devices, so this check never passes.',
  failsFromPart: ['activities', 'audit_log'],
  params: z.strictObject({}),
  decide(context) {
    const { profile, journal } = context;
    const events = context.events();
    const telemetry = exportedTelemetry(context);
    if (!events.ok && telemetry === null) return absent(events).cannotRead(events.howToGet);
    const evidence = [...(events.ok ? events.evidence : []), ...(telemetry?.evidence ?? [])];
    const hours = profile.normalHours;
    const reviewed = journal.ok
      ? reviewsOf(journal.value, ['monthly', 'quarterly'], context.today, 'user_access').at(-1)?.review.on
      : undefined;
    const ended = lastDays(context);
    const odd = new Map<string, OddDay>();
    const clock = localClock(profile.timezone);
    const done: readonly Done[] = [
      ...(events.ok
        ? events.rows.map((row) => ({
            at: row.at,
            who: personOf(row),
            cite: (says: string) => events.cite(row, says),
          }))
        : []),
      ...(telemetry === null
        ? []
        : telemetry.rows.map((row) => ({
            at: row.at,
            who: WORK.has(row.category) && row.outcome !== 'rejected' ? row.person : null,
            cite: (says: string) => telemetry.cite(row, says),
          }))),
    ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const one of done) {
      const { who, at } = one;
      if (who === null) continue;
      const local = clock(at);
      if (local === null) continue;
      const lastDay = ended.get(address(who));
      const left = lastDay !== undefined && local.day > lastDay.day ? lastDay : null;
      if (left === null && (!hours || inNormalHours(local, hours, profile.holidays))) continue;
      if (reviewed !== undefined && local.day < reviewed) continue;
      const key = `${who}/${local.day}`;
      const before = odd.get(key);
      odd.set(key, {
        who,
        first: before?.first ?? { done: one, local },
        last: local,
        events: (before?.events ?? 0) + 1,
        left,
      });
    }
    const found = [...odd.entries()];
    if (found.length === 0 && !hours)
      return because(
        'visibility.work_outside_hours.hours_not_stated',
        'The profile does not state normal hours, so work at odd hours cannot be identified.',
      ).cannotRead(
        ask('profile', 'normalHours', 'State “normalHours” in the profile: start, end and days.'),
        evidence,
      );
    if (found.length === 0)
      return because(
        'visibility.work_outside_hours.none_shown',
        `No event${events.ok ? ` from ${dayWords(events.from)} to ${dayWords(events.to)}` : ' in the telemetry'} shows work outside normal hours${reviewed === undefined ? '' : ` since the review of ${dayWords(reviewed)}`}. Events do not show every sign-in, nor from which device.`,
      ).cannotRead(null, evidence);
    const items = found.map(([key, { who, first, last, events: many, left }]): Item => {
      const span = many === 1 ? clockWords(first.local) : `${clockWords(first.local)} to ${clockWords(last)}`;
      const when = `${dayWords(first.local.day)}, ${span}`;
      return {
        key,
        label: who,
        detail: `${when}: ${count(many, 'event')} ${left !== null ? 'after the last day of work' : 'outside normal hours'}.`,
        evidence: [first.done.cite(when), ...(left?.evidence ?? [])],
      };
    });
    const saysOf = (left: boolean, what: string): string[] => {
      const these = items.filter((_, n) => (found[n]?.[1].left !== null) === left);
      const people = new Set(these.map(({ label }) => label));
      return these.length === 0
        ? []
        : [
            `${count(people.size, 'person', 'people')} worked in Claude ${what} on ${count(these.length, 'day')}: ${names(these.map(({ label, detail }) => `${label} (${detail.replace(/\.$/, '')})`))}.`,
          ];
    };
    const says = [
      ...saysOf(true, 'after the last day of work'),
      ...(hours
        ? saysOf(
            false,
            `outside normal hours (${timeWords(hours.start)} to ${timeWords(hours.end)}, ${profile.timezone})`,
          )
        : []),
    ];
    return because(
      'visibility.work_outside_hours.outside',
      `${says.join(' ')} No review is recorded since.`,
    ).fail([...evidence, ...items.flatMap(({ evidence }) => evidence)], items);
  },
});

/** The person whom the event names, unless the action was refused. */
function personOf({ type, actorType, actorEmail }: ActivityRow): string | null {
  if (actorEmail === null || namesAFailure(type)) return null;
  return actorType === null || /user/i.test(actorType) ? actorEmail.toLowerCase() : null;
}
