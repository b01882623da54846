import { type CompiledQuery, sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { DIMENSIONS } from '#domain/usage/slices.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { type Count, countActivities, type Wanted } from './count.ts';

/** Columns of amounts, in the order of AMOUNTS. */
export const AMOUNT_COLUMNS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_creation_tokens',
  'cost_micros',
  'duration_ms',
  'size',
] as const;

/** Summable columns and their values in a count. */
const ADDED: readonly (readonly [string, (count: Count) => number])[] = [
  ['events', (count) => count.events],
  ['messages', (count) => count.messages],
  ['tool_calls', (count) => count.toolCalls],
  ['uses', (count) => count.uses],
  ...AMOUNT_COLUMNS.flatMap((column, at) => [
    [column, (count: Count) => count.sums[at] ?? 0] as const,
    [`${column}_stated`, (count: Count) => count.stated[at] ?? 0] as const,
  ]),
];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly of: (count: Count) => string | number | null;
}

const COLUMNS: readonly Column[] = [
  { name: 'slice', type: 'text', of: (count) => count.slice },
  { name: 'start', type: 'text', of: (count) => count.start },
  { name: 'key', type: 'uuid', of: (count) => count.key },
  ...DIMENSIONS.map((name) => ({ name, type: 'text', of: (count: Count) => count[name] })),
  { name: 'first_at', type: 'timestamptz', of: (count) => count.firstAt },
  { name: 'last_at', type: 'timestamptz', of: (count) => count.lastAt },
  ...ADDED.map(([name, of]) => ({ name, type: 'bigint', of })),
];
const NAMES = COLUMNS.map(({ name }) => `"${name}"`).join(', ');
const SUMS = [
  'first_at = least(r.first_at, excluded.first_at)',
  'last_at = greatest(r.last_at, excluded.last_at)',
  ...ADDED.map(([name]) => `"${name}" = r."${name}" + excluded."${name}"`),
].join(', ');

/** Adds activities to the counts. */
export async function rollUp(
  tx: Tx,
  clientId: string,
  zone: string,
  activities: readonly Activity[],
  wanted?: Wanted,
): Promise<void> {
  const counts = countActivities(activities, zone, wanted);
  if (counts.length > 0) await tx.executeQuery(rollUpStatement(tx, clientId, counts));
}

/**
 * The one statement that adds to the counts. Activities are aggregated in memory first, so the number of rows written
 * depends on people and kinds of things, not on events.
 */
export function rollUpStatement(tx: Tx, clientId: string, counts: readonly Count[]): CompiledQuery {
  const arrays = COLUMNS.map(({ type, of }) => sql`${counts.map(of)}::${sql.raw(type)}[]`);
  return writing('activity_rollups')`
    insert into "activity_rollups" as r (client_id, ${sql.raw(NAMES)})
    select ${clientId}, ${sql.raw(NAMES)} from unnest(${sql.join(arrays)}) as e(${sql.raw(NAMES)})
    on conflict (client_id, slice, start, key) do update set ${sql.raw(SUMS)}`.compile(tx);
}

/**
 * Zone in which a client's days are counted. It is set to the client's own zone at first and changes only with a
 * rebuild.
 */
export async function rollUpZone(tx: Tx, clientId: string, own: () => Promise<string>): Promise<string> {
  const known = await countedZone(tx, clientId);
  if (known !== undefined) return known;
  const zone = await own();
  await tx
    .insertInto('activity_rollup_states')
    .values({ client_id: clientId, zone, log_from: null })
    .onConflict((there) => there.column('client_id').doNothing())
    .execute();
  return zone;
}

/** Zone in which a client's days are counted; undefined: nothing counted yet. */
export async function countedZone(tx: Tx, clientId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('activity_rollup_states')
    .select('zone')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.zone;
}
