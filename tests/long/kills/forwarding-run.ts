/*
 * A process that adds activities to a client's log and forwards them to a sink, until it is killed. Prints the number
 * of each batch once the log has stored it. Stages: `setup` creates client and sink and ends; `drain` adds nothing,
 * ends once everything was forwarded, and prints the failed deliveries as JSON.
 * Arguments: data directory, database URL or "-", folder for keys, URL of the collector, stage, first number.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { anActivity } from '#domain/activity/testing.ts';
import { idOf } from '#domain/forwarding/event.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { insertClient } from '#features/clients/create.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { insertSink, sinkSecretsPlace } from '#store/sinks/sinks.ts';
import { createServices } from '../../../src/server/services.ts';

const [dataDir = '', databaseUrl = '-', keys = '', url = '', stage = '', from = '0'] = process.argv.slice(2);
const SINK = 'sink-under-test';
const TOKEN = '11111111-2222-3333-4444-555555555555';
/** Activities per batch. */
const TOGETHER = 20;

const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const sealer = await openSealer({ keyFile: join(keys, 'secret.key') });
const services = await createServices({
  store,
  sealer,
  config: {
    origin: 'http://127.0.0.1:7700',
    dataDir: keys,
    privateHosts: ['127.0.0.1'],
    resolvers: [],
    version: 'test',
    build: 'test',
  },
  forwarding: { leaseMs: 1_500, gatherMs: 10, pace: { first: 20, max: 200 } },
});

if (stage === 'setup') {
  const now = new Date();
  const profile = profileSchema.parse({
    name: 'Alder',
    domains: ['alder.example.org'],
    claudePlan: 'team',
    m365: 'business_premium',
    timezone: 'UTC',
  });
  await store.write('system', async (tx) => {
    const client = await insertClient(tx, { name: 'Alder', profile, sandbox: false, now });
    const row = {
      id: SINK,
      client_id: client.id,
      kind: 'splunk',
      name: 'Collector',
      place: url,
      hosts: '[]',
      settings: JSON.stringify({ url, format: 'bylaw' }),
      secrets_sealed: sealer.seal(JSON.stringify({ token: TOKEN }), sinkSecretsPlace(client.id, SINK)),
      filter: JSON.stringify({ categories: null, activities: true, alerts: false, minSeverity: 'low' }),
      paused: false,
      created_at: now,
      created_by_name: 'test',
      changed_at: now,
      changed_by_name: 'test',
    };
    await insertSink(tx, row, { activities: 0, alerts: 0, audit: 0, workspace_audit: 0 });
  });
  await services.close();
  process.exit(0);
}

const { client_id: client } = await store.read('system', (tx) =>
  tx.selectFrom('sinks').select('client_id').executeTakeFirstOrThrow(),
);
await services.forwarding.start();

if (stage === 'drain') {
  for (;;) {
    const { head, seq } = await store.read([client], async (tx) => ({
      head: await tx.selectFrom('activity_heads').select('last_seq').executeTakeFirst(),
      seq: await tx
        .selectFrom('activity_sink_cursors')
        .select('seq')
        .where('stream', '=', 'activities')
        .executeTakeFirstOrThrow(),
    }));
    if (head === undefined || seq.seq >= head.last_seq) break;
    services.forwarding.wake(client);
    await wait(50);
  }
  const failedDeliveries = await store.read([client], (tx) =>
    tx.selectFrom('activity_dead_letters').select('events').execute(),
  );
  writeSync(1, `${JSON.stringify(failedDeliveries.flatMap(({ events }) => events.map(idOf)))}\n`);
  await services.close();
  process.exit(0);
}

for (let number = Number(from); ; number += 1) {
  await services.activityLog.append(
    client,
    Array.from({ length: TOGETHER }, (_, at) => anActivity({ id: `e${number * TOGETHER + at}` })),
  );
  writeSync(1, `kept ${number}\n`);
  await wait(3);
}
