import { readFile } from 'node:fs/promises';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import type { Logo } from '../reports/render.ts';

/** Largest logo, in bytes. */
export const LOGO_BYTES = 1024 * 1024;

/** Reads a client's logo. Throws an ImportProblem with one sentence when it is no picture that reports can carry. */
export async function readLogo(path: string): Promise<Logo> {
  const bytes = await readFile(path).catch(() => {
    throw new ImportProblem(`The logo "${path}" cannot be read.`);
  });
  if (bytes.length > LOGO_BYTES)
    throw new ImportProblem(`The logo "${path}" is larger than 1 MB. Give a smaller PNG, JPEG or SVG.`);
  const mime = logoMime(bytes);
  if (mime === null) throw new ImportProblem(`The logo "${path}" is not a PNG, JPEG or SVG picture.`);
  return { mime, base64: bytes.toString('base64') };
}

/** What kind of picture the bytes are, by what they begin with; null: none that a report can carry. */
export function logoMime(bytes: Buffer): Logo['mime'] | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(bytes.toString('utf8'))
    ? 'image/svg+xml'
    : null;
}
