import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { putPeople, putReading } from '../people/testing.ts';

/** Access over HTTP: who may read it, what it says about a person, and the page in plain words. */
let bylaw: TestConsole;
let sandbox: string;
let technician: TestPerson;
/** A client with one person who linked Microsoft 365. */
let linked: string;

beforeAll(async () => {
  bylaw = await testConsole();
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  sandbox = body.client;
  technician = await bylaw.person('technician', body.id, 'Theo Technician');
});
afterAll(() => bylaw.close());

const ask = (client: string, query = '', by = technician) =>
  by.call('GET', `/clients/${client}/connectors/access${query}`);
const of = async (client: string, person: string, by = technician) =>
  (await ask(client, `?person=${encodeURIComponent(person)}`, by)).body.person;
const reach = async (client: string, audience: string, by = technician) =>
  (await by.call('GET', `/clients/${client}/connectors/reach?audience=${audience}`)).body;
const named = (list: { name: string }[], name: string) => list.find((one) => one.name === name);

async function guild(name: string, profile: object = {}) {
  const created = await bylaw.client(name, { domains: ['alder.example.org'], ...profile });
  return {
    slug: created.slug,
    id: created.id,
    by: await bylaw.person('technician', created.id, 'Tess Technician'),
  };
}

describe('groups', () => {
  const groups = async ({ slug, by }: Awaited<ReturnType<typeof guild>>) =>
    (await by.call('GET', `/clients/${slug}/connectors/groups`)).body;

  it('have one ceiling for everyone on Team', async () => {
    expect(await groups(await guild('Team Guild'))).toMatchObject({ oneForAll: true, items: [] });
  });

  it('open on Enterprise what their roles open, and what is not reported is not an empty list', async () => {
    const created = await guild('Enterprise Guild', { claudePlan: 'enterprise' });
    expect(await groups(created)).toMatchObject({
      oneForAll: false,
      groups: { on: null, why: expect.any(String) },
    });
    const role = { organization: 'org', id: 'finance', name: 'Finance systems' };
    const permission = (resource: string, resourceId: string | null, action = 'use') => ({
      ...role,
      permission: { resource, resourceId, action },
    });
    const { store } = bylaw.services;
    await putReading(
      store,
      created.id,
      'claude_roles',
      [
        permission('connector', 'ledger'),
        permission('connector_tool', 'ledger/post', 'always_allow'),
        permission('organization', null, 'manage'),
        { organization: 'org', id: 'silent', name: 'Silent', permission: null },
      ],
      '2026-11-24',
    );
    const person = (email: string) => ({ id: email, email });
    const treasury = { id: 'g1', name: 'Treasury', origin: 'scim', roles: ['finance', 'silent'] };
    await putReading(
      store,
      created.id,
      'claude_groups',
      [
        { ...treasury, member: person('a@alder.example.org') },
        { ...treasury, member: person('b@alder.example.org') },
        { id: 'g2', name: 'Everyone else', origin: null, roles: null, member: null },
      ],
      '2026-11-24',
    );
    await bylaw.services.verdicts.refresh(created.id);
    const { items } = await groups(created);
    expect(items).toEqual([
      {
        id: 'g1',
        name: 'Treasury',
        fromDirectory: true,
        members: 2,
        roles: [
          {
            id: 'finance',
            name: 'Finance systems',
            opens: [
              { what: 'connector', id: 'ledger', action: 'use' },
              { what: 'tool', id: 'ledger/post', action: 'always_allow' },
            ],
          },
          { id: 'silent', name: 'Silent', opens: null },
        ],
      },
      { id: 'g2', name: 'Everyone else', fromDirectory: null, members: null, roles: null },
    ]);
  });
});

describe('flows to systems', () => {
  const get = async (path: string, by = technician) =>
    (await by.call('GET', `/clients/${sandbox}/${path}`)).body;

  it('are the calls of the usage page, beside what the charter approves and the matrix shows', async () => {
    const { departments, systems, people, period } = await get('connectors/flows');
    const usage = await get('usage?range=4w');
    expect(period).toEqual({ from: usage.from, to: usage.to });
    const calls = new Map<string, object>(
      systems.map((one: { name: string; calls: object }) => [one.name.toLowerCase(), one.calls]),
    );
    for (const { id, name, effects } of usage.connectors)
      if (id !== null) expect(calls.get(name.toLowerCase()), name).toMatchObject(effects);
    expect(named(systems, 'iMIS')).toMatchObject({ approved: false, calls: { people: 2, write: 0 } });
    const { summary } = await get('connectors/matrix');
    const wider = systems.reduce((sum: number, one: { wider: number }) => sum + one.wider, 0);
    expect(wider).toBe(summary.wider);
    expect(people.reading).toBeGreaterThan(0);
    expect(people.more).toBeGreaterThan(0);
    // Every person is counted in exactly one row: their department, or the last row if it is not known.
    type Row = { name: string | null; people: number; more: number };
    const sum = (of: 'people' | 'more') => departments.reduce((all: number, row: Row) => all + row[of], 0);
    expect([sum('people'), sum('more')]).toEqual([people.reading + people.more, people.more]);
    const names = departments.map(({ name }: Row) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name: string | null) => name !== null).length).toBeGreaterThan(2);
    expect(names.slice(0, -1)).not.toContain(null);
  });

  it('show no calls to someone who may not see activity; zero is not the same as not reported', async () => {
    const other = await guild('Harrow Guild');
    const { body } = await other.by.call('GET', `/clients/${other.slug}/connectors/flows`);
    expect(body).toMatchObject({ activity: true, period: null, people: null, systems: [] });
  });

  it('of the sandbox raise a handful of alerts in at most ten groups', async () => {
    const { items, alerts } = await get('alert-groups');
    expect(items.length).toBeGreaterThan(1);
    expect(items.length).toBeLessThanOrEqual(10);
    expect(alerts).toBeLessThanOrEqual(12);
  });
});

describe('access of a person', () => {
  it('lists the same people as the people page, by the same ids', async () => {
    const { body } = await ask(sandbox);
    const list = await technician.call('GET', `/clients/${sandbox}/people?tab=everyone&limit=5000`);
    const ids = new Set(body.people.map(({ id }: { id: string }) => id));
    expect(body.person).toBeNull();
    expect(list.body.items.length).toBeGreaterThan(60);
    for (const { id } of list.body.items) expect(ids).toContain(id);
  });

  it('adds up, by person and by system, what is shown for each person', async () => {
    const { people, systems } = (await ask(sandbox)).body;
    for (const name of ['dana.whitlock', 'tobin.achterberg']) {
      const id = `account:${name}@alder.example.org`;
      const { connectors } = await of(sandbox, id);
      const listed = people.find((one: { id: string }) => one.id === id);
      const reached = connectors.filter(({ result }: { result: string }) => /^(allow|ask)$/.test(result));
      expect(listed.reaches).toEqual(reached.map((one: { id: string }) => one.id));
      expect(listed.may).toContain('microsoft365_sharepoint');
    }
    const bram = people.find(({ id }: { id: string }) => id.includes('bram.oyelaran'));
    expect(bram).toMatchObject({ reaches: [], may: [], unknown: [], mayChange: { allow: 0, ask: 0 } });
    expect(systems.length).toBeGreaterThan(3);
    for (const one of systems) {
      const among = (list: 'reaches' | 'may' | 'unknown') =>
        people.filter((person: Record<string, string[]>) => person[list]?.includes(one.id)).length;
      const { reaches, may, unknown, cannot } = one.people;
      expect([reaches, may, unknown]).toEqual([among('reaches'), among('may'), among('unknown')]);
      expect(reaches + may + unknown + cannot).toBe(people.length);
    }
    expect(named(systems, 'Microsoft 365 (SharePoint / OneDrive)')).toMatchObject({
      people: { reaches: 0, may: 64 },
      lets: { allow: 3, ask: 3 },
      howTo: expect.stringContaining('Assignment required'),
    });
  });

  it('gives each gate with its reason and row, and leaves open what consent for everyone hides', async () => {
    const dana = await of(sandbox, 'account:dana.whitlock@alder.example.org');
    expect(dana.seat).toMatchObject({ state: 'open', evidence: [{ kind: 'members' }] });
    const sharepoint = named(dana.connectors, 'Microsoft 365 (SharePoint / OneDrive)') as never as {
      signIn: object;
      rights: object;
      prerequisite: object;
      result: string;
      counts: Record<string, number>;
      actions: { id: string; charter: string; organization: object; result: string }[];
    };
    expect(sharepoint).toMatchObject({
      signIn: { state: 'unknown' },
      rights: { state: 'own' },
      prerequisite: { met: true, reviewed: '2026-09-08' },
      result: 'unknown',
    });
    // Claude allows more than the charter; the actual setting counts.
    const wider = sharepoint.actions.find(
      ({ id }) => id === 'microsoft365_sharepoint/sharepoint_delete_item',
    );
    expect(wider).toMatchObject({ charter: 'blocked', organization: { state: 'asks' }, result: 'unknown' });
    expect(sharepoint.counts.allow).toBe(0);
    const counted = Object.values(sharepoint.counts).reduce((sum, n) => sum + n, 0);
    expect(counted).toBe(
      sharepoint.actions.filter((one) => (one as { kind?: string }).kind !== 'rest').length,
    );
    const taskline = named(dana.connectors, 'Taskline');
    const alone = await ask(sandbox, '?person=account:dana.whitlock@alder.example.org&connector=taskline');
    expect(alone.body.person.connectors).toEqual([taskline]);
    expect(taskline).toMatchObject({
      charter: null,
      rights: { state: 'unknown' },
      prerequisite: { met: false },
    });
  });

  it('is closed without a seat, and known if the person’s own consent is known', async () => {
    const { slug, id, by } = await guild('Alder Access');
    linked = slug;
    const { store } = bylaw.services;
    await putPeople(store, id);
    await putReading(
      store,
      id,
      'connectors',
      [{ connector: 'SharePoint', action: 'Search content', state: 'allow', enabled: true }],
      '2026-11-24',
    );
    const apps = [
      { appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0', id: 'sp-client', name: 'M365 MCP Client for Claude' },
      { appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17', id: 'sp-server', name: 'M365 MCP Server for Claude' },
      { appId: 'de8bc8b5-d9f9-48b1-a8ad-b748da725064', id: 'sp-explorer', name: 'Graph Explorer' },
    ];
    await putReading(store, id, 'service_principals', apps, '2026-11-24');
    const users = ['ana', 'ben', 'bram'].map((name) => ({
      id: `u-${name}`,
      upn: `${name}@alder.example.org`,
    }));
    await putReading(store, id, 'entra_users', users, '2026-11-24');
    const consents = ['u-ana', 'u-bram'].map((principalId) => ({
      clientId: 'sp-server',
      consentType: 'Principal' as const,
      principalId,
    }));
    const other = { clientId: 'sp-explorer', consentType: 'AllPrincipals' as const, principalId: null };
    await putReading(store, id, 'permission_grants', [...consents, other], '2026-11-24');
    const result = async (person: string) => {
      const shown = await of(slug, person, by);
      const [system] = shown.connectors;
      const search = system.actions.find(({ title }: { title: string }) => title === 'Search content');
      return [shown.seat.state, system.signIn.state, search.result, system.note !== null];
    };
    expect(await result('account:ana@alder.example.org')).toEqual(['open', 'open', 'allow', false]);
    expect(await result('account:ben@alder.example.org')).toEqual(['open', 'closed', 'cannot', false]);
    expect(await result('staff:bram@alder.example.org')).toEqual(['closed', 'open', 'cannot', true]);
    const list = (await ask(slug, '', by)).body;
    expect(list.systems).toMatchObject([
      { people: { reaches: 1, may: 5 }, howTo: expect.stringContaining('Entra users') },
    ]);
    const reported = await reach(slug, 'leadership', by);
    expect(reported.systems).toMatchObject([
      { linked: 1, reaches: { allow: expect.arrayContaining(['Search content']), ask: [] } },
    ]);
    expect(JSON.stringify(reported.reaches)).toContain('Linked by 1 of 7 people with a seat: Ana Ruiz.');
  });

  it('shows accounts without a roster, and says what is missing where nothing was read', async () => {
    const { slug, id, by } = await guild('Alder Unread');
    const empty = (await ask(slug, '', by)).body;
    expect(empty).toMatchObject({ people: [], gap: { why: expect.stringContaining('members file') } });
    const members = [{ email: 'ana@alder.example.org', name: 'Ana Ruiz', status: 'active' as const }];
    await putReading(bylaw.services.store, id, 'members', members, '2026-11-24');
    const { people } = (await ask(slug, '', by)).body;
    expect(people).toMatchObject([{ id: 'account:ana@alder.example.org', place: null }]);
    expect(await of(slug, people[0].id, by)).toMatchObject({ seat: { state: 'open' }, connectors: [] });
    const reported = await reach(slug, 'leadership', by);
    expect([reported.none, reported.reaches, reported.cannot]).toEqual([
      expect.stringContaining('does not mean that Claude reaches nothing'),
      [],
      [],
    ]);
  });

  it('needs permission to see people and charter, reveals no one else, and knows no strangers', async () => {
    const auditor = await bylaw.person('auditor', null, 'Ada Auditor');
    expect((await ask(sandbox, '', auditor)).status).toBe(200);
    const hr = await bylaw.person('hr', null, 'Hana Reyes');
    expect((await ask(sandbox, '', hr)).status).toBe(403);
    const stranger = (await guild('Alder Elsewhere')).by;
    expect((await ask(sandbox, '', stranger)).status).toBe(404);
    expect((await ask(sandbox, '?person=account:nobody@nowhere.example')).status).toBe(404);
    // Without the right to see people, there are numbers but no names.
    const seesNobody = await bylaw.person('auditor', null, 'Nils Nobody');
    const denied = await bylaw.owner.call('POST', `/users/${seesNobody.id}/grants`, {
      effect: 'deny',
      permission: 'people.read',
      forClient: null,
    });
    expect(denied.status).toBe(201);
    const refused = await ask(sandbox, '', seesNobody);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('does not include people'),
    ]);
    const unnamed = await reach(linked, 'leadership', seesNobody);
    expect(unnamed.systems).toMatchObject([{ linked: 1 }]);
    expect(JSON.stringify(unnamed)).toContain('Linked by 1 of 7 people with a seat.');
    expect(JSON.stringify(unnamed)).not.toContain('Ana');
  });

  it('goes into a file, a line for each action with all three gates', async () => {
    const id = encodeURIComponent('account:dana.whitlock@alder.example.org');
    const file = await ask(sandbox, `/export?format=csv&person=${id}`);
    expect(file.status).toBe(200);
    const text = file.bytes.toString('utf8');
    const json = await ask(sandbox, `/export?format=json&person=${id}`);
    expect(json.bytes.toString('utf8')).toContain('Access of Dana Whitlock');
    expect(text).toContain('Unknown');
    expect(text).toMatch(/Taskline.*Anything not listed/);
    expect((await ask(sandbox, `/export?format=xlsx&person=${id}`)).status).toBe(200);
    expect((await ask(sandbox, '/export?format=csv&person=account:nobody')).status).toBe(404);
  });
});

describe('what Claude can reach, in plain words', () => {
  it('claims nothing that cannot be known, and says how to find out', async () => {
    const reported = await reach(sandbox, 'leadership');
    expect(reported.reaches).toEqual([]);
    expect(named(reported.open, 'Asana')).toMatchObject({
      lines: expect.arrayContaining(['Without asking: Read tasks.', 'After approval: Create tasks.']),
    });
    expect(JSON.stringify(named(reported.cannot, 'Microsoft 365 (Outlook)'))).toContain('Set to Blocked');

    expect(reported.asOf.find(({ kind }: { kind: string }) => kind === 'app_assignments')).toMatchObject({
      on: null,
      why: 'The list of application assignments has not been provided.',
    });
  });

  it('shows staff who sign in what is open, and names no one', async () => {
    const reported = await reach(sandbox, 'staff');
    expect(reported.audience).toBe('staff');
    expect(named(reported.reaches, 'Asana')).toMatchObject({
      lines: expect.arrayContaining([
        'Once you have connected it. Without asking: Read tasks. After you approve: Create tasks.',
      ]),
    });
    expect(reported.open).toEqual([]);
    expect(JSON.stringify([reported.reaches, reported.cannot, reported.unknown])).not.toContain(
      'people with a seat',
    );
  });
});
// Guide: G1.1-09 G3.1-00 G3.1-01 G3.1-02 G3.1-03 G3.1-04 G3.2-00
