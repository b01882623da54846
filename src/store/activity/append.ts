import { sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { errorCode } from '../engine/problems.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { restOf } from './row.ts';

/** Some of what was to be added is in the log already: nothing was added, and the transaction is of no use anymore. */
export class KnownAlready extends Error {
  override readonly name = 'KnownAlready';
}

/**
 * Adds activities to a client's log, in the order given, and gives the number of the first; those of the others follow.
 * Anyone who adds to the same client waits for this transaction to end, so that a reader that goes by number never passes
 * one that is still to come.
 *
 * @throws KnownAlready where the log has one of them, by instant and id.
 */
export async function appendActivities(
  tx: Tx,
  clientId: string,
  activities: readonly Activity[],
  receivedAt: Date,
): Promise<number> {
  const { rows } = await writing('activity_heads', 'activities')<{ last: number }>`
    with head as (
      insert into "activity_heads" as h (client_id, last_seq) values (${clientId}, ${activities.length})
      on conflict (client_id) do update set last_seq = h.last_seq + excluded.last_seq returning last_seq),
    added as (
      insert into "activities" (client_id, received_at, seq, ${NAMES})
      select ${clientId}, ${receivedAt.toISOString()}::timestamptz,
        head.last_seq - ${activities.length}::bigint + e.place, ${VALUES}
      from head, rows from (${sql.join(listsOf(activities))}) with ordinality as e(${NAMES}, place))
    select last_seq as last from head`
    .execute(tx)
    .catch((error: unknown) => {
      throw errorCode(error) === UNIQUE_VIOLATION ? new KnownAlready() : error;
    });
  return (rows[0]?.last ?? 0) - activities.length + 1;
}

const UNIQUE_VIOLATION = '23505';

/** Columns that hold the field of an activity that is called like them. */
const COLUMNS = [
  'at',
  'id',
  'source',
  'surface',
  'type',
  'category',
  'person',
  'connector',
  'tool',
  'effect',
  'outcome',
  'model',
] as const;
const NAMES = sql.raw([...COLUMNS, 'rest'].map((name) => `"${name}"`).join(', '));
const VALUES = sql.raw(
  [...COLUMNS, 'rest'].map((name) => (name === 'at' ? 'e."at"::timestamptz' : `e."${name}"`)).join(', '),
);

/** A JSON list of the values of each column, which takes a database less than an object with names for each row. */
function listsOf(activities: readonly Activity[]) {
  return [
    ...COLUMNS.map((column) => {
      const values = JSON.stringify(activities.map((activity) => activity[column]));
      return sql`jsonb_array_elements_text(${values}::jsonb)`;
    }),
    sql`jsonb_array_elements(${JSON.stringify(activities.map(restOf))}::jsonb)`,
  ];
}

/** Makes whoever adds to a client's log, or numbers its alerts, wait for this transaction to end. */
export async function lockLog(tx: Tx, clientId: string): Promise<void> {
  await tx
    .selectFrom('activity_heads')
    .select('last_seq')
    .where('client_id', '=', clientId)
    .forUpdate()
    .execute();
}
