import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PersonJourneyRow = Selectable<Database['person_journeys']>;
export type JourneyStepRow = Selectable<Database['person_journey_steps']>;

/** Journeys in progress at these clients, earliest day first. */
export async function openJourneys(tx: Tx, clientIds: readonly string[]): Promise<PersonJourneyRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('person_journeys')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .where('ended_at', 'is', null)
    .orderBy('client_id')
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Ended journeys of a client, most recently ended first. */
export async function endedJourneys(tx: Tx, clientId: string, kind: string): Promise<PersonJourneyRow[]> {
  return tx
    .selectFrom('person_journeys')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .orderBy('id')
    .execute();
}

/** All journeys of a client, in progress or ended. */
export async function journeysOf(tx: Tx, clientId: string): Promise<PersonJourneyRow[]> {
  return tx.selectFrom('person_journeys').selectAll().where('client_id', '=', clientId).execute();
}

export async function findJourney(tx: Tx, clientId: string, id: string): Promise<PersonJourneyRow | null> {
  const row = await tx
    .selectFrom('person_journeys')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Locks a journey until the transaction ends, so that what is done once per journey cannot be done twice concurrently.
 */
export async function lockJourney(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx
    .selectFrom('person_journeys')
    .select('id')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

/** Marks of the steps of these clients' journeys. */
export async function journeySteps(tx: Tx, clientIds: readonly string[]): Promise<JourneyStepRow[]> {
  if (clientIds.length === 0) return [];
  return tx.selectFrom('person_journey_steps').selectAll().where('client_id', 'in', clientIds).execute();
}

/** Adds a journey; false: one of this kind is already in progress for the person. */
export async function insertJourney(tx: Tx, row: PersonJourneyRow): Promise<boolean> {
  return (await insertJourneys(tx, [row])).length === 1;
}

/** Adds journeys and returns those added, without people who already have one of that kind in progress. */
export async function insertJourneys<Row extends PersonJourneyRow>(
  tx: Tx,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  if (rows.length === 0) return [];
  const added = await tx
    .insertInto('person_journeys')
    .values(rows)
    .onConflict((on) =>
      on.columns(['client_id', 'kind', 'person_key']).where('ended_at', 'is', null).doNothing(),
    )
    .returning('id')
    .execute();
  const ids = new Set(added.map(({ id }) => id));
  return rows.filter(({ id }) => ids.has(id));
}

type Changed = Partial<
  Pick<
    PersonJourneyRow,
    | 'day'
    | 'owner_user'
    | 'owner_name'
    | 'owner_mail'
    | 'ended_why'
    | 'ended_by'
    | 'ended_by_name'
    | 'ended_at'
  >
>;

/** Updates a journey at `version`; false: it is at another version. */
export async function changeJourney(
  tx: Tx,
  { client_id, id, version }: Pick<PersonJourneyRow, 'client_id' | 'id' | 'version'>,
  change: Changed,
): Promise<boolean> {
  const changed = await tx
    .updateTable('person_journeys')
    .set({ ...change, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

/** Replaces the mark of a step at `version` (0: none); false: it is at another version. */
export async function putStep(tx: Tx, { version, ...row }: JourneyStepRow): Promise<boolean> {
  if (version === 0) {
    const added = await tx
      .insertInto('person_journey_steps')
      .values({ ...row, version: 1 })
      .onConflict((on) => on.columns(['client_id', 'person_journey_id', 'step']).doNothing())
      .executeTakeFirst();
    return Number(added.numInsertedOrUpdatedRows) === 1;
  }
  const changed = await tx
    .updateTable('person_journey_steps')
    .set({ ...row, version: version + 1 })
    .where('client_id', '=', row.client_id)
    .where('person_journey_id', '=', row.person_journey_id)
    .where('step', '=', row.step)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
