import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type IncidentRow = Selectable<Database['incidents']>;
export type IncidentStepRow = Selectable<Database['incident_steps']>;
export type IncidentActRow = Selectable<Database['incident_acts']>;
export type IncidentEvidenceRow = Selectable<Database['incident_evidence']>;

/** All incidents and drills of a client, newest first. */
export async function incidentsOf(tx: Tx, clientId: string): Promise<IncidentRow[]> {
  return tx
    .selectFrom('incidents')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findIncident(tx: Tx, clientId: string, id: string): Promise<IncidentRow | undefined> {
  return tx
    .selectFrom('incidents')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The open incident opened from a given origin; drills are ignored. */
export async function openIncidentOf(
  tx: Tx,
  clientId: string,
  origin: string,
  originId: string,
): Promise<IncidentRow | undefined> {
  return tx
    .selectFrom('incidents')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('origin', '=', origin)
    .where('origin_id', '=', originId)
    .where('state', '=', 'open')
    .where('drill', '=', false)
    .executeTakeFirst();
}

/** The newest incident or drill opened from a given origin. */
export async function newestIncidentOf(
  tx: Tx,
  clientId: string,
  origin: string,
  originId: string,
): Promise<Pick<IncidentRow, 'id' | 'number' | 'drill' | 'state'> | undefined> {
  return tx
    .selectFrom('incidents')
    .select(['id', 'number', 'drill', 'state'])
    .where('client_id', '=', clientId)
    .where('origin', '=', origin)
    .where('origin_id', '=', originId)
    .orderBy('opened_at', 'desc')
    .orderBy('number', 'desc')
    .executeTakeFirst();
}

/** Open incidents opened from one kind of origin; drills are ignored. */
export async function openIncidentsOf(
  tx: Tx,
  clientId: string,
  origin: string,
): Promise<Pick<IncidentRow, 'id' | 'number' | 'drill' | 'origin_id'>[]> {
  return tx
    .selectFrom('incidents')
    .select(['id', 'number', 'drill', 'origin_id'])
    .where('client_id', '=', clientId)
    .where('origin', '=', origin)
    .where('state', '=', 'open')
    .where('drill', '=', false)
    .execute();
}

/** Number of the next incident. */
export async function nextNumber(tx: Tx, clientId: string): Promise<number> {
  const row = await tx
    .selectFrom('incidents')
    .select((eb) => eb.fn.max<number | null>('number').as('last'))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

export async function insertIncident(tx: Tx, row: Insertable<Database['incidents']>): Promise<void> {
  await tx.insertInto('incidents').values(row).execute();
}

/** Updates an incident if its version is still the given one; otherwise returns null. */
export const changeIncident = versioned('incidents');

export async function insertSteps(
  tx: Tx,
  rows: readonly Insertable<Database['incident_steps']>[],
): Promise<void> {
  await tx
    .insertInto('incident_steps')
    .values([...rows])
    .execute();
}

/** Recorded steps of these clients' incidents. */
export async function stepsOf(
  tx: Tx,
  clientIds: readonly string[],
  incidentId: string | null,
): Promise<IncidentStepRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('incident_steps')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .$if(incidentId !== null, (query) => query.where('incident_id', '=', incidentId ?? ''))
    .orderBy('due_at')
    .orderBy('step')
    .execute();
}

/** Updates a step at `version`; false: it is at another version. */
export async function changeStep(
  tx: Tx,
  { client_id, incident_id, step, version }: IncidentStepRow,
  change: Partial<
    Omit<Insertable<Database['incident_steps']>, 'client_id' | 'incident_id' | 'step' | 'version'>
  >,
): Promise<boolean> {
  const changed = await tx
    .updateTable('incident_steps')
    .set({ ...change, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('incident_id', '=', incident_id)
    .where('step', '=', step)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

/** Deletes the proof that an incident was closed on, because it has been reopened. */
export async function forgetProofs(tx: Tx, clientId: string, incidentId: string): Promise<void> {
  await tx
    .updateTable('incident_steps')
    .set((eb) => ({ proof: null, version: eb('version', '+', 1) }))
    .where('client_id', '=', clientId)
    .where('incident_id', '=', incidentId)
    .where('proof', 'is not', null)
    .execute();
}

export async function addAct(tx: Tx, row: Insertable<Database['incident_acts']>): Promise<void> {
  await tx.insertInto('incident_acts').values(row).execute();
}

/** Records an act in every incident and drill with one of these origins. */
export async function addActByOrigin(
  tx: Tx,
  origin: { readonly clientId: string; readonly kind: string; readonly ids: readonly string[] },
  act: Pick<Insertable<Database['incident_acts']>, 'act' | 'done_by' | 'done_by_name' | 'done_at'>,
): Promise<void> {
  const created = await tx
    .selectFrom('incidents')
    .select(['id', 'origin_id'])
    .where('client_id', '=', origin.clientId)
    .where('origin', '=', origin.kind)
    .execute();
  const ids = new Set(origin.ids);
  for (const { id, origin_id } of created)
    if (origin_id !== null && ids.has(origin_id))
      await addAct(tx, { client_id: origin.clientId, incident_id: id, ...act });
}

/** History of an incident, oldest first. */
export async function actsOf(tx: Tx, clientId: string, incidentId: string): Promise<IncidentActRow[]> {
  return tx
    .selectFrom('incident_acts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('incident_id', '=', incidentId)
    .orderBy('done_at')
    .orderBy('seq')
    .execute();
}

export async function addIncidentEvidence(
  tx: Tx,
  rows: readonly Insertable<Database['incident_evidence']>[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('incident_evidence')
      .values([...rows])
      .execute();
}

/** Evidence of an incident, newest first. */
export async function incidentEvidence(
  tx: Tx,
  clientId: string,
  incidentId: string,
): Promise<IncidentEvidenceRow[]> {
  return tx
    .selectFrom('incident_evidence')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('incident_id', '=', incidentId)
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Open incidents and drills of these clients. */
export async function openIncidents(tx: Tx, clientIds: readonly string[]) {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('incidents')
    .select(['client_id', 'id', 'number', 'title', 'severity', 'drill', 'plan', 'opened_at'])
    .select(['owner_user', 'owner_name', 'owner_mail'])
    .where('client_id', 'in', clientIds)
    .where('state', '=', 'open')
    .orderBy('client_id')
    .orderBy('number')
    .execute();
}

/**
 * Increments the version after a step has changed, so that nobody closes something they have not seen; false: the
 * incident was closed meanwhile.
 */
export async function touchIncident(tx: Tx, clientId: string, id: string): Promise<boolean> {
  const touched = await tx
    .updateTable('incidents')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return Number(touched.numUpdatedRows) === 1;
}

/** Recorded steps of open incidents. */
export async function openStepsOf(tx: Tx, clientIds: readonly string[]): Promise<IncidentStepRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('incident_steps as s')
    .innerJoin('incidents as i', (join) =>
      join.onRef('i.client_id', '=', 's.client_id').onRef('i.id', '=', 's.incident_id'),
    )
    .selectAll('s')
    .where('s.client_id', 'in', clientIds)
    .where('i.state', '=', 'open')
    .execute();
}
