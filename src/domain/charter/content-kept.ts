import type { Activity } from '../activity/activity.ts';
import type { ActivityText, CaughtText, ContentKind, ContentSource } from '../activity/text.ts';
import type { Charter } from '../model/charter.ts';
import { differentPeople, namesNoPerson } from '../people/names.ts';
import { noticeNames } from './notice.ts';

/** Required approvals: guide 5.2 asks for two people for content. */
export const CONTENT_APPROVERS = 2;

/** Wordings by which a notice to staff says that what they write is kept. */
export const NAMES_CONTENT =
  /content|conversation|prompts?\b|texts? of messages|message texts?|what (people|staff|you) (write|type|ask)/;

/**
 * What a charter lacks before texts may be kept under it, worded to follow "it does not count, since"; empty: nothing.
 * Staff write about members, colleagues and themselves, so they must be told first (guide 8), and two people are
 * responsible (guide 5.2).
 */
export function contentLacks(charter: Charter): string[] {
  const rule = charter.contentKept;
  if (rule === undefined) return [];
  const { contentAccess, policy } = charter;
  const named = noticeNames(policy?.noticeCovers ?? [], NAMES_CONTENT);
  return [
    ...(contentAccess?.allowed === true
      ? []
      : ['the charter does not allow that conversations of others are read']),
    ...(people(contentAccess?.approvers) >= CONTENT_APPROVERS
      ? []
      : ['fewer than two people are named who agree to reading them']),
    ...(people(rule.approvedBy) >= CONTENT_APPROVERS ? [] : ['fewer than two people approved it']),
    ...(named ? [] : ['the notice to staff does not name the content of conversations']),
    ...(policy?.published === undefined ? ['the day on which the notice was published is missing'] : []),
  ];
}

function people(names: readonly string[] | undefined): number {
  return differentPeople((names ?? []).filter((one) => !namesNoPerson(one))).length;
}

/** A period in which texts may be kept, `to` excluded, with the charter version that allows it. */
export interface ContentPeriod {
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly of: ReadonlySet<ContentKind>;
  readonly sources: ReadonlySet<ContentSource>;
  readonly days: number;
}

/** A stored version of a charter with the period in which it was in force. */
export interface VersionInForce {
  readonly version: number;
  readonly charter: Charter;
  readonly from: Date;
  /** null: still in force. */
  readonly to: Date | null;
}

/**
 * The periods in which a client's charters allow keeping texts. An event is subject to the charter of its own time, so
 * permission is never retroactive: neither to before the version took effect, nor to before the notice to staff was
 * published.
 *
 * @param startOf First instant of a day in the client's zone.
 */
export function contentPeriods(
  versions: readonly VersionInForce[],
  startOf: (day: string, plusDays: number) => Date,
): ContentPeriod[] {
  return versions.flatMap(({ version, charter, from, to }) => {
    const rule = charter.contentKept;
    const published = charter.policy?.published;
    if (rule === undefined || published === undefined || contentLacks(charter).length > 0) return [];
    const begin = Math.max(from.getTime(), startOf(published, 0).getTime());
    const end = Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, startOf(rule.until, 1).getTime());
    if (begin >= end) return [];
    return [
      {
        from: new Date(begin).toISOString(),
        to: new Date(end).toISOString(),
        version,
        of: new Set(rule.of),
        sources: new Set(rule.from),
        days: rule.days,
      },
    ];
  });
}

export function contentPeriodAt(periods: readonly ContentPeriod[], at: string): ContentPeriod | null {
  return periods.findLast(({ from, to }) => from <= at && at < to) ?? null;
}

const DAY_MS = 86_400_000;

/**
 * Which texts captured with an activity may be kept, and until when. Nothing is kept if that time has already passed,
 * or if the activity's time is not credible, since it is then unknown which charter applied.
 */
export function textsToKeep(
  { at, claimedAt, id, person }: Pick<Activity, 'at' | 'claimedAt' | 'id' | 'person'>,
  source: ContentSource,
  caught: readonly CaughtText[],
  periods: readonly ContentPeriod[],
  now: Date,
): ActivityText[] {
  const period = contentPeriodAt(periods, at);
  if (claimedAt !== null || period === null || !period.sources.has(source)) return [];
  const keepUntil = keptUntil(at, period);
  if (keepUntil <= now.toISOString()) return [];
  return caught
    .filter(({ part }) => period.of.has(part === 'tool_input' ? 'tool_input' : 'messages'))
    .map((text) => ({ ...text, at, id, person, keepUntil, charter: period.version }));
}

export function keptUntil(at: string, { days }: Pick<ContentPeriod, 'days'>): string {
  return new Date(Date.parse(at) + days * DAY_MS).toISOString();
}
// Guide: G5.2-04 G8-14
