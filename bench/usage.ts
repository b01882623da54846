import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { profileSchema } from '../src/domain/model/profile.ts';
import { SLICES, type SliceName } from '../src/domain/usage/slices.ts';
import { insertClient } from '../src/features/clients/create.ts';
import type { ClientRef } from '../src/features/context.ts';
import { jobContext } from '../src/features/usage/asking.ts';
import { connectorPersons, listPersons, showPerson } from '../src/features/usage/person.ts';
import { showUsage } from '../src/features/usage/show.ts';
import { createServices } from '../src/server/services.ts';
import { makeMonths } from '../src/store/activity/months.ts';
import { searchActivities } from '../src/store/activity/search.ts';
import { openStore, type Tx } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import type { Line } from './console/console.ts';

const PEOPLE = 100;
const DAYS = 84;
const NOW = new Date('2026-11-24T15:00:00Z');
const FIRST = '2026-09-01';
const SMALL = 10_000;
const LARGE = 10_000_000;
/**
 * Number of events in the large client's log. Its counts are of all events, since writing the whole log would take many
 * minutes.
 */
const LARGE_LOG = 1_000_000;
/** Allowed slowdown of a page with a thousand times as many events. */
const ALLOWED = 1.5;
const TIMES = 15;

/** Kinds of events: source, surface, kind, connector, tool, effect, outcome, model. */
const KINDS = `(values
  (0,'otlp','cowork','message',null,null,null,null,null), (1,'otlp','cowork','model_request',null,null,null,'success','claude-sonnet-5'),
  (2,'otlp','cowork','model_request',null,null,null,'success','claude-opus-5'), (3,'otlp','claude_code','model_request',null,null,null,'success','claude-haiku-4-5'),
  (4,'otlp','cowork','tool_call','microsoft365_sharepoint','search','read','success',null), (5,'otlp','cowork','tool_call','microsoft365_outlook','search','read','success',null),
  (6,'otlp','cowork','tool_call','asana','create_task','write','success',null), (7,'otlp','cowork','tool_call','salesforce','query','read','failure',null),
  (8,'otlp','claude_code','tool_call',null,'Read','read','success',null), (9,'compliance_feed','chat','message',null,null,null,null,null),
  (10,'compliance_feed','administration','sign_in',null,null,null,'success',null), (11,'compliance_feed','administration','settings',null,null,null,null,null)
) as k(kind, source, surface, category, connector, tool, effect, outcome, model)`;
const KIND_COUNT = 12;

/**
 * Usage pages over 10,000 and over 10,000,000 events of the same 100 people in the same twelve weeks, as a ratio of
 * medians. The large client has every combination of person, day and kind, the maximum number of counts.
 */
export async function benchUsage(line: Line, note: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-usage-'));
  const store = await openStore({ dataDir: folder });
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(folder, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1',
      dataDir: folder,
      privateHosts: [],
      resolvers: [],
      version: 'bench',
      build: 'bench',
    },
    clock: () => NOW,
  });
  try {
    await makeMonths(store, ['2026-09', '2026-10', '2026-11']);
    const clients: ClientRef[] = [];
    for (const [name, events] of [
      ['small', SMALL],
      ['large', LARGE],
    ] as const) {
      const began = performance.now();
      const client = await store.write('system', async (tx) => {
        const profile = profileSchema.parse({
          name,
          domains: [`${name}.example`],
          claudePlan: 'enterprise',
          claudeSeats: PEOPLE,
          m365: 'e5',
          addOns: [],
          swg: 'none',
          siem: 'none',
          staffCount: PEOPLE,
          timezone: 'UTC',
        });
        const made = await insertClient(tx, { name, profile, sandbox: false, now: NOW });
        await writeLog(tx, made.id, Math.min(events, LARGE_LOG));
        await writeCounts(tx, made.id, events);
        return { id: made.id, slug: made.slug, name, timezone: 'UTC', sandbox: false };
      });
      await store.asOwner((session) => session.script('analyze activities; analyze activity_rollups'));
      clients.push(client);
      const lines = await store.read([client.id], (tx) =>
        sql<{
          n: number;
        }>`select count(*) as n from "activity_rollups" where client_id = ${client.id}`.execute(tx),
      );
      note(
        `${name}: ${events.toLocaleString('en')} events counted in ${Number(lines.rows[0]?.n).toLocaleString('en')} lines, ${Math.min(events, LARGE_LOG).toLocaleString('en')} in the log, written in ${((performance.now() - began) / 1000).toFixed(0)} s`,
      );
    }
    const [small, large] = clients;
    if (small === undefined || large === undefined) return;
    const pages: readonly (readonly [string, (client: ClientRef) => Promise<unknown>])[] = [
      ['usage, 12 weeks', (client) => showUsage(jobContext(services, client), '12w')],
      ['usage, all', (client) => showUsage(jobContext(services, client), 'all')],
      ['people', (client) => listPersons(jobContext(services, client), '12w')],
      ['one person', (client) => showPerson(jobContext(services, client), 'person7@example.org', '12w')],
      ['who uses a connector', (client) => connectorPersons(jobContext(services, client), 'asana', '12w')],
      [
        'the newest 100 events',
        (client) =>
          store.read([client.id], (tx) => searchActivities(tx, client.id, {}, { before: null, limit: 100 })),
      ],
      [
        'the newest 100 events of a person',
        (client) =>
          store.read([client.id], (tx) =>
            searchActivities(
              tx,
              client.id,
              { people: ['person7@example.org'] },
              { before: null, limit: 100 },
            ),
          ),
      ],
    ];
    for (const [what, page] of pages) {
      const few = await median(() => page(small));
      const many = await median(() => page(large));
      note(`${what}: ${few.toFixed(1)} ms and ${many.toFixed(1)} ms`);
      line(`${what}, a thousand times as many events`, many / few, 'times as long', ALLOWED);
    }
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await run();
  for (let n = 0; n < TIMES; n += 1) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
}

async function writeLog(tx: Tx, client: string, events: number): Promise<void> {
  const rest = JSON.stringify({
    claimedAt: null,
    actor: { type: null, id: null, email: null, name: null },
    organization: null,
    session: null,
    prompt: null,
    ip: null,
    userAgent: null,
    connectorName: null,
    amounts: {},
    detail: { some: 'detail of a usual length, as telemetry has it' },
  });
  await sql`
    insert into activities (client_id, at, id, seq, received_at, source, surface, type, category, person, connector,
      tool, effect, outcome, model, rest)
    select ${client}, ${FIRST}::timestamptz + (n::float8 / ${events} * ${DAYS}) * interval '1 day', 'e' || n, n, now(),
      k.source, k.surface, k.category, k.category, 'person' || (n::bigint * 7919 % ${PEOPLE}) || '@example.org', k.connector,
      k.tool, k.effect, k.outcome, k.model, ${rest}::jsonb
    from generate_series(1, ${events}) n join ${sql.raw(KINDS)} on k.kind = (n::bigint * 104729 / 7) % ${KIND_COUNT}`.execute(
    tx,
  );
}

/** Writes counts as the pipeline stage does, for as many combinations as the events cover. */
async function writeCounts(tx: Tx, client: string, events: number): Promise<void> {
  const full = PEOPLE * DAYS * KIND_COUNT;
  await sql`create temporary table cells on commit drop as
    select p, d, k.* from generate_series(0, ${PEOPLE - 1}) p, generate_series(0, ${DAYS - 1}) d, ${sql.raw(KINDS)}
    order by md5(p || ' ' || d || ' ' || kind) limit ${Math.min(events, full)}`.execute(tx);
  const each = Math.max(1, Math.round(events / full));
  for (const slice of Object.keys(SLICES) as SliceName[]) {
    const { period, by } = SLICES[slice];
    const dimensions = [
      'source',
      'surface',
      'category',
      'person',
      'connector',
      'tool',
      'effect',
      'outcome',
      'model',
    ];
    const value = (name: string) =>
      !(by as readonly string[]).includes(name)
        ? 'null::text'
        : name === 'person'
          ? `'person' || p || '@example.org'`
          : name;
    const day = `('${FIRST}'::date + d)`;
    const start = {
      // One hour per day, since nothing here reads hours.
      hour: `to_char(${day}, 'YYYY-MM-DD') || 'T10'`,
      day: `to_char(${day}, 'YYYY-MM-DD')`,
      week: `to_char(date_trunc('week', ${day}), 'YYYY-MM-DD')`,
      month: `to_char(${day}, 'YYYY-MM')`,
    }[period];
    const only = slice.includes('connector')
      ? `where category = 'tool_call'`
      : slice.includes('model')
        ? 'where model is not null'
        : '';
    await sql`
      insert into activity_rollups (client_id, slice, start, key, source, surface, category, person, connector, tool,
        effect, outcome, model, events, messages, tool_calls, uses, first_at, last_at, input_tokens,
        input_tokens_stated, output_tokens, output_tokens_stated, cache_read_tokens, cache_read_tokens_stated,
        cache_creation_tokens, cache_creation_tokens_stated, cost_micros, cost_micros_stated, duration_ms,
        duration_ms_stated, size, size_stated)
      select ${client}, ${slice}, c.start, md5(c::text)::uuid, c.source, c.surface, c.category, c.person, c.connector, c.tool,
        c.effect, c.outcome, c.model, n * ${each}, m * ${each}, t * ${each}, n * ${each}, f, f, n, n, n, n, 0, 0, 0, 0, n, n, 0, 0, 0, 0
      from (select ${sql.raw(start)} as start, ${sql.raw(dimensions.map((name) => `${value(name)} as ${name}`).join(', '))},
          count(*) as n, count(*) filter (where category = 'message') as m,
          count(*) filter (where category = 'tool_call') as t, min(${sql.raw(day)}::timestamptz) as f
        from cells ${sql.raw(only)} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) c`.execute(tx);
  }
}
