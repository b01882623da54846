import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EvaluationState } from '../../src/domain/decide/context.ts';
import { driftFrom } from '../../src/domain/drift/drift.ts';
import { profileSchema } from '../../src/domain/model/profile.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';
import { importFolder } from '../../src/sources/exports/import-folder.ts';

/**
 * A corpus of files that are imported and compared with a charter: a shared one, or the one in the same folder. `quiet`
 * holds states that match it in any spelling, order, export format or partial file; `found` holds states with drift,
 * each with what must be found.
 */
const CORPUS = join(import.meta.dirname, 'corpus');
const TODAY = '2026-11-24';
const catalogue = sharedCatalogue();

async function driftOfFolder(folder: string) {
  const own = join(folder, 'charter.yaml');
  const plan = folder.includes('enterprise,') ? 'enterprise' : 'team';
  const imported = await importFolder({
    folder,
    map: [],
    charter: existsSync(own) ? own : join(CORPUS, 'charter.yaml'),
    timezone: 'America/New_York',
    domains: ['alder.example.org'],
    today: TODAY,
  });
  const lost = imported.files.filter(
    ({ file, problem }) => problem !== null && !file.endsWith('expected.json'),
  );
  expect(lost.map(({ file, problem }) => [file, problem])).toEqual([]);
  return driftFrom(
    new EvaluationState({
      catalogue,
      profile: profileSchema.parse({
        name: 'Alder Society',
        domains: ['alder.example.org'],
        claudePlan: plan,
        timezone: 'America/New_York',
      }),
      charter: imported.charter,
      journal: null,
      attestations: [],
      readings: imported.readings,
      today: TODAY,
      now: `${TODAY}T23:00:00Z`,
    }),
  );
}

const cases = (group: string) => readdirSync(join(CORPUS, group)).sort();

describe('a state that is as the charter says', () => {
  it.each(cases('quiet'))('%s: nothing departs', async (name) => {
    const drift = await driftOfFolder(join(CORPUS, 'quiet', name));
    expect(drift.deviations.map(({ key, words }) => `${key}: ${words}`)).toEqual([]);
    if (/^partial, (one|some)|null|absent/.test(name)) expect(drift.unread.length).toBeGreaterThan(0);
    if (!name.includes('absent')) expect(drift.same).toBeGreaterThan(0);
  });
});

describe('a state that drifts from the charter', () => {
  it.each(cases('found'))('%s', async (name) => {
    const folder = join(CORPUS, 'found', name);
    const expected: Record<string, unknown>[] = JSON.parse(
      readFileSync(join(folder, 'expected.json'), 'utf8'),
    );
    const drift = await driftOfFolder(folder);
    const found = drift.deviations.map((one) => {
      const { cause } = one;
      const wanted = expected.find(({ key }) => key === one.key) ?? {};
      const all: Record<string, unknown> = { ...one, ...(cause.known ? cause : { who: null }) };
      return Object.fromEntries(
        ['key', 'urgency', 'direction', ...Object.keys(wanted)].map((name) => [name, all[name]]),
      );
    });
    expect(sorted(found)).toEqual(sorted(expected));
    const named = expected.filter(({ who }) => who !== undefined).map(({ key }) => key);
    for (const { key, cause } of drift.deviations)
      if (!named.includes(key)) expect(cause).toMatchObject({ known: false, why: expect.any(String) });
  });
});

function sorted(list: readonly Record<string, unknown>[]) {
  return list.toSorted((a, b) => String(a.key).localeCompare(String(b.key)));
}
// Guide: G1.1-02 G1.1-03 G2.2-17 G2.2-26 G3.4-02 G7.1-01 GA-07
