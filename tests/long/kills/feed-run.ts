/*
 * A process that reads a vendor's activity feed as the server does, until it is killed. Prints `kept` whenever the log
 * has stored something. Stages: `setup` creates the client with its connection and ends; `rest` ends once everything
 * has been read.
 * Arguments: data directory, database URL or "-", folder for keys, URL of the vendor, stage, minutes by which its clock
 * is ahead, because a killed process holds a stream for some minutes.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { profileFrom } from '#features/clients/create.ts';
import { detectionsOf } from '#features/detections/client-detections.ts';
import { readSources } from '#features/sources/read-sources.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { insertConnection, sourceKeyPlace } from '#store/sources/connections.ts';
import { setStreams, streamsOf } from '#store/sources/streams.ts';
import { ACCESS_KEY } from '../../../sandbox/anthropic/simulator.ts';
import { createServices } from '../../../src/server/services.ts';

const [dataDir = '', databaseUrl = '-', keys = '', url = '', stage = '', ahead = '0'] = process.argv.slice(2);
const CLIENT = 'alder';

const clock = () => new Date(Date.now() + Number(ahead) * 60_000);
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const sealer = await openSealer({ keyFile: join(keys, 'secret.key') });
const services = await createServices({
  store,
  sealer,
  clock,
  config: {
    origin: 'http://127.0.0.1:7700',
    dataDir: keys,
    privateHosts: ['127.0.0.1'],
    resolvers: [],
    vendorUrls: { anthropic: url },
    version: 'test',
    build: 'test',
  },
});

if (stage === 'setup') {
  const now = clock();
  const profile = profileFrom({
    name: 'Alder',
    domains: ['alder.example.org'],
    claudePlan: 'enterprise',
  });
  await store.write('system', (tx) =>
    tx
      .insertInto('clients')
      .values({
        id: CLIENT,
        slug: CLIENT,
        name: 'Alder',
        profile: JSON.stringify(profile),
        settings: '{}',
        created_at: now,
      })
      .execute(),
  );
  await store.write([CLIENT], async (tx) => {
    await insertConnection(tx, {
      client_id: CLIENT,
      id: 'feed',
      vendor: 'anthropic',
      key_kind: 'access',
      key_sealed: sealer.seal(ACCESS_KEY, sourceKeyPlace(CLIENT, 'feed')),
      key_hint: 'test',
      scopes: '[]',
      tenants: '[]',
      parent: 'feed',
      state: 'connected',
      recording: 'on',
      tested_at: now,
      connected_by_name: 'Test',
      connected_at: now,
    });
    await setStreams(tx, CLIENT, 'feed', ['feed'], now);
  });
  await services.close();
  process.exit(0);
}

// Load this in advance: the thread that reads what detections compare with takes longer to start than the process
// lives.
await detectionsOf(services, CLIENT);
services.activityLog.onAppended(() => writeSync(1, 'kept\n'));
for (;;) {
  await readSources(services);
  const [stream] = await store.read([CLIENT], (tx) => streamsOf(tx, CLIENT));
  if (stream?.state !== 'ok') continue;
  // Caught up. Another line, so that the process can be killed while idle, too.
  writeSync(1, 'kept all\n');
  if (stage === 'rest') break;
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
await services.close();
process.exit(0);
