import { checkLogo } from '#sources/pictures/logo.ts';
import type { LogoMime } from '#sources/pictures/mime.ts';

/** A picture of the client, as the caller read it. */
export interface Logo {
  readonly mime: string;
  readonly base64: string;
}

const FORMATS: Readonly<Record<LogoMime, 'png' | 'jpg' | 'svg'>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
};

/**
 * Checks a logo and returns its bytes. It throws one sentence when the picture cannot be used, so that no report is
 * written with a broken image.
 */
export function readLogo(logo: Logo): {
  readonly mime: string;
  readonly format: string;
  readonly bytes: Buffer;
} {
  const bytes = Buffer.from(logo.base64, 'base64');
  const mime = checkLogo(bytes);
  if (mime !== logo.mime) throw new Error(`The logo says ${logo.mime} and is ${mime}.`);
  return { mime, format: FORMATS[mime], bytes };
}
