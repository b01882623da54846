import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { ASSOCIATION } from '../../../sandbox/generate.ts';
import { assess } from '../assess/assess.ts';
import { readProfile } from '../assess/profile.ts';
import { associationFolder, associationProfile, counting, importing } from './testing/importing.ts';

/** A folder brought into the console decides exactly as the same folder does on the command line. */
describe('the sandbox association', () => {
  let bylaw: TestConsole;
  let slug: string;
  let states: Map<string, string>;
  let reasons: Map<string, string>;

  beforeAll(async () => {
    bylaw = await testConsole();
    const client = await bylaw.client('Alder Society', await associationProfile());
    slug = client.slug;
    const { stored, preview } = await counting(bylaw, client.id, await associationFolder());
    expect(preview.files.filter(({ outcome }) => outcome === 'malformed')).toEqual([]);
    expect(stored).toBe(true);
    const rows = await bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('verdicts')
        .select(['control_id', 'state', 'reason'])
        .where('until', 'is', null)
        .execute(),
    );
    states = new Map(rows.map((row) => [row.control_id, row.state]));
    reasons = new Map(rows.map((row) => [row.control_id, row.reason]));
  });
  afterAll(() => bylaw.close());

  it('changes nothing when the whole folder comes again', async () => {
    const again = await importing(bylaw, bylaw.owner, slug).draft(await associationFolder());
    expect(again.preview).toMatchObject({ changesAnything: false, kinds: [], profile: { changes: [] } });
    expect(again.preview.verdicts.changes).toEqual([]);
    const outcomes = again.preview.files.map((file: { outcome: string }) => file.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['already', 'document', 'proof', 'not_placed']));
  });

  it('has the same state for every control as its folder has', async () => {
    const written = await readProfile(join(ASSOCIATION, 'client.yaml'));
    const { asOf: _, ...value } = written.value;
    const assessed = await assess({
      folder: ASSOCIATION,
      profile: { ...written, value },
      catalogue: bylaw.services.catalogue,
      version: 'test',
      clock: TEST_NOW,
    });
    const wanted = new Map(assessed.verdicts.map(({ control, state }) => [control, state]));
    expect(wanted.size).toBe(bylaw.services.catalogue.controls.length);
    expect(Object.fromEntries(states)).toEqual(Object.fromEntries(wanted));
    const reported = assessed.verdicts.filter(({ control, reason }) => reasons.get(control) !== reason);
    expect(reported.map(({ control, reason }) => [control, reason, reasons.get(control)])).toEqual([]);
  });
});
