/*
 * A process that applies a baseline to new clients over HTTP and kills itself with SIGKILL at the given stage:
 *   in      all statements of the transaction are done, and it has not been committed
 *   after   the transaction is committed, and no response was sent
 *   never   the response is sent
 * Arguments: data directory, database URL or "-", directory of the evidence, cookie, path, body, stage.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '#store/open.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { createApp } from '../../../src/server/app.ts';
import { createServices } from '../../../src/server/services.ts';

const [dataDir = '', databaseUrl = '-', evidence = '', cookie = '', path = '', body = '', stage = 'never'] =
  process.argv.slice(2);
const origin = 'http://127.0.0.1:7700';
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('it is dead');
}

const write: Store['write'] = async (scope, work) => {
  let applies = false;
  const done = await store.write(scope, async (tx) => {
    const value = await work(tx);
    applies = (await tx.selectFrom('client_baselines').select('client_id').execute()).length > 0;
    if (applies && stage === 'in') die();
    return value;
  });
  if (applies && stage === 'after') die();
  return done;
};
const services = await createServices({
  store: { ...store, write },
  sealer: await openSealer({ keyFile: join(evidence, 'secret.key') }),
  config: {
    origin,
    dataDir: evidence,
    privateHosts: [],
    resolvers: [],
    version: 'test',
    build: 'test',
  },
  clock: () => new Date('2026-11-24T15:00:00Z'),
});
const app = await createApp({ services, webFolder: null });
const answer = await app.inject({
  method: 'POST',
  url: `/api/v1${path}`,
  headers: { cookie, origin, 'content-type': 'application/json' },
  payload: body,
});
writeSync(1, `${answer.statusCode}\n`);
await app.close();
await services.close();
