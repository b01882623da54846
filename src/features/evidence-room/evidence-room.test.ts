import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { installed } from '../../../tests/support/programs.ts';
import type { FoundFile } from '../audit/index.ts';
import { putPeople } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { ROOM_MANIFEST, ROOM_SIGNATURE } from './manifest.ts';
import { readZip } from './read-zip.ts';
import { verifyRoom } from './verify.ts';
import { zipFile } from './zip-file.ts';

const BYLAW = fileURLToPath(new URL('../../../bin/bylaw.js', import.meta.url));
const NOTHING = { certificate: null, issuers: null, noted: null, kept: [] };

let bylaw: TestConsole;
let client: { id: string; slug: string };
let mara: TestPerson;
let auditor: TestPerson;
let folder: string;
let room: Buffer;
let files: readonly Content[];

interface Content extends FoundFile {
  readonly content: Buffer;
  /** Offset of its content in the archive. */
  readonly at: number;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function contents(bytes: Buffer): Promise<Content[]> {
  const parts = new Map<string, Buffer[]>();
  const read = await readZip(one(bytes), ({ name }) => {
    const kept: Buffer[] = [];
    parts.set(name, kept);
    return (piece) => kept.push(Buffer.from(piece));
  });
  let at = 0;
  return read.files.map((file) => {
    at += 30 + file.name.length;
    const content = { ...file, content: Buffer.concat(parts.get(file.name) ?? []), at };
    at += file.bytes;
    return content;
  });
}

/** A well-formed archive, so that only its content can be wrong. */
async function packed(list: readonly { readonly name: string; readonly content: Buffer }[]): Promise<Buffer> {
  const path = join(folder, `packed-${Math.random()}`);
  const zip = await zipFile(path, TEST_NOW);
  for (const { name, content } of list) await zip.add(name, [content]);
  await zip.end();
  await zip.close();
  return readFile(path);
}

const says = async (bytes: Buffer, more = {}) => {
  const result = await verifyRoom(one(bytes), { ...NOTHING, ...more });
  return result.proved ? 'proved' : result.differs;
};
const text = (name: string) => files.find((file) => file.name === name)?.content.toString() ?? '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-room-'));
  bylaw = await testConsole();
  client = await bylaw.client('Alder Society', { domains: ['alder.example.org'], m365: [] });
  mara = await bylaw.person('client_admin', client.id, 'Mara Ellingsworth');
  auditor = await bylaw.person('auditor', client.id, 'Ada Auditor');
  const { store, verdicts } = bylaw.services;
  await storeFacts({
    store,
    clientId: client.id,
    now: TEST_NOW,
    files: {
      'charter.yaml': `governanceOwner: { name: Mara Ellingsworth, email: ${mara.email} }\nconnectors: []\n`,
    },
  });
  await putPeople(store, client.id, '2026-11-20');
  await verdicts.refresh(client.id);
  await signedReview();
  const opened = await mara.call('POST', at('/incidents'), {
    type: 'agent_action',
    title: 'A page was deleted',
    summary: 'Someone called about it.',
  });
  await mara.call('POST', at(`/incidents/${opened.body.id}/reports`), {});
  await approvedException();
  room = (await auditor.call('POST', at('/evidence-room'), {})).bytes;
  files = await contents(room);
});
afterAll(async () => {
  await bylaw.close();
  await rm(folder, { recursive: true });
});

const at = (path: string) => `/clients/${client.slug}${path}`;

/** An exception of the first failing control, requested by a technician and approved by the client admin. */
async function approvedException(): Promise<void> {
  const technician = await bylaw.person('technician', null, 'Theo Technician');
  const failing = (await mara.call('GET', at('/controls?state=fail'))).body.items;
  const asked = await technician.call('POST', at('/exceptions'), {
    control: failing[0].id,
    items: null,
    reason: 'Until the new directory is here',
    owner: 'Priya Raman',
    until: '2026-12-31',
  });
  expect([asked.status, asked.body.message]).toEqual([201, undefined]);
  expect((await mara.call('POST', at(`/exceptions/${asked.body.id}/approve`), { version: 1 })).status).toBe(
    201,
  );
}

async function signedReview(): Promise<void> {
  let review: Json = (await mara.call('POST', at('/reviews'), { kind: 'monthly' })).body;
  for (const { id } of review.items) {
    const answered = await mara.call('PUT', at(`/reviews/${review.id}/items/${id}`), {
      version: 0,
      answer: id === 'leavers' ? 'flag' : 'not_reviewed',
      note: 'No source is connected yet.',
      owner: id === 'leavers' ? mara.email : null,
      day: id === 'leavers' ? '2026-12-01' : null,
    });
    expect([id, answered.status]).toEqual([id, 200]);
    review = answered.body;
  }
  const signed = await mara.call('POST', at(`/reviews/${review.id}/sign`), {
    version: review.version,
    next: null,
  });
  expect(signed.status).toBe(201);
}

describe('an evidence room', () => {
  test('holds what an auditor asks for, and its pages link only to what is in it', async () => {
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => !name.startsWith('audit/evidence/'))).toEqual([
      'README.txt',
      'index.html',
      'verdicts.json',
      'assessment-results.json',
      'exceptions.json',
      'charters.json',
      'reviews.json',
      'incidents.json',
      'policy.json',
      'time-stamps.json',
      'audit/README.txt',
      'audit/audit.jsonl',
      'audit/manifest.json',
      'audit/manifest.sha256',
      'manifest.json',
      'manifest.p7s',
    ]);
    const linked = [...text('index.html').matchAll(/href="([^"#]+)"/g)].map(([, to]) => to ?? '');
    expect(linked.filter((to) => !names.includes(to))).toEqual([]);
    const [review] = JSON.parse(text('reviews.json'));
    expect(review).toMatchObject({ kind: 'monthly', signed: { by: 'Mara Ellingsworth' } });
    expect(review.minutes.map(({ format }: Json) => format)).toEqual(['pdf', 'html', 'docx']);
    const [incident] = JSON.parse(text('incidents.json'));
    for (const { path, sha256 } of [...review.minutes, ...incident.reports]) {
      expect(linked).toContain(path);
      expect(files.find(({ name }) => name === path)?.sha256).toBe(sha256);
    }
    expect(incident).toMatchObject({ title: 'A page was deleted', state: 'open', drill: false });
    // Who asked, who approved, and until when.
    expect(JSON.parse(text('exceptions.json'))).toMatchObject([
      {
        reason: 'Until the new directory is here',
        until: '2026-12-31',
        requested: { by: 'Theo Technician' },
        decided: { by: 'Mara Ellingsworth', samePerson: false },
      },
    ]);
    expect(text('index.html')).toMatch(
      /Requested by Theo Technician on [^.]+\. Approved by Mara Ellingsworth on/,
    );
    expect(JSON.parse(text('charters.json'))).toMatchObject([{ version: 1 }]);
    const verdicts: Json[] = JSON.parse(text('verdicts.json'));
    expect(verdicts).toHaveLength(bylaw.services.catalogue.controls.length);
    const cited = verdicts.flatMap(({ evidence }) => evidence).filter(({ kept }) => kept !== null);
    expect(cited.length).toBeGreaterThan(0);
    expect(JSON.parse(text('assessment-results.json'))['assessment-results'].results).toHaveLength(1);
  });

  test('is proved, names who made it, and is on the record with its certificate', async () => {
    const result = await verifyRoom(one(room), NOTHING);
    if (!result.proved) throw new Error(result.differs);
    expect(result.manifest).toMatchObject({ client: { id: client.id }, takenBy: 'Ada Auditor' });
    const { body } = await auditor.call('GET', at('/evidence-room'));
    expect(body).toMatchObject({
      reviews: 1,
      incidents: 1,
      charters: 1,
      certificate: result.manifest.certificate,
      last: { by: 'Ada Auditor', certificate: result.manifest.certificate },
      may: true,
    });
    expect(await says(room, { certificate: result.manifest.certificate })).toBe('proved');
    expect(await says(room, { certificate: 'a'.repeat(64) })).toContain('Another certificate signed it');
    const hr = await bylaw.person('hr', client.id);
    expect((await hr.call('POST', at('/evidence-room'), {})).status).toBe(403);
  });

  test('fails when a byte of any file is changed, whether or not its checksum is made to fit', async () => {
    for (const { name, content, at: begin } of files) {
      const changed = Buffer.from(room);
      changed[begin] = (changed[begin] ?? 0) ^ 1;
      expect([name, await says(changed)]).not.toEqual([name, 'proved']);
      const other = Buffer.from(content);
      const place = content.length >> 1;
      other[place] = (other[place] ?? 0) ^ 1;
      const found = await says(
        await packed(files.map((file) => (file.name === name ? { name, content: other } : file))),
      );
      expect([name, found]).not.toEqual([name, 'proved']);
      if (name !== ROOM_MANIFEST && name !== ROOM_SIGNATURE) expect(found).toContain(name);
    }
  });

  test('fails wherever its signature is changed, and when something follows it', async () => {
    const signature = files.at(-1)?.content ?? Buffer.alloc(0);
    const rest = files.slice(0, -1);
    const missed: number[] = [];
    for (let place = 0; place < signature.length; place += 61) {
      const other = Buffer.from(signature);
      other[place] = (other[place] ?? 0) ^ 0x10;
      if ((await says(await packed([...rest, { name: ROOM_SIGNATURE, content: other }]))) === 'proved')
        missed.push(place);
    }
    expect(missed).toEqual([]);
    const longer = Buffer.concat([signature, Buffer.alloc(1)]);
    expect(await says(await packed([...rest, { name: ROOM_SIGNATURE, content: longer }]))).toContain(
      'one of the two was changed',
    );
  });

  test('says which file was added, taken out, renamed or moved', async () => {
    expect(await says(await packed(files))).toBe('proved');
    for (const [at, file] of files.entries()) {
      const without = files.toSpliced(at, 1);
      expect([file.name, await says(await packed(without))]).not.toEqual([file.name, 'proved']);
      const renamed = files.with(at, { ...file, name: `${file.name}x` });
      expect([file.name, await says(await packed(renamed))]).not.toEqual([file.name, 'proved']);
      if (at >= files.length - 2) continue;
      expect(await says(await packed(without))).toBe(`${file.name} is missing.`);
      expect(await says(await packed(renamed))).toBe(
        `${file.name} was renamed: it is here as ${file.name}x.`,
      );
    }
    for (const at of [0, 3, files.length - 2]) {
      const more = files.toSpliced(at, 0, { name: 'more.txt', content: Buffer.from('x') } as Content);
      expect(await says(await packed(more))).toBe('more.txt was added: the manifest does not list it.');
    }
  });

  test('is proved by the command on a machine that has neither server nor data', async () => {
    await writeFile(join(folder, 'room.zip'), room);
    const verify = (...args: string[]) =>
      spawnSync(process.execPath, [BYLAW, 'audit', 'verify', ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
    const { certificate } = JSON.parse(text(ROOM_MANIFEST));
    const whole = verify('room.zip', '--certificate', certificate);
    expect(whole.stdout).toContain(
      `Proved: evidence room of Alder Society (${client.id}), ${files.length} files`,
    );
    expect(whole.stdout).toContain('It was signed with the certificate that you named.');
    expect(whole.stdout).toMatch(/Proved: \d+ audit records of Alder Society/u);
    expect(whole.status).toBe(0);
    const changed = Buffer.from(room);
    changed[changed.indexOf('Mara', changed.indexOf('"record":'))] = 'B'.charCodeAt(0);
    await writeFile(join(folder, 'changed.zip'), changed);
    const broken = verify('changed.zip');
    expect(broken.stdout).toMatch(
      /^NOT PROVED\. In the folder audit: audit\.jsonl, line \d+: record \d+ was changed/u,
    );
    expect(broken.status).toBe(1);
  });

  test.skipIf(!installed('openssl'))('is proved without Bylaw as its README says, by openssl', async () => {
    for (const name of [ROOM_MANIFEST, ROOM_SIGNATURE])
      await writeFile(join(folder, name), files.find((file) => file.name === name)?.content ?? '');
    const line = /openssl (cms .*)$/mu.exec(text('README.txt'))?.[1] ?? '';
    const result = spawnSync('openssl', line.split(' '), { cwd: folder, encoding: 'utf8' });
    expect([result.status, result.stderr]).toEqual([0, expect.stringContaining('successful')]);
  });
});
