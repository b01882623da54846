import { describe, expect, it } from 'vitest';
import { addDays } from '../../model/day.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { amsMethod, amsNetwork, amsServiceAccount } from './ams.ts';
import { decided } from './decided.ts';
import { journalEntry } from './journal-entry.ts';
import { leaversConnectors } from './leavers.ts';
import { manualExports } from './manual-exports.ts';
import { M365_CONNECTOR_APPS } from './open-links.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { usedConnectors } from './used-connectors.ts';

const enterprise = { claudePlan: 'enterprise' as const };
const event = (
  type: string,
  at: string,
  detail: Record<string, unknown> = {},
  who: Partial<ActivityRow> = {},
): Partial<ActivityRow> => ({ type, at, actorName: 'Ruth Ekholm', detail, ...who });
const feed = (list: readonly Partial<ActivityRow>[]) => ({
  activities: [reading('activities', list, { covers: { from: '2026-09-01', to: '2026-11-24' } })],
});

describe('connector-default-decided', () => {
  const params = {
    decisions: [
      {
        path: 'cowork.enabled',
        words: 'Cowork',
        onByDefault: true,
        on: ['org_cowork_enabled'],
        off: ['org_cowork_disabled'],
      },
      {
        path: 'cowork.runInCloud',
        words: 'Running in the cloud',
        onByDefault: { team: true, enterprise: false },
        on: [],
        off: [],
        under: 'cowork.enabled',
      },
    ],
    look: 'Look at Cowork.',
    days: 90,
    state: '`cowork`',
  };
  const cowork = (enabled: boolean, runInCloud: boolean) => ({
    cowork: { enabled, runInCloud, automaticApproval: false, alwaysAllow: false },
  });
  const run = (charter: object | null, more: Given = {}) =>
    runRule(
      decided,
      params,
      { ...(charter ? { charter: charter as Record<string, unknown> } : {}), ...more },
      { control: { id: 'CLA-CON-19' } },
    );
  const saw = (holds: boolean, seen = '2026-11-01') => ({
    attestations: [{ control: 'CLA-CON-19', holds, seen }],
  });
  it.each([
    ['Cloud is on', 'cannot_read'],
    ['Off for now', 'cannot_read'],
    ['Cowork is on, cloud is off', 'pass'],
  ])('with the note “%s”: %s', (note, state) => {
    const attestations = [{ control: 'CLA-CON-19', holds: true, seen: '2026-11-01', note }];
    expect(run(cowork(true, false), { attestations }).state).toBe(state);
  });

  it('passes on a decision that keeps the default', () => expect(run(cowork(true, true)).state).toBe('pass'));

  it('requires an observation for a decision against the default', () => {
    expect(run(cowork(true, false)).state).toBe('cannot_read');
    expect(run(cowork(true, false), saw(true)).state).toBe('pass');
    expect(run(cowork(true, false), saw(true, '2026-07-01')).state).toBe('cannot_read');
    expect(run(cowork(true, false), { profile: enterprise }).state).toBe('pass');
  });

  it('fails if someone saw that Claude is set differently', () =>
    expect(run(cowork(true, true), saw(false)).state).toBe('fail'));

  it('on Enterprise counts events as observations', () => {
    const off = feed([event('org_cowork_disabled', '2026-11-05T10:00:00Z')]);
    expect(run(cowork(false, false), { profile: enterprise, readings: off }).state).toBe('pass');
    const on = feed([event('org_cowork_enabled', '2026-11-05T10:00:00Z')]);
    expect(run(cowork(false, false), { profile: enterprise, readings: on }).state).toBe('fail');
    expect(
      run(cowork(false, false), { profile: enterprise, readings: on, ...saw(true, '2026-11-20') }).state,
    ).toBe('pass');
  });

  it('asks for the decision', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(run({}).ask?.text).toBe('State `cowork` in the charter.');
  });
});

describe('connector-journal-entry', () => {
  const params = {
    entry: 'explainedToLeadership' as const,
    done: 'leadership was told',
    ask: 'the day.',
    days: 365,
  };
  const run = (on: string | null) =>
    runRule(journalEntry, params, {
      journal: on ? { explainedToLeadership: { on, by: 'Dana Whitlock' } } : {},
    });

  it('passes within its days', () => expect(run('2026-03-01').state).toBe('pass'));
  it('cannot read a missing, old or future entry', () => {
    expect(run(null).ask?.text).toContain('`explainedToLeadership`');
    expect(run('2025-03-01').state).toBe('cannot_read');
    expect(run('2026-12-01').state).toBe('cannot_read');
    expect(runRule(journalEntry, params, {}).state).toBe('cannot_read');
  });
  it('says when an inventory came after the first invitation', () => {
    const out = runRule(
      journalEntry,
      { entry: 'connectorInventory', done: 'it was listed', ask: 'x' },
      {
        journal: {
          firstInvitation: '2026-03-01',
          connectorInventory: { on: '2026-04-01', by: 'Dana Whitlock' },
        },
      },
    );
    expect(out.reason).toContain('after the first invitation of Mar 1, 2026');
  });
  it('does not count an inventory from more than a year before the first invitation', () => {
    const listed = (on: string) =>
      runRule(
        journalEntry,
        { entry: 'connectorInventory', done: 'it was listed', ask: 'x' },
        {
          journal: {
            firstInvitation: '2026-03-01',
            connectorInventory: { on, by: 'Dana Whitlock' },
          },
        },
      ).state;
    expect([listed('2025-03-01'), listed('2025-02-28')]).toEqual(['pass', 'cannot_read']);
  });
});

describe('membership system', () => {
  const base = { name: 'iMIS', methods: ['custom_mcp'] };
  const account = { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2026-06-01' };
  const charter = (ams: object | null) =>
    ams ? { charter: { ams } as Record<string, unknown> } : { charter: {} };
  const serve = (ams: object | null) =>
    runRule(amsServiceAccount, { days: 365 }, { catalogue: CATALOGUE, ...charter(ams) });

  it('passes for a reviewed account that can only read', () => {
    const out = serve({ ...base, serviceAccount: account });
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('whatever their own rights are');
  });
  it('fails for an administrator or one that can write', () => {
    expect(serve({ ...base, serviceAccount: { ...account, admin: true } }).state).toBe('fail');
    expect(serve({ ...base, serviceAccount: { ...account, readOnly: false } }).state).toBe('fail');
  });
  it('asks if the account is a person’s own', () => {
    const person = reading('roster', [{ name: 'Ann Poe', emails: ['ann@alder.example.org'] }]);
    for (const name of ['ann@alder.example.org', 'Ann Poe'])
      expect(
        runRule(
          amsServiceAccount,
          { days: 365 },
          {
            catalogue: CATALOGUE,
            charter: { ams: { ...base, serviceAccount: { ...account, name } } },
            readings: { roster: [person] },
          },
        ).state,
      ).toBe('cannot_read');
  });
  it('asks for the account, and for a review of this year', () => {
    expect(serve(null).state).toBe('cannot_read');
    expect(serve(base).state).toBe('cannot_read');
    expect(serve({ ...base, serviceAccount: { ...account, reviewed: '2025-06-01' } }).state).toBe(
      'cannot_read',
    );
    expect(serve({ ...base, serviceAccount: { ...account, name: 'TBD' } }).state).toBe('cannot_read');
    expect(serve({ ...base, methods: ['manual_upload'] }).state).toBe('not_applicable');
  });

  const consult = { on: '2026-04-01', contact: 'Pieter Raaf', outcome: 'agreed' };
  const method = (ams: object | null, more: Given = {}) =>
    runRule(amsMethod, {}, { catalogue: CATALOGUE, ...charter(ams), ...more });

  it('requires that the vendor was consulted before an integration, not for manual uploads', () => {
    expect(method({ ...base, vendorConsulted: consult }).state).toBe('pass');
    expect(method({ ...base, methods: ['manual_upload'] }).state).toBe('pass');
    expect(method(base).state).toBe('cannot_read');
    expect(method(null).state).toBe('cannot_read');
    expect(method({ ...base, vendorConsulted: { ...consult, on: '2026-12-01' } }).state).toBe('cannot_read');
    const refused = { ...consult, outcome: 'The vendor does not permit it.' };
    expect(method({ ...base, vendorConsulted: refused }).state).toBe('cannot_read');
    expect(method({ ...base, vendorConsulted: { ...consult, contact: 'TBD' } }).state).toBe('cannot_read');
    expect(method({ ...base, vendorConsulted: { ...consult, outcome: 'pending' } }).state).toBe(
      'cannot_read',
    );
    const readings = {
      connectors: [reading('connectors', [{ connector: 'iMIS' }], { observedOn: '2026-03-01' })],
    };
    expect(method({ ...base, vendorConsulted: consult }, { readings }).state).toBe('fail');
  });

  it('asks for the method of an approved membership system, and fails an undeclared one', () => {
    const listed = (ams: object | undefined, permission = 'ask') =>
      runRule(
        amsMethod,
        {},
        {
          catalogue: CATALOGUE,
          charter: {
            connectors: [{ name: 'Memberlink', isAms: true, actions: { 'Read member': permission } }],
            ...(ams === undefined ? {} : { ams }),
          },
        },
      );
    expect(listed(undefined)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Memberlink'),
    });
    for (const methods of [['none'], ['manual_upload']])
      expect(listed({ name: 'Memberlink', methods }).state).toBe('fail');
    expect(listed({ name: 'Memberlink', methods: ['none'] }, 'blocked').state).toBe('pass');
    const consulted = { on: '2026-04-01', contact: 'Kim', outcome: 'Agreed' };
    expect(listed({ name: 'Memberlink', methods: ['custom_mcp'], vendorConsulted: consulted }).state).toBe(
      'pass',
    );
  });
  it.each([
    ['CON-22', amsServiceAccount],
    ['CON-24', amsNetwork],
  ])('%s does not leave out a membership system that is on or approved and not declared', (_, rule) => {
    const judge = (more: Given, connectors: readonly object[] = []) =>
      runRule(
        rule,
        { days: 365 },
        {
          catalogue: CATALOGUE,
          charter: { ams: { ...base, methods: ['manual_upload'] }, connectors },
          ...more,
        },
      );
    const listed = (row: object) => ({ readings: { connectors: [reading('connectors', [row])] } });
    expect(judge({}).state).toBe('not_applicable');
    for (const row of [{ connector: 'iMIS' }, { connector: 'Guild Base', system: 'Membership database' }])
      expect(judge(listed(row))).toMatchObject({
        state: 'cannot_read',
        code: 'connectors.ams.on_undeclared',
      });
    expect(judge(listed({ connector: 'iMIS', enabled: false })).state).toBe('not_applicable');
    const approved = (permission: string) => [
      { name: 'Memberlink', isAms: true, actions: { 'Read member': permission } },
    ];
    expect(judge({}, approved('ask'))).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.ams.approved_undeclared',
    });
    expect(judge({}, approved('blocked')).state).toBe('not_applicable');
  });

  const network = (ams: object | null) => runRule(amsNetwork, { days: 365 }, charter(ams));

  it('requires a dated firewall rule for a private network, and names the range', () => {
    const out = network({ ...base, privateNetwork: true, egressAllowlisted: '2026-06-01' });
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('160.79.104.0/21');
    expect(network({ ...base, privateNetwork: true }).state).toBe('cannot_read');
    expect(network({ ...base, privateNetwork: true, egressAllowlisted: '2025-06-01' }).state).toBe(
      'cannot_read',
    );
    expect(network(base).state).toBe('cannot_read');
    expect(network(null).state).toBe('cannot_read');
    expect(network({ ...base, privateNetwork: false }).state).toBe('not_applicable');
  });
});

describe('used-connectors-chartered', () => {
  const charter = { version: 6, connectors: [{ name: 'Asana', actions: { '*': 'ask' } }] };
  const used = (
    list: readonly object[],
    options: object = { covers: { from: '2026-10-21', to: '2026-11-20' } },
  ) => ({ analytics_connectors: [reading('analytics_connectors', list, options)] });
  const run = (readings: Given['readings'], more: Given = {}) =>
    runRule(
      usedConnectors,
      {},
      { catalogue: CATALOGUE, profile: enterprise, charter, ...(readings ? { readings } : {}), ...more },
    );

  it('passes for approved names and fails for another, with the count of calls', () => {
    expect(run(used([{ connector: 'asana', reads: 4, writes: 0, unclassified: 0 }])).state).toBe('pass');
    const out = run(used([{ connector: 'notion', reads: 4, writes: 1, unclassified: 0 }]));
    expect(out.items[0]?.detail).toBe('Used (5 calls), not in the charter (version 6).');
  });
  it('does not pass if the file of a day was read in part', () => {
    const day = (on: string, complete: boolean) =>
      reading('analytics_connectors', [{ connector: 'asana', reads: 4, writes: 0, unclassified: 0, on }], {
        file: `${on} ${complete}.json`,
        observedOn: on,
        covers: { from: on, to: on },
        complete,
      });
    const days = Array.from({ length: 31 }, (_, at) => addDays('2026-10-25', at));
    const files = (part: string, whole = false) => ({
      analytics_connectors: [...days.map((on) => day(on, on !== part)), ...(whole ? [day(part, true)] : [])],
    });
    expect(run(files('')).state).toBe('pass');
    // A single day long ago is not the start of the period.
    const older = { analytics_connectors: [...files('').analytics_connectors, day('2025-09-25', true)] };
    expect(run(older).reason).toContain('from Oct 25, 2026 to Nov 24, 2026');
    expect(run(files('2026-11-20'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('a part only of Nov 20, 2026'),
    });
    // The other page of that day.
    expect(run(files('2026-11-20', true)).state).toBe('pass');
  });
  it('fails by calls of the last month that a server counted, on any plan', () => {
    const judge = (connector: string, on: string, plan: 'team' | 'enterprise' = 'team') =>
      run(undefined, {
        profile: { claudePlan: plan },
        journal: { connectorsSeen: [{ connector, people: ['ann@alder.example.org'], on }] },
      });
    const out = judge('notion', '2026-11-20');
    expect(out).toMatchObject({ state: 'fail', code: 'connectors.used_connectors.in_calls' });
    expect(out.reason).toContain('by ann@alder.example.org');
    // Counts have the name of a connector that the catalogue does not know in lower case.
    expect(judge('taskline', '2026-11-20').items[0]?.label).toBe('Taskline');
    expect(judge('notion', '2026-11-20', 'enterprise').state).toBe('fail');
    expect(judge('asana', '2026-11-20').state).toBe('cannot_read');
    expect(judge('notion', '2026-09-20').state).toBe('cannot_read');
    expect(judge('unnamed', '2026-11-20').state).toBe('cannot_read');
  });
  it('counts unknown figures as use, and zero as none', () => {
    expect(run(used([{ connector: 'notion' }])).state).toBe('fail');
    expect(run(used([{ connector: 'notion', reads: 0, writes: 0, unclassified: 0 }])).state).toBe('pass');
    expect(run(used([{ connector: 'notion', reads: 0, writes: null, unclassified: 0 }])).state).toBe('fail');
  });
  it('does not pass on an answer for one user alone', () => {
    const of = (...users: string[]) =>
      run(used(users.map((user) => ({ connector: 'asana', user, reads: 4 }))));
    expect(of('user_1', 'user_2').state).toBe('pass');
    expect(of('user_1', 'user_1')).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.used_connectors.one_user',
    });
  });
  it('does not treat an answer without rows and period as “nothing used”', () => {
    expect(run(used([], {})).state).toBe('cannot_read');
    expect(run(used([])).state).toBe('pass');
  });
  it('cannot read without file, on Team, or without charter', () => {
    expect(run(undefined).state).toBe('cannot_read');
    expect(run(used([{ connector: 'asana' }]), { profile: { claudePlan: 'team' } }).state).toBe(
      'cannot_read',
    );
    expect(run(used([{ connector: 'asana' }]), { charter: {} }).state).toBe('cannot_read');
    expect(run(used([{ connector: 'asana' }], { observedOn: '2026-08-01' })).state).toBe('cannot_read');
  });
});

describe('connectors-of-leavers', () => {
  const tobin = { email: 'tobin@alder.example.org', name: 'Tobin Achterberg' };
  const staff = (endsOn: string | null) => ({
    members: [reading('members', [{ ...tobin, role: 'user' as const, status: 'active' as const }])],
    roster: [
      reading('roster', [
        {
          name: tobin.name,
          emails: [tobin.email],
          status: endsOn ? ('left' as const) : ('active' as const),
          endsOn,
        },
      ]),
    ],
  });
  const grants = {
    entra_users: [reading('entra_users', [{ id: 'u-1', upn: tobin.email, mail: tobin.email }])],
    service_principals: [
      reading('service_principals', [
        { id: 'sp-1', appId: M365_CONNECTOR_APPS[1] ?? '', name: 'M365 MCP Server for Claude' },
      ]),
    ],
    permission_grants: [
      reading('permission_grants', [
        { clientId: 'sp-1', consentType: 'Principal' as const, principalId: 'u-1', scopes: ['Mail.Read'] },
      ]),
    ],
  };
  const run = (readings: Given['readings'], journal: Record<string, unknown> = {}, more: Given = {}) =>
    runRule(leaversConnectors, { days: 7 }, { ...(readings ? { readings } : {}), journal, ...more });
  const left = (parts: object) => ({
    offboardings: [{ email: tobin.email, lastDay: '2026-10-30', ...parts }],
  });

  it('passes if the journal states that nobody has left, and asks otherwise', () => {
    expect(run(staff(null), { offboardings: [] }).state).toBe('pass');
    expect(run(staff(null)).state).toBe('cannot_read');
  });

  it('fails if the removal is overdue and not on record', () => {
    const out = run(staff('2026-10-30'));
    expect(out.state).toBe('fail');
    expect(out.items[0]?.key).toBe(tobin.email);
  });

  it('waits seven days from the last day', () => {
    expect(run(staff('2026-11-17'))).toMatchObject({ state: 'pending', due: '2026-11-24' });
    expect(run(staff('2026-11-16')).state).toBe('fail');
  });

  it('passes if the journal has the removal, unless a consent is still there', () => {
    const out = run(staff('2026-10-30'), left({ connectorsRevoked: '2026-11-02' }));
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('rests on the journal');
    const status = run({ ...staff('2026-10-30'), ...grants }, left({ connectorsRevoked: '2026-11-02' }));
    expect(status.state).toBe('fail');
    expect(status.items[0]?.detail).toContain('although the journal says removed on Nov 2, 2026');
  });

  it('does not count a consent of the whole organization, or to another application', () => {
    const whole = {
      ...grants,
      permission_grants: [
        reading('permission_grants', [
          { clientId: 'sp-1', consentType: 'AllPrincipals' as const, principalId: null },
          { clientId: 'sp-9', consentType: 'Principal' as const, principalId: 'u-1' },
        ]),
      ],
    };
    expect(
      run({ ...staff('2026-10-30'), ...whole }, left({ connectorsRevoked: '2026-11-02' })),
    ).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('for the whole organization, so no list shows who linked it'),
    });
  });

  it('finds the consent of a person who holds no seat anymore', () => {
    const gone = {
      ...staff('2026-06-30'),
      members: [
        reading('members', [{ email: 'ann@alder.example.org', name: 'Ann Bellamy', role: 'user' as const }]),
      ],
      ...grants,
    };
    const roster = {
      roster: [
        reading('roster', [
          { name: tobin.name, emails: [tobin.email], status: 'left' as const, endsOn: '2026-06-30' },
          { name: 'Ann Bellamy', emails: ['ann@alder.example.org'], status: 'active' as const },
        ]),
      ],
    };
    expect(run({ ...gone, ...roster }).items.map((item) => item.key)).toEqual([tobin.email]);
    // Marked as left with a last day in the future: still works here, as in all rules.
    const notYet = [
      reading('roster', [
        { name: tobin.name, emails: [tobin.email], status: 'left' as const, endsOn: '2026-12-31' },
        { name: 'Ann Bellamy', emails: ['ann@alder.example.org'], status: 'active' as const },
      ]),
    ];
    expect(run({ ...gone, roster: notYet }).items).toEqual([]);
  });

  it('finds a link that the log shows and no event undoes', () => {
    const link = event(
      'integration_user_connected',
      '2026-10-01T10:00:00Z',
      { mcp_server_name: 'Asana' },
      { actorEmail: 'Tobin@alder.example.org' },
    );
    const unlink = event(
      'integration_user_disconnected',
      '2026-11-01T10:00:00Z',
      { mcp_server_name: 'Asana' },
      { actorEmail: tobin.email },
    );
    const revoked = left({ connectorsRevoked: '2026-11-02' });
    expect(run({ ...staff('2026-10-30'), ...feed([link]) }, revoked, { profile: enterprise }).state).toBe(
      'fail',
    );
    expect(
      run({ ...staff('2026-10-30'), ...feed([link, unlink]) }, revoked, { profile: enterprise }).state,
    ).toBe('pass');
  });

  it('follows links by the id of the account where an event gives no address', () => {
    const by = (type: string, at: string, who: Partial<ActivityRow>, id = 'user_7') =>
      event(type, at, { mcp_server_name: 'Asana', 'actor.user_id': id }, { actorName: null, ...who });
    const link = by('integration_user_connected', '2026-10-01T10:00:00Z', {});
    const signIn = by('sso_login_succeeded', '2026-10-02T10:00:00Z', { actorEmail: tobin.email });
    const unlink = by('integration_user_disconnected', '2026-11-01T10:00:00Z', {});
    const judge = (...list: Partial<ActivityRow>[]) =>
      run({ ...staff('2026-10-30'), ...feed(list) }, left({ connectorsRevoked: '2026-11-02' }), {
        profile: enterprise,
      });
    expect(judge(link)).toMatchObject({ state: 'cannot_read', code: 'connectors.leavers.links_unnamed' });
    // A list of groups in Claude also gives an account's id with its address.
    const groups = [
      reading('claude_groups', [
        { id: 'group_1', name: 'Staff', member: { id: 'user_7', email: tobin.email.toUpperCase() } },
      ]),
    ];
    expect(
      run(
        { ...staff('2026-10-30'), ...feed([link]), claude_groups: groups },
        left({ connectorsRevoked: '2026-11-02' }),
        { profile: enterprise },
      ),
    ).toMatchObject({ state: 'fail', items: [{ key: tobin.email }] });
    expect(judge(link, signIn)).toMatchObject({ state: 'fail', items: [{ key: tobin.email }] });
    expect(judge(link, signIn, unlink).state).toBe('pass');
    expect(judge({ ...link, actorEmail: tobin.email }, unlink).state).toBe('pass');
  });

  it('asks which is right where the journal has an offboarding of someone whom the later roster lists', () => {
    expect(run(staff(null), left({}))).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.leavers.roster_differs',
    });
    const done = run(staff(null), left({ connectorsRevoked: '2026-11-02' }));
    expect(done.state).toBe('pass');
    expect(done.reason).not.toContain('the journal lists no one');
    expect(done.reason).toContain(tobin.email);
  });

  it('cannot read without members and roster, but still judges the journal', () => {
    expect(run(undefined).state).toBe('cannot_read');
    expect(run(undefined, left({ connectorsRevoked: '2026-11-02' })).state).toBe('cannot_read');
    expect(run(undefined, left({})).state).toBe('fail');
  });
});

describe('manual-exports-by-policy', () => {
  it('is never more than policy', () => {
    expect(runRule(manualExports, {}, {}).state).toBe('policy_only');
    expect(
      runRule(manualExports, {}, { charter: { policy: { version: '3', published: '2026-01-05' } } }).reason,
    ).toContain('Policy 3');
  });
});
// Guide: G2.1-03 G2.2-15 G2.2-16 G2.2-17 G2.2-18 G2.2-20 G2.2-21 G2.2-22 G3.1-00 G3.1-01 G3.1-02 G3.1-03
// Guide: G3.3-00 G3.3-01 G3.3-02 G3.3-03 G3.3-04 G3.3-07 G3.3-08 G3.3-09 G3.3-10 G3.3-11 G3.3-12 G3.4-05
// Guide: G5.5-02 G7.1-01 G7.2-17 GA-06
