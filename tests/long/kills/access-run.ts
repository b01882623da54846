/*
 * A process that carries out changes of Conditional Access as the server does, until it is killed. Prints `working`
 * when it starts to. Stages: `setup` creates the client, its application and the changes, and ends; `rest` ends once
 * every change is verified.
 * Arguments: data directory, database URL or "-", folder for keys, URL of Microsoft's simulator, stage, minutes by
 * which its clock is ahead, number of changes.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { continueChanges } from '#features/changes/verify.ts';
import { allChanges } from '#store/changes/changes.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { createServices } from '../../../src/server/services.ts';
import { addChange, addTenant, CLIENT, target } from './access-changes.ts';

const [dataDir = '', databaseUrl = '-', keys = '', url = '', stage = '', ahead = '0', count = '0'] =
  process.argv.slice(2);
/** The clock runs faster, so that hours of waiting take seconds. */
const FASTER = 200;

const began = Date.now();
const clock = () => new Date(began + Number(ahead) * 60_000 + (Date.now() - began) * FASTER);
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const sealer = await openSealer({ keyFile: join(keys, 'secret.key') });
const services = await createServices({
  store,
  sealer,
  clock,
  changeTargets: [target],
  config: {
    origin: 'http://127.0.0.1:7700',
    dataDir: keys,
    privateHosts: ['127.0.0.1'],
    resolvers: [],
    vendorUrls: { microsoft: url },
    version: 'test',
    build: 'test',
  },
});

if (stage === 'setup') {
  await addTenant(services, sealer);
  for (let at = 0; at < Number(count); at += 1) await addChange(services, at);
  await services.close();
  process.exit(0);
}

writeSync(1, 'working\n');
for (;;) {
  await continueChanges(services);
  const changes = await store.read([CLIENT], (tx) => allChanges(tx, CLIENT));
  if (stage === 'rest' && changes.every(({ state }) => state === 'verified' || state === 'failed')) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
await services.close();
process.exit(0);
