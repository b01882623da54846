import { readFile } from 'node:fs/promises';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import { checkLogo } from '#sources/pictures/logo.ts';
import type { Logo } from '../reports/index.ts';

/** Reads a client's logo. Throws an ImportProblem with one sentence when it is no picture that reports can carry. */
export async function readLogo(path: string): Promise<Logo> {
  const bytes = await readFile(path).catch(() => {
    throw new ImportProblem(`The logo “${path}” cannot be read.`);
  });
  return { mime: checkLogo(bytes), base64: bytes.toString('base64') };
}
