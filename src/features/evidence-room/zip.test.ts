import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { NotAsWritten } from '../shared/byte-reader.ts';
import { readZip } from './read-zip.ts';
import { zipTime } from './zip.ts';
import { zipFile } from './zip-file.ts';

const AT = new Date('2026-11-24T15:00:00Z');

async function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-zip-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const zip = await zipFile(join(folder, 'zip'), AT);
  for (const [name, text] of Object.entries(files)) await zip.add(name, [Buffer.from(text)]);
  await zip.end();
  await zip.close();
  return readFile(join(folder, 'zip'));
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 7) yield bytes.subarray(at, at + 7);
}

/** Everything that a verifier compares, as text, or what is wrong if it is not in the form of an evidence room. */
async function read(bytes: Uint8Array): Promise<string> {
  try {
    return JSON.stringify(await readZip(pieces(bytes), () => () => {}));
  } catch (error) {
    if (error instanceof NotAsWritten) return error.message;
    throw error;
  }
}

it('detects a change of any byte, a missing end and anything after the end', async () => {
  const zip = await archive({ 'README.txt': 'Begin here.', 'a/b-1.json': '{}', empty: '' });
  const whole = await read(zip);
  expect(JSON.parse(whole)).toMatchObject({
    files: [
      { name: 'README.txt', bytes: 11, time: zipTime(AT) },
      { name: 'a/b-1.json', bytes: 2 },
      { name: 'empty', bytes: 0 },
    ],
    end: null,
  });
  const missed: number[] = [];
  for (let at = 0; at < zip.length; at += 1)
    for (const bit of [0, 5, 7]) {
      const bytes = Buffer.from(zip);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      if ((await read(bytes)) === whole) missed.push(at);
    }
  expect(missed).toEqual([]);
  for (let length = 0; length < zip.length; length += 1)
    expect(await read(zip.subarray(0, length))).not.toBe(whole);
  expect(await read(Buffer.concat([zip, Buffer.alloc(1)]))).toContain('after the end');
});

it.each(['../up', 'a//b', 'a/../b', '/root', 'a\\b', 'über', 'a/', 'C:x'])(
  'refuses a file that is called %s',
  async (name) => {
    await expect(archive({ [name]: 'x' })).rejects.toThrow('cannot be the name of a file');
  },
);
