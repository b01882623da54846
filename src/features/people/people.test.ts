import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { putPeople, putReading } from './testing.ts';

const at = (name: string) => `${name}@alder.example.org`;
let console_: TestConsole;
beforeAll(async () => {
  console_ = await testConsole();
});
afterAll(() => console_.close());

async function alder() {
  const client = await console_.client();
  await putPeople(console_.services.store, client.id);
  return client;
}
const list = async (slug: string, tab = 'differences') =>
  (await console_.owner.call('GET', `/clients/${slug}/people?tab=${tab}`)).body;
async function verdictOf(clientId: string, control: string) {
  await console_.services.verdicts.ensureCurrent([clientId]);
  return console_.services.store.read([clientId], (tx) =>
    tx
      .selectFrom('verdicts')
      .select(['state', 'body'])
      .where('client_id', '=', clientId)
      .where('control_id', '=', control)
      .where('until', 'is', null)
      .executeTakeFirstOrThrow(),
  ) as Promise<{ state: string; body: { items: { key: string }[]; reason: string } }>;
}
async function auditOf(chain: string) {
  const rows = await console_.services.store.read('system', (tx) =>
    tx.selectFrom('audit_log').select('body').where('client_id', '=', chain).orderBy('seq').execute(),
  );
  return rows.map(({ body }) => JSON.parse(body));
}

describe('people', () => {
  it('puts everyone in one place, with counts that agree with the controls', async () => {
    const client = await alder();
    const { counts, items, seats, staff } = await list(client.slug);
    expect([seats, staff]).toEqual([7, 4]);
    expect(counts).toEqual({
      differences: 6,
      has_left: 2,
      not_on_roster: 2,
      to_confirm: 1,
      no_seat: 1,
      matched: 2,
      everyone: 8,
      personal_accounts: 0,
    });
    expect(
      items.map((row: { name: string; state: { words: string } }) => [row.name, row.state.words]),
    ).toEqual([
      ['Tobin Achterberg', 'Seat kept 43 days'],
      ['Wren Castellane', 'Seat kept 25 days'],
      ['Membership', 'Needs a decision'],
      ['Noor Vasquez', 'Undecided since Nov 3, 2026'],
      ['Kit Hargreaves', 'Needs a decision'],
      ['Bram Oyelaran', 'No seat'],
    ]);
    const failing = items.filter((row: { state: { verdict: string } }) => row.state.verdict === 'fail');
    const verdict = await verdictOf(client.id, 'CLA-ACC-07');
    expect(verdict.state).toBe('fail');
    expect(failing.map((row: { key: string }) => row.key).sort()).toEqual(
      verdict.body.items.map((item) => item.key).sort(),
    );
    const tobin = items[0];
    expect(tobin.evidence.map((one: { file: string; row: number }) => [one.file, one.row])).toEqual([
      ['members-2026-11-24.csv', 4],
      ['roster-2026-11-24.csv', 4],
    ]);
    expect(tobin.evidence[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says which file is missing, and then lists the members as they are and clears nobody', async () => {
    const client = await console_.client();
    await putReading(
      console_.services.store,
      client.id,
      'members',
      [{ email: at('ana'), roleText: 'Admin', seat: 'standard' }],
      '2026-11-24',
    );
    const { blocked, items, counts } = await list(client.slug, 'everyone');
    expect(blocked.missing).toEqual(['roster']);
    expect(blocked.why).toBe('The staff roster has not been provided.');
    expect(blocked.howToGet).toContain('HR, payroll or Entra');
    expect(items).toMatchObject([
      {
        place: 'not_compared',
        differs: false,
        account: { address: at('ana'), role: 'Admin', seat: 'standard' },
        state: { verdict: null, words: 'Not compared' },
      },
    ]);
    expect(counts).toMatchObject({ everyone: 1, differences: 0, matched: 0 });
    const { files } = await list(client.slug, 'everyone');
    expect(files).toMatchObject([{ kind: 'members', observedOn: '2026-11-24' }]);
    const exported = (tab: string) =>
      console_.owner.call('GET', `/clients/${client.slug}/people/export?format=csv&tab=${tab}`);
    expect((await exported('differences')).status).toBe(422);
    expect((await exported('everyone')).status).toBe(200);
    const decided = await console_.owner.call('POST', `/clients/${client.slug}/people/decisions`, {
      kind: 'guest',
      addresses: [at('ana')],
      reason: 'Board member',
    });
    expect(decided.status).toBe(422);
    expect(decided.body.message).toContain('The staff roster has not been provided.');
  });

  it('does not compare files that are too old, though it did while they were fresh', async () => {
    const client = await console_.client();
    await putPeople(console_.services.store, client.id, '2026-10-20');
    expect((await list(client.slug)).blocked.why).toContain('is 35 days old. It is valid for 30 days.');
  });

  it('joins two records by a decision at once, with a record in the client’s chain, and parts them again', async () => {
    const client = await alder();
    const hr = await console_.person('hr', client.id, 'Hana HR');
    const path = `/clients/${client.slug}/people/decisions`;
    const before = await console_.owner.call('GET', `/clients/${client.slug}/controls/CLA-ACC-09`);
    expect(before.body.state).toBeTypeOf('string');
    const done = await hr.call('POST', path, {
      kind: 'same',
      addresses: [at('kit'), at('katherine')],
      reason: 'Married name',
    });
    expect(done.status).toBe(201);
    const after = await list(client.slug, 'matched');
    const kit = after.items.find((row: { key: string }) => row.key === at('kit'));
    expect(kit.why).toContain('decision');
    expect(kit.decisions).toMatchObject([{ kind: 'same', by: 'Hana HR', reason: 'Married name' }]);
    expect(after.counts.to_confirm).toBe(0);
    // A single decision does not answer whether guests are allowed.
    const guests = await console_.owner.call('GET', `/clients/${client.slug}/controls/CLA-ACC-09`);
    expect(guests.body.state).toBe(before.body.state);
    const record = (await auditOf(client.id)).at(-1);
    expect(record).toMatchObject({
      action: 'people.decide',
      actor: { id: hr.id, name: 'Hana HR' },
      subject: { kind: 'person', id: at('kit'), name: 'Kit Hargreaves' },
      reason: 'Married name',
      before: null,
      after: { kind: 'same', addresses: [at('kit'), at('katherine')] },
    });
    const again = await hr.call('POST', path, { kind: 'same', addresses: [at('katherine'), at('kit')] });
    expect(again.status).toBe(422);

    const back = await hr.call('POST', `${path}/${done.body.id}/withdraw`, {});
    expect(back.status).toBe(201);
    expect((await list(client.slug)).counts.to_confirm).toBe(1);
    expect((await auditOf(client.id)).at(-1)).toMatchObject({
      action: 'people.withdraw',
      before: { kind: 'same', addresses: [at('kit'), at('katherine')], by: 'Hana HR' },
      after: null,
    });
    const twice = await console_.owner.call('POST', `${path}/${done.body.id}/withdraw`, {});
    expect(twice.status).toBe(409);
    expect(twice.body.message).toBe('Hana HR has already withdrawn this decision.');
  });

  it('tells the second person what the first decided, and changes nothing', async () => {
    const client = await alder();
    const path = `/clients/${client.slug}/people/decisions`;
    const pair = [at('kit'), at('katherine')];
    const other = await console_.person('technician', client.id, 'Tara Tech');
    const both = await Promise.all([
      console_.owner.call('POST', path, { kind: 'same', addresses: pair }),
      other.call('POST', path, { kind: 'different', addresses: pair }),
    ]);
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const late = both.find((answer) => answer.status === 409);
    expect(late?.body.message).toMatch(
      /^(Olive Owner|Tara Tech) decided on Nov 24, 2026 that kit@.* and katherine@.* are (the same person|two people)\. Withdraw that decision first\.$/,
    );
    expect(late?.body.data.by).toMatch(/Olive Owner|Tara Tech/);
    const { total } = (await console_.owner.call('GET', path)).body;
    expect(total).toBe(1);
  });

  it('never takes a name for one person where it could mean two', async () => {
    const client = await console_.client();
    const members = [
      { name: 'Sam Lee', email: at('sam.lee') },
      { name: 'Sam Lee', email: at('sam.lee2') },
      { name: 'Ana Ruiz', email: at('ana') },
    ];
    const roster = [
      { name: 'Sam Lee', emails: [], status: 'active' as const },
      { name: 'Ana Ruiz', emails: [at('ana')], status: 'active' as const },
    ];
    await putReading(console_.services.store, client.id, 'members', members, '2026-11-24');
    await putReading(console_.services.store, client.id, 'roster', roster, '2026-11-24');
    const { counts } = await list(client.slug);
    expect([counts.matched, counts.to_confirm]).toEqual([1, 2]);
    const answer = await console_.owner.call('POST', `/clients/${client.slug}/people/decisions`, {
      kind: 'same',
      addresses: [at('sam.lee'), 'Sam Lee'],
    });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain('More than one person could be meant by Sam Lee');
  });

  it('decides what it can of several and lists the rest with the reason', async () => {
    const client = await alder();
    const answer = await console_.owner.call('POST', `/clients/${client.slug}/people/decisions/batch`, {
      decisions: [
        { kind: 'shared', addresses: [at('membership')], reason: 'Front desk' },
        { kind: 'service', addresses: [at('membership')], reason: 'Robot' },
        { kind: 'guest', addresses: [at('nobody')], reason: 'Guest' },
        { kind: 'guest', addresses: [at('noor')] },
      ],
    });
    expect(answer.status).toBe(201);
    expect(answer.body.done).toHaveLength(1);
    expect(answer.body.refused.map((one: { why: string }) => one.why)).toEqual([
      'Olive Owner decided on Nov 24, 2026 that membership@alder.example.org is a shared mailbox. Withdraw that decision first.',
      'No account in the current members file has the address nobody@alder.example.org.',
      'Say why noor@alder.example.org is a guest.',
    ]);
    const shared = await verdictOf(client.id, 'CLA-ACC-08');
    expect([shared.state, shared.body.items.map(({ key }) => key)]).toEqual(['fail', [at('membership')]]);
    const row = (await list(client.slug)).items.find((one: { key: string }) => one.key === at('membership'));
    expect(row.state).toMatchObject({
      verdict: 'fail',
      words: 'Shared mailbox holds a seat',
      control: 'CLA-ACC-08',
    });
    const none = await console_.owner.call('POST', `/clients/${client.slug}/people/decisions/batch`, {
      decisions: [{ kind: 'guest', addresses: [at('nobody')], reason: 'Guest' }],
    });
    expect(none.body.done).toEqual([]);
    expect((await auditOf(client.id)).filter(({ action }) => action === 'people.decide')).toHaveLength(1);
  });

  it('counts the days of a seat again when the day is over', async () => {
    const client = await alder();
    const words = async (hours: number) => {
      console_.setNow(new Date(TEST_NOW.getTime() + hours * 3_600_000));
      return (await list(client.slug)).items[0].state.words;
    };
    // Sessions end after half a day without requests.
    const all = [await words(0), await words(7), await words(14), await words(7), await words(0)];
    const [today, next] = ['Seat kept 43 days', 'Seat kept 44 days'];
    expect(all).toEqual([today, today, next, today, today]);
  });

  it('lists personal accounts as the control counts them', async () => {
    const client = await alder();
    await putReading(
      console_.services.store,
      client.id,
      'domain_memberships',
      [
        { email: at('ana'), inWorkspace: true },
        { email: at('ben'), plan: 'pro' },
        { email: at('zoe'), inWorkspace: null },
      ],
      '2026-11-23',
    );
    const { items, counts, personalBlocked } = await list(client.slug, 'personal_accounts');
    const verdict = await verdictOf(client.id, 'CLA-SHA-03');
    expect(personalBlocked).toBeNull();
    expect(counts.personal_accounts).toBe(2);
    expect(
      items
        .filter((row: { state: { verdict: string } }) => row.state.verdict === 'fail')
        .map((row: { key: string }) => row.key),
    ).toEqual(verdict.body.items.map(({ key }) => key));
    expect(items.map((row: { state: { verdict: string } }) => row.state.verdict)).toEqual([
      'fail',
      'cannot_read',
    ]);
    const person = await console_.owner.call(
      'GET',
      `/clients/${client.slug}/people/person/${encodeURIComponent(`account:${at('ben')}`)}`,
    );
    expect(person.body.others.map((one: { id: string }) => one.id)).toEqual([`personal:${at('ben')}`]);
  });

  it('shows HR the people, but neither exceptions nor sentences that mention them', async () => {
    const client = await alder();
    const hr = await console_.person('hr', client.id);
    // Cached first for a person who may read them.
    expect((await list(client.slug)).controls).toContainEqual(
      expect.objectContaining({ reason: expect.any(String) }),
    );
    const rows = (await hr.call('GET', `/clients/${client.slug}/people`)).body;
    expect(rows.controls.every((one: { reason: string | null }) => one.reason === null)).toBe(true);
    const path = `/clients/${client.slug}/people/person/${encodeURIComponent(`account:${at('tobin')}`)}`;
    expect((await hr.call('GET', path)).body.exceptions).toBeNull();
    expect((await console_.owner.call('GET', path)).body.exceptions).toEqual([]);
    expect((await hr.call('GET', `/clients/${client.slug}/exceptions`)).status).toBe(403);
    const auditor = await console_.person('auditor', client.id);
    expect((await auditor.call('GET', path)).status).toBe(200);
    expect(
      (
        await auditor.call('POST', `/clients/${client.slug}/people/decisions`, {
          kind: 'guest',
          addresses: [at('noor')],
          reason: 'Guest',
        })
      ).status,
    ).toBe(403);
  });

  it('answers for another client’s decision as if there were none', async () => {
    const [mine, theirs] = [await alder(), await alder()];
    const done = await console_.owner.call('POST', `/clients/${theirs.slug}/people/decisions`, {
      kind: 'guest',
      addresses: [at('noor')],
      reason: 'Board',
    });
    const path = `/clients/${mine.slug}/people/decisions/${done.body.id}/withdraw`;
    expect((await console_.owner.call('POST', path, {})).status).toBe(404);
    const outsider = await console_.person('client_admin', mine.id);
    expect((await outsider.call('GET', `/clients/${theirs.slug}/people`)).status).toBe(404);
    expect((await console_.owner.call('GET', `/clients/${theirs.slug}/people/decisions`)).body.total).toBe(1);
  });

  it('compares members with the directory, and says on Team why leavers are offboarded by hand', async () => {
    const directory = async (slug: string) =>
      (await console_.owner.call('GET', `/clients/${slug}/people/directory`)).body;
    const { store } = console_.services;
    const team = await console_.client();
    expect(await directory(team.slug)).toMatchObject({
      sync: { given: 'no', because: expect.stringMatching(/Claude Team/) },
      settings: null,
      matched: null,
      items: [],
    });
    const client = await console_.client('Rowan Institute', { claudePlan: 'enterprise' });
    const member = (name: string) => ({ name, email: at(name) });
    await putReading(store, client.id, 'members', ['ana', 'bo', 'cy'].map(member), '2026-11-24');
    await putReading(
      store,
      client.id,
      'entra_users',
      [
        { upn: at('ana'), enabled: true, userType: 'Member' },
        { upn: at('bo'), enabled: false, userType: 'Member' },
        { upn: at('eve'), enabled: true, userType: 'Member' },
        { upn: 'guest@other.example', enabled: true, userType: 'Guest' },
      ],
      '2026-11-24',
    );
    await putReading(
      store,
      client.id,
      'settings',
      [
        { name: 'directory_sync_enabled', type: 'boolean', value: true },
        { name: 'sso_provisioning_mode', type: 'string', value: 'scim_advanced' },
      ],
      '2026-11-24',
    );
    await console_.services.activityLog.append(client.id, [
      anActivity({ id: 'scim', type: 'scim_user_deleted', category: 'membership' }),
    ]);
    await console_.services.verdicts.refresh(client.id);
    expect(await directory(client.slug)).toMatchObject({
      settings: { sync: true, mode: 'scim_advanced' },
      matched: 1,
      withoutSeat: 1,
      items: [
        { name: 'bo', is: 'disabled' },
        { name: 'cy', is: 'absent' },
      ],
      activity: [{ type: 'scim_user_deleted', count: 1 }],
    });
  });

  it('keeps hostile names as plain text, also in a spreadsheet', async () => {
    const client = await alder();
    await putReading(
      console_.services.store,
      client.id,
      'members',
      [
        { name: '=HYPERLINK("http://x")<script>', email: at('evil') },
        { name: 'Ana Ruiz', email: at('ana') },
      ],
      '2026-11-24',
    );
    await console_.services.store.write([client.id], (tx) =>
      tx.deleteFrom('observations').where('kind', '=', 'members').where('row_count', '=', 7).execute(),
    );
    const csv = await console_.owner.call(
      'GET',
      `/clients/${client.slug}/people/export?format=csv&tab=differences`,
    );
    expect(csv.status).toBe(200);
    const text = csv.bytes.toString('utf8');
    expect(text).toContain(`"'=HYPERLINK(""http://x"")<script>"`);
    expect(text).not.toMatch(/(^|[,"\n])=HYPERLINK/);
  });
});
// Guide: G1.1-08 G2.1-02 G2.2-08 G5.5-05 G6.6-03 G7.1-02
