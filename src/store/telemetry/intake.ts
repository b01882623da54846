import { type CompiledQuery, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import type { SliceName } from '#domain/usage/slices.ts';
import { lastActivity } from '../activity/read.ts';
import { activityOf } from '../activity/row.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Events of one emitter in one batch. */
export interface Intake {
  readonly emitter: string;
  readonly events: number;
  readonly otherOrganization: number;
  readonly noOrganization: number;
  readonly noPerson: number;
  readonly clock: number;
  readonly lastAt: string;
  readonly lastType: string;
  readonly service: string | null;
  readonly version: string | null;
}

/** Statement that adds a batch to the counts of its hour of receipt. */
export function countIntake(
  tx: Tx,
  clientId: string,
  hour: Date,
  now: Date,
  batches: readonly Intake[],
): CompiledQuery {
  return tx
    .insertInto('activity_intake')
    .values(
      batches.map((one) => ({
        client_id: clientId,
        emitter: one.emitter,
        hour,
        events: one.events,
        other_organization: one.otherOrganization,
        no_organization: one.noOrganization,
        no_person: one.noPerson,
        clock: one.clock,
        last_received_at: now,
        last_at: one.lastAt,
        last_type: one.lastType,
        service: one.service,
        version: one.version,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'emitter', 'hour']).doUpdateSet({
        events: sql`activity_intake.events + excluded.events`,
        other_organization: sql`activity_intake.other_organization + excluded.other_organization`,
        no_organization: sql`activity_intake.no_organization + excluded.no_organization`,
        no_person: sql`activity_intake.no_person + excluded.no_person`,
        clock: sql`activity_intake.clock + excluded.clock`,
        last_received_at: sql`excluded.last_received_at`,
        last_at: sql`greatest(activity_intake.last_at, excluded.last_at)`,
        last_type: sql`case when excluded.last_at >= activity_intake.last_at then excluded.last_type
          else activity_intake.last_type end`,
        service: sql`coalesce(excluded.service, activity_intake.service)`,
        version: sql`coalesce(excluded.version, activity_intake.version)`,
      }),
    )
    .compile();
}

/** Maximum organizations per client, so that made-up ids cannot fill the table. */
const MAX_ORGANIZATIONS = 200;

/** Statement that counts the organizations named in a batch. */
export function countOrganizations(
  tx: Tx,
  clientId: string,
  now: Date,
  organizations: ReadonlyMap<string, number>,
): CompiledQuery {
  const names = [...organizations.keys()];
  return writing('activity_organizations')`
    insert into "activity_organizations" as o (client_id, organization, events, first_at, last_at)
    select ${clientId}, e.organization, e.events, ${now}, ${now}
    from unnest(${names}::text[], ${[...organizations.values()]}::bigint[]) as e(organization, events)
    where (select count(*) from "activity_organizations" k where k.client_id = ${clientId}) < ${MAX_ORGANIZATIONS}
      or exists (select 1 from "activity_organizations" k
        where k.client_id = ${clientId} and k.organization = e.organization)
    on conflict (client_id, organization)
    do update set events = o.events + excluded.events, last_at = excluded.last_at`.compile(tx);
}

export interface Refusal {
  readonly hour: Date;
  readonly signal: string;
  readonly reason: string;
  readonly records: number;
  readonly lastAt: Date;
}

export async function countRefusals(tx: Tx, clientId: string, refusals: readonly Refusal[]): Promise<void> {
  await tx
    .insertInto('activity_refusals')
    .values(
      refusals.map((one) => ({
        client_id: clientId,
        hour: one.hour,
        signal: one.signal,
        reason: one.reason,
        records: one.records,
        last_at: one.lastAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'hour', 'signal', 'reason']).doUpdateSet({
        records: sql`activity_refusals.records + excluded.records`,
        last_at: sql`greatest(activity_refusals.last_at, excluded.last_at)`,
      }),
    )
    .execute();
}

/** Counts of events since an hour, by emitter and hour. */
export function intakeSince(tx: Tx, clientId: string, since: Date) {
  return tx
    .selectFrom('activity_intake')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('hour', '>=', since)
    .orderBy('emitter')
    .orderBy('hour')
    .execute();
}

/** Newest hour of each emitter, as far back as counts are kept. */
export function lastIntake(tx: Tx, clientId: string) {
  return tx
    .selectFrom('activity_intake')
    .distinctOn('emitter')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('emitter')
    .orderBy('hour', 'desc')
    .execute();
}

export function organizationsSeen(tx: Tx, clientId: string) {
  return tx
    .selectFrom('activity_organizations')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('last_at', 'desc')
    .orderBy('organization')
    .execute();
}

/** Last hour in which an emitter sent an event that names the client's organization. */
export async function lastOfOrganization(tx: Tx, clientId: string, emitter: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('activity_intake')
    .select((eb) => eb.fn.max<Date | null>('hour').as('hour'))
    .where('client_id', '=', clientId)
    .where('emitter', '=', emitter)
    .where(sql<boolean>`events > other_organization + no_organization`)
    .executeTakeFirst();
  return row?.hour ?? null;
}

/** Refused or skipped records since an hour, by signal and reason. */
export function refusalsSince(tx: Tx, clientId: string, since: Date) {
  return tx
    .selectFrom('activity_refusals')
    .select((eb) => [
      'signal',
      'reason',
      eb.fn.sum<number>('records').as('records'),
      eb.fn.max('last_at').as('last_at'),
    ])
    .where('client_id', '=', clientId)
    .where('hour', '>=', since)
    .groupBy(['signal', 'reason'])
    .orderBy('last_at', 'desc')
    .execute();
}

/** Sources of the log that arrive as telemetry. */
const TELEMETRY = ['otlp', 'gateway'] as const;

/** Number of recent log entries searched for the newest telemetry events. */
const MAX_ENTRIES_SEARCHED = 5_000;

/** Newest telemetry events, newest first. */
export async function newestTelemetry(tx: Tx, clientId: string, max: number): Promise<StoredActivity[]> {
  const last = await lastActivity(tx, clientId);
  const rows = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('seq', '>', last - MAX_ENTRIES_SEARCHED)
    .where('source', 'in', [...TELEMETRY])
    .orderBy('seq', 'desc')
    .limit(max)
    .execute();
  return rows.map(activityOf);
}

/** First hour with telemetry, as far back as counts are kept; null: none. */
export async function firstIntake(tx: Tx, clientId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('activity_intake')
    .select((eb) => eb.fn.min('hour').as('hour'))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.hour ?? null;
}

/** First hour of each emitter, as far back as counts are kept. */
export async function firstIntakes(tx: Tx, clientId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .selectFrom('activity_intake')
    .select((eb) => ['emitter', eb.fn.min<Date>('hour').as('hour')])
    .where('client_id', '=', clientId)
    .groupBy('emitter')
    .execute();
  return new Map(rows.map(({ emitter, hour }) => [emitter, hour]));
}

/** Number of people in telemetry events counted on `since` or later. */
export async function peopleInTelemetry(tx: Tx, clientId: string, since: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_rollups')
    .select((eb) => eb.fn.count<number>('person').distinct().as('people'))
    .where('client_id', '=', clientId)
    .where('slice', '=', 'day' satisfies SliceName)
    .where('source', 'in', [...TELEMETRY])
    .where('start', '>=', since)
    .executeTakeFirst();
  return Number(row?.people ?? 0);
}

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Hours of receipt within a period with telemetry (of some emitters or, if omitted, any), and those with refusals for
 * one of the reasons.
 */
export async function hoursOf(
  tx: Tx,
  clientId: string,
  { from, to }: Period,
  reasons: readonly string[],
  emitters?: readonly string[],
): Promise<{ readonly heard: Date[]; readonly refused: Date[] }> {
  const heard = await tx
    .selectFrom('activity_intake')
    .select('hour')
    .distinct()
    .where('client_id', '=', clientId)
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .$if(emitters !== undefined, (query) => query.where('emitter', 'in', [...(emitters ?? [])]))
    .execute();
  const refused = await tx
    .selectFrom('activity_refusals')
    .select('hour')
    .distinct()
    .where('client_id', '=', clientId)
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .where('reason', 'in', [...reasons])
    .execute();
  return { heard: heard.map(({ hour }) => hour), refused: refused.map(({ hour }) => hour) };
}

/** Deletes counts of hours before an instant. */
export async function forgetIntake(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('activity_intake').where('hour', '<', before).execute();
  await tx.deleteFrom('activity_refusals').where('hour', '<', before).execute();
}

/**
 * Hours of receipt, in milliseconds since 1970, in which one of the emitters sent something and nothing was lost: no
 * record or request was refused for one of the reasons, by any sender.
 */
export async function intakeHours(
  tx: Tx,
  clientId: string,
  period: Period,
  { emitters, lostFor }: { readonly emitters: readonly string[]; readonly lostFor: readonly string[] },
): Promise<ReadonlySet<number>> {
  const { heard, refused } = await hoursOf(tx, clientId, period, lostFor, emitters);
  const lost = new Set(refused.map((hour) => hour.getTime()));
  return new Set(heard.map((hour) => hour.getTime()).filter((hour) => !lost.has(hour)));
}
