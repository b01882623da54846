import { describe, expect, it } from 'vitest';
import { zip } from '../../../tests/imports/zip-builder.ts';
import { importsOfAClient, MEMBERS, MEMBERS_LATER, members, ROSTER } from './testing/each-client.ts';

const here = importsOfAClient();

describe('the files of an import', () => {
  it('takes columns as a person says', async () => {
    const bytes =
      'Who,Contact,What they are\nMara,mara@alder.example.org,Owner\nTobin,tobin@alder.example.org,User\n';
    const { id } = await here.imports.draft([{ name: 'list.csv', bytes }]);
    const [file] = (await here.dana.call('GET', `${here.imports.base}/${id}`)).body.files;
    await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${file.id}`, {
      kind: 'members',
      columns: { Who: 'name', 'What they are': 'role', Contact: 'email' },
    });
    await here.imports.read(id);
    const preview = await here.imports.preview(id);
    expect(preview.files[0]).toMatchObject({ outcome: 'taken', kind: 'members', byHand: true, rows: 2 });
    expect(
      preview.files[0].columns.map((one: { field: string; how: string }) => [one.field, one.how]),
    ).toEqual([
      ['name', 'hand'],
      ['email', 'hand'],
      ['role', 'hand'],
    ]);
    expect(preview.kinds[0].rows[0]).toEqual({ change: 'new', name: 'Mara', detail: 'Owner' });
    await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${file.id}`, {
      columns: { 'What they are': null },
    });
    await here.imports.read(id);
    const less = await here.imports.preview(id);
    expect(less.files[0].columns[2]).toMatchObject({ column: 'What they are', field: null });
    expect(less.kinds[0].rows[0].detail).toBe('');
  });

  it('reads what is inside an archive, and keeps each part as evidence under its own address', async () => {
    const { preview, stored } = await here.imports.all([
      {
        name: 'export.zip',
        bytes: zip([
          { name: 'members-2026-11-24.csv', content: MEMBERS },
          { name: 'roster-2026-11-23.csv', content: ROSTER },
        ]),
      },
    ]);
    expect(preview.files.map((file: { file: string; outcome: string }) => [file.file, file.outcome])).toEqual(
      [
        ['export.zip/members-2026-11-24.csv', 'taken'],
        ['export.zip/roster-2026-11-23.csv', 'taken'],
      ],
    );
    expect(preview.action).toBe('Store 1 file');
    expect(stored.body.stored).toBe(true);
    const inner = preview.files[0].sha256;
    const shown = await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/evidence/${inner}`);
    expect(shown.body.usedBy).toMatchObject([{ what: 'reading', of: 'members' }]);
    const file = await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/evidence/${inner}/file`);
    expect(file.bytes.toString()).toBe(MEMBERS);
  });

  it('takes a hundred files at once', async () => {
    const id = await here.imports.start();
    const days = Array.from({ length: 100 }, (_, index) => index);
    const answers = await Promise.all(
      days.map((index) =>
        here.imports.add(id, {
          name: `proof/picture ${index}.txt`,
          bytes: `a note of no kind, number ${index}`,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(days.map(() => 200));
    await here.imports.add(id, members('2026-11-24'));
    expect((await here.imports.read(id)).body).toMatchObject({ state: 'preview' });
    const preview = await here.imports.preview(id);
    expect(preview.files).toHaveLength(101);
    expect(preview.files.filter((file: { outcome: string }) => file.outcome === 'not_placed')).toHaveLength(
      100,
    );
    expect((await here.imports.store(id, preview.facts)).body.stored).toBe(true);
    expect(await here.rowsIn('evidence')).toBe(1);
  });

  it('replaces a file of the same name', async () => {
    const id = await here.imports.start();
    await here.imports.add(id, members('2026-11-24'));
    const second = await here.imports.add(id, members('2026-11-24', MEMBERS_LATER));
    expect(second.body.replaced).toBe(true);
    await here.imports.read(id);
    const preview = await here.imports.preview(id);
    expect(preview.files).toHaveLength(1);
    expect(preview.kinds[0].rows[0].name).toBe('Mara Ellingsworth');
    expect(await here.rowsIn('observations')).toBe(1);
  });

  it('keeps what it does not know only where the person says so', async () => {
    const { id, preview } = await here.imports.draft([
      members('2026-11-24'),
      { name: 'minutes.txt', bytes: 'Minutes of the board. Nothing to import.' },
    ]);
    const minutes = preview.files.find((file: { file: string }) => file.file === 'minutes.txt');
    expect(minutes).toMatchObject({ outcome: 'not_placed', says: 'Bylaw does not recognize this file.' });
    await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${minutes.id}`, { kind: 'evidence' });
    await here.imports.read(id);
    const again = await here.imports.preview(id);
    await here.imports.store(id, again.facts);
    expect(await here.rowsIn('evidence')).toBe(2);
  });

  it('offers a profile among the files and applies it only where that is said', async () => {
    const profile =
      'name: Another name\ndomains: [alder.example.org]\nclaudePlan: enterprise\ntimezone: America/New_York\n';
    const files = [{ name: 'client.yaml', bytes: profile }, members('2026-11-24')];
    const first = await here.imports.draft(files);
    expect(first.preview.profile.changes).toContainEqual({
      field: 'Claude plan',
      before: 'Claude Team',
      after: 'Claude Enterprise',
    });
    await here.imports.store(first.id, first.preview.facts);
    const planOf = async () =>
      (await here.bylaw.owner.call('GET', `/clients/${here.client.slug}`)).body.profile.claudePlan;
    expect(await planOf()).toBe('team');
    const second = await here.imports.draft([...files, members('2026-11-23', MEMBERS_LATER)]);
    expect((await here.imports.store(second.id, second.preview.facts, { profile: true })).status).toBe(201);
    expect(await planOf()).toBe('enterprise');
    expect((await here.bylaw.owner.call('GET', `/clients/${here.client.slug}`)).body.name).not.toBe(
      'Another name',
    );
  });
});

describe('names of files', () => {
  it.each([
    ['../../etc/passwd.csv', 'etc/passwd.csv'],
    ['C:\\Users\\dana\\members.csv', 'Users/dana/members.csv'],
    ['=cmd|calc!A1.csv', '=cmd|calc!A1.csv'],
    ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
    ['..', 'file without a name'],
  ])('stores the name %j as %j', async (given, kept) => {
    const id = await here.imports.start();
    const answer = await here.imports.add(id, { name: given, bytes: MEMBERS });
    expect(answer.body.name).toBe(kept);
  });

  it.each(['members\u202Evsc.exe', 'a\u0001b.csv', 'a\nb.csv'])('refuses the name %j', async (name) => {
    const id = await here.imports.start();
    const answer = await here.imports.add(id, { name, bytes: MEMBERS });
    expect(answer.status).toBe(400);
    expect(answer.body.detail ?? answer.body.message).toContain('control character');
  });

  it('keeps a name of 1,000 characters with its ending', async () => {
    const { preview, id } = await here.imports.draft([{ name: `${'ä'.repeat(1000)}.csv`, bytes: MEMBERS }]);
    expect(preview.files[0].file.length).toBeLessThanOrEqual(400);
    expect(preview.files[0].file).toMatch(/ä…ä+\.csv$/);
    await here.imports.store(id, preview.facts);
    const sha = preview.files[0].sha256;
    const file = await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/evidence/${sha}/file`);
    expect(file.headers['content-disposition']).toMatch(/^attachment; /);
    const csv = await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/evidence/export?format=csv`);
    expect(csv.status).toBe(200);
  });
});
