import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openStream, sealedSize, sealStream } from './sealed-stream.ts';

const key = randomBytes(32);
const MB = 1024 * 1024;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
const sealed = (plain: Uint8Array, size = 70_000) => all(sealStream(inPieces(plain, size), key, 'here'));
const opened = (bytes: Uint8Array, place = 'here', by: Uint8Array = key, size = 90_000) =>
  all(openStream(inPieces(bytes, size), by, place));

it.each([0, 1, MB - 1, MB, MB + 1, 3 * MB, 3 * MB + 5])('gives %i bytes back as they were', async (bytes) => {
  const plain = randomBytes(bytes);
  const locked = await sealed(plain);
  expect(locked.length).toBeLessThanOrEqual(sealedSize(bytes));
  if (bytes > 16) expect(locked.includes(plain.subarray(0, 16))).toBe(false);
  expect((await opened(locked)).equals(plain)).toBe(true);
  expect((await opened(locked, 'here', key, 7_777_777)).equals(plain)).toBe(true);
});

it('opens nothing that was changed, cut, joined, moved or is of another key or place', async () => {
  const locked = await sealed(randomBytes(2 * MB + 10));
  const piece = 4 + MB + 16;
  const flip = (at: number) => {
    const copy = Buffer.from(locked);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const [first, second, last] = [
    locked.subarray(0, piece),
    locked.subarray(piece, 2 * piece),
    locked.subarray(2 * piece),
  ];
  for (const wrong of [
    flip(0),
    flip(3),
    flip(100),
    flip(locked.length - 1),
    Buffer.alloc(0),
    locked.subarray(0, 2 * piece),
    locked.subarray(0, -1),
    Buffer.concat([locked, last]),
    Buffer.concat([second, first, last]),
    Buffer.concat([first, last]),
  ])
    await expect(opened(wrong)).rejects.toMatchObject({ code: 'damaged' });
  await expect(opened(locked, 'there')).rejects.toMatchObject({ code: 'damaged' });
  await expect(opened(locked, 'here', randomBytes(32))).rejects.toMatchObject({ code: 'damaged' });
});
