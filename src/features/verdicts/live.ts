import { DateTime } from 'luxon';
import type { Activity } from '#domain/activity/activity.ts';
import type { Span } from '#domain/activity/completeness.ts';
import { addDays } from '#domain/model/day.ts';
import type { ActivityRow } from '#domain/model/kinds.ts';
import type { Reading } from '#domain/model/reading.ts';
import { keepsLedger } from '#sources/registry.ts';
import { newestOfFeed, ruleEventMonths, ruleEventsOf } from '#store/activity/rule-events.ts';
import type { Tx } from '#store/open.ts';
import { connectionsOf } from '#store/sources/connections.ts';
import { ownKeys } from '#store/sources/own-keys.ts';
import { spansOf } from '#store/sources/spans.ts';
import type { Moment } from '../shared/moment.ts';
import type { LiveFeed } from '../shared/services/facts.ts';
import type { RowsOf } from './compose.ts';

const FEED = 'compliance_feed';
const MONTH = 'feed/';
/** How many days back to search for the latest event; older ones do not show the current state. */
const NEWEST_DAYS = 31;
/** How the live feed is cited. */
export const LIVE_FEED = 'Activity feed, read live';
const INCOMPLETE_DAYS = 'Activity feed, read live, days that are not whole';

export async function loadLiveFeed(tx: Tx, clientId: string, now: Date): Promise<LiveFeed | null> {
  const spans = await spansOf(tx, clientId, FEED);
  const connection = (await connectionsOf(tx, clientId)).find((one) => keepsLedger(one, FEED));
  if (spans.length === 0 && connection === undefined) return null;
  const kept = await tx
    .selectFrom('activity_rollup_states')
    .select('log_from')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  const since = new Date(now.getTime() - NEWEST_DAYS * 86_400_000);
  const newest = await newestOfFeed(tx, clientId, since);
  const keptFrom = kept?.log_from?.toISOString() ?? null;
  return {
    // The deciding thread keeps rows of many clients by id, so the id includes the client.
    months: (await ruleEventMonths(tx, clientId)).map(
      ({ month, mark }) => `${MONTH}${month}/${mark}/${keptFrom ?? ''}/${clientId}`,
    ),
    whole: wholeStretches(spans),
    keptFrom,
    newest: newest && rowOf(newest, 0),
    ownKeys: await ownKeys(tx, clientId),
    recording:
      connection === undefined || connection.recording === 'unknown'
        ? null
        : {
            on: connection.recording === 'on',
            at: (connection.recording_at ?? connection.tested_at).toISOString(),
          },
  };
}

/** Late events are stored by now, so periods noted as such are complete. */
function wholeStretches(spans: readonly Span[]): { from: string; to: string }[] {
  const list: { from: string; to: string }[] = [];
  for (const { from, to, gap } of spans) {
    if (gap !== null && gap !== 'late_indexed') continue;
    const last = list.at(-1);
    if (last !== undefined && last.to >= from) list[list.length - 1] = { from: last.from, to };
    else list.push({ from, to });
  }
  return list;
}

export function isMonth(id: string): boolean {
  return id.startsWith(MONTH);
}

/** The rows of a month by its id. */
export async function rowsOfMonth(tx: Tx, clientId: string, id: string): Promise<ActivityRow[]> {
  const month = id.slice(MONTH.length, MONTH.length + 'YYYY-MM'.length);
  return (await ruleEventsOf(tx, clientId, month)).map((one, index) => rowOf(one, index + 1));
}

/**
 * The live feed as readings of a day: one for the latest period without a gap, the only one that lets a rule conclude
 * that nothing happened, and one for events outside of it, which is never complete.
 */
export function liveReadings(
  live: LiveFeed | null,
  rowsOf: RowsOf,
  zone: string,
  { today, now }: Moment,
): Reading<'activities'>[] {
  if (live === null) return [];
  const own = new Set(live.ownKeys);
  const known = live.months
    .flatMap((id) => rowsOf(id) as readonly ActivityRow[])
    .filter(({ at, detail }) => at <= now && !own.has(String(detail['actor.id'] ?? '')));
  // Shows that the vendor records, whatever the event was.
  const newest =
    live.newest === null || live.newest.at > now || known.some(({ id }) => id === live.newest?.id)
      ? null
      : { ...live.newest, detail: {} };
  const rows = newest === null ? known : [...known, newest];
  const stretch = live.whole.findLast(({ from }) => from <= now);
  const covers = stretch === undefined ? null : daysOf(stretch, live.keptFrom, zone, now);
  const end = stretch === undefined || stretch.to > now ? now : stretch.to;
  // All days up to the end of the period count as read on that day.
  const observedOn = stretch === undefined ? today : dayIn(end, zone);
  const inside = (row: ActivityRow) =>
    stretch !== undefined && row.at >= stretch.from && (row.at < stretch.to || row === newest);
  const reading = (file: string, own: readonly ActivityRow[], complete: boolean): Reading<'activities'> => ({
    kind: 'activities',
    file,
    // Identifies the rows, so that the same ones are never processed twice.
    sha256: `${file} ${live.months.join()} ${live.newest?.id ?? ''} ${now} ${covers?.from ?? ''}`,
    provenance: 'api',
    observedOn,
    dateFrom: 'content',
    rows: own.map((row, index) => ({ ...row, file, row: index + 1 })),
    complete,
    ...(complete && covers !== null ? { covers } : {}),
    mappedByHand: false,
  });
  const outside = rows.filter((row) => !inside(row));
  return [
    ...(stretch === undefined ? [] : [reading(LIVE_FEED, rows.filter(inside), true)]),
    ...(outside.length === 0 ? [] : [reading(INCOMPLETE_DAYS, outside, false)]),
  ];
}

/** The full days of a period: if it starts within a day, it covers the days after it. null: none. */
function daysOf(
  stretch: { readonly from: string; readonly to: string },
  keptFrom: string | null,
  zone: string,
  now: string,
): { from: string; to: string } | null {
  const begin = keptFrom !== null && keptFrom > stretch.from ? keptFrom : stretch.from;
  const first = dayIn(begin, zone);
  const midnight = DateTime.fromISO(first, { zone }).toUTC().toMillis();
  const from = Date.parse(begin) <= midnight ? first : addDays(first, 1);
  const to = dayIn(stretch.to > now ? now : stretch.to, zone);
  return from > to ? null : { from, to };
}

function dayIn(at: string, zone: string): string {
  return DateTime.fromISO(at, { zone }).toISODate() ?? at.slice(0, 10);
}

/**
 * Same form as the importer of a saved feed produces: objects are flattened by one level, and the actor's id is in the
 * detail.
 */
function rowOf({ id, at, type, actor, ip, detail }: Activity, row: number): ActivityRow {
  const flat: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(detail))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [inner, deep] of Object.entries(value)) flat[`${key}.${inner}`] = deep;
    else flat[key] = value;
  return {
    file: LIVE_FEED,
    row,
    id,
    at,
    type,
    actorType: actor.type,
    actorEmail: actor.email?.toLowerCase() ?? null,
    actorName: actor.name,
    ip,
    detail: actor.id === null ? flat : { ...flat, 'actor.id': actor.id },
  };
}
// Guide: G5.2-00 G5.2-05
