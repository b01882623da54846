import { describe, expect, it } from 'vitest';
import { TEST_NOW } from '#server/testing/console.ts';
import { importsOfAClient } from './testing/each-client.ts';

const here = importsOfAClient();
const ODD_ROLE = `Name,Email,Zorgle,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Primary Owner,Premium,Active
Tobin Achterberg,tobin@alder.example.org,Owner,Standard,Active
Wren Castellane,wren@alder.example.org,User,Standard,Active
`;

const say = async (id: string, file: { id: string }, columns: Record<string, string | null>) => {
  const set = await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${file.id}`, { columns });
  expect(set.status).toBe(200);
  await here.imports.read(id);
  return here.imports.preview(id);
};

describe('a column whose heading is not known, in the console', () => {
  it('is asked about, stays asked about once it is stored, and is read once a person says what it holds', async () => {
    const file = { name: 'members.csv', bytes: ODD_ROLE };
    const first = await here.imports.draft([file]);
    expect(first.preview.files[0].notes.map(({ says }: { says: string }) => says).join(' ')).toContain(
      'No column is known to hold “Role”',
    );
    await here.imports.store(first.id, first.preview.facts);
    expect(await here.verdictOf('CLA-ACC-02')).toBe('cannot_read');
    here.bylaw.setNow(new Date(TEST_NOW.getTime() + 60_000));
    const again = await here.imports.draft([file]);
    const preview = await say(again.id, again.preview.files[0], { Zorgle: 'role' });
    await here.imports.store(again.id, preview.facts);
    expect(await here.verdictOf('CLA-ACC-02')).toBe('pass');
  });

  it('can be named when the file was refused because of it', async () => {
    const { id, preview } = await here.imports.draft([
      { name: 'connectors.csv', bytes: 'Zorgle,Action,Permission\nAsana,Read tasks,Blocked\n' },
    ]);
    const [file] = preview.files;
    const kind = await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${file.id}`, {
      kind: 'connectors',
    });
    expect(kind.status).toBe(200);
    await here.imports.read(id);
    const refused = (await here.imports.preview(id)).files[0];
    expect(refused).toMatchObject({ outcome: 'malformed', says: expect.stringContaining('“Zorgle”') });
    expect(refused.columns.map(({ column }: { column: string }) => column)).toContain('Zorgle');
    expect(refused.fields.map(({ field }: { field: string }) => field)).toContain('connector');
    const read = await say(id, file, { Zorgle: 'connector' });
    expect(read.files[0]).toMatchObject({ outcome: 'taken', rows: 1 });
  });
});
