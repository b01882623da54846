import { expect, it } from 'vitest';
import { embeddedEngine } from '../engine/embedded.ts';
import type { Engine } from '../engine/engine.ts';
import { serverEngine } from '../engine/server.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { storeOn } from '../open.ts';
import { newDatabase, newDirectory } from '../testing.ts';

const AT = '2026-11-26T09:30:00.000Z';
const ID = 'CLA-DET-03';

/** A row of each table, as a database has it that was made before the migration. */
const ROWS = ['anna', 'otto'].flatMap((client) => [
  `insert into clients (id, slug, name, profile, settings, created_at)
    values ('${client}', '${client}', '${client}', '{}', '{}', '${AT}')`,
  `insert into alerts (client_id, id, number, rule, grp, level, state, raised_at)
    values ('${client}', 'a1', 1, '${ID}', '[]', 'high', 'open', '${AT}')`,
  `insert into activity_alert_spans (client_id, alert_id, rule, grp, first_at, last_at, count, sample)
    values ('${client}', 'a1', '${ID}', '[]', '${AT}', '${AT}', 1, '{}')`,
  `insert into activity_match_chunks (client_id, key, rule, grp, first_at, last_at, hot, matches)
    values ('${client}', 1, '${ID}', '[]', '${AT}', '${AT}', true, '[]')`,
  `insert into detection_settings (client_id, rule, reason, changed_by_name, changed_at)
    values ('${client}', '${ID}', 'Few people.', 'Dana', '${AT}')`,
  `insert into detection_proposals (client_id, rule, id, reason, proposed_by, proposed_by_name, proposed_at, version)
    values ('${client}', '${ID}', 'p1', 'Few people.', 'u1', 'Dana', '${AT}', 1)`,
  `insert into detection_silences (client_id, id, rule, about, reason, until_day, made_by_name, made_at)
    values ('${client}', 's1', '${ID}', 'All', 'An open day.', '2026-12-01', 'Dana', '${AT}')`,
]);

const TABLES = [
  'alerts',
  'activity_alert_spans',
  'activity_match_chunks',
  'detection_settings',
  'detection_proposals',
  'detection_silences',
] as const;

it.each<[string, () => Promise<() => Promise<Engine>>]>([
  [
    'the embedded database',
    async () => {
      const directory = await newDirectory();
      return () => embeddedEngine({ directory });
    },
  ],
  [
    'a PostgreSQL server',
    async () => {
      const url = await newDatabase();
      return async () => serverEngine(url);
    },
  ],
])(
  'rows that named their detection “rule” are found by it, each client’s alone, on %s',
  async (_name, make) => {
    const open = await make();
    const before = MIGRATIONS.findIndex(({ name }) => name === '155-names-of-detections');
    expect(before).toBeGreaterThan(0);
    const old = await storeOn(await open(), { migrations: MIGRATIONS.slice(0, before) });
    await old.asOwner(async (session) => {
      await session.script(`select set_config('bylaw.scope', '*', false)`);
      for (const row of ROWS) await session.query(row);
    });
    await old.close();
    const store = await storeOn(await open());
    const found = await store.read(['anna'], async (tx) => {
      const rows = [];
      for (const table of TABLES)
        rows.push(...(await tx.selectFrom(table).select(['client_id', 'detection']).execute()));
      return rows;
    });
    expect(found).toEqual(TABLES.map(() => ({ client_id: 'anna', detection: ID })));
    const left = await store.asOwner(async (session) => {
      const { rows } = await session.query<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = current_schema() and column_name = 'rule'
       union all select indexname::text from pg_indexes where schemaname = current_schema() and indexname like 'detection%_rule'`,
      );
      return rows.map(({ name }) => name);
    });
    expect(left).toEqual([]);
    await store.close();
  },
);
