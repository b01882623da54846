import type { Readable } from 'node:stream';
import { aTurn } from '../shared/turn.ts';

/** The announced length, so that an oversized upload is refused before it is sent; null: not reported. */
export function statedLength(body: AsyncIterable<Uint8Array> | Readable): number | null {
  const headers = 'headers' in body && typeof body.headers === 'object' ? body.headers : null;
  const stated =
    headers !== null && 'content-length' in headers ? Number(headers['content-length']) : Number.NaN;
  return Number.isSafeInteger(stated) && stated >= 0 ? stated : null;
}

/** true: the sender disconnected before the file was complete. */
export function isDisconnect(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET');
}

const CHUNK_BYTES = 256 * 1024;

/** Yields a buffer chunk by chunk, so that hashing and writing it never block for long. */
export async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    yield bytes.subarray(from, from + CHUNK_BYTES);
    await aTurn();
  }
}
