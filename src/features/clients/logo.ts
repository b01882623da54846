import type { Readable } from 'node:stream';
import { MAX_LOGO_BYTES } from '#sources/pictures/mime.ts';
import { readForeign, refusing } from '../foreign/index.ts';
import { bodyOf } from '../uploaded.ts';

/** Reads an uploaded logo whole, or refuses it in one sentence. */
export async function readLogo(body: Readable | null): Promise<Uint8Array> {
  const logo = await bodyOf(
    body,
    MAX_LOGO_BYTES,
    `The logo is larger than ${MAX_LOGO_BYTES / 1000} kB. Send a smaller PNG, JPEG or SVG.`,
  );
  await refusing(readForeign('logo', { bytes: logo }));
  return logo;
}
