import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Profile } from '#domain/model/profile.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import { readDocument } from '#sources/exports/documents/index.ts';
import { readYaml } from '#sources/exports/documents/yaml.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';

/** Reads a client's profile (YAML or JSON). Throws an ImportProblem whose message names the file and every problem. */
export async function readProfile(path: string): Promise<DocumentOf<Profile>> {
  const bytes = await readFile(path).catch(() => {
    throw new ImportProblem(`The profile “${path}” cannot be read. “bylaw init” writes one to fill in.`);
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const read = readDocument('profile', readYaml(bytes, path), path, sha256);
    if (read.kind === 'profile') return read.profile;
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    throw new ImportProblem(
      `${path}${error.row === null ? '' : `, line ${error.row}`}: ${error.message}`,
      error,
    );
  }
  throw new ImportProblem(`“${path}” is not a profile.`);
}
// Guide: G0-01
