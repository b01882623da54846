import type { Readable } from 'node:stream';
import { LOGO_BYTES, logoMime } from '../assess/logo.ts';
import { badRequest } from '../problems.ts';

/** Reads an uploaded logo whole, or refuses it in one sentence. */
export async function readLogo(body: Readable | null): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    const chunk = Buffer.from(part as Uint8Array);
    bytes += chunk.length;
    if (bytes > LOGO_BYTES)
      throw badRequest('The logo is larger than 1 MB. Send a smaller PNG, JPEG or SVG.');
    parts.push(chunk);
  }
  const logo = Buffer.concat(parts);
  if (logoMime(logo) === null) throw badRequest('The logo is not a PNG, JPEG or SVG picture.');
  return logo;
}
