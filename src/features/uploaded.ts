import type { Readable } from 'node:stream';
import { tooLarge as refuse } from './problems.ts';

/** The bytes of an upload that is small enough to be held. `tooLarge` is the sentence for one that is not. */
export async function bodyOf(body: Readable | null, maxBytes: number, tooLarge: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    const chunk = Buffer.from(part as Uint8Array);
    bytes += chunk.length;
    if (bytes > maxBytes) throw refuse(tooLarge);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
