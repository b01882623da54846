import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit, headOf } from '#store/audit.ts';
import type { Blobs } from '#store/blobs.ts';
import type { Source } from '../source.ts';
import { CLIENT, exported as exportOf, NOW, type Sample, sample, sourceOf } from '../testing/sample.ts';
import { manifestHashText, manifestText, recordLine } from './manifest.ts';
import { BLOCK, END, padding, tarHeader } from './tar.ts';
import { verifyExport } from './verify.ts';
import { type ExportInput, exportChain } from './write.ts';

let folder: string;
let made: Sample;
const exported = (input: Partial<ExportInput> = {}, from = sourceOf(made)) => exportOf(made, input, from);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bylaw-export-'));
  made = await sample(folder);
});
afterAll(async () => {
  await made.store.close();
  await rm(folder, { recursive: true });
});

const verify = (bytes: Uint8Array, noted: string | null = null) => verifyExport(pieces(bytes), noted);

/** As a file is read: in pieces that end anywhere. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 5_000) yield bytes.subarray(at, at + 5_000);
}

/** The archive as names and contents. */
function files(tar: Buffer): { name: string; content: Buffer }[] {
  const list: { name: string; content: Buffer }[] = [];
  for (let at = 0; tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).split('\0')[0] ?? '';
    const bytes = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    list.push({ name, content: tar.subarray(at + BLOCK, at + BLOCK + bytes) });
    at += BLOCK + bytes + padding(bytes).length;
  }
  return list;
}

const TIME = NOW.getTime() / 1000;

/** Writes an archive in the proper form, so that only what it holds can be wrong. */
function archive(list: readonly { name: string; content: Uint8Array }[]): Buffer {
  return Buffer.concat([
    ...list.flatMap(({ name, content }) => [
      tarHeader({ name, bytes: content.byteLength, time: TIME }),
      content,
      padding(content.byteLength),
    ]),
    END,
  ]);
}

/** The archive with the records changed and a manifest that was made to fit them, as a forger would. */
function forged(tar: Buffer, change: (lines: string[]) => string[]): Buffer {
  const list = files(tar).map((file) => {
    if (file.name !== 'audit.jsonl') return file;
    const lines = change(file.content.toString().trimEnd().split('\n'));
    return { ...file, content: Buffer.from(lines.map((line) => `${line}\n`).join('')) };
  });
  const manifest = JSON.parse(list.at(-2)?.content.toString() ?? '');
  const records = list[1]?.content ?? Buffer.alloc(0);
  manifest.files[1] = { name: 'audit.jsonl', bytes: records.byteLength, sha256: sha256(records) };
  const lines = records.toString().trimEnd().split('\n');
  const last = JSON.parse(lines.at(-1) ?? '');
  manifest.records.count = lines.length;
  manifest.records.last = { seq: last.record.seq, at: last.record.at, hash: last.hash };
  manifest.head = { seq: last.record.seq, hash: last.hash };
  const text = Buffer.from(manifestText(manifest));
  return archive([
    ...list.slice(0, -2),
    { name: 'manifest.json', content: text },
    { name: 'manifest.sha256', content: Buffer.from(manifestHashText(sha256(text))) },
  ]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('an export of the audit chain', () => {
  it('holds assessment results where they are asked for, and fails when a byte of any file is changed', async () => {
    const tar = await exported({ assessment: '{"assessment-results": {}}\n' });
    expect(files(tar)[2]?.name).toBe('assessment-results.json');
    expect((await verify(tar)).proved).toBe(true);
    for (const { name, content } of files(tar)) {
      const changed = Buffer.from(tar);
      const place = tar.indexOf(content);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect([name, (await verify(changed)).proved]).toEqual([name, false]);
    }
  });

  it('holds the records, the evidence and a manifest, and is proved', async () => {
    const tar = await exported();
    expect(files(tar).map(({ name }) => name)).toEqual([
      'README.txt',
      'audit.jsonl',
      ...made.evidence.toSorted().map((address) => `evidence/${address}.csv`),
      'manifest.json',
      'manifest.sha256',
    ]);
    const result = await verify(tar);
    if (!result.proved) throw new Error(result.differs);
    const head = await made.store.read([CLIENT.id], (tx) => headOf(tx, CLIENT.id));
    expect(result.manifest).toMatchObject({
      client: CLIENT,
      takenBy: 'Rowan Quill',
      records: { count: 3, first: { seq: 1 }, last: { seq: 3, hash: head.hash } },
      head,
    });
    const record = JSON.parse(files(tar)[1]?.content.toString().split('\n')[1] ?? '');
    expect(record.record).toMatchObject({ seq: 2, action: 'imports.store', after: { rows: 1 } });
  });

  it('can leave the evidence out and then only lists it', async () => {
    const tar = await exported({ evidence: 'without' });
    const result = await verify(tar);
    if (!result.proved) throw new Error(result.differs);
    expect(result.manifest.evidence.map(({ sha256, state }) => [sha256, state])).toEqual(
      made.evidence.toSorted().map((address) => [address, 'left_out']),
    );
    expect(files(tar)).toHaveLength(4);
  });

  it('can hold a range of days, joined to what came before', async () => {
    const tar = await exported({ from: '2026-11-21', to: '2026-11-21' });
    const result = await verify(tar);
    if (!result.proved) throw new Error(result.differs);
    expect(result.manifest.records).toMatchObject({ count: 1, first: { seq: 2 }, last: { seq: 2 } });
    expect(result.manifest.evidence.map(({ sha256 }) => sha256)).toEqual([made.evidence[1]]);
    const [before] =
      files(await exported())[1]
        ?.content.toString()
        .split('\n') ?? [];
    expect(result.manifest.records.first.prev).toBe(JSON.parse(before ?? '').hash);
    await expect(exported({ from: '2027-01-01' })).rejects.toThrow('Nothing was recorded in these days');
  });

  it('takes the workspace’s own chain, which has no evidence', async () => {
    await made.store.write('system', (tx) =>
      appendAudit(tx, {
        chain: 'workspace',
        actor: { kind: 'system', id: null, name: 'Not signed in' },
        action: 'start.owner',
        subject: { kind: 'user', id: 'u1' },
        at: NOW,
      }),
    );
    const read: Source['read'] = (work) => made.store.read('system', work);
    const from = sourceOf(made, { chain: 'workspace', name: null, client: null, zone: 'UTC', read });
    const result = await verify(await exported({}, from));
    expect(result).toMatchObject({
      proved: true,
      manifest: { chain: 'workspace', client: null, evidence: [] },
    });
  });

  it('says when the server no longer has evidence as it was', async () => {
    const [address = ''] = made.evidence;
    const damaged: Blobs = {
      ...made.blobs,
      verify: async (one) => (one === address ? 'damaged' : made.blobs.verify(one)),
    };
    const { bytes } = await exportChain(sourceOf(made), damaged, { evidence: 'with' });
    const result = await verify(Buffer.from(await new Response(bytes).arrayBuffer()));
    expect(result).toMatchObject({
      proved: false,
      differs: expect.stringContaining('no longer on the server as it'),
    });
  });
});

/**
 * `npm run test:long` changes each byte of an export. One in seven is enough to reach each part of it, and every field
 * of a header: blocks are one byte longer than so many sevens, so that each header is met at another place.
 */
const STEP = process.env.BYLAW_TEST === 'long' ? 1 : 7;

describe('a changed export', () => {
  it('is detected, whichever byte of it was changed', async () => {
    const tar = await exported();
    expect((await verify(tar)).proved).toBe(true);
    const missed: number[] = [];
    for (let at = 0; at < tar.length; at += STEP) {
      const bytes = Buffer.from(tar);
      // Another bit each time, so that all of them come up.
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      if ((await verify(bytes)).proved) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  it('is detected wherever it is cut off, and when something follows', async () => {
    const tar = await exported();
    const missed: number[] = [];
    for (let length = 0; length < tar.length; length += length % BLOCK === 0 ? 1 : 73) {
      if ((await verify(tar.subarray(0, length))).proved) missed.push(length);
    }
    expect(missed).toEqual([]);
    for (const more of [Buffer.from('x'), Buffer.alloc(1), END, tar])
      expect((await verify(Buffer.concat([tar, more]))).proved).toBe(false);
  });

  it('is detected when files were added, removed, duplicated or moved', async () => {
    const list = files(await exported());
    expect((await verify(archive(list))).proved).toBe(true);
    for (let at = 0; at < list.length; at += 1) {
      const rest = list.toSpliced(at, 1);
      const file = list[at];
      if (file === undefined) throw new Error('no file');
      expect((await verify(archive(rest))).proved).toBe(false);
      expect(
        (await verify(archive(list.toSpliced(at, 0, { name: 'more.txt', content: Buffer.from('x') }))))
          .proved,
      ).toBe(false);
      expect((await verify(archive(list.toSpliced(at, 0, file)))).proved).toBe(false);
      if (at > 0) expect((await verify(archive(rest.toSpliced(at - 1, 0, file)))).proved).toBe(false);
    }
  });

  it('is detected by the chain even if the manifest was made to fit', async () => {
    const tar = await exported();
    const said = async (change: (lines: string[]) => string[]) => {
      const result = await verify(forged(tar, change));
      return result.proved ? 'proved' : result.differs;
    };
    const edit = (line: string | undefined) => (line ?? '').replace('Rowan', 'Robin');
    expect(await said((lines) => lines)).toBe('proved');
    expect(await said(([one = '', two, three = '']) => [one, edit(two), three])).toBe(
      'audit.jsonl, line 2: record 2 was changed: its text does not give the hash beside it.',
    );
    expect(await said(([one = '', , three = '']) => [one, three])).toBe(
      'audit.jsonl, line 2: record 3 comes after a gap: the record before it is missing.',
    );
    expect(await said(([one = '', two = '', three = '']) => [one, three, two])).toMatch(
      /line 2: record 3 comes after a gap/,
    );
    expect(await said(([one = '', two = '', three = '']) => [one, two, two, three])).toMatch(
      /line 3: record 2 is where record 3 belongs/,
    );
    expect(await said(([, two = '', three = '']) => [two, three])).toMatch(
      /lists|before the first one are missing/,
    );
    // Someone who computes the hash again cannot mend the record that follows.
    expect(
      await said(([one = '', two = '', three = '']) => {
        const { prev, record } = JSON.parse(edit(two));
        const body = JSON.stringify(record);
        return [
          one,
          recordLine({ prev, hash: sha256(Buffer.from(`${prev}\n${body}`)), body }).trimEnd(),
          three,
        ];
      }),
    ).toBe(
      'audit.jsonl, line 3: record 3 does not follow record 2: the hash that it gives for it is different.',
    );
  });

  it('that lost its last records is detected only by a hash noted elsewhere', async () => {
    const tar = await exported();
    const head = await made.store.read([CLIENT.id], (tx) => headOf(tx, CLIENT.id));
    const cut = forged(tar, (lines) => lines.slice(0, 2));
    expect((await verify(cut)).proved).toBe(true);
    expect(await verify(cut, head.hash)).toMatchObject({
      proved: false,
      differs: expect.stringContaining(`No record of this export has the hash ${head.hash}`),
    });
    expect(await verify(tar, head.hash)).toMatchObject({ proved: true, noted: 3 });
    const whole = await verify(tar);
    const first = whole.proved ? whole.manifest.records.first.prev : '';
    expect(await verify(tar, first)).toMatchObject({ proved: true, noted: 0 });
  });
});
