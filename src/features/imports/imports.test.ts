import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { zip } from '../../../tests/imports/zip-builder.ts';
import { stopReadings } from './read.ts';
import { recoverImports, sweepImports } from './sweep.ts';
import { importing } from './testing.ts';

const MEMBERS = `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Tobin Achterberg,tobin@alder.example.org,User,Standard,Active
Wren Castellane,wren@alder.example.org,User,Premium,Active
`;
const MEMBERS_LATER = `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,Standard,Active
Noor Vasquez-Lind,noor@alder.example.org,User,Standard,Active
`;
const ROSTER = `Name,Email,Status,Department
Mara Ellingsworth,mara@alder.example.org,Active,Office
Tobin Achterberg,tobin@alder.example.org,Active,Field
Wren Castellane,wren@alder.example.org,Active,Field
`;

let bylaw: TestConsole;
let client: { id: string; slug: string };
let dana: TestPerson;
let imports: ReturnType<typeof importing>;

beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());
beforeEach(async () => {
  bylaw.setNow(TEST_NOW);
  client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
  dana = await bylaw.person('technician', client.id, 'Dana Whitlock');
  imports = importing(bylaw, dana, client.slug);
});

const members = (day: string, bytes = MEMBERS) => ({ name: `members-${day}.csv`, bytes });

async function rowsIn(
  table: 'observations' | 'observation_rows' | 'evidence' | 'import_files',
): Promise<number> {
  const row = await bylaw.services.store.read([client.id], (tx) =>
    tx
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('client_id', '=', client.id)
      .executeTakeFirstOrThrow(),
  );
  return Number(row.n);
}

async function actions(): Promise<string[]> {
  const rows = await bylaw.services.store.read([client.id], (tx) =>
    tx.selectFrom('audit_log').select('action').where('client_id', '=', client.id).orderBy('seq').execute(),
  );
  return rows.map(({ action }) => action);
}

async function verdictOf(control: string): Promise<string | undefined> {
  await bylaw.services.verdicts.ensureCurrent([client.id]);
  const rows = await bylaw.services.store.read([client.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select('state')
      .where('control_id', '=', control)
      .where('until', 'is', null)
      .execute(),
  );
  return rows[0]?.state;
}

describe('an import', () => {
  it('shows columns, rows and verdicts before anything is stored, and then stores all of it', async () => {
    const { preview, id, state } = await imports.draft([members('2026-11-24')]);
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
    expect(await rowsIn('evidence')).toBe(0);

    const stored = await imports.store(id, preview.facts);
    expect(stored.body).toEqual({ stored: true, says: 'Stored: 3 members.' });
    expect(await rowsIn('evidence')).toBe(1);
    expect(await actions()).toEqual(['imports.start', 'imports.add_file', 'imports.read', 'imports.store']);
    const changed = preview.verdicts.changes[0];
    expect(await verdictOf(changed.control)).toBe(changed.after.state);
    const list = await dana.call('GET', imports.base);
    expect(list.body.items[0]).toMatchObject({ state: 'stored', by: 'Dana Whitlock', fileCount: 1 });
  });

  it('says who is new, gone and changed against what is stored', async () => {
    await imports.all([members('2026-10-27')]);
    const { preview } = await imports.draft([members('2026-11-24', MEMBERS_LATER)]);
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
    await imports.all([members('2026-11-24')]);
    const before = { evidence: await rowsIn('evidence'), observations: await rowsIn('observations') };
    const again = await imports.draft([members('2026-11-24')]);
    expect(again.preview.files[0]).toMatchObject({ outcome: 'already' });
    expect(again.preview.files[0].says).toMatch(
      /^Already stored on 24 Nov 2026 by Dana Whitlock; changes nothing\./,
    );
    expect(again.preview).toMatchObject({ changesAnything: false, kinds: [], verdicts: { changes: [] } });
    const recorded = await actions();
    const stored = await imports.store(again.id, again.preview.facts);
    expect(stored.body).toEqual({
      stored: false,
      says: 'All of this is stored already. Nothing was changed.',
    });
    expect(await actions()).toEqual(recorded);
    expect({ evidence: await rowsIn('evidence'), observations: await rowsIn('observations') }).toEqual(
      before,
    );
    expect((await dana.call('GET', `${imports.base}/${again.id}`)).body.state).toBe('cancelled');
  });

  it('counts the same rows of a newer day as read again', async () => {
    await imports.all([members('2026-10-20')]);
    const again = await imports.draft([members('2026-11-24', `${MEMBERS}\n`)]);
    expect(again.preview.files[0]).toMatchObject({ outcome: 'taken', observedOn: '2026-11-24' });
    expect(again.preview.kinds[0].says).toBe('Nothing changed since 20 Oct 2026; it was read again.');
    expect((await imports.store(again.id, again.preview.facts)).body.stored).toBe(true);
  });

  it('does not make a file fresh that comes again under a new name, unless the person says when it was exported', async () => {
    await imports.all([members('2026-10-20')]);
    const again = await imports.draft([
      { name: 'members.csv', bytes: MEMBERS, modified: '2026-11-24T10:00:00Z' },
    ]);
    expect(again.preview.files[0].outcome).toBe('already');
    const file = again.preview.files[0].id;
    const set = await dana.call('PATCH', `${imports.base}/${again.id}/files/${file}`, {
      exportedOn: '2026-11-24',
    });
    expect(set.status).toBe(200);
    await imports.read(again.id);
    const preview = await imports.preview(again.id);
    expect(preview.files[0]).toMatchObject({
      outcome: 'taken',
      observedOn: '2026-11-24',
      dateFrom: 'stated',
    });
    const future = await dana.call('PATCH', `${imports.base}/${again.id}/files/${file}`, {
      exportedOn: '2026-12-24',
    });
    expect(future.status).toBe(400);
  });

  it('never dates a file later than the day it came', async () => {
    const { preview, id } = await imports.draft([
      { name: 'members.csv', bytes: MEMBERS, modified: '2031-01-01T00:00:00Z' },
    ]);
    expect(preview.files[0].observedOn).toBe('2026-11-24');
    await imports.store(id, preview.facts);
    bylaw.setNow(new Date('2027-03-01T12:00:00Z'));
    const later = await bylaw.person('technician', client.id);
    const sources = await later.call('GET', `${imports.base}/sources`);
    expect(sources.body.items.find((one: { kind: string }) => one.kind === 'members')).toMatchObject({
      state: 'stale',
      observedOn: '2026-11-24',
    });
  });

  it('keeps the day of what is stored when a later journal or file says otherwise', async () => {
    const journal = 'exported:\n  - { what: members, on: 2026-10-27 }\n';
    await imports.all([
      { name: 'members.csv', bytes: MEMBERS, modified: '2026-11-20T10:00:00Z' },
      { name: 'what happened.yaml', bytes: journal },
    ]);
    // The next month's file is not held to the day that the journal gave for the first.
    const next = await imports.draft([
      { name: 'members.csv', bytes: MEMBERS_LATER, modified: '2026-11-24T10:00:00Z' },
    ]);
    expect(next.preview.files[0].observedOn).toBe('2026-11-24');
    expect(next.preview.kinds[0].before.observedOn).toBe('2026-10-27');
  });

  it('takes columns as a person says', async () => {
    const bytes =
      'Who,Contact,What they are\nMara,mara@alder.example.org,Owner\nTobin,tobin@alder.example.org,User\n';
    const { id } = await imports.draft([{ name: 'list.csv', bytes }]);
    const [file] = (await dana.call('GET', `${imports.base}/${id}`)).body.files;
    await dana.call('PATCH', `${imports.base}/${id}/files/${file.id}`, {
      kind: 'members',
      columns: { Who: 'name', 'What they are': 'role', Contact: 'email' },
    });
    await imports.read(id);
    const preview = await imports.preview(id);
    expect(preview.files[0]).toMatchObject({ outcome: 'taken', kind: 'members', byHand: true, rows: 2 });
    expect(
      preview.files[0].columns.map((one: { field: string; how: string }) => [one.field, one.how]),
    ).toEqual([
      ['name', 'hand'],
      ['email', 'hand'],
      ['role', 'hand'],
    ]);
    expect(preview.kinds[0].rows[0]).toEqual({ change: 'new', name: 'Mara', detail: 'Owner' });
    await dana.call('PATCH', `${imports.base}/${id}/files/${file.id}`, {
      columns: { 'What they are': null },
    });
    await imports.read(id);
    const less = await imports.preview(id);
    expect(less.files[0].columns[2]).toMatchObject({ column: 'What they are', field: null });
    expect(less.kinds[0].rows[0].detail).toBe('');
  });

  it('reads what is inside an archive, and keeps each part as evidence under its own address', async () => {
    const { preview, stored } = await imports.all([
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
    const shown = await bylaw.owner.call('GET', `/clients/${client.slug}/evidence/${inner}`);
    expect(shown.body.usedBy).toMatchObject([{ what: 'reading', of: 'members' }]);
    const file = await bylaw.owner.call('GET', `/clients/${client.slug}/evidence/${inner}/file`);
    expect(file.bytes.toString()).toBe(MEMBERS);
  });

  it('takes a hundred files at once', async () => {
    const id = await imports.start();
    const days = Array.from({ length: 100 }, (_, index) => index);
    const answers = await Promise.all(
      days.map((index) =>
        imports.add(id, {
          name: `proof/picture ${index}.txt`,
          bytes: `a note of no kind, number ${index}`,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(days.map(() => 200));
    await imports.add(id, members('2026-11-24'));
    expect((await imports.read(id)).body).toMatchObject({ state: 'preview' });
    const preview = await imports.preview(id);
    expect(preview.files).toHaveLength(101);
    expect(preview.files.filter((file: { outcome: string }) => file.outcome === 'not_placed')).toHaveLength(
      100,
    );
    expect((await imports.store(id, preview.facts)).body.stored).toBe(true);
    expect(await rowsIn('evidence')).toBe(1);
  });

  it('replaces a file of the same name', async () => {
    const id = await imports.start();
    await imports.add(id, members('2026-11-24'));
    const second = await imports.add(id, members('2026-11-24', MEMBERS_LATER));
    expect(second.body.replaced).toBe(true);
    await imports.read(id);
    const preview = await imports.preview(id);
    expect(preview.files).toHaveLength(1);
    expect(preview.kinds[0].rows[0].name).toBe('Mara Ellingsworth');
    expect(await rowsIn('observations')).toBe(1);
  });

  it('keeps what it does not know only where the person says so', async () => {
    const { id, preview } = await imports.draft([
      members('2026-11-24'),
      { name: 'minutes.txt', bytes: 'Minutes of the board. Nothing to import.' },
    ]);
    const minutes = preview.files.find((file: { file: string }) => file.file === 'minutes.txt');
    expect(minutes).toMatchObject({ outcome: 'not_placed', says: 'This is nothing that Bylaw knows.' });
    await dana.call('PATCH', `${imports.base}/${id}/files/${minutes.id}`, { kind: 'evidence' });
    await imports.read(id);
    const again = await imports.preview(id);
    await imports.store(id, again.facts);
    expect(await rowsIn('evidence')).toBe(2);
  });

  it('offers a profile among the files and applies it only where that is said', async () => {
    const profile =
      'name: Another name\ndomains: [alder.example.org]\nclaudePlan: enterprise\ntimezone: America/New_York\n';
    const files = [{ name: 'client.yaml', bytes: profile }, members('2026-11-24')];
    const first = await imports.draft(files);
    expect(first.preview.profile.changes).toContainEqual({
      field: 'Claude plan',
      before: 'team',
      after: 'enterprise',
    });
    await imports.store(first.id, first.preview.facts);
    const planOf = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}`)).body.profile.claudePlan;
    expect(await planOf()).toBe('team');
    const second = await imports.draft([...files, members('2026-11-23', MEMBERS_LATER)]);
    expect((await imports.store(second.id, second.preview.facts, { profile: true })).status).toBe(201);
    expect(await planOf()).toBe('enterprise');
    expect((await bylaw.owner.call('GET', `/clients/${client.slug}`)).body.name).not.toBe('Another name');
  });
});

describe('two people at once', () => {
  it('stores what was looked at, or says who was quicker', async () => {
    const erin = await bylaw.person('client_admin', client.id, 'Erin Marsh');
    const hers = importing(bylaw, erin, client.slug);
    const mine = await imports.draft([members('2026-11-24')]);
    const other = await hers.draft([{ name: 'roster-2026-11-23.csv', bytes: ROSTER }]);
    expect((await hers.store(other.id, other.preview.facts)).status).toBe(201);
    const refused = await imports.store(mine.id, mine.preview.facts);
    expect(refused.status).toBe(409);
    expect(refused.body.message).toBe(
      'Erin Marsh stored another import at 10:00. Look at the new preview first.',
    );
    const preview = await imports.preview(mine.id);
    expect(preview.facts).toBeGreaterThan(mine.preview.facts);
    expect((await imports.store(mine.id, preview.facts)).body.stored).toBe(true);
  });

  it('stores an import once', async () => {
    const mine = await imports.draft([members('2026-11-24')]);
    const answers = await Promise.all([1, 2].map(() => imports.store(mine.id, mine.preview.facts)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await rowsIn('observations')).toBe(1);
  });

  it("answers for another client's import as for none", async () => {
    const mine = await imports.draft([members('2026-11-24')]);
    const other = await bylaw.client('Other Guild');
    const admin = await bylaw.person('client_admin', other.id);
    for (const path of ['', '/preview'])
      expect((await admin.call('GET', `/clients/${other.slug}/imports/${mine.id}${path}`)).status).toBe(404);
    const theirs = importing(bylaw, admin, other.slug);
    expect((await theirs.store(mine.id, mine.preview.facts)).status).toBe(404);
    expect((await theirs.add(mine.id, members('2026-11-24'))).status).toBe(404);
    expect((await admin.call('POST', `${theirs.base}/${mine.id}/cancel`, {})).status).toBe(404);
  });
});

describe('what goes wrong', () => {
  it('refuses a malformed file whole, with row and column, and still takes the others', async () => {
    const { preview, id } = await imports.draft([
      members('2026-11-24'),
      { name: 'roster.csv', bytes: 'Name,Email,Status\n' },
      { name: 'charter.yaml', bytes: 'connectors: [\n' },
    ]);
    const by = new Map(
      preview.files.map((file: { file: string; outcome: string; says: string }) => [file.file, file]),
    );
    expect(by.get('roster.csv')).toMatchObject({ outcome: 'malformed' });
    expect(by.get('charter.yaml')).toMatchObject({ outcome: 'malformed', kind: 'charter' });
    expect((await imports.store(id, preview.facts)).body.stored).toBe(true);
    expect(await rowsIn('observations')).toBe(1);
  });

  it('refuses a file that is too large before it is sent', async () => {
    const id = await imports.start();
    const answer = await bylaw.inject({
      method: 'PUT',
      url: `/api/v1${imports.base}/${id}/files?name=log.csv`,
      headers: {
        cookie: dana.cookie,
        origin: bylaw.services.config.origin,
        'content-length': String(400 * 1024 * 1024),
      },
      payload: Buffer.from('x'),
    });
    expect(answer.status).toBe(413);
    expect(answer.body.message).toBe(
      '"log.csv" is 400 MB. Bylaw takes files of up to 300 MB. Export a shorter period.',
    );
    expect(await rowsIn('import_files')).toBe(0);
  });

  it('keeps nothing of a file whose connection was cut', async () => {
    const id = await imports.start();
    const address = await bylaw.app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      [
        `PUT /api/v1${imports.base}/${id}/files?name=members.csv HTTP/1.1`,
        `host: 127.0.0.1`,
        `origin: ${bylaw.services.config.origin}`,
        `cookie: ${dana.cookie}`,
        'content-type: application/octet-stream',
        'content-length: 100000',
        '',
        MEMBERS,
      ].join('\r\n'),
    );
    const incoming = join(bylaw.services.config.dataDir, 'evidence', 'incoming');
    await expect.poll(async () => (await readdir(incoming)).length).toBe(1);
    socket.destroy();
    await expect.poll(async () => (await readdir(incoming)).length).toBe(0);
    expect(await rowsIn('import_files')).toBe(0);
    expect((await dana.call('GET', `${imports.base}/${id}`)).body.files).toEqual([]);
  });

  it.each([
    ['../../etc/passwd.csv', 'etc/passwd.csv'],
    ['C:\\Users\\dana\\members.csv', 'Users/dana/members.csv'],
    ['=cmd|calc!A1.csv', '=cmd|calc!A1.csv'],
    ['members\u202Evsc.exe', 'membersvsc.exe'],
    ['a\u0000b\nc.csv', 'abc.csv'],
    ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
    ['..', 'file without a name'],
  ])('stores the name %j as %j', async (given, kept) => {
    const id = await imports.start();
    const answer = await imports.add(id, { name: given, bytes: MEMBERS });
    expect(answer.body.name).toBe(kept);
  });

  it('keeps a name of 1,000 characters with its ending', async () => {
    const { preview, id } = await imports.draft([{ name: `${'ä'.repeat(1000)}.csv`, bytes: MEMBERS }]);
    expect(preview.files[0].file.length).toBeLessThanOrEqual(400);
    expect(preview.files[0].file).toMatch(/ä…ä+\.csv$/);
    await imports.store(id, preview.facts);
    const sha = preview.files[0].sha256;
    const file = await bylaw.owner.call('GET', `/clients/${client.slug}/evidence/${sha}/file`);
    expect(file.headers['content-disposition']).toMatch(/^attachment; /);
    const csv = await bylaw.owner.call('GET', `/clients/${client.slug}/evidence/export?format=csv`);
    expect(csv.status).toBe(200);
  });

  it('can be cancelled, and leaves nothing', async () => {
    const { id } = await imports.draft([members('2026-11-24')]);
    expect(await rowsIn('observations')).toBe(1);
    expect((await dana.call('POST', `${imports.base}/${id}/cancel`, {})).status).toBe(201);
    expect(await rowsIn('observations')).toBe(0);
    expect(await rowsIn('observation_rows')).toBe(0);
    expect((await imports.add(id, members('2026-11-24'))).status).toBe(409);
  });

  it('says what happened where the server was stopped while it read, and reads again', async () => {
    const id = await imports.start();
    await imports.add(id, members('2026-11-24'));
    await bylaw.services.store.write([client.id], (tx) =>
      tx.updateTable('imports').set({ state: 'reading' }).where('id', '=', id).execute(),
    );
    expect((await imports.add(id, members('2026-11-23'))).status).toBe(409);
    expect(await recoverImports(bylaw.services)).toBe(1);
    const failed = (await dana.call('GET', `${imports.base}/${id}`)).body;
    expect([failed.state, failed.problem]).toEqual([
      'failed',
      'Bylaw was stopped while it read the files. Nothing was stored. Read them again.',
    ]);
    expect((await imports.read(id)).body.state).toBe('preview');
  });

  it('gives up what is being read where the server stops, and says so', async () => {
    const other = await testConsole({ store: bylaw.services.store });
    const mine = importing(other, dana, client.slug);
    const id = await mine.start();
    await mine.add(id, members('2026-11-24'));
    await dana.call('GET', mine.base);
    const reading = await other.inject({
      method: 'POST',
      url: `/api/v1${mine.base}/${id}/read`,
      headers: {
        cookie: dana.cookie,
        origin: other.services.config.origin,
        'content-type': 'application/json',
      },
      payload: '{}',
    });
    expect(reading.body.state).toBe('reading');
    await stopReadings(other.services);
    expect((await dana.call('GET', `${imports.base}/${id}`)).body.state).toBe('failed');
  });

  it('sweeps the staged rows of imports that are over, and no others', async () => {
    const over = await imports.draft([members('2026-11-24')]);
    const open = await imports.draft([members('2026-11-23')]);
    await bylaw.services.store.write([client.id], (tx) =>
      tx.updateTable('imports').set({ state: 'cancelled' }).where('id', '=', over.id).execute(),
    );
    expect(await sweepImports(bylaw.services)).toBe(1);
    expect(await rowsIn('observations')).toBe(1);
    expect((await imports.store(open.id, open.preview.facts)).body.stored).toBe(true);
  });
});
