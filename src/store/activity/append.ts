import { sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { errorCode } from '../engine/problems.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { restOf } from './row.ts';

/** Some of what was to be added is in the log already: nothing was added, and the transaction is of no use any more. */
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
      from head, rows from (jsonb_to_recordset(${JSON.stringify(activities.map(rowOf))}::jsonb) as (${TYPED}))
        with ordinality as e(${NAMES}, place))
    select last_seq as last from head`
    .execute(tx)
    .catch((error: unknown) => {
      throw errorCode(error) === UNIQUE_VIOLATION ? new KnownAlready() : error;
    });
  return (rows[0]?.last ?? 0) - activities.length + 1;
}

const UNIQUE_VIOLATION = '23505';

/** Columns that are made of an activity, with the type of each. */
const COLUMNS = {
  at: 'timestamptz',
  id: 'text',
  source: 'text',
  surface: 'text',
  type: 'text',
  category: 'text',
  person: 'text',
  connector: 'text',
  tool: 'text',
  effect: 'text',
  outcome: 'text',
  model: 'text',
  rest: 'jsonb',
} as const;
const NAMES = sql.raw(
  Object.keys(COLUMNS)
    .map((name) => `"${name}"`)
    .join(', '),
);
const VALUES = sql.raw(
  Object.keys(COLUMNS)
    .map((name) => `e."${name}"`)
    .join(', '),
);
const TYPED = sql.raw(
  Object.entries(COLUMNS)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', '),
);

/** An activity as its row. What is null is left out: it is for most of them, and each byte is read again by the database. */
function rowOf(activity: Activity): Record<keyof typeof COLUMNS, unknown> {
  const { at, id, source, surface, type, category, person, connector, tool, effect, outcome, model } =
    activity;
  return {
    at,
    id,
    source,
    surface,
    type,
    category,
    person: person ?? undefined,
    connector: connector ?? undefined,
    tool: tool ?? undefined,
    effect: effect ?? undefined,
    outcome: outcome ?? undefined,
    model: model ?? undefined,
    rest: restOf(activity),
  };
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
