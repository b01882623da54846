/*
 * A process that runs retention on the given store and kills itself with SIGKILL at the given stage:
 *   in      all statements of the transaction are done, and it has not been committed
 *   after   the first transaction is committed: of the removal itself or, if that is done, of a part of its rows
 *   files   everything is removed except for files on disk
 *   never   it does all of its work, including the sweeps that run with it
 * Then it prints what remains as JSON.
 * Arguments: data directory, database URL or "-", directory of the evidence, client, time, stage.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { JOBS } from '#app/jobs/jobs.ts';
import type { Services } from '#features/context.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { createServices } from '../../../src/server/services.ts';

const [dataDir = '', databaseUrl = '-', evidence = '', client = '', now = '', stage = 'never'] =
  process.argv.slice(2);

const config = {
  origin: 'http://127.0.0.1:7700',
  dataDir: evidence,
  privateHosts: [],
  resolvers: [],
  version: 'test',
  build: 'test',
};
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const services = await createServices({
  store,
  sealer: await openSealer({ keyFile: join(evidence, 'secret.key') }),
  config,
  clock: () => new Date(now),
});

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('it is dead');
}

const write: Services['store']['write'] = async (scope, work) => {
  const done = await store.write(scope, async (tx) => {
    const value = await work(tx);
    if (stage === 'in') die();
    return value;
  });
  if (stage === 'after') die();
  return done;
};
const doomed: Services = {
  ...services,
  store: { ...store, write },
  blobs: { ...services.blobs, sweep: (known) => (stage === 'files' ? die() : services.blobs.sweep(known)) },
};

for (const name of [/retention does not keep/, /imports that are over/, /files that nothing refers to/])
  await JOBS.find((job) => name.test(job.name))?.run(doomed);

const { readings, withRows, files, records } = await store.read([client], async (tx) => ({
  readings: await tx.selectFrom('observations').select('id').where('stored_at', 'is not', null).execute(),
  withRows: await tx.selectFrom('observation_rows').select('observation_id').distinct().execute(),
  files: await tx.selectFrom('evidence').select('sha256').execute(),
  records: await tx.selectFrom('audit_log').select('seq').where('action', '=', 'retention.remove').execute(),
}));
let disk = 0;
for await (const _ of services.blobs.list()) disk += 1;
writeSync(
  1,
  `${JSON.stringify({ readings: readings.length, withRows: withRows.length, files: files.length, records: records.length, disk })}\n`,
);
await services.close();
