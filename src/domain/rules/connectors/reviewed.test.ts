import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { customReviewed } from './custom-reviewed.ts';
import { desktopExtensions } from './desktop-extensions.ts';
import { requestsAnswered } from './requests.ts';
import { switchState } from './switch-state.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { enterprise, event, feed, type Row, table } from './testing/readings.ts';

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

  it('takes the state from the last event and names who set it', () => {
    expect(run([on, off]).state).toBe('pass');
    const out = run([off, { ...on, at: '2026-11-09T10:00:00Z' }]);
    expect(out.state).toBe('fail');
    expect(out.reason).toBe('It is on. Set by Ruth Ekholm on Nov 9, 2026.');
  });

  it('does not treat a silent log as an answer', () => {
    expect(run([]).state).toBe('cannot_read');
    expect(run([], saw('2026-09-10')).state).toBe('pass');
    expect(run([], saw('2026-08-10')).state).toBe('cannot_read');
    expect(run([], saw('2026-09-10', false)).state).toBe('fail');
  });

  it('does not take a file of months with hardly an event for all that happened', () => {
    const members = ['ann', 'ben', 'cay'].map((one) => ({
      email: `${one}@alder.example.org`,
      status: 'active' as const,
    }));
    const judge = (list: readonly Partial<ActivityRow>[], from?: string) =>
      run([], {
        readings: { ...feed(list, from), members: [reading('members', members)] },
        ...saw('2026-11-20'),
      }).state;
    const signIns = members.map(({ email }, day) => ({
      ...event(['sso_login_succeeded', 'user_logged_out'][day % 2] ?? '', `2026-11-0${day + 1}T10:00:00Z`),
      actorEmail: email,
    }));
    expect(judge([])).toBe('cannot_read');
    expect(judge(signIns.slice(0, 2))).toBe('cannot_read');
    expect(judge(signIns)).toBe('pass');
    expect(judge([], '2026-11-15')).toBe('pass');
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
    expect(
      runRule(switchState, params, { profile: { claudePlan: 'team' }, readings: feed([off]) }).state,
    ).toBe('cannot_read');
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
    expect(
      run(portal, [
        { name: 'Chapter Portal', kind: 'custom', actions: {}, securityReview: { ...review, by: 'TBD' } },
      ]).items[0]?.detail,
    ).toBe('The review in the charter does not name who made it.');
    expect(run(portal, [{ name: 'Chapter Portal', kind: 'custom', actions: {} }]).state).toBe('fail');
  });

  it('takes the table’s word that one is custom, whatever is called like it in the directory', () => {
    const slack = (more: object = {}) => [{ connector: 'Slack', enabled: true, ...more }];
    const listed = [{ name: 'Slack', kind: 'directory', actions: {} }];
    expect(run(slack(), listed).state).toBe('pass');
    expect(run(slack({ custom: true }), listed)).toMatchObject({
      state: 'fail',
      items: [{ label: 'Slack' }],
    });
  });

  it('asks about a connector that is in neither the charter nor the catalogue', () => {
    for (const connectors of [[{ name: 'Chapter Portal', actions: {} }], []])
      expect(run(portal, connectors)).toMatchObject({
        state: 'cannot_read',
        code: 'connectors.custom_reviewed.kind_unknown',
        ask: { of: 'charter', field: 'connectors.kind' },
        items: [{ key: 'chapter portal' }],
      });
    const said = (more: object) => run(portal, [{ name: 'Chapter Portal', actions: {}, ...more }]).state;
    expect(said({ kind: 'directory' })).toBe('pass');
    expect(said({ securityReview: review })).toBe('pass');
    expect(run([{ connector: 'Asana' }], []).state).toBe('pass');
    // A URL in the charter means a custom server.
    expect(said({ url: 'https://portal.alder.example/mcp' })).toBe('fail');
    // If no one confirmed that it is in the directory, the charter has to say so.
    const imis = (more: object) =>
      run([{ connector: 'iMIS' }], [{ name: 'iMIS', actions: {}, ...more }]).state;
    expect(imis({})).toBe('cannot_read');
    expect(run([{ connector: 'iMIS' }], []).state).toBe('cannot_read');
    expect(imis({ kind: 'directory' })).toBe('pass');
    // The table itself marks it as custom.
    expect(run([{ connector: 'Chapter Portal (custom)', enabled: true }], []).state).toBe('fail');
    const beside = [...portal, { connector: 'Fleet Desk', enabled: true }];
    expect(run(beside, [{ name: 'Fleet Desk', kind: 'custom', actions: {} }]).items).toMatchObject([
      { key: 'desk fleet' },
    ]);
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
      'Reviewed on Nov 21, 2026, first seen enabled on Nov 20, 2026.',
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

  it('reports a connector that waits for its review and is not enabled', () => {
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

  it('asks about a request of a day in the future', () => {
    const ahead = { ...open, on: '2027-10-09' };
    for (const list of [[ahead], [{ ...open, decision: 'refused', decidedOn: '2026-11-10' }, ahead]])
      expect(run(list)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('Miro on Oct 9, 2027'),
      });
  });

  it('asks for the list', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(runRule(requestsAnswered, { days: 14 }, {}).state).toBe('cannot_read');
  });

  it('on Enterprise does not pass by events without a single complete day', () => {
    const events = (covers?: { from: string; to: string }) => ({
      activities: [
        reading(
          'activities',
          [{ id: 'activity_1', at: '2026-11-24T09:00:00Z', type: 'user_signed_in_sso' }],
          {
            ...(covers ? { covers } : {}),
          },
        ),
      ],
    });
    expect(run([], { profile: enterprise, readings: events() })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('for no day are the events'),
    });
    const covers = { from: '2026-11-01', to: '2026-11-24' };
    expect(run([], { profile: enterprise, readings: events(covers) }).state).toBe('pass');
    expect(run([], { profile: { claudePlan: 'team' }, readings: events() }).state).toBe('pass');
  });

  it('on Enterprise does not pass while a log that was given cannot be read', () => {
    const unusableFiles = { audit_log: [{ file: 'log.csv', is: 'refused' as const, why: 'It ends early.' }] };
    for (const list of [[], [{ ...open, on: '2026-11-20' }]])
      expect(run(list, { profile: enterprise, unusableFiles })).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('It ends early.'),
      });
    expect(run([open], { profile: enterprise, unusableFiles }).state).toBe('fail');
    expect(run([], { profile: enterprise }).state).toBe('pass');
    expect(run([], { unusableFiles }).state).toBe('pass');
  });

  it('on Enterprise does not pass with a request that is only in the log', () => {
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
    expect(run(setting(true), { profile: { claudePlan: 'team' } }).state).toBe('cannot_read');
  });

  it('asks about an extension that was unblocked and may be on the list since before the log', () => {
    const unblocked = event('desktop_extension_unblocked', '2026-11-06T10:00:00Z', {
      extension_id: 'Files-Helper',
    });
    const judge = (charter: object | null, ...more: Partial<ActivityRow>[]) =>
      run(
        { ...setting(true), ...feed([unblocked, ...more]) },
        charter === null ? {} : { charter: charter as Record<string, unknown> },
      );
    for (const charter of [null, { desktopExtensions: [] }])
      expect(judge(charter)).toMatchObject({ state: 'cannot_read', items: [{ key: 'files-helper' }] });
    expect(judge({ desktopExtensions: ['files-helper'] }).state).toBe('pass');
    const removed = event('desktop_extension_removed_from_allowlist', '2026-11-07T10:00:00Z', {
      extension_id: 'files-helper',
    });
    expect(judge({ desktopExtensions: [] }, removed).state).toBe('pass');
  });

  it('compares additions to the list with the charter', () => {
    expect(
      run({ ...setting(true), ...added }, { charter: { desktopExtensions: ['files-helper'] } }).state,
    ).toBe('pass');
    expect(run({ ...setting(true), ...added }, { charter: { desktopExtensions: [] } }).items[0]?.key).toBe(
      'files-helper',
    );
    expect(run({ ...setting(true), ...added }).state).toBe('cannot_read');
  });
});
// Guide: G2.2-16 G2.2-18 G2.2-20 G2.2-22 G3.2-00 G3.3-06 G3.4-03 G3.4-06 G4-01 G7.1-07 G7.2-17 GA-06
