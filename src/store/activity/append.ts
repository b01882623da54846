import { sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { errorCode } from '../engine/problems.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { restOf } from './row.ts';

/** Some of the activities are already in the log. Nothing was added, and the transaction has failed. */
export class KnownAlready extends Error {
  override readonly name = 'KnownAlready';
}

/**
 * Appends activities to a client's log in order and returns the number of the first; the others are consecutive.
 * Concurrent writers for the same client wait for this transaction to end, so that a reader that proceeds by number
 * never misses one.
 *
 * @throws KnownAlready if the log already has one of them, by instant and id.
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

/** Columns named like the field of an activity that they hold. */
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

/** One JSON array per column, which PostgreSQL parses faster than one object with keys per row. */
function listsOf(activities: readonly Activity[]) {
  return [
    ...COLUMNS.map((column) => {
      const values = JSON.stringify(activities.map((activity) => activity[column]));
      return sql`jsonb_array_elements_text(${values}::jsonb)`;
    }),
    sql`jsonb_array_elements(${JSON.stringify(activities.map(restOf))}::jsonb)`,
  ];
}

/** Blocks writers of a client's log, and numbering of its alerts, until this transaction ends. */
export async function lockLog(tx: Tx, clientId: string): Promise<void> {
  await tx
    .selectFrom('activity_heads')
    .select('last_seq')
    .where('client_id', '=', clientId)
    .forUpdate()
    .execute();
}
