import { hadNoEffect, organizationOf } from '../activity/payload.ts';
import { addDays } from '../model/day.ts';
import type { ActivityRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { type Current, type Events, isUnread, type UnreadEvents } from '../model/rule.ts';

/**
 * Merges the events of the activity feed and the audit log in order of time, without duplicates, future events, failed
 * actions and events of organizations other than `ours`; null: it is not known which are ours.
 */
export function mergeEvents(
  feed: Current<'activities'>,
  log: Current<'audit_log'>,
  now: string,
  ours: ReadonlySet<string> | null = null,
): Events {
  const unread = unreadOf(feed) ?? unreadOf(log);
  if (!feed.ok && !log.ok) {
    const absent = unread ?? (feed.code === 'not_given' ? log : feed);
    return { ok: false, code: absent.code, why: absent.why, howToGet: absent.howToGet };
  }
  // The feed as Bylaw reads it is complete for its days, whatever became of a file. Incomplete files of one source do
  // not affect the other, which covers its own days.
  const readHere = feed.ok && feed.readings.some(({ provenance }) => provenance === 'api');
  const beside = readHere || unread === null || unread.code === 'partial' ? null : unread;
  const readings = [...(feed.ok ? feed.readings : []), ...(log.ok ? log.readings : [])];
  const seen = new Set<string>();
  const rows: ActivityRow[] = [];
  const twins = feed.ok && log.ok ? countByKey(feed.rows) : null;
  let sorted = true;
  const add = (row: ActivityRow) => {
    // An action that failed or was refused changed nothing, whatever its type.
    if (hadNoEffect(row.type, row.detail)) return;
    const organization = ours === null ? null : organizationOf(row.detail);
    if (organization !== null && ours?.has(organization) === false) return;
    sorted &&= (rows.at(-1)?.at ?? '') <= row.at;
    rows.push(row);
  };
  for (const row of feed.ok ? feed.rows : []) {
    if (row.at > now) continue;
    if (row.id !== null) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
    }
    add(row);
  }
  const repeats = repetitions();
  for (const row of log.ok ? log.rows : []) {
    if (row.at > now || (row.id !== null && seen.has(row.id))) continue;
    if (repeats(row)) continue;
    // Both contain the same events, but the log lacks the feed's ids: match each event of the feed with one of the
    // log.
    const key = twins === null ? '' : eventKey(row);
    const left = twins?.get(key) ?? 0;
    if (left > 0) twins?.set(key, left - 1);
    else add(row);
  }
  if (!sorted) rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    ok: true,
    rows,
    ...daysOf(readings),
    evidence: [...(feed.ok ? feed.evidence : []), ...(log.ok ? log.evidence : [])],
    ...(beside === null ? {} : { unread: beside }),
    cite: (row, says) => {
      const reading = readings.find((candidate) => candidate.file === row.file);
      return {
        kind: reading?.kind ?? 'activities',
        file: row.file,
        row: row.row,
        observedOn: reading?.observedOn ?? row.at.slice(0, 10),
        says,
      };
    },
  };
}

/** A file of events that was imported and cannot be used; null: it can be, or there is none. */
function unreadOf(read: Current<'activities'> | Current<'audit_log'>): UnreadEvents | null {
  if (read.ok || !isUnread(read.code)) return null;
  return { code: read.code, why: read.why, howToGet: read.howToGet };
}

/**
 * Returns a function that detects repeated events of the audit log by all their fields, because exports overlap and
 * rows have no ids. Events that differ in any detail, such as their target, are distinct.
 */
function repetitions(): (row: ActivityRow) => boolean {
  const known = new Map<string, ActivityRow[]>();
  return (row) => {
    const key = `${row.at} ${row.type} ${row.actorEmail ?? row.actorName ?? ''} ${row.ip ?? ''}`;
    const same = known.get(key);
    if (same === undefined) {
      known.set(key, [row]);
      return false;
    }
    const detail = JSON.stringify(row.detail);
    if (same.some((other) => JSON.stringify(other.detail) === detail)) return true;
    same.push(row);
    return false;
  };
}

function eventKey({ at, type, actorEmail }: ActivityRow): string {
  return `${at.slice(0, 19)} ${type} ${actorEmail ?? ''}`;
}

function countByKey(rows: readonly ActivityRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.id !== null && seen.has(row.id)) continue;
    if (row.id !== null) seen.add(row.id);
    const key = eventKey(row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The latest period that the readings cover without a gap; anything before a gap is left out. */
function daysOf(readings: readonly Reading[]): { readonly from: string; readonly to: string } {
  const stretches = readings.flatMap(({ covers, complete }) => (covers && complete ? [covers] : []));
  if (stretches.length === 0) {
    const days = readings
      .flatMap(({ covers, observedOn }) => (covers ? [covers.from, covers.to] : [observedOn]))
      .sort();
    return { from: days[0] ?? '', to: days.at(-1) ?? '' };
  }
  let { from, to } = stretches.reduce((newest, one) => (one.to > newest.to ? one : newest));
  for (const one of stretches.toSorted((a, b) => (a.to > b.to ? -1 : 1)))
    if (one.from < from && addDays(one.to, 1) >= from) from = one.from;
  to = stretches.reduce((latest, one) => (one.to > latest ? one.to : latest), to);
  return { from, to };
}
