import { describe, expect, it } from 'vitest';
import { importsOfAClient, MEMBERS_LATER, members, ROSTER } from './testing/each-client.ts';
import { importing } from './testing/importing.ts';

const here = importsOfAClient();

describe('an import', () => {
  it('shows columns, rows and verdicts before anything is stored, and then stores all of it', async () => {
    const { preview, id, state } = await here.imports.draft([members('2026-11-24')]);
    expect(state.state).toBe('preview');
    expect(preview.action).toBe('Store 3 members');
    const [file] = preview.files;
    expect(file).toMatchObject({
      outcome: 'taken',
      kind: 'members',
      rows: 3,
      observedOn: '2026-11-24',
      dateFrom: 'name',
    });
    expect(file.columns.map((column: { column: string }) => column.column)).toEqual([
      'Name',
      'Email',
      'Role',
      'Seat Tier',
      'Status',
    ]);
    expect(file.columns[1]).toEqual({
      column: 'Email',
      first: 'mara@alder.example.org',
      field: 'email',
      how: 'heading and content',
    });
    expect(file.fields).toContainEqual({ field: 'lastActiveOn', name: 'Last active' });
    expect(preview.kinds[0].counts).toEqual({ new: 3, gone: 0, changed: 0, unchanged: 0 });
    expect(preview.verdicts.changes.length).toBeGreaterThan(0);
    expect(await here.rowsIn('evidence')).toBe(0);

    const stored = await here.imports.store(id, preview.facts);
    expect(stored.body).toEqual({ stored: true, says: 'Stored: 3 members.' });
    expect(await here.rowsIn('evidence')).toBe(1);
    expect(await here.actions()).toEqual([
      'imports.start',
      'imports.add_file',
      'imports.read',
      'imports.store',
    ]);
    const changed = preview.verdicts.changes[0];
    expect(await here.verdictOf(changed.control)).toBe(changed.after.state);
    const list = await here.dana.call('GET', here.imports.base);
    expect(list.body.items[0]).toMatchObject({ state: 'stored', by: 'Dana Whitlock', fileCount: 1 });
  });

  it('says who is new, gone and changed against what is stored', async () => {
    await here.imports.all([members('2026-10-27')]);
    const { preview } = await here.imports.draft([members('2026-11-24', MEMBERS_LATER)]);
    expect(preview.kinds[0]).toMatchObject({
      before: { observedOn: '2026-10-27', rows: 3 },
      after: { observedOn: '2026-11-24', rows: 3 },
      counts: { new: 1, gone: 1, changed: 1, unchanged: 1 },
      rows: [
        { change: 'new', name: 'Noor Vasquez-Lind', detail: 'User, Standard' },
        { change: 'gone', name: 'Tobin Achterberg', detail: 'was User, Standard' },
        { change: 'changed', name: 'Wren Castellane', detail: 'Seat type: Premium → Standard' },
      ],
    });
  });

  it('changes nothing and records nothing where the same file comes again', async () => {
    await here.imports.all([members('2026-11-24')]);
    const before = {
      evidence: await here.rowsIn('evidence'),
      observations: await here.rowsIn('observations'),
    };
    const again = await here.imports.draft([members('2026-11-24')]);
    expect(again.preview.files[0]).toMatchObject({ outcome: 'already' });
    expect(again.preview.files[0].says).toMatch(
      /^Already stored on Nov 24, 2026 by Dana Whitlock; changes nothing\./,
    );
    expect(again.preview).toMatchObject({ changesAnything: false, kinds: [], verdicts: { changes: [] } });
    const recorded = await here.actions();
    const stored = await here.imports.store(again.id, again.preview.facts);
    expect(stored.body).toEqual({
      stored: false,
      says: 'All of this is already stored. Nothing was changed.',
    });
    expect(await here.actions()).toEqual(recorded);
    expect({
      evidence: await here.rowsIn('evidence'),
      observations: await here.rowsIn('observations'),
    }).toEqual(before);
    expect((await here.dana.call('GET', `${here.imports.base}/${again.id}`)).body.state).toBe('canceled');
  });
});

it('takes a file out of an import that is not stored, and out of none that is', async () => {
  const { id } = await here.imports.draft([
    members('2026-11-24'),
    { name: 'roster-2026-11-23.csv', bytes: ROSTER },
  ]);
  const [first, second] = (await here.imports.preview(id)).files;
  const remove = (file: string) => here.dana.call('DELETE', `${here.imports.base}/${id}/files/${file}`);
  expect((await remove(second.id)).body).toEqual({ removed: true });
  expect((await remove(second.id)).status).toBe(404);
  await here.imports.read(id);
  const left = await here.imports.preview(id);
  expect(left.files.map(({ name }: { name: string }) => name)).toEqual([first.name]);
  await here.imports.store(id, left.facts);
  expect(await here.rowsIn('observations')).toBe(1);
  expect((await remove(first.id)).status).toBe(409);
  expect(await here.actions()).toContain('imports.remove_file');
});

describe('two people at once', () => {
  it('stores what was looked at, or says who was first', async () => {
    const erin = await here.bylaw.person('client_admin', here.client.id, 'Erin Marsh');
    const hers = importing(here.bylaw, erin, here.client.slug);
    const mine = await here.imports.draft([members('2026-11-24')]);
    const other = await hers.draft([{ name: 'roster-2026-11-23.csv', bytes: ROSTER }]);
    expect((await hers.store(other.id, other.preview.facts)).status).toBe(201);
    const refused = await here.imports.store(mine.id, mine.preview.facts);
    expect(refused.status).toBe(409);
    expect(refused.body.message).toBe(
      'Erin Marsh stored another import at 10:00 AM. Review the new preview first.',
    );
    const preview = await here.imports.preview(mine.id);
    expect(preview.facts).toBeGreaterThan(mine.preview.facts);
    expect((await here.imports.store(mine.id, preview.facts)).body.stored).toBe(true);
  });

  it('stores an import once', async () => {
    const mine = await here.imports.draft([members('2026-11-24')]);
    const answers = await Promise.all([1, 2].map(() => here.imports.store(mine.id, mine.preview.facts)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await here.rowsIn('observations')).toBe(1);
  });

  it('treats another client’s import like one that does not exist', async () => {
    const mine = await here.imports.draft([members('2026-11-24')]);
    const other = await here.bylaw.client('Other Guild');
    const admin = await here.bylaw.person('client_admin', other.id);
    for (const path of ['', '/preview'])
      expect((await admin.call('GET', `/clients/${other.slug}/imports/${mine.id}${path}`)).status).toBe(404);
    const theirs = importing(here.bylaw, admin, other.slug);
    expect((await theirs.store(mine.id, mine.preview.facts)).status).toBe(404);
    expect((await theirs.add(mine.id, members('2026-11-24'))).status).toBe(404);
    expect((await admin.call('POST', `${theirs.base}/${mine.id}/cancel`, {})).status).toBe(404);
  });
});
// Guide: G2.2-07
