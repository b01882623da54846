import { createCipheriv, createDecipheriv } from 'node:crypto';
import { StoreProblem } from './engine/problems.ts';

/** Plaintext bytes per chunk; the last one may be shorter, and an empty file has one empty chunk. */
const CHUNK_BYTES = 1024 * 1024;
const TAG = 16;
/** Maximum overhead of a sealed file of `bytes` plaintext bytes. */
export function sealedSize(bytes: number): number {
  return bytes + (Math.floor(bytes / CHUNK_BYTES) + 2) * (4 + TAG);
}

/**
 * Encrypts a file while streaming, with AES-256-GCM in chunks that are bound to their position and to whether they are
 * the last: a chunk that was changed, moved, removed or truncated is detected before anything of it is released.
 *
 * @param key 32 bytes used for this one file only, since the nonce is the chunk's number
 */
export async function* sealStream(
  source: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  place: string,
): AsyncGenerator<Uint8Array> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(Buffer.from(chunk));
    size += chunk.byteLength;
    // One byte more than a chunk, to know whether it is the last.
    while (size > CHUNK_BYTES) {
      const all = Buffer.concat(held);
      yield sealed(all.subarray(0, CHUNK_BYTES), { key, place, number, last: false });
      number += 1;
      held = [all.subarray(CHUNK_BYTES)];
      size = all.length - CHUNK_BYTES;
    }
  }
  yield sealed(Buffer.concat(held), { key, place, number, last: true });
}

/** Decrypts the output of `sealStream`. Throws `damaged` at the first chunk that was changed. */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  place: string,
): AsyncGenerator<Uint8Array> {
  let left: Buffer = Buffer.alloc(0);
  let number = 0;
  let ended = false;
  for await (const chunk of source) {
    left = Buffer.concat([left, chunk]);
    while (!ended && left.length >= 4) {
      const head = left.readUInt32BE(0);
      const last = head >= LAST;
      const length = head % LAST;
      if (length < TAG || length > CHUNK_BYTES + TAG) throw damaged();
      if (left.length < 4 + length) break;
      yield opened(left.subarray(4, 4 + length), { key, place, number, last });
      left = left.subarray(4 + length);
      number += 1;
      ended = last;
    }
    if (ended && left.length > 0) throw damaged();
  }
  if (!ended || left.length > 0) throw damaged();
}

/** The highest bit of a chunk's length marks the last one. */
const LAST = 0x8000_0000;

interface Piece {
  readonly key: Uint8Array;
  readonly place: string;
  readonly number: number;
  readonly last: boolean;
}

function sealed(plain: Uint8Array, piece: Piece): Buffer {
  const cipher = createCipheriv('aes-256-gcm', piece.key, nonceOf(piece.number));
  cipher.setAAD(boundTo(piece));
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length + (piece.last ? LAST : 0));
  return Buffer.concat([head, body]);
}

function opened(body: Buffer, piece: Piece): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', piece.key, nonceOf(piece.number), {
      authTagLength: TAG,
    });
    decipher.setAAD(boundTo(piece));
    decipher.setAuthTag(body.subarray(-TAG));
    return Buffer.concat([decipher.update(body.subarray(0, -TAG)), decipher.final()]);
  } catch (error) {
    throw damaged(error);
  }
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function boundTo({ place, number, last }: Piece): Buffer {
  return Buffer.from(JSON.stringify(['bylaw', 'stream 1', place, number, last]));
}

function damaged(cause?: unknown): StoreProblem {
  return new StoreProblem('damaged', 'A sealed file was changed or cut off. Restore it from a backup.', {
    cause,
  });
}
