import { describe, expect, it } from 'vitest';
import { analyticsDay, chatWith } from '../../../sandbox/anthropic/organization.ts';
import { ORGANIZATION, sampleOfEachType, WRITTEN } from '../../../sandbox/anthropic/samples.ts';
import { ACCESS_KEY, ADMIN_KEY } from '../../../sandbox/anthropic/simulator.ts';
import { readSources } from './read-sources.ts';
import { sourcesOfAClient, streamOf } from './testing/each-client.ts';

const here = sourcesOfAClient();

/** What the page says of Anthropic, among all vendors that can be connected. */
const claudeIn = (body: { vendors: { vendor: string }[] }) =>
  body.vendors.find(({ vendor }) => vendor === 'anthropic') as never as {
    plan: { offered: boolean; cannot: string[]; instead: { title: string }[] };
    keys: { refused: string | null }[];
  };

const { ago, call, connect, later, logged } = here;

describe('connecting', () => {
  it('says what each scope gives by reading, keeps the key sealed and never shows it again', async () => {
    const one = await connect();
    expect(one.scopes.map(({ state }: { state: string }) => state)).toEqual(Array(6).fill('granted'));
    expect(one.tenants).toEqual([{ id: ORGANIZATION, name: 'Alder Society' }]);
    expect(one).toMatchObject({ recording: 'on', state: 'connected', hint: 'sk-ant-api01-…0001' });
    expect(JSON.stringify((await call('GET')).body)).not.toContain(ACCESS_KEY);
    const row = await here.bylaw.services.store.read([here.client.id], (tx) =>
      tx.selectFrom('source_connections').selectAll().executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(row)).not.toContain(ACCESS_KEY);
    const audit = await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/audit`);
    expect(JSON.stringify(audit.body)).not.toContain(ACCESS_KEY);
    const record = audit.body.items.find(({ action }: { action: string }) => action === 'sources.connect');
    // The vendor by the name that people know.
    expect(record.subject).toMatchObject({ kind: 'source_connection', name: 'Anthropic' });
  });

  it.each([
    [
      'hello',
      /does not recognize this kind of key.*Compliance or Analytics key \(sk-ant-api01-…\) or Admin key/,
    ],
    ['sk-ant-api03-abc', /asks models/],
    ['sk-ant-api01-not-a-real-one', /refuses the key.*Nothing was stored/],
    ['sk-ant-api01-two parts', /space or a line break/],
  ])('refuses %s with a reason', async (key, why) => {
    const answer = await call('POST', '', { key });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(why);
    expect((await call('GET')).body.connections).toEqual([]);
  });

  it('says what a key with fewer scopes cannot see, and reads the rest', async () => {
    const key = 'sk-ant-api01-feed-only';
    here.vendor.keys.set(key, { kind: 'access', scopes: ['read:compliance_activities'] });
    const one = await connect(key);
    const states = Object.fromEntries(
      one.scopes.map(({ scope, state }: { scope: string; state: string }) => [scope, state]),
    );
    expect(states).toMatchObject({
      'read:compliance_activities': 'granted',
      'read:compliance_org_data': 'missing',
      'read:analytics': 'missing',
    });
    const controls = Object.fromEntries(
      one.scopes.map((one: { scope: string; controls: string[] }) => [one.scope, one.controls]),
    );
    expect(controls['read:members']).toContain('CLA-ACC-07');
    expect(one.streams.map(({ stream }: { stream: string }) => stream)).toEqual(['feed']);
    const none = 'sk-ant-api01-nothing';
    here.vendor.keys.set(none, { kind: 'access', scopes: [] });
    expect((await call('POST', '', { key: none })).status).toBe(422);
  });

  it('takes one key of a kind, replaces it by one of the same organization, and forgets it', async () => {
    const one = await connect();
    expect((await call('POST', '', { key: ACCESS_KEY })).body.message).toMatch(/already connected/);
    await connect(ADMIN_KEY);
    const key = 'sk-ant-api01-the-second-one-9999';
    here.vendor.keys.set(key, { kind: 'access', scopes: ['read:org_audit', 'read:analytics'] });
    const replace = (body: object) => call('PUT', `/${one.connection}/key`, body);
    expect((await replace({ key: ADMIN_KEY, version: 1 })).status).toBe(422);
    const replaced = await replace({ key, version: 1 });
    expect(replaced.status, JSON.stringify(replaced.body)).toBe(200);
    expect((await replace({ key, version: 1 })).status).toBe(409);
    expect((await call('DELETE', `/${one.connection}`, { version: 1 })).status).toBe(409);
    const gone = await call('DELETE', `/${one.connection}`, { version: 2 });
    expect(gone.body.connections).toHaveLength(1);
  });

  it('reads on until a second person approves that it is disconnected', async () => {
    const one = await connect();
    const tech = await here.bylaw.person('technician', here.client.id, 'Tara Tech');
    const at = `/clients/${here.client.slug}/sources/${one.connection}`;
    const shown = async () => (await call('GET')).body.connections[0];
    // Nothing was read with it, so nothing is lost without it.
    await connect(ADMIN_KEY);
    const other = (await call('GET')).body.connections.find(
      ({ connection }: { connection: string }) => connection !== one.connection,
    );
    const gone = await call('DELETE', `/${other.connection}`, { version: other.version });
    expect(gone.body.connections).toHaveLength(1);
    await call('POST', `/${one.connection}/read`);
    const { version } = await shown();
    expect((await tech.call('DELETE', at, { version })).status).toBe(200);
    const waiting = await shown();
    expect(waiting).toMatchObject({
      state: 'connected',
      proposed: { act: 'disconnect', by: 'Tara Tech', may: { approve: true, why: null } },
    });
    expect((await call('POST', `/${one.connection}/read`)).status).toBe(201);
    const proposed = waiting.proposed.id;
    expect((await tech.call('POST', `${at}/disconnect/approve`, { proposed })).status).toBe(403);
    const refused = await call('POST', `/${one.connection}/disconnect/withdraw`, { proposed, reason: 'No.' });
    expect(refused.body.connections[0]).toMatchObject({ proposed: null });
    await tech.call('DELETE', at, { version: (await shown()).version });
    const again = (await shown()).proposed.id;
    expect((await call('POST', `/${one.connection}/disconnect/approve`, { proposed })).status).toBe(409);
    const done = await call('POST', `/${one.connection}/disconnect/approve`, { proposed: again });
    expect(done.body.connections).toEqual([]);
  });

  it('says plainly what a Team plan cannot have, and what is used in its place', async () => {
    const team = await here.bylaw.client('Team Guild', { claudePlan: 'team' });
    const { body } = await here.bylaw.owner.call('GET', `/clients/${team.slug}/sources`);
    const { plan } = claudeIn(body);
    expect(plan).toMatchObject({ name: expect.stringContaining('Team'), offered: false });
    expect(plan.cannot.length).toBeGreaterThan(0);
    expect(plan.instead.map(({ title }: { title: string }) => title)).toContain('Telemetry');
  });

  it.each([
    ['team', /Claude Team can have only this one: Admin key of the Claude Console.*telemetry, exports/],
    ['free_pro', /Claude Free or Pro can have only this one/],
  ])('refuses a key of Enterprise on %s by the plan, and takes one of the Console', async (plan, why) => {
    const { slug } = await here.bylaw.client(`Guild on ${plan}`, { claudePlan: plan });
    const send = (key: string) => here.bylaw.owner.call('POST', `/clients/${slug}/sources`, { key });
    const refused = await send(ACCESS_KEY);
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(why);
    const { body } = await here.bylaw.owner.call('GET', `/clients/${slug}/sources`);
    expect(body.connections).toEqual([]);
    expect(claudeIn(body).plan.offered).toBe(false);
    expect(claudeIn(body).keys.map((key: { refused: string | null }) => key.refused)).toEqual([
      refused.body.message,
      null,
      expect.stringMatching(/^Key that changes members: the vendor gives it with Claude Enterprise/),
      null,
    ]);
    expect((await send(ADMIN_KEY)).status).toBe(201);
  });

  it('says when the newest event of the feed happened, and nothing of streams that bring none', async () => {
    const newest = async () => {
      const { streams } = (await call('GET')).body.connections[0];
      return new Map(
        streams.map((one: { stream: string; newestAt: string | null }) => [one.stream, one.newestAt]),
      );
    };
    await connect();
    expect((await newest()).get('feed')).toBeNull();
    for (const sample of sampleOfEachType(
      here.bylaw.services.catalogue.activityTypes,
      new Date(ago(90)),
    ).slice(0, 5))
      here.vendor.feed.add(sample);
    await readSources(here.bylaw.services);
    const last = (await logged())
      .filter(({ source }) => source === 'compliance_feed')
      .map(({ at }) => at)
      .sort()
      .at(-1);
    expect(last).toBeDefined();
    expect((await newest()).get('feed')).toBe(last);
    expect((await newest()).get('members')).toBeNull();
  });
});

describe('the other streams', () => {
  it('log which connector and tool was called, with its effect, and none of the text', async () => {
    await connect();
    await readSources(here.bylaw.services);
    const calls = (await logged()).filter(({ source }) => source === 'sessions');
    expect(
      calls.map(({ person, connector, tool, effect, outcome, surface }) => ({
        person,
        connector,
        tool,
        effect,
        outcome,
        surface,
      })),
    ).toEqual(
      expect.arrayContaining([
        {
          person: 'mara@alder.example.org',
          connector: 'microsoft365_outlook',
          tool: 'outlook_email_search',
          effect: 'read',
          outcome: 'success',
          surface: 'chat',
        },
        expect.objectContaining({ person: 'tom@alder.example.org', outcome: 'failure', surface: 'cowork' }),
      ]),
    );
    expect(JSON.stringify(calls)).not.toMatch(new RegExp(`${WRITTEN}|token=hidden`));
    here.vendor.organization.chats.push(
      chatWith('claude_chat_02', ago(20), 'Slack', 'slack_send_message', false),
    );
    later(6);
    await readSources(here.bylaw.services);
    expect((await logged()).filter(({ source }) => source === 'sessions')).toHaveLength(calls.length + 1);
    here.vendor.organization.chats.pop();
  });

  it('make readings of members, settings and use, so that verdicts rest on them', async () => {
    const day = new Date(here.now.getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
    const unsplit = analyticsDay(false);
    here.vendor.organization.analyticsUsers[day] = unsplit.users;
    here.vendor.organization.analyticsConnectors[day] = [
      ...unsplit.connectors,
      { connector_name: 'slack', distinct_user_count: 1, read_call_count: null, write_call_count: null },
    ];
    await connect();
    await readSources(here.bylaw.services);
    const kept = await here.bylaw.services.store.read([here.client.id], (tx) =>
      tx
        .selectFrom('observations')
        .select(['kind', 'provenance', 'row_count'])
        .where('stored_at', 'is not', null)
        .execute(),
    );
    expect(kept).toEqual(
      expect.arrayContaining([
        { kind: 'members', provenance: 'api', row_count: 4 },
        expect.objectContaining({ kind: 'settings', provenance: 'api' }),
        expect.objectContaining({ kind: 'api_keys', provenance: 'api' }),
        { kind: 'analytics_connectors', provenance: 'api', row_count: 2 },
        { kind: 'analytics_users', provenance: 'api', row_count: 1 },
        expect.objectContaining({ kind: 'analytics_summaries', provenance: 'api' }),
        { kind: 'claude_roles', provenance: 'api', row_count: 1 },
        { kind: 'claude_groups', provenance: 'api', row_count: 1 },
      ]),
    );
    later(61);
    await readSources(here.bylaw.services);
    const again = await here.bylaw.services.store.read([here.client.id], (tx) =>
      tx.selectFrom('observations').select('id').where('kind', '=', 'settings').execute(),
    );
    expect(again).toHaveLength(1);
  });

  it('read the settings of every linked organization, and members by the users where invitations may not be read', async () => {
    const other = '22222222-aaaa-4bbb-8ccc-000000000002';
    const { organization } = here.vendor;
    organization.organizations.push({
      uuid: other,
      name: 'Alder Foundation',
      created_at: '2026-01-01T00:00:00Z',
    });
    organization.settingsOf[other] = [{ name: 'sso_claude_ai_enforced', type: 'boolean', value: false }];
    const key = 'sk-ant-api01-directory';
    here.vendor.keys.set(key, {
      kind: 'access',
      scopes: ['read:compliance_org_data', 'read:compliance_user_data'],
    });
    organization.chats = [];
    await connect(key);
    await readSources(here.bylaw.services);
    await here.bylaw.services.verdicts.ensureCurrent([here.client.id]);
    const verdictOf = async (control: string) =>
      (await here.bylaw.owner.call('GET', `/clients/${here.client.slug}/controls/${control}`)).body;
    expect(await verdictOf('CLA-ACC-14')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Alder Foundation'),
    });
    const kept = await here.bylaw.services.store.read([here.client.id], (tx) =>
      tx
        .selectFrom('observations')
        .select(['kind', 'row_count'])
        .where('stored_at', 'is not', null)
        .execute(),
    );
    expect(kept).toContainEqual({ kind: 'members', row_count: 3 });
    organization.settingsOf[other] = null;
    later(61);
    await readSources(here.bylaw.services);
    expect(streamOf(await call('GET'), 'settings').says).toMatch(/1 of 2 linked organizations/);
    await here.bylaw.services.verdicts.ensureCurrent([here.client.id]);
    expect(await verdictOf('CLA-ACC-14')).toMatchObject({ state: 'cannot_read' });
    organization.organizations.pop();
  });
});
// Guide: G0-06 G1.1-04 G1.1-08 G1.1-10 G2.2-08 G2.2-31 G2.2-32 G5-00 G5.1-03 G5.2-00 G5.2-02 G5.2-05 G5.2-06
