import { createHash } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Blobs, openBlobs } from './blobs.ts';
import { newDirectory } from './testing.ts';

const LIMITS = { maxBytes: 1_000_000 };
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const of = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

let directory: string;
let blobs: Blobs;
beforeEach(async () => {
  directory = await newDirectory();
  blobs = await openBlobs(directory);
});
const pathOf = (sha256: string) => join(directory, sha256.slice(0, 2), sha256.slice(2));
const names = async () => {
  const all: string[] = [];
  for await (const sha256 of blobs.list()) all.push(sha256);
  return all;
};
const unfinished = () => readdir(join(directory, 'incoming'));

describe('evidence files', () => {
  it('come back as they went in, under the digest of their content, once', async () => {
    const stored = await blobs.put(of('hello ', 'world'), LIMITS);
    expect(stored).toEqual({ sha256: sha('hello world'), bytes: 11 });
    expect(await blobs.put(of('hello world'), LIMITS)).toEqual(stored);
    expect(await names()).toEqual([stored.sha256]);
    expect(Buffer.from(await blobs.read(stored.sha256)).toString()).toBe('hello world');
    expect((await blobs.open(stored.sha256)).bytes).toBe(11);
    expect(await readFile(pathOf(stored.sha256), 'utf8')).toBe('hello world');
    expect(await unfinished()).toEqual([]);
  });

  it('may be empty', async () => {
    const { sha256 } = await blobs.put(of(), LIMITS);
    expect(await blobs.read(sha256)).toHaveLength(0);
    expect(await blobs.verify(sha256)).toBe('whole');
  });

  it('leave nothing when the source fails, is aborted, or is too large', async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('part');
        throw new Error('connection lost');
      })(),
    );
    await expect(blobs.put(failing, LIMITS)).rejects.toThrow('connection lost');
    const abort = new AbortController();
    const slow = (async function* () {
      yield Buffer.from('part');
      abort.abort();
      yield Buffer.from('more');
    })();
    await expect(blobs.put(slow, { ...LIMITS, signal: abort.signal })).rejects.toThrow(/abort/);
    await expect(blobs.put(of('12345', '67890'), { maxBytes: 9 })).rejects.toMatchObject({
      code: 'too_large',
    });
    expect(await unfinished()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it('are refused on a full disk, whose files can still be read', async () => {
    const { sha256 } = await blobs.put(of('before'), LIMITS);
    const full = await openBlobs(directory, { freeBytes: async () => 1_000_000 });
    await expect(full.put(of('after'), LIMITS)).rejects.toMatchObject({ code: 'full', retryable: true });
    expect(await full.verify(sha256)).toBe('whole');
    expect(await unfinished()).toEqual([]);
    expect(await names()).toEqual([sha256]);
  });

  it('are found out when they are changed, cut short or gone, and mended by storing them again', async () => {
    const { sha256 } = await blobs.put(of('evidence'), LIMITS);
    await writeFile(pathOf(sha256), 'evidencf');
    expect(await blobs.verify(sha256)).toBe('damaged');
    await expect(blobs.read(sha256)).rejects.toMatchObject({ code: 'damaged' });
    await truncate(pathOf(sha256), 3);
    const { stream } = await blobs.open(sha256);
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toMatchObject({ code: 'damaged' });
    await blobs.put(of('evidence'), LIMITS);
    expect(await blobs.verify(sha256)).toBe('whole');
    const gone = sha('never stored');
    expect(await blobs.has(gone)).toBe(false);
    expect(await blobs.verify(gone)).toBe('missing');
    await expect(blobs.read(gone)).rejects.toMatchObject({ code: 'missing' });
  });

  it('cannot be asked for by anything but a digest', async () => {
    for (const name of ['../../etc/passwd', '', 'AB'.repeat(32), `${'ab'.repeat(31)}/x`]) {
      await expect(blobs.open(name)).rejects.toMatchObject({ code: 'missing' });
      expect(await blobs.has(name)).toBe(false);
    }
  });

  it('that a killed process left half are cleared at the next start', async () => {
    await writeFile(join(directory, 'incoming', 'left'), 'half');
    await openBlobs(directory);
    expect(await unfinished()).toEqual([]);
  });

  it('that nothing refers to are removed, but none that came within the last day', async () => {
    const kept = await blobs.put(of('kept'), LIMITS);
    const dropped = await blobs.put(of('dropped'), LIMITS);
    const known = () => Readable.from([kept.sha256]);
    expect(await blobs.sweep(known())).toEqual({ files: 0, bytes: 0 });
    const later = await openBlobs(directory, { now: () => Date.now() + 25 * 3_600_000 });
    expect(await later.sweep(known())).toEqual({ files: 1, bytes: dropped.bytes });
    expect(await names()).toEqual([kept.sha256]);
  });
});
// Guide: G1.2-08
