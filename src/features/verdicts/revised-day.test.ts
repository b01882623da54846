import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { importing } from '../imports/testing/importing.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** What the vendor says of one day's connectors, as Bylaw writes its answer into a file. */
const answer = (...names: string[]) =>
  JSON.stringify({
    date: '2026-11-22',
    data: names.map((connector_name) => ({
      connector_name,
      distinct_user_count: 1,
      read_call_count: 3,
      write_call_count: 0,
      unclassified_call_count: 0,
    })),
    next_page: null,
  });

it('counts a day of use as it was last imported, and not both ways', async () => {
  const client = await bylaw.client('Revised Guild', { claudePlan: 'enterprise' });
  await bylaw.services.store.write([client.id], (tx) =>
    insertDocument(tx, {
      id: '00000000-0000-4000-8000-000000000001',
      clientId: client.id,
      kind: 'charter',
      version: 1,
      value: { connectors: [{ name: 'Slack', actions: { '*': 'ask' } }] },
      lines: {},
      file: 'charter.yaml',
      sha256: 'x',
      importId: null,
      basis: 'draft',
      at: bylaw.services.clock(),
      by: bylaw.owner.id,
    }),
  );
  const imports = importing(bylaw, bylaw.owner, client.slug);
  const used = async () =>
    (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-CON-30`)).body;
  const bring = async (name: string, bytes: string) => {
    const { stored } = await imports.all([{ name, bytes }]);
    expect(stored.status, JSON.stringify(stored.body)).toBe(201);
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 60_000));
  };
  await bring('connectors first.json', answer('slack', 'dropbox'));
  expect((await used()).state).toBe('fail');
  // The vendor corrects the day: nobody used the other connector after all.
  await bring('connectors corrected.json', answer('slack'));
  // Nothing is left to find; one day of a month is not enough for a pass.
  expect(await used()).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('The one connector in use is approved'),
  });
});
