import { sql } from 'kysely';
import { MONTHLY_REVIEW, QUARTERLY_REVIEW } from '#domain/model/cadence.ts';
import type { State } from '#domain/model/verdict.ts';
import { notAside } from '../imports/readings.ts';
import type { Tx } from '../open.ts';

/** Status of a client as of its last evaluation. */
export interface ClientStatus {
  readonly counts: Readonly<Record<State, number>>;
  readonly total: number;
  /** Number of failing critical controls. */
  readonly critical: number;
  /** The most urgent verdict: failing before unread before pending, then by severity. */
  readonly urgent: { readonly control: string; readonly state: State; readonly reason: string } | null;
  /** Ids of the failing controls. */
  readonly fails: readonly string[];
  /** Whether its licenses are known to be less than the guide recommends. */
  readonly belowMinimum: boolean;
}

/** A client as shown in the fleet. */
export interface FleetClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly sandbox: boolean;
  readonly profile: unknown;
  readonly decidedDay: string | null;
  /** null: never evaluated. */
  readonly status: ClientStatus | null;
  /** Day of the newest reading; null: none. */
  readonly observedOn: string | null;
  readonly storedAt: Date | null;
  /**
   * Earlier of the next monthly and quarterly review, as set under Work with an owner; the quarterly one otherwise as
   * in the journal. null: neither is set.
   */
  readonly nextReview: string | null;
  /** Number of open incidents, without drills. */
  readonly incidents: number;
}

/** Clients with these ids, ordered by name. */
export async function fleetClients(tx: Tx, clientIds: readonly string[]): Promise<FleetClient[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .with('reading', (db) =>
      db
        .selectFrom('observations')
        .select((eb) => ['client_id', eb.fn.max('observed_on').as('day'), eb.fn.max('stored_at').as('at')])
        .where('stored_at', 'is not', null)
        .where(notAside)
        .groupBy('client_id'),
    )
    .with('journal', (db) =>
      db
        .selectFrom('documents')
        .select(['client_id', sql<string | null>`value->>'nextReview'`.as('next')])
        .distinctOn('client_id')
        .where('kind', '=', 'journal')
        .orderBy('client_id')
        .orderBy('version', 'desc'),
    )
    .with('incident', (db) =>
      db
        .selectFrom('incidents')
        .select((eb) => ['client_id', eb.fn.countAll<string>().as('open')])
        .where('state', '=', 'open')
        .where('drill', '=', false)
        .groupBy('client_id'),
    )
    .selectFrom('clients as c')
    .leftJoin('incident as i', 'i.client_id', 'c.id')
    .leftJoin('reading as r', 'r.client_id', 'c.id')
    .leftJoin('journal as j', 'j.client_id', 'c.id')
    .leftJoin('cadence_tasks as q', (join) =>
      join.onRef('q.client_id', '=', 'c.id').on('q.task', '=', QUARTERLY_REVIEW).on('q.active', '=', true),
    )
    .leftJoin('cadence_tasks as m', (join) =>
      join.onRef('m.client_id', '=', 'c.id').on('m.task', '=', MONTHLY_REVIEW).on('m.active', '=', true),
    )
    .select([
      'c.id',
      'c.slug',
      'c.name',
      'c.sandbox',
      'c.profile',
      'c.status',
      'c.decided_day',
      'r.day',
      'r.at',
      'j.next',
      'q.due_on as scheduled',
      'm.due_on as monthly',
      'i.open',
    ])
    .where('c.id', 'in', clientIds)
    .orderBy(sql`lower(c.name)`)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    sandbox: row.sandbox,
    profile: row.profile,
    decidedDay: row.decided_day,
    status: row.status,
    observedOn: row.day,
    storedAt: row.at,
    nextReview: [row.scheduled ?? row.next, row.monthly].filter((day) => day !== null).sort()[0] ?? null,
    incidents: Number(row.open ?? 0),
  }));
}
