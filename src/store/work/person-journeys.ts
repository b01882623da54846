import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PersonJourneyRow = Selectable<Database['person_journeys']>;
export type JourneyStepRow = Selectable<Database['person_journey_steps']>;

/** The journeys of these clients that go on, earliest day first. */
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

/** The journeys of a client that were ended, the newest end first. */
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

/** Every journey of a client, whether it goes on or was ended. */
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

/** Holds a journey until the transaction ends, so that what is done once for it is not done twice at the same moment. */
export async function lockJourney(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx
    .selectFrom('person_journeys')
    .select('id')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

/** What was said of the steps of these clients' journeys. */
export async function journeySteps(tx: Tx, clientIds: readonly string[]): Promise<JourneyStepRow[]> {
  if (clientIds.length === 0) return [];
  return tx.selectFrom('person_journey_steps').selectAll().where('client_id', 'in', clientIds).execute();
}

/** Adds a journey; false where one of this kind goes on for the person. */
export async function insertJourney(tx: Tx, row: PersonJourneyRow): Promise<boolean> {
  return (await insertJourneys(tx, [row])).length === 1;
}

/** Adds journeys and gives those that were added: for the others one of their kind goes on for the person. */
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

/** Changes a journey over what was at `version`; false: someone else was quicker. */
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

/** Puts what is said of a step over what was at `version`, 0 where nothing was; false: someone else was quicker. */
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
