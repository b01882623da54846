import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STATES, type State } from '#domain/model/verdict.ts';
import { ask } from '#domain/text/message.ts';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { FactEvent } from '#store/verdicts/facts.ts';
import type { VerdictStretch } from '#store/verdicts/history.ts';
import { inForce } from '../baselines/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { causeOf } from './causes.ts';

/** A members file of that day: the roster that the rule reads is beside it. */
const members = (rows: readonly string[]) => ['Name,Email,Role,Seat tier', ...rows].join('\n');

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };

beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild', { domains: ['harrow.example.org'] });
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW, by: bylaw.owner.id });
  await bylaw.services.verdicts.refresh(alder.id);
});
afterAll(() => bylaw.close());

const list = async (query = '', client = alder.slug) =>
  (await bylaw.owner.call('GET', `/clients/${client}/controls${query}`)).body;

describe('the list of controls', () => {
  test('holds every control once, in the order of the states, and its counts add up', async () => {
    const { items, all, total, counts } = await list();
    expect(total).toBe(bylaw.services.catalogue.controls.length);
    expect(all).toBe(total);
    expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(total);
    const order = items.map(({ state }: { state: State }) => STATES.indexOf(state));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const state of STATES)
      expect(items.filter((item: { state: State }) => item.state === state)).toHaveLength(counts[state]);
    expect(counts.fail).toBeGreaterThan(0);
    expect(counts.pass).toBeGreaterThan(0);
  });

  test('needs attention means failing and unread, and nothing else', async () => {
    const { items, total, counts } = await list('?state=attention');
    expect(total).toBe(counts.fail + counts.cannot_read);
    expect(new Set(items.map(({ state }: { state: State }) => state))).toEqual(
      new Set(['fail', 'cannot_read']),
    );
  });

  test('filters by area, severity, section and the names of people that a verdict lists', async () => {
    const { items } = await list('?area=accounts&severity=critical');
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item).toMatchObject({ area: 'accounts', severity: 'critical' });
    const { items: bySection } = await list('?section=7.1');
    expect(bySection.map(({ id }: { id: string }) => id)).toContain('CLA-ACC-07');
    const person = (await bylaw.owner.call('GET', `/clients/${alder.slug}/controls/ACC-07`)).body.items[0]
      .label;
    const { items: byPerson } = await list(`?text=${encodeURIComponent(person)}`);
    expect(byPerson.map(({ id }: { id: string }) => id)).toContain('CLA-ACC-07');
  });

  test.each(["'; drop table verdicts; --", '%_\\', '<script>alert(1)</script>', '(.*)+$', '\u202eevil'])(
    'hostile text %j finds nothing and breaks nothing',
    async (text) => {
      const answer = await bylaw.owner.call(
        'GET',
        `/clients/${alder.slug}/controls?text=${encodeURIComponent(text)}`,
      );
      expect(answer.status).toBe(200);
      expect(answer.body.total).toBe(0);
      expect((await list()).total).toBe(bylaw.services.catalogue.controls.length);
    },
  );

  test('refuses a zero character, which PostgreSQL cannot hold', async () => {
    const answer = await bylaw.owner.call('GET', `/clients/${alder.slug}/controls?text=%00`);
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining('zero character')]);
  });

  test('says which filter it does not know', async () => {
    expect((await bylaw.owner.call('GET', `/clients/${alder.slug}/controls?state=green`)).status).toBe(400);
    expect(
      (await bylaw.owner.call('GET', `/clients/${alder.slug}/controls?text=${'a'.repeat(300)}`)).status,
    ).toBe(400);
  });

  test('exports what is shown, with the filter in the file', async () => {
    const { total } = await list('?state=fail');
    const file = await bylaw.owner.call(
      'GET',
      `/clients/${alder.slug}/controls/export?format=csv&state=fail`,
    );
    expect(file.status).toBe(200);
    const text = file.bytes.toString('utf8');
    const json = await bylaw.owner.call(
      'GET',
      `/clients/${alder.slug}/controls/export?format=json&state=fail`,
    );
    expect(json.bytes.toString('utf8')).toContain('State: Fail');
    expect(text.match(/^[A-Z0-9]+-\d\d,/gm)).toHaveLength(total);
  });
});

describe('one control', () => {
  test('shows whom it lists with the rows and the file behind each, by either id', async () => {
    const { body } = await bylaw.owner.call('GET', `/clients/${alder.slug}/controls/acc-07`);
    expect(body).toMatchObject({ id: 'CLA-ACC-07', short: 'ACC-07', state: 'fail' });
    expect(body.items.length).toBe(body.listed);
    const cited = body.items[0].evidence.find(({ kind }: { kind: string }) => kind === 'members');
    expect(cited).toMatchObject({ kindName: 'members file', row: expect.any(Number) });
    expect(cited.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.checks.filter(({ inUse }: { inUse: boolean }) => inUse)).toHaveLength(1);
    expect(body.remediation.steps.length).toBeGreaterThan(1);
    expect(body.facts.map(({ id }: { id: string }) => id)).toContain('claude.scim');
    expect(body.timeline.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['verdict', 'import']),
    );
  });

  test('says whether Claude Enterprise would add what the plan and licenses lack', async () => {
    const rowan = await bylaw.client('Rowan Institute', {
      domains: ['rowan.example.org'],
      m365: 'business_premium',
    });
    const lacks = async (control: string) =>
      (await bylaw.owner.call('GET', `/clients/${rowan.slug}/controls/${control}`)).body.lacks;
    // Directory sync comes with a plan of Claude, Defender for Cloud Apps with a license of Microsoft.
    expect(await lacks('ACC-15')).toMatchObject([{ id: 'claude.scim', onEnterprise: 'yes' }]);
    expect(await lacks('VIS-11')).toMatchObject([
      { id: 'microsoft.defender_cloud_apps', onEnterprise: 'no' },
    ]);
    const { version, profile } = (await bylaw.owner.call('GET', `/clients/${rowan.slug}`)).body;
    const { name, ...rest } = profile;
    const { status } = await bylaw.owner.call('PUT', `/clients/${rowan.slug}`, {
      name,
      version,
      profile: { ...rest, claudePlan: 'enterprise' },
    });
    expect(status).toBe(200);
    expect(await lacks('ACC-15')).toBeNull();
  });

  test('says for how long a person’s statement is valid, and what an exception is today', async () => {
    const control = async () =>
      (await bylaw.owner.call('GET', `/clients/${alder.slug}/controls/CON-15`)).body;
    const { checks } = await control();
    expect(
      checks.map(({ rule, freshDays }: { rule: string; freshDays: number }) => [rule, freshDays]),
    ).toEqual([
      ['desktop-extensions-allowlist', 45],
      ['attested', 90],
    ]);
    await bylaw.services.store.write([alder.id], (tx) =>
      tx
        .insertInto('exceptions')
        .values({
          id: randomUUID(),
          client_id: alder.id,
          control_id: 'CLA-CON-15',
          items: null,
          at_most: null,
          reason: 'The contract ended',
          owner: 'Priya Raman',
          from_day: '2026-10-01',
          until_day: '2026-11-23',
          state: 'approved',
          requested_by: bylaw.owner.id,
          requested_by_name: 'Olive Owner',
          requested_at: TEST_NOW,
        })
        .execute(),
    );
    expect((await control()).exceptions).toMatchObject([{ state: 'ended', reason: 'The contract ended' }]);
  });

  test('an id that the catalogue does not have is not found', async () => {
    for (const id of ['CLA-ACC-99', '..%2F..%2Fetc', "ACC-07'--"])
      expect((await bylaw.owner.call('GET', `/clients/${alder.slug}/controls/${id}`)).status).toBe(404);
  });

  test('counts other clients only among those that the person may see', async () => {
    const path = `/clients/${alder.slug}/controls/CLA-ACC-07`;
    expect((await bylaw.owner.call('GET', path)).body.elsewhere.of).toBe(3);
    const only = await bylaw.person('technician', alder.id);
    expect((await only.call('GET', path)).body.elsewhere).toBeNull();
  });

  test('more owners than the guide has pass with a reason in the charter, and not without', async () => {
    const { id, slug } = await bylaw.client('Teal Alliance', { domains: ['teal.example.org'] });
    const owners = ['Ana', 'Bo', 'Cy'].map(
      (name, at) => `${name} Teal,${name}@teal.example.org,${at === 0 ? 'Primary Owner' : 'Owner'},Standard`,
    );
    await storeFacts({
      store: bylaw.services.store,
      clientId: id,
      now: TEST_NOW,
      files: { 'members.csv': members(owners) },
    });
    const shown = async (charter: object) => {
      await inForce(bylaw, id, charter);
      await bylaw.services.verdicts.refresh(id);
      return (await bylaw.owner.call('GET', `/clients/${slug}/controls/ACC-02`)).body;
    };
    expect(await shown({})).toMatchObject({ state: 'fail', reason: expect.stringContaining('Cy Teal') });
    expect(await shown({ maxOwners: 3 })).toMatchObject({ state: 'cannot_read', answers: ['most_owners'] });
    expect(await shown({ maxOwners: 3, maxOwnersReason: 'Three time zones.' })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Three time zones'),
    });
  });
});

describe('who may', () => {
  test('another client’s people get the answer that a client that is not there gives', async () => {
    const other = await bylaw.person('client_admin', harrow.id);
    const theirs = await other.call('GET', `/clients/${alder.slug}/controls`);
    const nowhere = await other.call('GET', '/clients/nowhere/controls');
    expect(theirs.status).toBe(404);
    expect(theirs.body).toEqual(nowhere.body);
    expect((await bylaw.nobody.call('GET', `/clients/${alder.slug}/controls`)).status).toBe(401);
  });

  test('HR sees no controls, an auditor reads them and cannot have them decided again', async () => {
    const hr = await bylaw.person('hr', alder.id);
    expect((await hr.call('GET', `/clients/${alder.slug}/controls`)).status).toBe(403);
    const auditor = await bylaw.person('auditor', alder.id);
    expect((await auditor.call('GET', `/clients/${alder.slug}/controls`)).status).toBe(200);
    expect((await auditor.call('POST', `/clients/${alder.slug}/controls/refresh`, {})).status).toBe(403);
    const technician = await bylaw.person('technician', alder.id);
    const refreshed = await technician.call('POST', `/clients/${alder.slug}/controls/refresh`, {});
    expect(refreshed.status).toBe(201);
    expect(refreshed.body.counts).toEqual((await list()).counts);
  });

  test('nothing of one client shows at another', async () => {
    const { items } = await list('', harrow.slug);
    expect(JSON.stringify(items)).not.toMatch(/alder|Achterberg/i);
    // Nothing was brought, so only what the profile itself states can hold.
    const held = items.filter(({ state }: { state: State }) => state === 'pass');
    expect(held.map(({ id }: { id: string }) => id)).toEqual(['CLA-M365-01']);
  });
});

describe('as time passes', () => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole();
    client = await bylaw.client('Ferry Operators');
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW, by: bylaw.owner.id });
    await bylaw.services.verdicts.refresh(client.id);
    me = bylaw.owner;
  });
  afterAll(() => bylaw.close());
  // Sessions end long before sixty days are over, so someone signs in again.
  let me: TestPerson;
  const get = async (id: string) => (await me.call('GET', `/clients/${client.slug}/controls/${id}`)).body;

  test('a verdict goes stale by the clock alone, and a past day can be decided again', async () => {
    const before = await get('ACC-07');
    expect(before.state).toBe('fail');
    const passing = (await me.call('GET', `/clients/${client.slug}/controls?state=pass`)).body.items.find(
      ({ goodUntil }: { goodUntil: string | null }) => goodUntil !== null,
    );
    const later = new Date(TEST_NOW.getTime() + 60 * 86_400_000);
    bylaw.setNow(later);
    me = await bylaw.person('owner', null);
    const after = await get('ACC-07');
    expect(after.state).toBe('cannot_read');
    expect(after.question).toBeTruthy();
    expect(after.since).toBe(later.toISOString());
    expect(after.timeline[0]).toMatchObject({ kind: 'verdict', state: 'cannot_read', by: 'Bylaw' });
    expect(
      after.timeline
        .filter(({ kind }: { kind: string }) => kind === 'verdict')
        .map(({ state }: { state: State }) => state),
    ).toEqual(['cannot_read', 'fail']);
    expect((await get(passing.short)).state).not.toBe('pass');

    const day = '2026-11-24';
    const replay = (await me.call('GET', `/clients/${client.slug}/controls/replay?day=${day}&control=ACC-07`))
      .body;
    expect(replay.items).toHaveLength(1);
    expect(replay.items[0]).toMatchObject({ state: 'fail', shown: 'fail' });
    const earlier = (
      await me.call('GET', `/clients/${client.slug}/controls/replay?day=2020-01-01&control=ACC-07`)
    ).body;
    expect(earlier.items[0]).toMatchObject({ state: 'cannot_read', shown: null });
  });

  test('no future day and no invalid day is decided', async () => {
    const future = await me.call('GET', `/clients/${client.slug}/controls/replay?day=2031-01-01`);
    expect(future.status).toBe(400);
    expect(future.body.message).toContain('in the future');
    expect((await me.call('GET', `/clients/${client.slug}/controls/replay?day=2026-02-30`)).status).toBe(400);
  });

  test('a new file is named as the cause, with who brought it', async () => {
    const then = new Date(TEST_NOW.getTime() + 61 * 86_400_000);
    bylaw.setNow(then);
    me = await bylaw.person('owner', null);
    await storeFacts({
      store: bylaw.services.store,
      clientId: client.id,
      now: then,
      by: 'Soren Vantongeren',
      // Two people after a list of many look like a part of it, unless someone says that these are all.
      map: [
        { kind: 'members', file: 'members.csv' },
        { kind: 'roster', file: 'roster.csv' },
      ],
      files: {
        'members.csv': members([
          'Dana Whitlock,dana.whitlock@alder.example.org,Owner,Standard',
          'Kim Vale,kim.vale@alder.example.org,User,Standard',
        ]),
        'roster.csv': [
          'Name,Email,Status,Last day',
          'Dana Whitlock,dana.whitlock@alder.example.org,Active,',
          'Kim Vale,kim.vale@alder.example.org,Left,2026-12-01',
        ].join('\n'),
      },
    });
    await bylaw.services.verdicts.refresh(client.id);
    const { timeline, state } = await get('ACC-07');
    expect(state).toBe('fail');
    expect(timeline[0]).toMatchObject({ kind: 'verdict', state, by: 'Soren Vantongeren' });
    expect(timeline[0].detail).toMatch(/imported/);
  });

  test('no import is named beside a reason by which none was given', () => {
    const [at, by] = [new Date(), null];
    const asks = [ask('source', 'members', 'Export the members.')];
    const verdict = { version: 1, asks, evidence: [] } as unknown as VerdictStretch['verdict'];
    const stretch = { since: at, verdict, goodUntil: null } as unknown as VerdictStretch;
    const control = bylaw.services.catalogue.controls.find(({ id }) => id === 'CLA-ACC-07');
    const event = { at, by, what: 'import', act: 'stored', kind: 'members' } as FactEvent;
    if (control === undefined) throw new Error('no control ACC-07');
    const words = (of: FactEvent, seen: VerdictStretch = stretch) =>
      causeOf(seen, null, control, [of], () => null).words;
    expect(words(event)).toBe('Imports changed');
    expect(words({ ...event, act: 'set_aside' })).toBe('Members file set aside');
    expect(words({ ...event, kind: 'roster' })).toBe('Staff roster imported');
    const evidence = [{ kind: 'members' }] as unknown as VerdictStretch['verdict']['evidence'];
    expect(words(event, { ...stretch, verdict: { ...verdict, evidence } })).toBe('Members file imported');
  });
});
// Guide: G0-01 G1.1-05 G2.2-11
