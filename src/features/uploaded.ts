import type { Readable } from 'node:stream';
import { tooLarge as refuse } from './problems.ts';

/** Reads an upload into memory. `tooLarge` is the sentence to refuse one that exceeds the limit. */
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
