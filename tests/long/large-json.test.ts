import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { containerOf } from '../support/container.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

const FILE_BYTES = 110_000_000;
/** The documented minimum and recommended sizes of a server's container, in MB. */
const CONTAINERS_MB = [512, 1_000];
/** Container size from which a file of long strings can be read; millions of values take more memory. */
const AMPLE_MB = 1_000;

const named = z.object({ client: z.string() });
const identified = z.object({ id: z.string() });
const shown = z.object({ state: z.string(), problem: z.string().nullish() });
const previewed = z.object({
  files: z.array(z.object({ outcome: z.string(), says: z.string().nullable() })),
});

/** Padding of one activity: none, as in the feed, or a long string, which fills memory with few values. */
const SHAPES = { 'of many values': '', 'of long texts': 'a'.repeat(1_000_000) } as const;
type Shape = keyof typeof SHAPES;
const PAIRS: readonly (readonly [Shape, Shape])[] = [
  ['of many values', 'of long texts'],
  ['of long texts', 'of long texts'],
];

async function write(file: FileHandle, note: string): Promise<void> {
  await file.write('{"data":[');
  let part: string[] = [];
  let size = 0;
  for (let at = 0, bytes = 0; bytes < FILE_BYTES; at += 1) {
    const activity = JSON.stringify({
      id: `activity_${at}`,
      created_at: new Date(Date.UTC(2026, 10, 20) - at * 1_000).toISOString(),
      organization_id: null,
      actor: { type: 'user_actor', email_address: `ann${at % 300}@alder.example.org`, user_id: 'user_1' },
      type: 'claude_chat_created',
      ...(note === '' ? {} : { note }),
    });
    part.push(activity);
    bytes += activity.length;
    size += activity.length;
    if (size < 1_000_000) continue;
    await file.write(`${part.join(',')},`);
    part = [];
    size = 0;
  }
  await file.write(`${part.join(',') || '{}'}],"has_more":false,"first_id":null,"last_id":null}`);
}

/** Building the console takes more memory than a small container has. */
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-large-json-'));
  await (await started({ BYLAW_DATA: join(folder, 'data') })).stop();
  await rm(folder, { recursive: true, force: true });
});

/** The kernel kills a server that exceeds its container. Skipped if this process may not create containers. */
describe.each(CONTAINERS_MB)('in a container of %d MB', (megabytes) => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });
  const container = process.platform === 'linux' ? containerOf(megabytes) : null;

  afterAll(() => container?.remove());

  it.runIf(container !== null).each(PAIRS)(
    'two JSON files of 110 MB at once, %s and %s, end no server and are each decided',
    async (...shapes) => {
      const folder = await mkdtemp(join(tmpdir(), 'bylaw-large-json-'));
      opened.push(() => rm(folder, { recursive: true, force: true }));
      const server = await started({ BYLAW_DATA: join(folder, 'data') }, undefined, container?.within);
      opened.push(() => server.stop());
      const olive = new Visitor();
      await olive.signUp(server);
      const imports = await Promise.all(
        shapes.map(async (shape, at) => added(server, olive, `Client ${at}`, await made(folder, shape, at))),
      );
      await Promise.all(imports.map((path) => olive.ask(server, z.unknown(), 'POST', `${path}/read`, {})));
      for (const [at, path] of imports.entries()) {
        // The import reaches its preview even in a small container, which may refuse the file with the reason.
        expect(await afterReading(server, olive, path)).toMatchObject({ state: 'preview' });
        const { files } = await olive.get(server, previewed, `${path}/preview`);
        if (megabytes >= AMPLE_MB && shapes[at] === 'of long texts')
          expect(files).toMatchObject([{ outcome: 'taken' }]);
        else for (const { outcome, says } of files) expect(outcome === 'taken' || says).toBeTruthy();
      }
      expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    },
  );
});

/**
 * Waits until the import has been read and returns it, with the reason if it failed. Throws immediately if the server
 * is down.
 */
async function afterReading(server: Server, olive: Visitor, path: string): Promise<z.infer<typeof shown>> {
  for (;;) {
    const found = await olive.get(server, shown, path);
    if (found.state !== 'reading') return found;
    await wait(500);
  }
}

async function made(folder: string, shape: Shape, at: number): Promise<string> {
  const path = join(folder, `${at}.json`);
  const file = await open(path, 'w');
  await write(file, SHAPES[shape]);
  await file.close();
  return path;
}

/** Creates a client and an import with the file, and returns the import's path. */
async function added(server: Server, olive: Visitor, name: string, file: string): Promise<string> {
  const { client } = await olive.ask(server, named, 'POST', '/clients', {
    name,
    domains: [`${name.toLowerCase().replace(' ', '')}.example.org`],
    claudePlan: 'enterprise',
  });
  const { id } = await olive.ask(server, identified, 'POST', `/clients/${client}/imports`, {});
  const path = `/clients/${client}/imports/${id}`;
  const answer = await fetch(`${server.origin}/api/v1${path}/files?name=activities.json`, {
    method: 'PUT',
    headers: { origin: server.origin, cookie: olive.cookie, 'content-type': 'application/octet-stream' },
    body: ReadableStream.from(createReadStream(file)),
    duplex: 'half',
  } as RequestInit);
  expect(answer.status).toBe(200);
  return path;
}
