import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { type Assessment, type AssessRequest, assess } from '#features/assess/assess.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { TODAY } from './support.ts';

export interface Assessing {
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Content of `charter.yaml`. */
  readonly charter?: object;
  readonly profile?: Partial<Profile>;
  readonly map?: AssessRequest['map'];
  readonly periods?: AssessRequest['periods'];
  readonly columns?: AssessRequest['columns'];
}

export interface Assessed extends Assessment {
  verdict(control: string): Verdict;
}

/** Writes a client's folder and evaluates it as `bylaw assess` does. */
export async function assessing({
  files,
  charter,
  profile,
  map,
  periods,
  columns,
}: Assessing): Promise<Assessed> {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-assess-'));
  const all = charter === undefined ? files : { ...files, 'charter.yaml': stringify(charter) };
  try {
    for (const [file, content] of Object.entries(all)) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      const day = new Date(`${TODAY}T17:00:00Z`);
      utimesSync(path, day, day);
    }
    const value = profileSchema.parse({
      name: 'Alder Society',
      domains: ['alder.example.org'],
      timezone: 'America/New_York',
      claudePlan: 'team',
      ...profile,
    });
    const assessment = await assess({
      folder,
      profile: { value, file: 'client.yaml', sha256: '', lines: {} },
      catalogue: sharedCatalogue(),
      version: '0',
      clock: new Date(`${TODAY}T18:00:00Z`),
      ...(map === undefined ? {} : { map }),
      ...(periods === undefined ? {} : { periods }),
      ...(columns === undefined ? {} : { columns }),
    });
    return {
      ...assessment,
      verdict: (control) => {
        const found = assessment.verdicts.find((one) => one.control === control);
        if (found === undefined) throw new Error(`There is no control ${control}.`);
        return found;
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
