import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { containerOf } from '../support/container.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

const LIMIT = 240_000;
const FILE_BYTES = 110_000_000;
const CONTAINER_MB = 512;

const named = z.object({ client: z.string() });
const identified = z.object({ id: z.string() });
const shown = z.object({ state: z.string() });

/** Texts of one activity each: as the feed has it, and with what fills memory by a few values. */
const SHAPES = { 'of many values': '', 'of long texts': 'a'.repeat(1_000_000) } as const;
type Shape = keyof typeof SHAPES;
const SHAPE_NAMES: readonly Shape[] = ['of many values', 'of long texts'];

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

/** What the kernel ends beyond these megabytes, where this process may make such a container. */
describe(`in a container of ${CONTAINER_MB} MB`, () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  }, LIMIT);
  const container = process.platform === 'linux' ? containerOf(CONTAINER_MB) : null;

  it.runIf(container !== null)(
    `two JSON files of 110 MB at once, ${SHAPE_NAMES.join(' and ')}, end no server and are each decided`,
    { timeout: LIMIT },
    async () => {
      if (container === null) return;
      opened.push(() => container.remove());
      const folder = await mkdtemp(join(tmpdir(), 'bylaw-large-json-'));
      opened.push(() => rm(folder, { recursive: true, force: true }));
      const server = await started({ BYLAW_DATA: join(folder, 'data') }, undefined, container.within);
      opened.push(() => server.stop());
      const olive = new Visitor();
      await olive.signUp(server);
      const imports = await Promise.all(
        SHAPE_NAMES.map(async (shape, at) => added(server, olive, `Client ${at}`, await made(folder, shape))),
      );
      await Promise.all(imports.map((path) => olive.ask(server, z.unknown(), 'POST', `${path}/read`, {})));
      for (const path of imports) {
        const state = async () => (await olive.get(server, shown, path)).state;
        await expect.poll(state, { timeout: LIMIT, interval: 500 }).not.toBe('reading');
        // Read, or refused with a sentence about this file: never an import that just failed.
        expect(await state()).toBe('preview');
      }
      expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    },
  );
});

async function made(folder: string, shape: Shape): Promise<string> {
  const path = join(folder, `${shape}.json`);
  const file = await open(path, 'w');
  await write(file, SHAPES[shape]);
  await file.close();
  return path;
}

/** A client with an import to which the file was added; the import's path. */
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
