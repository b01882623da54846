import { expect, it } from 'vitest';
import { importsOfAClient } from './testing/each-client.ts';

const here = importsOfAClient();

const file = (day: string, people: number) => ({
  name: `members-${day}.csv`,
  bytes: [
    'Name,Email,Role,Status',
    ...Array.from({ length: people }, (_, at) => {
      const name = `p${at + 10}`;
      return `${name} Quist,${name}@alder.example.org,${at === 0 ? 'Primary Owner' : 'User'},Active`;
    }),
    '',
  ].join('\n'),
});

it('asks about a list that looks cut short, and takes it as whole once its kind is chosen', async () => {
  await here.imports.all([file('2026-10-27', 24)]);
  const half = file('2026-11-20', 12);
  const draft = await here.imports.draft([half]);
  expect(draft.preview.kinds[0]).toMatchObject({
    after: null,
    says: expect.stringMatching(/looks cut short: 12 of 24 entries of members-2026-10-27.csv/),
  });
  await here.imports.store(draft.id, draft.preview.facts);
  const question = async () =>
    (await here.dana.call('GET', here.imports.base.replace(/imports$/, 'people'))).body;
  expect(JSON.stringify(await question())).toContain('looks cut short');

  const again = await here.imports.draft([half]);
  const [{ id: fileId }] = again.preview.files;
  const reply = await here.dana.call('PATCH', `${here.imports.base}/${again.id}/files/${fileId}`, {
    kind: 'members',
  });
  expect(reply.body).toEqual({ set: true });
  await here.imports.read(again.id);
  const preview = await here.imports.preview(again.id);
  expect(preview.files[0]).toMatchObject({ outcome: 'taken' });
  expect(preview.kinds[0].after).toMatchObject({ rows: 12 });
  expect((await here.imports.store(again.id, preview.facts)).body.stored).toBe(true);
  expect(JSON.stringify(await question())).not.toContain('looks cut short');
  // Said once, it counts for the files that follow.
  const later = await here.imports.draft([file('2026-11-24', 11)]);
  expect(later.preview.kinds[0].after).toMatchObject({ rows: 11 });
});
