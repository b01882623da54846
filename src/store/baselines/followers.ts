import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type FollowerRow = Selectable<Database['client_baselines']>;
export type KeptDifferenceRow = Selectable<Database['baseline_differences']>;

export interface Follower extends FollowerRow {
  readonly slug: string;
  readonly name: string;
  readonly profile: unknown;
  readonly sandbox: boolean;
}

/** Those of these clients that follow a baseline (omitted: any), ordered by name. */
export async function followersAmong(
  tx: Tx,
  clientIds: readonly string[],
  baselineId?: string,
): Promise<Follower[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('client_baselines as f')
    .innerJoin('clients as c', 'c.id', 'f.client_id')
    .selectAll('f')
    .select(['c.slug', 'c.name', 'c.profile', 'c.sandbox'])
    .where('f.client_id', 'in', clientIds)
    .$if(baselineId !== undefined, (query) => query.where('f.baseline_id', '=', baselineId ?? ''))
    .orderBy('c.name')
    .orderBy('f.client_id')
    .execute();
}

/** Makes a client follow this baseline. */
export async function followBaseline(tx: Tx, row: Insertable<Database['client_baselines']>): Promise<void> {
  const { client_id: _, ...rest } = row;
  await tx
    .insertInto('client_baselines')
    .values(row)
    .onConflict((conflict) => conflict.column('client_id').doUpdateSet(rest))
    .execute();
}

/** Intentional differences of these clients from a baseline. */
export async function keptDifferences(
  tx: Tx,
  clientIds: readonly string[],
  baselineId: string,
): Promise<KeptDifferenceRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('baseline_differences')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .where('baseline_id', '=', baselineId)
    .execute();
}

export async function keepDifference(
  tx: Tx,
  row: Insertable<Database['baseline_differences']>,
): Promise<void> {
  const { client_id: _client, baseline_id: _baseline, id: _id, ...rest } = row;
  await tx
    .insertInto('baseline_differences')
    .values(row)
    .onConflict((conflict) => conflict.columns(['client_id', 'baseline_id', 'id']).doUpdateSet(rest))
    .execute();
}

export async function dropKeptDifference(
  tx: Tx,
  clientId: string,
  baselineId: string,
  id: string,
): Promise<void> {
  await tx
    .deleteFrom('baseline_differences')
    .where('client_id', '=', clientId)
    .where('baseline_id', '=', baselineId)
    .where('id', '=', id)
    .execute();
}

/** Charter in force of each of these clients; clients without one are absent. */
export async function chartersInForce(
  tx: Tx,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly version: number; readonly value: unknown }>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('documents')
    .select(['client_id', 'version', 'value'])
    .distinctOn('client_id')
    .where('client_id', 'in', clientIds)
    .where('kind', '=', 'charter')
    .orderBy('client_id')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map(({ client_id, version, value }) => [client_id, { version, value }]));
}

/** States of these clients' drafts, by draft id. */
export async function draftStates(
  tx: Tx,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('charter_drafts')
    .select(['id', 'state'])
    .where('client_id', 'in', clientIds)
    .execute();
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Clients with these ids and their profiles, ordered by name. */
export async function profilesOf(tx: Tx, clientIds: readonly string[]) {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('clients')
    .select(['id', 'slug', 'name', 'profile', 'settings', 'sandbox'])
    .where('id', 'in', clientIds)
    .orderBy('name')
    .orderBy('id')
    .execute();
}
