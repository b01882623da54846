import { sql } from 'kysely';
import type { Activity } from '../../src/domain/activity/activity.ts';
import { restOf } from '../../src/store/activity/row.ts';
import type { Store } from '../../src/store/open.ts';

/** Rows per insert and transaction. Larger batches were not faster on either database. */
const BATCH = 1_000;

/**
 * Baseline of the figures: inserts the same rows into a plain table with the same columns and key, without partitions,
 * counts or deduplication.
 */
export async function bareInserts(store: Store, rows: readonly Activity[]): Promise<number> {
  await store.asOwner(async (session) => {
    await session.script('drop table if exists bare');
    await session.script(
      `create table bare (client_id text not null, at timestamptz not null, id text not null, seq bigint not null,
        received_at timestamptz not null, source text not null, surface text not null, type text not null,
        category text not null, person text, connector text, tool text, effect text, outcome text, model text,
        rest jsonb not null, primary key (client_id, at, id))`,
    );
    await session.script('grant all on bare to public');
  });
  const began = performance.now();
  const batches = [];
  for (let first = 0; first < rows.length; first += BATCH) {
    const some = rows.slice(first, first + BATCH);
    const column = <T>(of: (row: Activity) => T): T[] => some.map(of);
    batches.push([
      some.map((_, n) => first + n),
      column((a) => a.at),
      column((a) => a.id),
      column((a) => a.source),
      column((a) => a.surface),
      column((a) => a.type),
      column((a) => a.category),
      column((a) => a.person),
      column((a) => a.connector),
      column((a) => a.tool),
      column((a) => a.effect),
      column((a) => a.outcome),
      column((a) => a.model),
      column((a) => JSON.stringify(restOf(a))),
    ] as const);
  }
  for (const b of batches)
    await store.write(['bench'], (tx) =>
      sql`insert into "bare" (client_id, received_at, seq, at, id, source, surface, type, category, person, connector, tool,
          effect, outcome, model, rest)
        select 'bench', now(), * from unnest(${b[0]}::bigint[], ${b[1]}::timestamptz[], ${b[2]}::text[], ${b[3]}::text[],
          ${b[4]}::text[], ${b[5]}::text[], ${b[6]}::text[], ${b[7]}::text[], ${b[8]}::text[], ${b[9]}::text[],
          ${b[10]}::text[], ${b[11]}::text[], ${b[12]}::text[], ${b[13]}::jsonb[])`.execute(tx),
    );
  return rows.length / ((performance.now() - began) / 1000);
}
