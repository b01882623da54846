import { compareWithOwnPast, type OwnPast, usualOf } from '#domain/usage/own-past.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import type { People, Counted as Person } from '../people/index.ts';
import { addDays, type Span, weeksFrom } from './range.ts';
import type { ReportedWeeks } from './reported.ts';

/** Own weeks before that the last one is compared with, at most. */
export const WEEKS_BEFORE = 8;

/** The first week that has to be read to show a span and to compare its last week. */
export function firstWeekOf(span: Span): string {
  const before = addDays(span.lastWeek, -7 * WEEKS_BEFORE);
  return before < span.from ? before : span.from;
}

/** One person's counts by week, their addresses taken together. */
export interface PersonWeeks extends OwnPast {
  readonly person: Person;
  /** Messages of the last whole week; null: no source reported messages in it. */
  readonly week: number | null;
  readonly counts: readonly OnceCounted[];
  /** Messages by week, of weeks of which messages are reported for anyone; 0 where this person sent none. */
  readonly messages: ReadonlyMap<string, number>;
}

/**
 * Everyone whom the counts of `person_week` name. A week before the first one in which someone was seen says nothing
 * of them, so newcomers are not compared with weeks in which they were not there.
 */
export function personWeeks(
  counts: readonly OnceCounted[],
  people: People,
  span: Span,
  reported: ReportedWeeks,
): PersonWeeks[] {
  const named = counts.filter((count) => count.person !== null);
  const byPerson = Map.groupBy(named, ({ person }) => people.of(person ?? '').key);
  return [...byPerson.values()].map((own) => {
    const first = own.reduce((least, { start }) => (start !== null && start < least ? start : least), '~');
    const messages = new Map<string, number>();
    for (const week of weeksFrom(first, span.thisWeek)) if (reported.message.has(week)) messages.set(week, 0);
    for (const { start, messages: sent } of own)
      if (reported.message.has(start ?? ''))
        messages.set(start ?? '', (messages.get(start ?? '') ?? 0) + sent);
    const week = reported.message.has(span.lastWeek) ? (messages.get(span.lastWeek) ?? 0) : null;
    const before = [...messages]
      .filter(([start]) => start < span.lastWeek && start >= addDays(span.lastWeek, -7 * WEEKS_BEFORE))
      .map(([, sent]) => sent);
    return {
      person: people.of(own[0]?.person ?? ''),
      week,
      counts: own,
      messages,
      ...(week === null ? { usual: usualOf(before), unusual: null } : compareWithOwnPast(week, before)),
    };
  });
}

/** The quarter in which a number lies among those who sent any; null: the number is not known. */
export function quarterOf(
  week: number | null,
  all: readonly (number | null)[],
): 'none' | 'lower' | 'middle' | 'upper' | null {
  if (week === null) return null;
  if (week === 0) return 'none';
  const sent = all.flatMap((one) => (one !== null && one > 0 ? [one] : [])).toSorted((a, b) => a - b);
  const at = (part: number) => sent[Math.min(sent.length - 1, Math.floor(sent.length * part))] ?? 0;
  if (week < at(0.25)) return 'lower';
  return week > at(0.75) ? 'upper' : 'middle';
}
// Guide: G5.1-02
