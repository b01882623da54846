/*
 * A process that starts to read an import of a client and never finishes. Prints `reading` and the import's id once the
 * import has the state `reading`.
 *
 * Arguments: database URL, folder for files, client id.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { addFile } from '#features/imports/add-file.ts';
import { programmatic } from '#features/imports/context.ts';
import { readImport } from '#features/imports/read.ts';
import { startImport } from '#features/imports/start.ts';
import { openStore } from '#store/open.ts';
import { openSealer } from '#store/seal.ts';
import { createServices } from '../../../src/server/services.ts';

const [databaseUrl = '', dataDir = '', clientId = ''] = process.argv.slice(2);
const store = await openStore({ dataDir, databaseUrl });
const made = await createServices({
  store,
  sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
  config: {
    origin: 'http://127.0.0.1:7700',
    dataDir,
    privateHosts: [],
    resolvers: [],
    vendorUrls: { anthropic: 'http://127.0.0.1:9' },
    version: 'test',
    build: 'test',
  },
});
// The file's bytes never arrive, as from a hanging disk.
const services = { ...made, blobs: { ...made.blobs, open: () => new Promise<never>(() => {}) } };
const context = await programmatic(services, {
  clientId,
  actor: { kind: 'user', userId: randomUUID(), name: 'Dana' },
});
const id = await startImport(context);
const bytes = new TextEncoder().encode('Name,Email\nA,a@alder.example.org\n');
await addFile(context, { import: id, name: 'members.csv' }, Readable.from([bytes]));
await readImport(context, id);
console.log(`reading ${id}`);
setInterval(() => {}, 1_000);
