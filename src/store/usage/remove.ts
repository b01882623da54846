import { sql } from 'kysely';
import { keptBy, REMOVAL_ORDER, startOf } from '#domain/usage/slices.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Activities to be removed by retention: all before an instant, except those of people on hold. */
export interface ActivityRemoval {
  /** First instant that is kept. */
  readonly before: Date;
  /** Addresses and ids whose activities are kept. */
  readonly held: readonly string[];
}

const older = ({ before, held }: ActivityRemoval) =>
  sql`at < ${before.toISOString()}::timestamptz and (person is null or person <> all(${[...held]}::text[]))`;

/** Number of activities past retention. */
export async function oldActivities(tx: Tx, clientId: string, removal: ActivityRemoval): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from "activities" where client_id = ${clientId} and ${older(removal)}`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}

/**
 * Removes the oldest activities past retention, at most `max`, and returns their number. Requires the system scope.
 * From then on, recounting ignores everything before the instant.
 */
export async function removeActivities(
  tx: Tx,
  clientId: string,
  removal: ActivityRemoval,
  max: number,
): Promise<number> {
  await writing(
    'activity_rollup_states',
  )`update "activity_rollup_states" set log_from = greatest(log_from, ${removal.before.toISOString()}::timestamptz)
    where client_id = ${clientId}`.execute(tx);
  const { numAffectedRows } = await writing('activities')`
    delete from "activities" where (client_id, at, id) in (
      select client_id, at, id from "activities" where client_id = ${clientId} and ${older(removal)}
      order by at, id limit ${max})`.execute(tx);
  // Also delete what refers to the removed activities.
  await writing(
    'activity_rule_events',
  )`delete from "activity_rule_events" as e where e.client_id = ${clientId}
    and e.at < ${removal.before.toISOString()}::timestamptz and not exists (
      select from "activities" a where a.client_id = e.client_id and a.at = e.at and a.id = e.id)`.execute(
    tx,
  );
  await writing('activity_checks')`delete from "activity_checks" as c where c.client_id = ${clientId}
    and c.at < ${removal.before.toISOString()}::timestamptz and not exists (
      select from "activities" a where a.client_id = c.client_id and a.at = c.at and a.id = c.id)`.execute(
    tx,
  );
  await writing('activity_texts')`delete from "activity_texts" as t where t.client_id = ${clientId}
    and t.at < ${removal.before.toISOString()}::timestamptz and not exists (
      select from "activities" a where a.client_id = t.client_id and a.at = t.at and a.id = t.id)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** Day (YYYY-MM-DD) before which counts are removed, and the people whose counts are kept. */
export interface CountRemoval {
  readonly before: string;
  readonly held: readonly string[];
}

/** Number of rows of counts past retention. */
export async function oldCounts(tx: Tx, clientId: string, removal: CountRemoval): Promise<number> {
  let lines = 0;
  for (const condition of conditionsOf(removal)) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from "activity_rollups" where client_id = ${clientId} and ${condition}`.execute(
      tx,
    );
    lines += Number(rows[0]?.n ?? 0);
  }
  return lines;
}

/** Removes counts of periods that ended before the day, at most `max` rows of one slice, and returns their number. */
export async function removeCounts(
  tx: Tx,
  clientId: string,
  removal: CountRemoval,
  max: number,
): Promise<number> {
  for (const condition of conditionsOf(removal)) {
    const { numAffectedRows } = await writing('activity_rollups')`
      delete from "activity_rollups" where (client_id, slice, start, key) in (
        select client_id, slice, start, key from "activity_rollups"
        where client_id = ${clientId} and ${condition} limit ${max})`.execute(tx);
    if (Number(numAffectedRows ?? 0) > 0) return Number(numAffectedRows);
  }
  return 0;
}

/**
 * One condition per slice, in order of removal. A week or month is removed once all of it is past, a day together with
 * its week. The sources of a day are kept as long as a row of someone on hold remains for it.
 */
function conditionsOf({ before, held }: CountRemoval) {
  return REMOVAL_ORDER.map((slice) => {
    const start = startOf(keptBy(slice), `${before}T00`, before);
    const past = sql`slice = ${slice} and start < ${start} and (person is null or person <> all(${[...held]}::text[]))`;
    if (slice !== 'surface_day' || held.length === 0) return past;
    return sql`${past} and not exists (select from "activity_rollups" d
      where d.client_id = "activity_rollups".client_id and d.slice = 'day' and d.start = "activity_rollups".start
        and d.person = any(${[...held]}::text[]))`;
  });
}
