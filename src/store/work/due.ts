import { sql } from 'kysely';
import type { FoldPlaces } from '#domain/detections/fold.ts';
import { OPEN_STATES } from '#domain/imports/states.ts';
import type { State, Verdict } from '#domain/model/verdict.ts';
import type { Ask } from '#domain/text/message.ts';
import { openChanges } from '../changes/open.ts';
import { openByLevel } from '../detections/folds.ts';
import { openRestores } from '../drift/decisions.ts';
import { notAside } from '../imports/readings.ts';
import { openIncidents, openStepsOf } from '../incidents/incidents.ts';
import type { Tx } from '../open.ts';
import { openFlags } from '../reviews/reviews.ts';
import { waitingReports } from '../staff/reports.ts';
import { cadenceRecords, rhythmsOf } from './cadence.ts';
import { openJourneys } from './person-journeys.ts';

/** The parts of a current verdict that may create work. */
interface VerdictLine {
  readonly client_id: string;
  readonly control: string;
  readonly state: State;
  readonly reason: string;
  readonly asks: readonly Ask[];
  readonly question: string | null;
  readonly due: string | null;
  readonly exception: Verdict['exception'];
  readonly goodUntil: string | null;
  readonly rule: string | null;
  readonly readings: readonly string[];
}

/** Time zones of clients that have one. Used only to determine the local day, never shown. */
export async function timeZones(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('clients')
    .select(['id', sql<string | null>`profile ->> 'timezone'`.as('zone')])
    .execute();
  return new Map(rows.flatMap(({ id, zone }) => (zone === null ? [] : [[id, zone] as const])));
}

/** Stored data of these clients that may be due. Each list covers all of them. */
export async function dueRows(tx: Tx, clientIds: readonly string[], places: FoldPlaces) {
  return {
    clients: await tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name', 'profile', 'sandbox'])
      .where('id', 'in', clientIds)
      .orderBy(sql`lower(name)`)
      .execute(),
    verdicts: await verdictLines(tx, clientIds),
    exceptions: await tx
      .selectFrom('exceptions')
      .select(['id', 'client_id', 'control_id', 'reason', 'until_day', 'requested_by', 'requested_by_name'])
      .where('client_id', 'in', clientIds)
      .where('state', '=', 'requested')
      .orderBy('requested_at')
      .execute(),
    overrides: await tx
      .selectFrom('overrides as o')
      .leftJoin('override_decisions as d', (join) =>
        join.onRef('d.client_id', '=', 'o.client_id').onRef('d.override_id', '=', 'o.id'),
      )
      .select(['o.id', 'o.client_id', 'o.task', 'o.reason', 'o.waited_for', 'o.requested_by'])
      .select(['o.requested_by_name', 'o.requested_at', 'd.approved'])
      .where('o.client_id', 'in', clientIds)
      .orderBy('o.requested_at')
      .execute(),
    detections: await tx
      .selectFrom('detection_proposals')
      .select(['client_id', 'detection', 'reason', 'proposed_by', 'proposed_by_name'])
      .where('client_id', 'in', clientIds)
      .orderBy('proposed_at')
      .execute(),
    settings: await tx
      .selectFrom('watch_proposals')
      .select(['client_id', 'setting', 'proposed_by', 'proposed_by_name'])
      .where('client_id', 'in', clientIds)
      .orderBy('proposed_at')
      .execute(),
    charters: await tx
      .selectFrom('charter_drafts')
      .select(['id', 'client_id', 'title', 'reason', 'proposed_by', 'proposed_by_name'])
      .where('client_id', 'in', clientIds)
      .where('state', '=', 'proposed')
      .execute(),
    claims: await tx
      .selectFrom('claims')
      .select((eb) => ['client_id', eb.fn.countAll<string>().as('waiting')])
      .where('client_id', 'in', clientIds)
      .where('state', '=', 'waiting')
      .groupBy('client_id')
      .execute(),
    requests: await tx
      .selectFrom('connector_requests')
      .select([
        'id',
        'client_id',
        'entry',
        'name',
        'purpose',
        'state',
        'until_day',
        'approvals',
        'deferred_until',
      ])
      .select(['asked_by', 'asked_by_name'])
      .where('client_id', 'in', clientIds)
      .where('state', 'in', ['asked', 'in_review', 'deferred', 'approved'])
      .orderBy('asked_at')
      .execute(),
    changes: await openChanges(tx, clientIds),
    restores: await openRestores(tx, clientIds),
    statements: await tx
      .selectFrom('attestations')
      .select(['id', 'client_id', 'control_id', 'attested_by', 'seen', 'expires'])
      .distinctOn(['client_id', 'control_id'])
      .where('client_id', 'in', clientIds)
      .where('withdrawn_at', 'is', null)
      .orderBy('client_id')
      .orderBy('control_id')
      .orderBy('seen', 'desc')
      .orderBy('created_at', 'desc')
      .execute(),
    assignments: await tx
      .selectFrom('task_assignments')
      .selectAll()
      .where('client_id', 'in', clientIds)
      .execute(),
    journeys: await openJourneys(tx, clientIds),
    incidents: await openIncidents(tx, clientIds),
    incidentSteps: await openStepsOf(tx, clientIds),
    staffReports: await waitingReports(tx, clientIds),
    rhythms: await rhythmsOf(tx, clientIds),
    records: await cadenceRecords(tx, clientIds),
    flags: await openFlags(tx, clientIds),
    journals: await journalReviews(tx, clientIds),
    usageFiles: await tx
      .selectFrom('usage_files')
      .select(['client_id', 'week'])
      .where('client_id', 'in', clientIds)
      .where('reviewed_at', 'is', null)
      .execute(),
    usageCovers: await tx
      .selectFrom('observations')
      .select(['client_id', 'covers'])
      .where('client_id', 'in', clientIds)
      .where('kind', '=', 'usage')
      .where('stored_at', 'is not', null)
      .where('covers', 'is not', null)
      .where(notAside)
      .execute(),
    schedules: await tx
      .selectFrom('report_schedules')
      .select(['id', 'client_id', 'cadence', 'next_on', 'recipients'])
      .where('client_id', 'in', clientIds)
      .where('paused', '=', false)
      .execute(),
    sources: await tx
      .selectFrom('source_connections')
      .selectAll()
      .where('client_id', 'in', clientIds)
      .execute(),
    streams: await tx
      .selectFrom('activity_source_streams')
      .selectAll()
      .where('client_id', 'in', clientIds)
      .execute(),
    alerts: await openByLevel(tx, clientIds, places),
    sinks: await tx
      .selectFrom('sinks')
      .select(['client_id', 'findings'])
      .where('client_id', 'in', clientIds)
      .orderBy('created_at')
      .execute(),
    imports: await tx
      .selectFrom('imports as i')
      .leftJoin('import_files as f', (join) =>
        join.onRef('f.client_id', '=', 'i.client_id').onRef('f.import_id', '=', 'i.id'),
      )
      .select((eb) => [
        'i.id',
        'i.client_id',
        'i.state',
        'i.created_at',
        eb.fn.count<string>('f.id').as('files'),
      ])
      .where('i.client_id', 'in', clientIds)
      .where('i.state', 'in', [...OPEN_STATES])
      .groupBy(['i.client_id', 'i.id', 'i.state', 'i.created_at'])
      .execute(),
  };
}
export type DueRows = Awaited<ReturnType<typeof dueRows>>;

/** Kinds of evidence that are not readings of a system, and therefore do not become stale. */
const NO_READINGS = ['charter', 'journal', 'plan', 'catalogue', 'profile', 'attestations'];

async function verdictLines(tx: Tx, clientIds: readonly string[]): Promise<VerdictLine[]> {
  const rows = await tx
    .selectFrom('verdicts')
    .select(['client_id', 'control_id', 'state', 'reason', 'due', 'good_until'])
    .select([
      sql<readonly Ask[] | null>`body -> 'asks'`.as('asks'),
      sql<string | null>`body ->> 'question'`.as('question'),
      sql<string | null>`body ->> 'rule'`.as('rule'),
      sql<Verdict['exception']>`body -> 'exception'`.as('exception'),
      sql<string | null>`case when good_until is not null then (
        select string_agg(distinct e ->> 'kind', ' ') from jsonb_array_elements(body -> 'evidence') as e
         where e ->> 'kind' not in (${sql.join(NO_READINGS)})) end`.as('readings'),
    ])
    .where('client_id', 'in', clientIds)
    .where('until', 'is', null)
    .execute();
  return rows.map((row) => ({
    client_id: row.client_id,
    control: row.control_id,
    state: row.state as State,
    reason: row.reason,
    asks: row.asks ?? [],
    question: row.question,
    due: row.due,
    exception: row.exception,
    goodUntil: row.good_until,
    rule: row.rule,
    readings: row.readings === null ? [] : row.readings.split(' '),
  }));
}

/** Governance reviews according to the newest journal of each client. */
export async function journalReviews(tx: Tx, clientIds: readonly string[]) {
  const rows = await tx
    .selectFrom('documents')
    .select([
      'client_id',
      sql<string | null>`value ->> 'nextReview'`.as('next'),
      sql<string | null>`(select max(r ->> 'on') from jsonb_array_elements(
        case when jsonb_typeof(value -> 'reviews') = 'array' then value -> 'reviews' else '[]'::jsonb end) as r
         where r ->> 'kind' = 'quarterly')`.as('last'),
    ])
    .distinctOn('client_id')
    .where('client_id', 'in', clientIds)
    .where('kind', '=', 'journal')
    .orderBy('client_id')
    .orderBy('version', 'desc')
    .execute();
  return rows;
}
