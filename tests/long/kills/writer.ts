/*
 * A process that is going to be killed. It opens the store of the directory given, checks what earlier processes left,
 * says so, and then makes changes of several clients at once until it dies. Lines on its output:
 *   broken <why>   what it found contradicts itself
 *   whole <n>      all that it found holds; n changes are there
 *   done <id>      the store said that this change is stored
 * Arguments: data directory, database address or "-", file with the ids that were said to be done, seed.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobs } from '#store/blobs.ts';
import { openStore } from '#store/open.ts';
import { change, prepare } from './changes.ts';
import { faults } from './faults.ts';
import { seeded } from './seeded.ts';

const [dataDir = '', databaseUrl = '-', acknowledged = '', seed = '1'] = process.argv.slice(2);
/** Written at once: nothing said may be lost with the process. */
const say = (line: string) => writeSync(1, `${line}\n`);

const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const blobs = await openBlobs(join(dataDir, 'evidence'));
await prepare(store);
const reported = readFileSync(acknowledged, 'utf8').split('\n').filter(Boolean);
const { changes, found } = await faults(store, blobs, reported);
for (const fault of found) say(`broken ${fault}`);
if (found.length === 0) say(`whole ${changes}`);

const random = seeded(Number(seed));
/** Several at once, also of one client. */
const WRITERS = 4;
await Promise.all(
  Array.from({ length: WRITERS }, async () => {
    while (true) say(`done ${await change(store, blobs, random)}`);
  }),
);
