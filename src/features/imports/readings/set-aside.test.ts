import { describe, expect, it } from 'vitest';
import { importsOfAClient, MEMBERS, MEMBERS_LATER, members, ROSTER } from '../testing/each-client.ts';
import { importing } from '../testing/importing.ts';

const here = importsOfAClient();
const base = () => `${here.imports.base}/readings`;
const stored = async () => (await here.dana.call('GET', base())).body.items;
const act = (id: string, verb: 'set-aside' | 'put-back', body: object = {}) =>
  here.dana.call('POST', `${base()}/${id}/${verb}`, body);

/** `Quist` left, by this roster, and still holds a seat by this members file. */
const roster = { name: 'roster-2026-11-24.csv', bytes: ROSTER };

describe('two files of one kind and day', () => {
  const both = [
    { name: 'members-2026-11-24.csv', bytes: MEMBERS },
    { name: 'again members-2026-11-24.csv', bytes: MEMBERS_LATER },
  ];

  it('are named in the preview as rivals, and one of them counts once the other is kept as evidence only', async () => {
    const { id, preview } = await here.imports.draft([...both, roster]);
    expect(preview.kinds.find(({ kind }: { kind: string }) => kind === 'members')).toMatchObject({
      after: null,
      rivals: ['again members-2026-11-24.csv', 'members-2026-11-24.csv'].sort(),
    });
    const other = preview.files.find(({ file }: { file: string }) => file.startsWith('again'));
    await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${other.id}`, { kind: 'evidence' });
    await here.imports.read(id);
    const after = await here.imports.preview(id);
    expect(after.kinds.find(({ kind }: { kind: string }) => kind === 'members')).toMatchObject({
      after: { observedOn: '2026-11-24', rows: 3 },
      rivals: [],
    });
  });

  it('wait for one to be set aside where both are stored; the record says why, and it can be put back', async () => {
    await here.imports.all([...both, roster]);
    expect(await here.verdictOf('CLA-ACC-07')).toBe('cannot_read');
    const items = await stored();
    expect(items.map(({ state }: { state: string }) => state).sort()).toEqual([
      'contradicted',
      'contradicted',
      'counts',
    ]);
    const { id } = items.find(({ file }: { file: string }) => file.startsWith('again'));
    expect((await act(id, 'set-aside', { reason: '' })).status).toBe(400);
    expect((await act(id, 'set-aside', { reason: 'Exported by mistake' })).status).toBe(201);
    expect(await here.verdictOf('CLA-ACC-07')).toBe('pass');
    expect((await stored()).find((one: { id: string }) => one.id === id)).toMatchObject({
      state: 'aside',
      aside: { by: 'Dana Whitlock', reason: 'Exported by mistake' },
    });
    expect((await act(id, 'put-back')).body).toEqual({ aside: false });
    expect(await here.verdictOf('CLA-ACC-07')).toBe('cannot_read');
    expect((await here.actions()).filter((one) => /aside|back/.test(one))).toEqual([
      'imports.set_aside',
      'imports.put_back',
    ]);
    const { body } = await here.dana.call('GET', `/clients/${here.client.slug}/controls/CLA-ACC-07`);
    const titles = body.timeline.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Members file set aside', 'Members file put back']));
  });
});

describe('a newer file that may be of another organization', () => {
  const list = (people: readonly string[], domain: string) =>
    [
      'Name,Email,Role,Status',
      ...people.map(
        (one, at) => `${one} Quist,${one}@${domain},${at === 0 ? 'Primary Owner' : 'User'},Active`,
      ),
      '',
    ].join('\n');
  const OTHERS = ['Una', 'Vic', 'Wes', 'Xia'];

  it.each([
    ['of strangers', list(OTHERS, 'harbor.example.net'), /another organization/],
    [
      'of a sister organization',
      list(OTHERS, 'alder.example.org'),
      /is of (other people|another Claude organization)/,
    ],
  ])(
    '%s is among the files to decide on, and ours counts again once it is set aside',
    async (_, bytes, why) => {
      await here.imports.all([members('2026-11-20', list(['Ana', 'Bo', 'Cy', 'Dee'], 'alder.example.org'))]);
      await here.imports.all([members('2026-11-23', bytes)]);
      const [newest] = await stored();
      expect(newest).toMatchObject({
        file: 'members-2026-11-23.csv',
        state: 'questioned',
        why: expect.stringMatching(why),
      });
      expect(await here.verdictOf('CLA-ACC-06')).toBe('cannot_read');
      expect((await act(newest.id, 'set-aside', { reason: 'Of our foundation' })).status).toBe(201);
      expect((await stored()).map(({ state }: { state: string }) => state)).toEqual(['aside', 'counts']);
      expect(await here.verdictOf('CLA-ACC-06')).toBe('pass');
    },
  );
});

describe('a reading that is set aside', () => {
  it('lets the one before it count again, and its file may be imported again', async () => {
    await here.imports.all([members('2026-10-20')]);
    await here.imports.all([members('2026-11-24', MEMBERS_LATER)]);
    const [newest] = await stored();
    await act(newest.id, 'set-aside', { reason: 'Another organization’s' });
    const source = (await here.dana.call('GET', `${here.imports.base}/sources`)).body.items.find(
      ({ kind }: { kind: string }) => kind === 'members',
    );
    expect(source.observedOn).toBe('2026-10-20');
    expect((await stored()).map(({ state }: { state: string }) => state)).toEqual(['aside', 'counts']);
    const again = await here.imports.draft([members('2026-11-24', MEMBERS_LATER)]);
    expect(again.preview.files[0].outcome).toBe('taken');
  });

  it('is closed to a role that may not import, and never covers a reading from a source', async () => {
    await here.imports.all([members('2026-11-24')]);
    const [one] = await stored();
    const auditor = await here.bylaw.person('auditor', here.client.id);
    expect((await auditor.call('GET', base())).status).toBe(200);
    expect((await auditor.call('POST', `${base()}/${one.id}/set-aside`, { reason: 'x' })).status).toBe(403);
    await here.bylaw.services.store.write([here.client.id], (tx) =>
      tx.updateTable('observations').set({ provenance: 'api' }).where('id', '=', one.id).execute(),
    );
    expect(await stored()).toEqual([]);
    expect((await act(one.id, 'set-aside', { reason: 'x' })).status).toBe(404);
  });

  it('can be changed by HR if it is an HR list, and HR stores no other kind of file', async () => {
    await here.imports.all([members('2026-11-24'), roster]);
    const items = await stored();
    const idOf = (kind: string) => items.find((one: { kind: string }) => one.kind === kind).id;
    const hr = await here.bylaw.person('hr', here.client.id);
    const by = (id: string) => hr.call('POST', `${base()}/${id}/set-aside`, { reason: 'Older than it says' });
    const refused = await by(idOf('members'));
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toMatch(/members-2026-11-24\.csv is neither/);
    expect((await by(idOf('roster'))).status).toBe(201);
    const theirs = importing(here.bylaw, hr, here.client.slug);
    const connectors = {
      name: 'connectors-2026-11-24.csv',
      bytes: 'Connector,Action,State\niMIS,Read,Blocked\n',
    };
    const { id, preview } = await theirs.draft([connectors]);
    const answer = await hr.call('POST', `${here.imports.base}/${id}/store`, { facts: preview.facts });
    expect(answer.status).toBe(403);
    expect((await stored()).some(({ kind }: { kind: string }) => kind === 'connectors')).toBe(false);
    expect((await theirs.all([{ ...roster, bytes: ROSTER.replace('Field', 'Fields') }])).stored.status).toBe(
      201,
    );
  });
});
