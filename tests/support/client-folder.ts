import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Verdict } from '../../src/domain/model/verdict.ts';
import { type Assessment, assess } from '../../src/features/assess/assess.ts';
import { readProfile } from '../../src/features/assess/profile.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';

export const TODAY = '2026-11-24';
const PROFILE = `name: Alder Association
domains: [alder.example.org]
claudePlan: team
claudeSeats: 20
m365: business_premium
addOns: []
swg: none
siem: none
staffCount: 3
timezone: America/New_York
asOf: ${TODAY}
`;

export interface ClientFolder extends Assessment {
  verdict(control: string): Verdict;
}

/** Output of `bylaw assess` for a folder with these files; `profile` is appended to its profile. */
export async function assessFiles(
  files: Readonly<Record<string, string>>,
  profile = '',
): Promise<ClientFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-client-'));
  try {
    for (const [name, text] of Object.entries({
      'client.yaml': profile.startsWith('domains:')
        ? PROFILE.replace(/^domains:.*\n/m, profile)
        : `${PROFILE}${profile}`,
      ...files,
    })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const assessment = await assess({
      folder,
      profile: await readProfile(join(folder, 'client.yaml')),
      catalogue: sharedCatalogue(),
      version: 'test',
      clock: new Date(`${TODAY}T12:00:00Z`),
    });
    const verdicts = new Map(assessment.verdicts.map((verdict) => [verdict.control, verdict]));
    return {
      ...assessment,
      verdict: (control) => {
        const verdict = verdicts.get(control);
        if (!verdict) throw new Error(`No control ${control}`);
        return verdict;
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
