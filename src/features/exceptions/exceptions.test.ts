import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { later, putPeople, putReading } from '../people/testing.ts';

const at = (name: string) => `${name}@alder.example.org`;
let console_: TestConsole;
let client: { id: string; slug: string; name: string };
let admin: TestPerson;
let technician: TestPerson;
beforeAll(async () => {
  console_ = await testConsole();
});
beforeEach(async () => {
  await later(console_, TEST_NOW.toISOString());
  client = await console_.client();
  admin = await console_.person('client_admin', client.id, 'Adele Admin');
  technician = await console_.person('technician', client.id, 'Tara Tech');
  await putPeople(console_.services.store, client.id);
});
afterAll(() => console_.close());

const path = (rest = '') => `/clients/${client.slug}/exceptions${rest}`;
const leavers = [at('tobin'), at('wren'), at('noor')];
const wanted = (more: object = {}) => ({
  control: 'CLA-ACC-07',
  items: leavers,
  reason: 'Handover until January',
  owner: 'Petra Board',
  until: '2027-01-31',
  ...more,
});
async function verdictOf(control: string) {
  await console_.services.verdicts.ensureCurrent([client.id]);
  const row = await console_.services.store.read([client.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select(['state', 'reason'])
      .where('control_id', '=', control)
      .where('until', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  return row;
}
async function lastRecord() {
  const rows = await console_.services.store.read('system', (tx) =>
    tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
  );
  return JSON.parse(rows.at(-1)?.body ?? 'null');
}
const approve = (who: TestPerson, id: string, version = 1) =>
  who.call('POST', path(`/${id}/approve`), { version });

describe('exceptions', () => {
  it('accepts a failing control once approved, until the clock ends it', async () => {
    const preview = await technician.call('POST', path('/preview'), {
      control: 'CLA-ACC-07',
      items: leavers,
      until: '2027-01-31',
    });
    expect(preview.body).toEqual({
      state: 'accepted',
      covered: 3,
      total: 3,
      words: '3 of 3 covered; the control would be Accepted until Jan 31, 2027.',
      secondPerson:
        (await console_.services.catalogue.controls.find(({ id }) => id === 'CLA-ACC-07'))?.severity ===
        'critical',
    });
    const asked = await technician.call('POST', path(), wanted());
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ state: 'requested', counts: false, from: '2026-11-24', version: 1 });
    expect((await verdictOf('CLA-ACC-07')).state).toBe('fail');
    expect(await lastRecord()).toMatchObject({
      action: 'exceptions.request',
      before: null,
      after: { state: 'requested', items: leavers, until: '2027-01-31' },
      reason: 'Handover until January',
    });
    const done = await approve(admin, asked.body.id);
    expect(done.body).toMatchObject({
      state: 'in_force',
      counts: true,
      decided: { by: 'Adele Admin', samePerson: false },
    });
    expect(await lastRecord()).toMatchObject({
      action: 'exceptions.approve',
      actor: { name: 'Adele Admin' },
      before: { state: 'requested' },
      after: { state: 'approved', samePersonAskedAndApproved: false },
    });
    expect((await verdictOf('CLA-ACC-07')).state).toBe('accepted');
    const people = (await admin.call('GET', `/clients/${client.slug}/people`)).body;
    expect(people.items[0].state).toMatchObject({ verdict: 'accepted', until: '2027-01-31' });

    await later(console_, '2027-01-20T15:00:00Z');
    await putPeople(console_.services.store, client.id, '2027-01-20');
    expect((await verdictOf('CLA-ACC-07')).state).toBe('accepted');
    expect((await admin.call('GET', path(`/${asked.body.id}`))).body.state).toBe('ending_soon');
    await later(console_, '2027-02-01T15:00:00Z');
    expect((await verdictOf('CLA-ACC-07')).state).toBe('fail');
    const over = (await admin.call('GET', path(`/${asked.body.id}`))).body;
    expect([over.state, over.counts]).toEqual(['ended', false]);
  });

  it('still counts the last day in the client’s own zone', async () => {
    const asked = await technician.call('POST', path(), wanted({ until: '2026-11-25' }));
    await approve(admin, asked.body.id);
    await later(console_, '2026-11-26T04:30:00Z');
    expect((await verdictOf('CLA-ACC-07')).state).toBe('accepted');
    await later(console_, '2026-11-26T05:30:00Z');
    expect((await verdictOf('CLA-ACC-07')).state).toBe('fail');
  });

  it('leaves anyone who is not covered failing', async () => {
    const preview = await technician.call('POST', path('/preview'), {
      control: 'CLA-ACC-07',
      items: [at('tobin')],
      until: '2027-01-31',
    });
    expect(preview.body.words).toBe('1 of 3 covered; the control would stay Fail for the other 2.');
    const asked = await technician.call('POST', path(), wanted({ items: [at('tobin')] }));
    await approve(admin, asked.body.id);
    expect((await verdictOf('CLA-ACC-07')).state).toBe('fail');
    const { items } = (await admin.call('GET', `/clients/${client.slug}/people`)).body;
    expect(items.map((row: { state: { verdict: string | null } }) => row.state.verdict).slice(0, 2)).toEqual([
      'accepted',
      'fail',
    ]);
  });

  it('hides nothing that cannot be read, before or after it was asked for', async () => {
    const refused = await technician.call('POST', path(), wanted({ control: 'CLA-ACC-12', items: null }));
    expect((await verdictOf('CLA-ACC-12')).state).toBe('cannot_read');
    expect(refused.status).toBe(422);
    expect(refused.body.message).toContain('an exception never hides what is not known');
    const asked = await technician.call('POST', path(), wanted({ items: null, until: '2027-02-28' }));
    await approve(admin, asked.body.id);
    expect((await verdictOf('CLA-ACC-07')).state).toBe('accepted');
    await later(console_, '2027-01-02T15:00:00Z');
    expect((await verdictOf('CLA-ACC-07')).state).toBe('cannot_read');
    const states = await console_.services.store.read([client.id], (tx) =>
      tx.selectFrom('verdicts').select(['control_id', 'state']).where('until', 'is', null).execute(),
    );
    const { items } = (await admin.call('GET', path('/controls'))).body;
    const acceptable = new Set(items.map((one: { control: string }) => one.control));
    for (const { control_id, state } of states)
      expect([control_id, acceptable.has(control_id)]).toEqual([
        control_id,
        ['fail', 'pending', 'accepted'].includes(state),
      ]);
  });

  it('says what is wrong with days and findings', async () => {
    const say = async (more: object) => (await technician.call('POST', path(), wanted(more))).body.message;
    expect(await say({ until: '2026-11-23' })).toBe(
      'The last day, Nov 23, 2026, is past. Today is Nov 24, 2026 at Alder Society.',
    );
    expect(await say({ until: '2027-11-26' })).toContain('at most 366 days ahead, to Nov 25, 2027');
    expect((await technician.call('POST', path(), wanted({ until: '2027-11-25' }))).status).toBe(201);
    expect(await say({ from: '2026-11-01' })).toContain('cannot start before today');
    expect(await say({ from: '2027-02-01' })).toContain('after its last day');
    expect(await say({ items: [at('ana')] })).toContain(`CLA-ACC-07 does not list “${at('ana')}” now`);
    expect((await technician.call('POST', path(), wanted({ until: undefined }))).status).toBe(400);
  });

  it('needs a second person for a critical control, who does not own it either', async () => {
    const critical = console_.services.catalogue.controls.find(({ id }) => id === 'CLA-ACC-03');
    const target = await criticalFailing();
    const self = await admin.call('POST', path(), wanted({ control: target, items: null }));
    expect(self.body.approval).toEqual({ ok: false, words: expect.stringContaining('You asked for this') });
    const own = await approve(admin, self.body.id);
    expect(own.status).toBe(403);
    expect(own.body.message).toContain('a second person approves it');
    expect((await verdictOf(target)).state).toBe('fail');
    const second = await console_.person('client_admin', client.id, 'Petra Board');
    const asOwner = await approve(second, self.body.id);
    expect(asOwner.status).toBe(403);
    expect(asOwner.body.message).toContain('You are the owner');
    expect((await approve(technician, self.body.id)).status).toBe(403);
    expect((await approve(console_.owner, self.body.id)).status).toBe(201);
    expect((await verdictOf(target)).state).toBe('accepted');
    expect(critical).toBeDefined();
  });

  it('lets one person ask and approve where the control is not critical, and records it', async () => {
    const target = await failingOf((severity) => severity !== 'critical');
    const asked = await admin.call('POST', path(), wanted({ control: target, items: null }));
    expect(asked.body.approval).toEqual({ ok: true, words: expect.stringContaining('one person did both') });
    const done = await approve(admin, asked.body.id);
    expect(done.body.decided.samePerson).toBe(true);
    expect((await verdictOf(target)).state).toBe('accepted');
    expect((await lastRecord()).after.samePersonAskedAndApproved).toBe(true);
  });

  it('tells the second approver what the first did', async () => {
    const asked = await technician.call('POST', path(), wanted());
    const both = await Promise.all([
      approve(admin, asked.body.id),
      console_.owner.call('POST', path(`/${asked.body.id}/refuse`), {
        version: 1,
        reason: 'Remove them instead',
      }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const late = both.find(({ status }) => status === 409);
    expect(late?.body.message).toMatch(
      /^(Adele Admin approved|Olive Owner refused) this exception in the meantime/,
    );
    expect(late?.body.data.version).toBe(2);
  });

  it('ends early with a reason, by who asked or may approve', async () => {
    const asked = await technician.call('POST', path(), wanted());
    await approve(admin, asked.body.id);
    const other = await console_.person('technician', client.id);
    const end = (who: TestPerson) =>
      who.call('POST', path(`/${asked.body.id}/end`), { version: 2, reason: 'They were removed' });
    expect((await end(other)).status).toBe(403);
    expect((await end(technician)).body).toMatchObject({ state: 'ended', ended: { by: 'Tara Tech' } });
    expect((await verdictOf('CLA-ACC-07')).state).toBe('fail');
    expect(await lastRecord()).toMatchObject({
      action: 'exceptions.end',
      reason: 'They were removed',
      before: { state: 'approved' },
      after: { state: 'ended' },
    });
    expect((await end(admin)).status).toBe(409);
  });

  it('never counts for a day before its approval', async () => {
    const asked = await technician.call('POST', path(), wanted());
    await later(console_, '2026-12-03T15:00:00Z');
    const done = await approve(admin, asked.body.id);
    expect(done.body.from).toBe('2026-12-03');
    const past = await console_.services.verdicts.run(client.id, 'verdicts', undefined, {
      day: '2026-11-25',
    });
    expect(past?.result.find(({ control }) => control === 'CLA-ACC-07')?.state).toBe('fail');
  });

  it('does not count while its owner has left according to the roster, in the verdict and on the list alike', async () => {
    const asked = await technician.call('POST', path(), wanted({ owner: at('tobin') }));
    await approve(admin, asked.body.id);
    expect(await verdictOf('CLA-ACC-07')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining(`${at('tobin')} has left according to the roster`),
    });
    const listed = await technician.call('GET', path());
    expect(listed.body.items).toMatchObject([
      { counts: false, why: expect.stringContaining('does not count'), state: 'in_force' },
    ]);
  });

  it('shows those of the imported charter, read only', async () => {
    await console_.services.store.write([client.id], async (tx) => {
      await tx
        .insertInto('documents')
        .values({
          id: 'c1',
          client_id: client.id,
          kind: 'charter',
          version: 1,
          value: JSON.stringify({
            exceptions: [
              {
                control: 'CLA-ACC-07',
                items: leavers,
                reason: 'By hand',
                owner: 'Petra Board',
                until: '2026-12-01',
              },
            ],
          }),
          lines: '{}',
          file: 'charter.yaml',
          sha256: 'a'.repeat(64),
          stored_at: TEST_NOW,
          stored_by: 'test',
        })
        .execute();
    });
    const { items, counts } = (await admin.call('GET', path())).body;
    const critical = console_.services.catalogue.controls.find(({ id }) => id === 'CLA-ACC-07')?.severity;
    expect(items).toMatchObject([
      {
        id: 'charter-1',
        source: 'charter',
        state: 'ending_soon',
        counts: critical !== 'critical',
        mayEnd: false,
      },
    ]);
    expect(counts.ending_soon).toBe(1);
    expect((await approve(admin, 'charter-1')).status).toBe(404);
    const file = await admin.call('GET', path('/export?format=json'));
    expect(file.body.rows ?? file.body.items).toHaveLength(1);
  });

  it('keeps clients apart and limits each role to its permissions', async () => {
    const other = await console_.client('Birch Guild');
    const asked = await technician.call('POST', path(), wanted());
    const foreign = `/clients/${other.slug}/exceptions/${asked.body.id}`;
    expect((await console_.owner.call('GET', foreign)).status).toBe(404);
    for (const act of ['approve', 'refuse', 'end'])
      expect(
        (
          await console_.owner.call('POST', `${foreign}/${act}`, {
            version: 1,
            ...(act === 'approve' ? {} : { reason: 'not ours' }),
          })
        ).status,
      ).toBe(404);
    const hr = await console_.person('hr', client.id);
    const auditor = await console_.person('auditor', client.id);
    expect((await hr.call('GET', path())).status).toBe(403);
    expect((await auditor.call('GET', path())).body.total).toBe(1);
    expect((await auditor.call('POST', path(), wanted())).status).toBe(403);
    expect(
      (await hr.call('POST', path('/preview'), { control: 'CLA-ACC-07', items: null, until: '2027-01-31' }))
        .status,
    ).toBe(403);
  });
});

/** A failing control with a severity that matches; this client's files make some fail. */
async function failingOf(fits: (severity: string) => boolean): Promise<string> {
  await console_.services.verdicts.ensureCurrent([client.id]);
  const rows = await console_.services.store.read([client.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select('control_id')
      .where('client_id', '=', client.id)
      .where('state', '=', 'fail')
      .where('until', 'is', null)
      .execute(),
  );
  const failing = new Set(rows.map((row) => row.control_id));
  const control = console_.services.catalogue.controls.find(
    ({ id, severity }) => failing.has(id) && fits(severity),
  );
  if (!control) throw new Error(`no such control fails: ${[...failing].join(', ')}`);
  return control.id;
}

async function criticalFailing(): Promise<string> {
  await putReading(
    console_.services.store,
    client.id,
    'security_defaults',
    [{ enabled: false }],
    '2026-11-24',
  );
  return failingOf((severity) => severity === 'critical');
}
