import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { holdingsOf } from '#store/retention/holdings.ts';
import { later } from '../people/testing.ts';

let console_: TestConsole;
beforeAll(async () => {
  console_ = await testConsole();
});
afterAll(() => console_.close());

async function fresh() {
  await later(console_, '2026-11-24T15:00:00Z');
  const client = await console_.client();
  const technician = await console_.person('technician', client.id, 'Tara Tech');
  const path = (rest = '') => `/clients/${client.slug}/attestations${rest}`;
  const verdict = async (control = 'CLA-ACC-12') => {
    await console_.services.verdicts.ensureCurrent([client.id]);
    return console_.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('verdicts')
        .select(['state', 'reason'])
        .where('control_id', '=', control)
        .where('until', 'is', null)
        .executeTakeFirstOrThrow(),
    );
  };
  const lastRecord = async () => {
    const rows = await console_.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return JSON.parse(rows.at(-1)?.body ?? 'null');
  };
  return { client, technician, path, verdict, lastRecord };
}
const seen = (more: object = {}) => ({ control: 'CLA-ACC-12', holds: true, seen: '2026-11-20', ...more });

/** One more domain takes two people. */
async function agreed(by: TestPerson, slug: string, { proposed }: { proposed: { id: string } }) {
  const approved = await by.call('POST', `/clients/${slug}/profile/approve`, { proposed: proposed.id });
  expect(approved.status).toBe(201);
}

describe('attestations', () => {
  it('do not cover a domain that the client added after they were made', async () => {
    const { client, technician, path, verdict } = await fresh();
    const owner = console_.owner;
    const statement = { control: 'CLA-ACC-10', holds: true, seen: '2026-11-24' };
    expect((await technician.call('POST', path(), statement)).status).toBe(201);
    const before = await verdict('CLA-ACC-10');
    expect(before).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('looked on Nov 24, 2026'),
    });
    const { body } = await owner.call('GET', `/clients/${client.slug}`);
    const { name: _name, ...rest } = body.profile;
    const profile = { ...rest, domains: [...body.profile.domains, 'later.example.org'] };
    const change = { name: body.name, profile, version: body.version };
    const put = await owner.call('PUT', `/clients/${client.slug}`, change);
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    await agreed(technician, client.slug, put.body);
    expect(await verdict('CLA-ACC-10')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('later.example.org was added to the profile after that'),
    });
    expect((await technician.call('POST', path(), statement)).status).toBe(201);
    expect((await verdict('CLA-ACC-10')).state).toBe('pass');
  });

  it('do not cover a domain added after the day they are dated', async () => {
    const { client, technician, path, verdict } = await fresh();
    const { body } = await console_.owner.call('GET', `/clients/${client.slug}`);
    const { name: _name, ...rest } = body.profile;
    const profile = { ...rest, domains: [...body.profile.domains, 'later.example.org'] };
    const change = { name: body.name, profile, version: body.version };
    const put = await console_.owner.call('PUT', `/clients/${client.slug}`, change);
    expect(put.status).toBe(200);
    await agreed(technician, client.slug, put.body);
    await later(console_, '2026-11-26T15:00:00Z');
    const looked = async (day: string) =>
      (await technician.call('POST', path(), { control: 'CLA-ACC-10', holds: true, seen: day })).status;
    for (const day of ['2026-11-20', '2026-11-24']) {
      expect(await looked(day)).toBe(201);
      expect(await verdict('CLA-ACC-10')).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('later.example.org was added to the profile after that'),
      });
    }
    expect(await looked('2026-11-25')).toBe(201);
    expect((await verdict('CLA-ACC-10')).state).toBe('pass');
  });

  it('decides a control at once in the name of who is signed in, and expires by the clock', async () => {
    const { technician, path, verdict, lastRecord } = await fresh();
    expect((await verdict()).state).toBe('cannot_read');
    const created = await technician.call('POST', path(), seen({ note: 'The switch is gray' }));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      state: 'current',
      by: `Tara Tech (${technician.email})`,
      countsUntil: '2027-02-18',
      warning: null,
      verdict: 'pass',
    });
    expect((await verdict()).reason).toContain(`Tara Tech (${technician.email}) looked on Nov 20, 2026`);
    expect(await lastRecord()).toMatchObject({
      action: 'attestations.create',
      actor: { id: technician.id },
      before: null,
      after: { control: 'CLA-ACC-12', holds: true, seen: '2026-11-20' },
    });
    await later(console_, '2027-02-18T15:00:00Z');
    expect((await verdict()).state).toBe('pass');
    await later(console_, '2027-02-19T15:00:00Z');
    expect((await verdict()).state).toBe('cannot_read');
    expect((await technician.call('GET', path('?state=expired'))).body).toMatchObject({
      total: 1,
      counts: { current: 0, expired: 1 },
    });
  });

  it('fails the control where it was seen not to hold, and lets a later look replace it', async () => {
    const { technician, path, verdict } = await fresh();
    await technician.call('POST', path(), seen({ holds: false }));
    expect((await verdict()).state).toBe('fail');
    await technician.call('POST', path(), seen({ seen: '2026-11-24' }));
    expect((await verdict()).state).toBe('pass');
    const { items } = (await technician.call('GET', path())).body;
    expect(items.map((one: { state: string }) => one.state)).toEqual(['current', 'replaced']);
  });

  it('take effect again when a contrary one is withdrawn, which only a verified account may do', async () => {
    const { client, technician, path, verdict } = await fresh();
    const other = await console_.person('technician', client.id, 'Otto Other');
    await technician.call('POST', path(), seen());
    const no = await other.call('POST', path(), seen({ holds: false, seen: '2026-11-22' }));
    expect((await verdict()).state).toBe('fail');
    const withdraw = () => technician.call('POST', path(`/${no.body.id}/withdraw`), { reason: 'I disagree' });
    const verified = (proven: Date | null) =>
      console_.services.store.write('system', (tx) =>
        tx.updateTable('users').set({ proven_at: proven }).where('id', '=', technician.id).execute(),
      );
    await verified(null);
    expect((await withdraw()).status).toBe(403);
    expect((await verdict()).state).toBe('fail');
    await verified(console_.services.clock());
    expect((await withdraw()).status).toBe(201);
    expect((await verdict()).state).toBe('pass');
  });

  it('takes a statement back with a reason, once', async () => {
    const { technician, path, verdict, lastRecord } = await fresh();
    const created = await technician.call('POST', path(), seen());
    const back = (reason: unknown) =>
      technician.call('POST', path(`/${created.body.id}/withdraw`), { reason });
    expect((await back('')).status).toBe(400);
    expect((await back('Looked at the wrong organization')).body).toMatchObject({
      state: 'withdrawn',
      withdrawn: { by: 'Tara Tech', reason: 'Looked at the wrong organization' },
    });
    expect((await verdict()).state).toBe('cannot_read');
    expect(await lastRecord()).toMatchObject({
      action: 'attestations.withdraw',
      reason: 'Looked at the wrong organization',
      before: { control: 'CLA-ACC-12', holds: true },
      after: null,
    });
    expect((await back('Again please')).status).toBe(409);
  });

  it('is offered only where a check reads it, and says so elsewhere', async () => {
    const { technician, path } = await fresh();
    const refused = await technician.call('POST', path(), seen({ control: 'CLA-ACC-07' }));
    expect(refused.status).toBe(422);
    expect(refused.body.message).toBe(
      'CLA-ACC-07 is decided from what is read (the members file, the staff roster, the list of Entra users, the charter and the journal), so a statement would not count there.',
    );
    const asked = (await technician.call('GET', path('/controls/CLA-ACC-07'))).body;
    expect(asked).toEqual({ takes: false, why: refused.body.message, control: null });
    const { items } = (await technician.call('GET', path('/controls'))).body;
    const rules = new Map(console_.services.catalogue.controls.map((control) => [control.id, control]));
    for (const { control } of items)
      expect(rules.get(control)?.checks.some(({ reads }) => reads.includes('attestations'))).toBe(true);
    for (const control of console_.services.catalogue.controls)
      if (control.checks.some(({ rule }) => rule === 'attested'))
        expect(items.some((one: { control: string }) => one.control === control.id)).toBe(true);
    expect((await technician.call('GET', path('/controls/CLA-ACC-99'))).status).toBe(404);
  });

  it('refuses impossible days and missing evidence, and warns about what no longer counts', async () => {
    const { client, technician, path, verdict } = await fresh();
    const say = async (more: object) => (await technician.call('POST', path(), seen(more))).body.message;
    expect(await say({ seen: '2026-11-25' })).toContain('is in the future. Today is Nov 24, 2026');
    expect(await say({ expires: '2026-11-01' })).toContain('before the day on which you looked');
    const sha = 'ab'.repeat(32);
    expect(await say({ evidence: sha })).toContain(`No evidence of ${client.name}`);
    const other = await console_.client('Birch Guild');
    const keep = (clientId: string) =>
      console_.services.store.write([clientId], (tx) =>
        tx
          .insertInto('evidence')
          .values({
            client_id: clientId,
            sha256: sha,
            name: 'switch.png',
            media_type: 'image/png',
            bytes: 10,
            how: 'upload',
            added_by: 'test',
            added_at: new Date('2026-11-24T14:00:00Z'),
          })
          .execute(),
      );
    await keep(other.id);
    expect(await say({ evidence: sha })).toContain(`No evidence of ${client.name}`);
    await keep(client.id);
    const created = await technician.call('POST', path(), seen({ evidence: sha, expires: '2026-12-01' }));
    expect(created.body).toMatchObject({
      evidence: { sha256: sha, name: 'switch.png' },
      countsUntil: '2026-12-01',
    });
    await technician.call('POST', path(`/${created.body.id}/withdraw`), { reason: 'For this test' });
    const old = await technician.call('POST', path(), seen({ seen: '2026-06-01' }));
    expect(old.body.warning).toContain('is valid for 90 days, so it ended on Aug 30, 2026');
    expect((await verdict()).state).toBe('cannot_read');
    const invented = await technician.call('POST', path(), seen({ by: 'The board' }));
    expect(invented.status).toBe(400);
  });

  it('rests on several files, each of which says so and stays', async () => {
    const { client, technician, path, lastRecord } = await fresh();
    const upload = async (name: string) => {
      const answer = await console_.inject({
        method: 'PUT',
        url: `/api/v1/clients/${client.slug}/evidence?name=${name}`,
        headers: {
          cookie: technician.cookie,
          origin: console_.services.config.origin,
          'content-type': 'application/octet-stream',
        },
        payload: Buffer.from(`what ${name} shows`),
      });
      return String(answer.body.sha256);
    };
    const [one, two, three] = [await upload('one.png'), await upload('two.png'), await upload('three.png')];
    const missing = 'cd'.repeat(32);
    const refused = await technician.call('POST', path(), seen({ evidence: one, moreEvidence: [missing] }));
    expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining('No evidence of')]);
    const body = seen({ evidence: one, moreEvidence: [two, one, three] });
    const created = await technician.call('POST', path(), body);
    expect(created.body).toMatchObject({
      evidence: { sha256: one, name: 'one.png', bytes: 18 },
      moreEvidence: [
        { sha256: two, name: 'two.png', bytes: 18 },
        { sha256: three, name: 'three.png', bytes: 20 },
      ],
    });
    expect(await lastRecord()).toMatchObject({ after: { evidence: one, moreEvidence: [two, three] } });
    for (const sha of [one, two, three]) {
      const shown = await technician.call('GET', `/clients/${client.slug}/evidence/${sha}`);
      expect(shown.body.usedBy).toMatchObject([{ what: 'attestation', id: created.body.id }]);
    }
    const held = await console_.services.store.read([client.id], (tx) => holdingsOf(tx, client.id));
    for (const sha of [one, two, three]) expect(held.named.has(sha)).toBe(true);
    const { body: csv } = await technician.call('GET', path('/export?format=csv'));
    expect(csv).toContain(`${one} ${two} ${three}`);
  });

  it('keeps clients apart and limits each role to its permissions', async () => {
    const { client, technician, path } = await fresh();
    const created = await technician.call('POST', path(), seen());
    const other = await console_.client('Birch Guild');
    const foreign = `/clients/${other.slug}/attestations/${created.body.id}/withdraw`;
    expect((await console_.owner.call('POST', foreign, { reason: 'not ours' })).status).toBe(404);
    const auditor = await console_.person('auditor', client.id);
    const hr = await console_.person('hr', client.id);
    expect((await auditor.call('GET', path())).body.total).toBe(1);
    expect((await auditor.call('POST', path(), seen())).status).toBe(403);
    expect((await hr.call('GET', path())).status).toBe(403);
    const csv = await auditor.call('GET', path('/export?format=csv'));
    expect(csv.bytes.toString('utf8')).toContain('ACC-12,');
  });
});
// Guide: G6.4-02
