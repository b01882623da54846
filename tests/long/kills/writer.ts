/*
 * A process that will be killed. It opens the store in the given directory, checks what earlier processes left, reports
 * the result, and then makes changes of several clients concurrently until it is killed. Lines of its output:
 *   broken <why>   the store contradicts itself
 *   whole <n>      the store is consistent and has n changes
 *   done <id>      the store confirmed this change
 * Arguments: data directory, database URL or "-", file with the ids of confirmed changes, seed.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobs } from '#store/blobs.ts';
import { openStore } from '#store/open.ts';
import { change, prepare } from './changes.ts';
import { faults } from './faults.ts';
import { seeded } from './seeded.ts';

const [dataDir = '', databaseUrl = '-', acknowledged = '', seed = '1'] = process.argv.slice(2);
/** Written synchronously, so that no output is lost with the process. */
const say = (line: string) => writeSync(1, `${line}\n`);

const store = await openStore({ dataDir, databaseUrl: databaseUrl === '-' ? null : databaseUrl });
const blobs = await openBlobs(join(dataDir, 'evidence'));
await prepare(store);
const reported = readFileSync(acknowledged, 'utf8').split('\n').filter(Boolean);
const { changes, found } = await faults(store, blobs, reported);
for (const fault of found) say(`broken ${fault}`);
if (found.length === 0) say(`whole ${changes}`);

const random = seeded(Number(seed));
/** Concurrent writers, also on the same client. */
const WRITERS = 4;
await Promise.all(
  Array.from({ length: WRITERS }, async () => {
    while (true) say(`done ${await change(store, blobs, random)}`);
  }),
);
