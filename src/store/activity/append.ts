import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { arrayOf, documents, type Elements, type ElementType, instants, texts } from '../engine/binary.ts';
import { errorCode } from '../engine/problems.ts';
import { together } from '../engine/transaction.ts';
import type { Tx } from '../open.ts';
import { restOf } from './row.ts';

/** Some of what was to be added stands in the log already: the transaction is of no use any more. */
export class KnownAlready extends Error {
  override readonly name = 'KnownAlready';
}

/** Activities with their columns as they go to the database. */
export interface Packed {
  readonly activities: readonly Activity[];
  readonly columns: readonly Elements[];
}

type TextColumn = {
  [K in keyof Activity]: Activity[K] extends string | null ? K : never;
}[keyof Activity];

const TEXT_COLUMNS = [
  ...([
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
  ] as const),
  'model',
] as const satisfies readonly TextColumn[];
/** Columns that have a value for each activity, with the type of each, in the order of `Packed.columns`. */
const COLUMNS: readonly (readonly [string, ElementType])[] = [
  ['at', 'timestamptz'],
  ...TEXT_COLUMNS.map((name) => [name, 'text'] as const),
  ['rest', 'jsonb'],
];
const NAMES = sql.raw(COLUMNS.map(([name]) => `"${name}"`).join(', '));
const VALUES = sql.raw(COLUMNS.map(([name]) => `e."${name}"`).join(', '));

/** Makes activities ready to be added: done as they come in, so that no transaction has to wait for it. */
export function pack(activities: readonly Activity[]): Packed {
  return {
    activities,
    columns: [
      instants(activities.map(({ at }) => at)),
      ...TEXT_COLUMNS.map((name) => texts(activities.map((activity) => activity[name]))),
      documents(activities.map((activity) => JSON.stringify(restOf(activity)))),
    ],
  };
}

export interface Append {
  readonly receivedAt: Date;
  readonly packed: readonly Packed[];
  /**
   * `new` where nearly always all of it is: then {@link KnownAlready} is thrown where it is not, and the same has to be
   * added again in another transaction as `mixed`, which looks at each first and costs a fifth more.
   */
  readonly expected: 'new' | 'mixed';
  /** What is asked for in the same round trip. */
  readonly asks?: readonly CompiledQuery[];
}

export interface Added {
  /** Those that were new. */
  readonly stored: readonly Activity[];
  /** Their numbers, which go up within a client in the order in which transactions commit. */
  readonly numbers: readonly number[];
  /** Answers to `asks`, in order. */
  readonly answers: QueryResult<unknown>[];
}

/**
 * Adds activities to a client's log, in the order given, and gives those that were new. What the log has already, by
 * instant and id, is left as it is. Whoever adds to the same client waits for this transaction to end, so that a reader
 * that goes by number never passes one that is still to come.
 */
export async function appendActivities(tx: Tx, clientId: string, append: Append): Promise<Added> {
  const { packed, expected, asks = [] } = append;
  const activities = packed.flatMap((one) => one.activities);
  const head = tx.selectFrom('activity_heads').select('last_seq').where('client_id', '=', clientId).compile();
  const insert = insertStatement(tx, clientId, append, activities.length);
  const [inserted, heads, ...answers] = await together(tx, [insert, head, ...asks]).catch(
    (error: unknown) => {
      throw expected === 'new' && errorCode(error) === UNIQUE_VIOLATION ? new KnownAlready() : error;
    },
  );
  const last = (heads?.rows[0] as { last_seq: number } | undefined)?.last_seq ?? 0;
  const before = last - activities.length;
  // Nearly always all of it was new. Only otherwise is it asked which was, since an answer of a row for each would cost
  // more than all other answers together.
  const fresh =
    Number(inserted?.numAffectedRows ?? 0) === activities.length
      ? null
      : await numbersBetween(tx, clientId, before, last);
  const numbers = activities.map((_, index) => before + 1 + index);
  if (fresh === null) return { stored: activities, numbers, answers };
  return {
    stored: activities.filter((_, index) => fresh.has(before + 1 + index)),
    numbers: numbers.filter((seq) => fresh.has(seq)),
    answers,
  };
}

const UNIQUE_VIOLATION = '23505';

/** Takes the numbers and adds the rows, in one statement: what waits for the numbers goes on without being told to. */
function insertStatement(
  tx: Tx,
  clientId: string,
  { packed, expected, receivedAt }: Append,
  count: number,
): CompiledQuery {
  const arrays = COLUMNS.map(([, type], at) => {
    const parts = packed.map(({ columns }) => columns[at]).filter((part) => part !== undefined);
    return sql`${arrayOf(type, parts)}::${sql.raw(type)}[]`;
  });
  return sql`
    with head as (
      insert into "activity_heads" as h (client_id, last_seq) values (${clientId}, ${count})
      on conflict (client_id) do update set last_seq = h.last_seq + excluded.last_seq returning last_seq)
    insert into "activities" (client_id, received_at, seq, ${NAMES})
    select ${clientId}, ${receivedAt.toISOString()}::timestamptz, head.last_seq - ${count}::bigint + e.n, ${VALUES}
    from head, unnest(${sql.join(arrays)}) with ordinality as e(${NAMES}, n)
    ${expected === 'new' ? sql`` : sql`on conflict do nothing`}`.compile(tx);
}

/** Numbers of a client's log after one and up to another that stand in it. */
async function numbersBetween(
  tx: Tx,
  clientId: string,
  after: number,
  last: number,
): Promise<ReadonlySet<number>> {
  const rows = await tx
    .selectFrom('activities')
    .select('seq')
    .where('client_id', '=', clientId)
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .execute();
  return new Set(rows.map(({ seq }) => seq));
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
