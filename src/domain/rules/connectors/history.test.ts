import { describe, expect, it } from 'vitest';
import type { ActivityRow, ConnectorRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { customReviewed } from './custom-reviewed.ts';
import { desktopExtensions } from './desktop-extensions.ts';
import { lockdownFirst } from './lockdown.ts';
import { permissionChanges } from './permission-changes.ts';
import { requestsAnswered } from './requests.ts';
import { switchState } from './switch-state.ts';
import { CATALOGUE } from './testing/catalogue.ts';

type Row = Partial<ConnectorRow> & { connector: string };
const ASANA = { 'Read tasks': 'allow', 'Create task': 'ask', 'Delete task': 'blocked' } as const;
const rows = (connector: string, cells: Record<string, ConnectorRow['state']>): Row[] =>
  Object.entries(cells).map(([action, state]) => ({ connector, action, state }));
const table = (list: readonly Row[], observedOn: string) =>
  reading('connectors', list, { observedOn, file: `connectors-${observedOn}.csv` });
const event = (type: string, at: string, detail: Record<string, unknown> = {}): Partial<ActivityRow> => ({
  type,
  at,
  actorName: 'Ruth Ekholm',
  detail,
});
const feed = (list: readonly Partial<ActivityRow>[], from = '2026-09-01', to = '2026-11-24') => ({
  activities: [reading('activities', list, { covers: { from, to } })],
});
const enterprise = { claudePlan: 'enterprise' as const };

describe('connector-permission-changes on Team', () => {
  const run = (readings: Given['readings'], more: Given = {}) =>
    runRule(permissionChanges, {}, { catalogue: CATALOGUE, ...(readings ? { readings } : {}), ...more });
  const before = table(rows('Asana', ASANA), '2026-09-02');
  const after = (cells: Record<string, ConnectorRow['state']>) =>
    table(rows('Asana', { ...ASANA, ...cells }), '2026-11-20');
  const widened = { connectors: [before, after({ 'Delete task': 'ask' })] };

  it('needs two tables of different days', () => {
    const out = run({
      connectors: [before, table(rows('Asana', ASANA), '2026-09-02')]
        .slice(1)
        .map((one) => ({ ...one, observedOn: '2026-11-20' })),
    });
    expect(out.state).toBe('cannot_read');
    expect(out.reason).toContain('Only one connectors table');
    expect(run(undefined).state).toBe('cannot_read');
  });

  it('passes when nothing was widened, and fails when something was', () => {
    expect(run({ connectors: [before, after({ 'Read tasks': 'ask' })] }).state).toBe('pass');
    const out = run(widened);
    expect(out.state).toBe('fail');
    expect(out.reason).toContain('Asana "Delete task" from Blocked to Needs approval');
    expect(out.reason).toContain('Who changed it cannot be read on the Team plan.');
  });

  it('accepts an approval of the journal for that action and state, of this period', () => {
    const approve = (parts: object) =>
      run(widened, {
        journal: {
          approvedChanges: [
            {
              on: '2026-11-01',
              connector: 'asana',
              action: 'delete_task',
              to: 'ask',
              approvedBy: 'Ingrid Solheim',
              ...parts,
            },
          ],
        },
      }).state;
    expect(approve({})).toBe('pass');
    expect(approve({ action: 'Create task' })).toBe('fail');
    expect(approve({ connector: 'iMIS' })).toBe('fail');
    expect(approve({ to: 'blocked' })).toBe('fail');
    expect(approve({ on: '2026-01-10' })).toBe('fail');
    expect(approve({ on: '2026-12-10' })).toBe('fail');
  });

  it('accepts what a charter in force grants, and not what a draft does', () => {
    const charter = {
      version: 7,
      inForceSince: '2026-11-01',
      approvedBy: ['Ingrid Solheim'],
      connectors: [{ name: 'Asana', actions: { '*': 'ask' } }],
    };
    expect(run(widened, { charter }).state).toBe('pass');
    expect(run(widened, { charter: { ...charter, inForceSince: '2026-12-01' } }).state).toBe('fail');
    expect(run(widened, { charter: { ...charter, approvedBy: [] } }).state).toBe('fail');
  });

  it('cannot tell of an action whose earlier state was not written down', () => {
    const part = table(rows('Asana', { 'Read tasks': 'allow', 'Delete task': 'blocked' }), '2026-09-02');
    expect(run({ connectors: [part, after({})] }).state).toBe('cannot_read');
    expect(run({ connectors: [part, after({ 'Create task': 'allow' })] }).state).toBe('fail');
    expect(run({ connectors: [part, after({ 'Create task': 'blocked' })] }).state).toBe('pass');
  });

  it('counts everything that a new connector may do as widened', () => {
    const out = run({
      connectors: [
        before,
        table([...rows('Asana', ASANA), ...rows('Chapter Portal', { find: 'ask' })], '2026-11-20'),
      ],
    });
    expect(out.items.map((item) => item.key)).toEqual(['chapter portal/find']);
  });

  it('cannot read an old newest table', () => {
    expect(run({ connectors: [before, table(rows('Asana', ASANA), '2026-10-01')] }).state).toBe(
      'cannot_read',
    );
  });
});

describe('connector-permission-changes on Enterprise', () => {
  const review = { reviews: [{ kind: 'quarterly', on: '2026-10-01', by: 'Dana Whitlock' }] };
  const policy = (at: string, max_permission: string | null, tool_name = 'delete_task') =>
    event('mcp_tool_policy_updated', at, { mcp_server_name: 'Asana', tool_name, max_permission });
  const run = (readings: Given['readings'], journal: Record<string, unknown> | null = review) =>
    runRule(
      permissionChanges,
      {},
      {
        catalogue: CATALOGUE,
        profile: enterprise,
        ...(journal ? { journal } : {}),
        ...(readings ? { readings } : {}),
      },
    );
  const start = { connectors: [table(rows('Asana', ASANA), '2026-09-30')] };

  it('fails for a widening since the review, and names who and when', () => {
    const out = run({ ...start, ...feed([policy('2026-11-03T15:00:00Z', 'ask')]) });
    expect(out.state).toBe('fail');
    expect(out.items[0]?.detail).toBe('From Blocked to Needs approval. Set by Ruth Ekholm on 3 Nov 2026.');
  });

  it('passes without a change only where the log speaks for every day since the review', () => {
    expect(run({ ...start, ...feed([]) }).state).toBe('pass');
    expect(run({ ...start, ...feed([], '2026-10-15') }).state).toBe('cannot_read');
    expect(run({ ...start, ...feed([], '2026-09-01', '2026-10-10') }).state).toBe('cannot_read');
    const gap = {
      activities: [
        reading('activities', [], { covers: { from: '2026-09-01', to: '2026-10-10' }, file: 'a.json' }),
        reading('activities', [], { covers: { from: '2026-10-20', to: '2026-11-24' }, file: 'b.json' }),
      ],
    };
    expect(run({ ...start, ...gap }).state).toBe('cannot_read');
  });

  it('leaves out what happened before the review, and what narrowed', () => {
    expect(
      run({
        ...start,
        ...feed([policy('2026-09-20T15:00:00Z', 'allow'), policy('2026-11-03T15:00:00Z', 'blocked')]),
      }).state,
    ).toBe('pass');
  });

  it('sees a widening that was later taken back', () => {
    expect(
      run({
        ...start,
        ...feed([policy('2026-11-03T15:00:00Z', 'allow'), policy('2026-11-04T15:00:00Z', 'blocked')]),
      }).state,
    ).toBe('fail');
  });

  it('cannot tell from an unknown state to Needs approval, and fails for Always allow', () => {
    expect(run(feed([policy('2026-11-03T15:00:00Z', 'ask')])).state).toBe('cannot_read');
    expect(run(feed([policy('2026-11-03T15:00:00Z', 'allow')])).state).toBe('fail');
    expect(run({ ...start, ...feed([policy('2026-11-03T15:00:00Z', null)]) }).state).toBe('cannot_read');
  });

  it('asks for the review that it counts from, and for events', () => {
    expect(run(feed([]), null).state).toBe('cannot_read');
    expect(run(feed([]), { reviews: [] }).ask?.text).toContain('`reviews`');
    expect(run(undefined).state).toBe('cannot_read');
  });
});

describe('lockdown-before-invitation', () => {
  const run = (journal: Record<string, unknown> | null, readings: Given['readings'] = {}) =>
    runRule(lockdownFirst, {}, { readings, ...(journal ? { journal } : {}) });
  const lockdown = { on: '2026-03-02', by: 'Dana Whitlock' };
  const members = (list: readonly object[]) => ({ members: [reading('members', list)] });

  it('passes when the lock-down came first, on the same day too, and says what counts', () => {
    const out = run(
      { lockdown, firstInvitation: '2026-03-02' },
      members([{ email: 'a@x.org', role: 'user', addedOn: '2026-03-05' }]),
    );
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('The vendor documents no restriction switch');
    expect(out.reason).toContain('No file is named that shows it.');
  });

  it('says which variant applies to the client, and which file shows it', () => {
    const filed = (variant: string) =>
      run({
        lockdown: { ...lockdown, variant, file: 'connectors.png' },
        firstInvitation: '2026-03-02',
      });
    expect(filed('added_only').reason).toMatch(
      /no restriction switch, so .* an Owner has added\. connectors\.png shows it\.$/,
    );
    expect(filed('switch').reason).toMatch(
      /offers a restriction switch, and it was seen on\. connectors\.png shows it\.$/,
    );
    expect(filed('switch').evidence.map(({ says }) => says)).toContain('shown by connectors.png');
  });

  it('names what is in use and by whom while nothing shows the lock-down', () => {
    const connectorsSeen = [
      { connector: 'asana', people: ['ann@x.org', 'bob@x.org'], on: '2026-11-20' },
      { connector: 'unnamed', people: [], on: '2026-11-21' },
    ];
    expect(run({ connectorsSeen })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('In use so far, as far as the sources tell: asana and unnamed.'),
      items: [
        { key: 'asana', detail: 'Called by ann@x.org and bob@x.org; the last call on 20 Nov 2026.' },
        { key: 'unnamed', detail: expect.stringContaining('not told') },
      ],
    });
    expect(run({ connectorsSeen, firstInvitation: '2027-01-04' }).items).toHaveLength(2);
    expect(run({}).reason).toContain('No source tells of a connector in use');
  });

  it('fails when the invitation came first by the journal', () => {
    expect(run({ lockdown, firstInvitation: '2026-02-27' }).state).toBe('fail');
  });

  it('fails when a member is older than the lock-down, owners aside', () => {
    const journal = { lockdown, firstInvitation: '2026-03-05' };
    const out = run(
      journal,
      members([{ email: 'Tobin@x.org', name: 'Tobin Achterberg', role: 'user', addedOn: '2026-02-20' }]),
    );
    expect(out.state).toBe('fail');
    expect(out.reason).toContain('Tobin Achterberg (20 Feb 2026)');
    for (const role of ['owner', 'admin'] as const)
      expect(run(journal, members([{ email: 'o@x.org', role, addedOn: '2026-02-20' }])).state).toBe('pass');
    expect(run(journal, members([{ email: 'o@x.org', role: null, addedOn: '2026-02-20' }])).state).toBe(
      'cannot_read',
    );
  });

  it('fails for an invitation that the log shows', () => {
    const early = feed(
      [
        event('org_user_invite_sent', '2026-02-20T10:00:00Z', {
          invited_email: 'ann@x.org',
          invited_role: 'user',
        }),
      ],
      '2026-02-01',
    );
    expect(run({ lockdown, firstInvitation: '2026-03-05' }, early).state).toBe('fail');
    const owner = feed(
      [
        event('org_user_invite_sent', '2026-02-20T10:00:00Z', {
          invited_email: 'ann@x.org',
          invited_role: 'owner',
        }),
      ],
      '2026-02-01',
    );
    expect(run({ lockdown, firstInvitation: '2026-03-05' }, owner).state).toBe('pass');
  });

  it('asks for what is missing, and waits while no one is invited yet', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(run({ firstInvitation: '2026-03-05' }).ask?.text).toContain('`lockdown`');
    expect(run({ lockdown }).ask?.text).toContain('`firstInvitation`');
    expect(run({ firstInvitation: '2026-12-05' })).toMatchObject({ state: 'pending', due: '2026-12-05' });
    expect(run({ lockdown: { ...lockdown, on: '2026-12-02' }, firstInvitation: '2026-03-05' }).state).toBe(
      'cannot_read',
    );
  });
});

describe('connector-switch-state', () => {
  const params = {
    signs: [
      { type: 'org_cowork_mcp_always_allow_disabled', holds: true },
      { type: 'org_cowork_mcp_always_allow_enabled', holds: false },
    ],
    right: 'It is off.',
    wrong: 'It is on.',
    look: 'Look at the switch.',
  };
  const run = (list: readonly Partial<ActivityRow>[], more: Given = {}, from?: string) =>
    runRule(
      switchState,
      params,
      { profile: enterprise, readings: feed(list, from), ...more },
      { control: { id: 'CLA-CON-18' } },
    );
  const on = event('org_cowork_mcp_always_allow_enabled', '2026-11-02T10:00:00Z');
  const off = event('org_cowork_mcp_always_allow_disabled', '2026-11-05T10:00:00Z');
  const saw = (seen: string, holds = true) => ({ attestations: [{ control: 'CLA-CON-18', holds, seen }] });

  it('takes the last event for the state and names who set it', () => {
    expect(run([on, off]).state).toBe('pass');
    const out = run([off, { ...on, at: '2026-11-09T10:00:00Z' }]);
    expect(out.state).toBe('fail');
    expect(out.reason).toBe('It is on. Set by Ruth Ekholm on 9 Nov 2026.');
  });

  it('does not take silence for an answer', () => {
    expect(run([]).state).toBe('cannot_read');
    expect(run([], saw('2026-09-10')).state).toBe('pass');
    expect(run([], saw('2026-08-10')).state).toBe('cannot_read');
    expect(run([], saw('2026-09-10', false)).state).toBe('fail');
  });

  it('lets an event after the statement win', () => {
    expect(run([on], saw('2026-09-10')).state).toBe('fail');
    expect(run([on], saw('2026-11-20')).state).toBe('pass');
  });

  it('reads the new value of an event that carries it, and nothing from one that does not', () => {
    const guard = {
      ...params,
      signs: [
        { type: 'org_connector_domain_guard_updated', field: 'enforced', is: true, holds: true },
        { type: 'org_connector_domain_guard_updated', field: 'enforced', is: false, holds: false },
      ],
    };
    const go = (detail: Record<string, unknown>) =>
      runRule(switchState, guard, {
        profile: enterprise,
        readings: feed([event('org_connector_domain_guard_updated', '2026-11-05T10:00:00Z', detail)]),
      }).state;
    expect(go({ enforced: true })).toBe('pass');
    expect(go({ enforced: false })).toBe('fail');
    expect(go({})).toBe('cannot_read');
  });

  it('cannot read on Team or without events', () => {
    expect(runRule(switchState, params, { readings: feed([off]) }).state).toBe('cannot_read');
    expect(runRule(switchState, params, { profile: enterprise }).state).toBe('cannot_read');
  });
});

describe('custom-connectors-reviewed', () => {
  const review = { on: '2026-05-01', by: 'Dana Whitlock', vendorContact: 'Pieter Raaf' };
  const run = (list: readonly Row[] | null, connectors: readonly object[], more: Given = {}) =>
    runRule(
      customReviewed,
      {},
      {
        catalogue: CATALOGUE,
        charter: { connectors },
        ...(list ? { readings: { connectors: [table(list, '2026-11-20')] } } : {}),
        ...more,
      },
    );
  const portal = [{ connector: 'Chapter Portal', enabled: true }];

  it('passes with a review from before, and fails without one', () => {
    expect(
      run(portal, [{ name: 'Chapter Portal', kind: 'custom', actions: {}, securityReview: review }]).state,
    ).toBe('pass');
    expect(run(portal, [{ name: 'Chapter Portal', kind: 'custom', actions: {} }]).state).toBe('fail');
  });

  it('counts a connector that the catalogue does not know as custom', () => {
    expect(run(portal, [{ name: 'Chapter Portal', actions: {} }]).items[0]?.detail).toContain(
      'counts as custom',
    );
    expect(run([{ connector: 'Asana' }], []).state).toBe('pass');
  });

  it('fails for a review that came after the connector was seen', () => {
    const late = [
      {
        name: 'Chapter Portal',
        kind: 'custom',
        actions: {},
        securityReview: { ...review, on: '2026-11-21' },
      },
    ];
    expect(run(portal, late).items[0]?.detail).toBe(
      'Reviewed on 21 Nov 2026, first seen enabled on 20 Nov 2026.',
    );
    const journal = {
      approvedChanges: [
        {
          on: '2026-04-01',
          connector: 'chapter portal',
          action: '*',
          to: 'added',
          approvedBy: 'Ingrid Solheim',
        },
      ],
    };
    expect(
      run(portal, [{ name: 'Chapter Portal', kind: 'custom', actions: {}, securityReview: review }], {
        journal,
      }).state,
    ).toBe('fail');
  });

  it('tells of one that waits for its review and is not enabled', () => {
    const out = run(
      [{ connector: 'Asana' }, { connector: 'Chapter Portal', enabled: false }],
      [{ name: 'Chapter Portal', kind: 'custom', actions: {} }],
    );
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('Chapter Portal is in the charter without a review and not enabled.');
  });

  it('cannot read without a table', () => expect(run(null, []).state).toBe('cannot_read'));
});

describe('connector-requests-answered', () => {
  const run = (connectorRequests: readonly object[] | null, more: Given = {}) =>
    runRule(
      requestsAnswered,
      { days: 14 },
      { catalogue: CATALOGUE, journal: connectorRequests ? { connectorRequests } : {}, ...more },
    );
  const open = { on: '2026-11-09', by: 'Ann Bellamy', connector: 'Miro' };

  it('passes when all are decided or none was asked', () => {
    expect(run([]).state).toBe('pass');
    expect(run([{ ...open, decision: 'refused', decidedOn: '2026-11-10' }]).state).toBe('pass');
  });

  it('waits through day 14 and fails after it', () => {
    expect(run([{ ...open, on: '2026-11-10' }])).toMatchObject({ state: 'pending', due: '2026-11-24' });
    expect(run([open]).state).toBe('fail');
  });

  it('does not count a decision that is still to come', () => {
    expect(run([{ ...open, decision: 'approved', decidedOn: '2026-12-01' }]).state).toBe('fail');
  });

  it('asks for the list', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(runRule(requestsAnswered, { days: 14 }, {}).state).toBe('cannot_read');
  });

  it('on Enterprise does not pass over a request that only the log holds', () => {
    const readings = feed([
      event('admin_request_created', '2026-10-05T10:00:00Z', { request_type: 'connector' }),
    ]);
    expect(run([], { profile: enterprise, readings }).state).toBe('cannot_read');
  });
});

describe('desktop-extensions-allowlist', () => {
  const setting = (value: unknown) => ({
    settings: [reading('settings', [{ name: 'desktop_extension_allowlist_enabled', value }])],
  });
  const run = (readings: Given['readings'], more: Given = {}) =>
    runRule(desktopExtensions, {}, { profile: enterprise, ...(readings ? { readings } : {}), ...more });
  const added = feed([
    event('desktop_extension_allowlisted', '2026-11-05T10:00:00Z', { extension_id: 'Files-Helper' }),
  ]);

  it('passes when on, fails when off, cannot read without a value', () => {
    expect(run(setting(true)).state).toBe('pass');
    expect(run(setting(false)).state).toBe('fail');
    expect(run(setting(null)).state).toBe('cannot_read');
    expect(run(undefined).state).toBe('cannot_read');
    expect(run(setting(true), { profile: {} }).state).toBe('cannot_read');
  });

  it('holds what was put on the list against the charter', () => {
    expect(
      run({ ...setting(true), ...added }, { charter: { desktopExtensions: ['files-helper'] } }).state,
    ).toBe('pass');
    expect(run({ ...setting(true), ...added }, { charter: { desktopExtensions: [] } }).items[0]?.key).toBe(
      'files-helper',
    );
    expect(run({ ...setting(true), ...added }).state).toBe('cannot_read');
  });
});
