import { sql } from 'kysely';
import type { State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';

/** What the fleet shows of one client besides its verdicts. */
export interface FleetClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly sandbox: boolean;
  readonly profile: unknown;
  readonly decidedDay: string | null;
  /** Day of the newest reading; null before the first. */
  readonly observedOn: string | null;
  readonly storedAt: Date | null;
  /** As the journal says it; null where it says none. */
  readonly nextReview: string | null;
}

/** The clients of these ids, by name. */
export async function fleetClients(tx: Tx, clientIds: readonly string[]): Promise<FleetClient[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .with('reading', (db) =>
      db
        .selectFrom('observations')
        .select((eb) => ['client_id', eb.fn.max('observed_on').as('day'), eb.fn.max('stored_at').as('at')])
        .where('stored_at', 'is not', null)
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
    .selectFrom('clients as c')
    .leftJoin('reading as r', 'r.client_id', 'c.id')
    .leftJoin('journal as j', 'j.client_id', 'c.id')
    .select([
      'c.id',
      'c.slug',
      'c.name',
      'c.sandbox',
      'c.profile',
      'c.decided_day',
      'r.day',
      'r.at',
      'j.next',
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
    observedOn: row.day,
    storedAt: row.at,
    nextReview: row.next,
  }));
}

/** How many controls of a client are in a state, and how many of them are critical. */
export interface FleetCount {
  readonly client: string;
  readonly state: State;
  readonly n: number;
  readonly critical: number;
}

/** One control of one client that stands first among what is wrong. */
export interface Urgent {
  readonly client: string;
  readonly control: string;
  readonly state: State;
  readonly reason: string;
}

/** Counts per client and state. `critical` are the ids of critical controls. */
export async function fleetCounts(
  tx: Tx,
  clientIds: readonly string[],
  critical: readonly string[],
): Promise<FleetCount[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .selectFrom('verdicts')
    .select((eb) => ['client_id', 'state', eb.fn.countAll<string>().as('n')])
    .select(sql<string>`count(*) filter (where control_id = any(${critical}::text[]))`.as('critical'))
    .where('until', 'is', null)
    .where('client_id', 'in', clientIds)
    .groupBy(['client_id', 'state'])
    .execute();
  return rows.map((row) => ({
    client: row.client_id,
    state: row.state as State,
    n: Number(row.n),
    critical: Number(row.critical),
  }));
}

/** Of each client the verdict that comes first: failing before unread before pending, then in the order of `controls`. */
export async function mostUrgent(
  tx: Tx,
  clientIds: readonly string[],
  controls: readonly string[],
): Promise<Urgent[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .selectFrom('verdicts')
    .select(['client_id', 'control_id', 'state', 'reason'])
    .distinctOn('client_id')
    .where('until', 'is', null)
    .where('client_id', 'in', clientIds)
    .where('state', 'in', ['fail', 'cannot_read', 'pending'])
    .orderBy('client_id')
    .orderBy(sql`case state when 'fail' then 0 when 'cannot_read' then 1 else 2 end`)
    .orderBy(sql`array_position(${controls}::text[], control_id)`)
    .execute();
  return rows.map((row) => ({
    client: row.client_id,
    control: row.control_id,
    state: row.state as State,
    reason: row.reason,
  }));
}
