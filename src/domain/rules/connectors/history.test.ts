import { describe, expect, it } from 'vitest';
import type { ConnectorRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { inUseUnlocked } from './in-use-unlocked.ts';
import { lockdownFirst } from './lockdown.ts';
import { permissionChanges } from './permission-changes.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { enterprise, event, feed, type Row, table } from './testing/readings.ts';

const ASANA = { 'Read tasks': 'allow', 'Create task': 'ask', 'Delete task': 'blocked' } as const;
const rows = (connector: string, cells: Record<string, ConnectorRow['state']>): Row[] =>
  Object.entries(cells).map(([action, state]) => ({ connector, action, state }));

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
    expect(out.reason).toContain('Asana “Delete task” from Blocked to Needs approval');
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

  it('cannot tell for an action whose earlier state is not on record', () => {
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

  it('fails for a connector that only the newest table enables, without a permission', () => {
    const added = { connector: 'Membership Bridge', action: null, enabled: true };
    const newest = table([...rows('Asana', ASANA), added], '2026-11-20');
    expect(run({ connectors: [before, newest] })).toMatchObject({
      state: 'fail',
      code: 'connectors.changes.added',
      items: [{ label: 'Membership Bridge' }],
    });
    const known = table([...rows('Asana', ASANA), added], '2026-09-02');
    expect(run({ connectors: [known, newest] }).state).toBe('pass');
  });

  it('does not pass over the days between a review and the first table', () => {
    const judge = (on: string, cells: Record<string, ConnectorRow['state']> = {}) =>
      run(
        { connectors: [before, after(cells)] },
        { journal: { reviews: [{ kind: 'quarterly', on, by: 'Dana Whitlock' }] } },
      );
    expect(judge('2026-09-02').state).toBe('pass');
    const out = judge('2026-08-20');
    expect(out.state).toBe('cannot_read');
    expect(out.reason).toContain('after the quarterly review of Aug 20, 2026');
    expect(judge('2026-08-20', { 'Delete task': 'ask' }).state).toBe('fail');
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
    expect(out.items[0]?.detail).toBe('From Blocked to Needs approval. Set by Ruth Ekholm on Nov 3, 2026.');
  });

  it('passes without a change only if the log covers every day since the review', () => {
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

  it('cannot tell how a re-added connector is set until a later table shows it', () => {
    const again = [
      event('mcp_server_deleted', '2026-10-10T09:00:00Z', { mcp_server_name: 'Asana' }),
      event('mcp_server_created', '2026-10-11T09:00:00Z', { mcp_server_name: 'asana' }),
    ];
    expect(run({ ...start, ...feed(again) }).state).toBe('cannot_read');
    expect(run({ ...start, ...feed(again) }).reason).toContain(
      'asana (by Ruth Ekholm on Oct 11, 2026) was removed and added again',
    );
    const later = (cells: Record<string, ConnectorRow['state']>) =>
      run({
        connectors: [...start.connectors, table(rows('Asana', { ...ASANA, ...cells }), '2026-11-20')],
        ...feed(again),
      });
    expect(later({}).state).toBe('pass');
    expect(later({ 'Delete task': 'ask' }).items.map(({ key }) => key)).toEqual(['asana/delete_task']);
  });

  it('leaves out what happened before the review, and what narrowed', () => {
    expect(
      run({
        ...start,
        ...feed([policy('2026-09-20T15:00:00Z', 'allow'), policy('2026-11-03T15:00:00Z', 'blocked')]),
      }).state,
    ).toBe('pass');
  });

  it('fails for a connector added since the review that no one approved', () => {
    const added = [event('mcp_server_created', '2026-11-03T15:00:00Z', { mcp_server_name: 'Box' })];
    expect(run({ ...start, ...feed(added) })).toMatchObject({
      state: 'fail',
      code: 'connectors.changes.added',
      items: [{ label: 'Box', detail: 'Added by Ruth Ekholm on Nov 3, 2026.' }],
    });
    const approvedChanges = [
      { on: '2026-11-02', connector: 'Box', action: 'all', to: 'added', approvedBy: 'Dana Whitlock' },
    ];
    expect(run({ ...start, ...feed(added) }, { ...review, approvedChanges }).state).toBe('pass');
    const earlier = [event('mcp_server_created', '2026-09-20T15:00:00Z', { mcp_server_name: 'Box' })];
    expect(run({ ...start, ...feed(earlier) }).state).toBe('pass');
  });

  it('sees a widening that was later reversed', () => {
    expect(
      run({
        ...start,
        ...feed([policy('2026-11-03T15:00:00Z', 'allow'), policy('2026-11-04T15:00:00Z', 'blocked')]),
      }).state,
    ).toBe('fail');
  });

  it('cannot tell for a change from unknown to Needs approval, and fails for Always allow', () => {
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

describe('in-use-before-lockdown', () => {
  const run = (journal: Record<string, unknown> | null, more: Given = {}) =>
    runRule(inUseUnlocked, {}, { catalogue: CATALOGUE, ...(journal ? { journal } : {}), ...more });
  const connectorsSeen = [{ connector: 'asana', people: ['ann@x.org'], on: '2026-11-20' }];
  const charter = (...names: string[]) => ({
    charter: { connectors: names.map((name) => ({ name, actions: {} })) },
  });

  it('fails for unapproved use, with or without a charter', () => {
    expect(run({ connectorsSeen })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 connector that no charter approves is in use'),
      items: [{ key: 'asana', detail: 'Used by ann@x.org; last on Nov 20, 2026.' }],
    });
    expect(run({ connectorsSeen }, charter()).state).toBe('fail');
    expect(run({ connectorsSeen }, charter('Asana')).state).toBe('not_applicable');
    // A connector whose name the sender withholds may be an approved one.
    const unnamed = [{ connector: 'unnamed', people: [], on: '2026-11-21' }];
    expect(run({ connectorsSeen: unnamed }, charter('Asana')).state).toBe('not_applicable');
    expect(run({ connectorsSeen: unnamed }, charter()).state).toBe('fail');
  });

  it('does not apply without use or after a recorded lockdown', () => {
    const lockdown = { on: '2026-11-01', by: 'Dana Whitlock' };
    const seen = {
      readings: feed([event('claude_chat_created', '2026-11-20T10:00:00Z')]),
      profile: enterprise,
    };
    expect(run(null, seen).state).toBe('not_applicable');
    // Without any source of use, nothing shows that no connector is in use.
    expect(run(null)).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.in_use_unlocked.unseen',
      ask: { of: 'source', field: 'telemetry' },
    });
    expect(run(null, { profile: enterprise }).state).toBe('cannot_read');
    expect(run({ connectorsSeen, lockdown }).state).toBe('not_applicable');
    expect(run({ connectorsSeen, lockdown: { ...lockdown, on: '2027-01-01' } }).state).toBe('fail');
    const unproven = run({ connectorsSeen, lockdown, lockdownFile: 'missing' });
    expect(unproven.state).toBe('fail');
    expect(unproven.reason).toMatch(/^The lockdown of Nov 1, 2026 in the journal does not count, because/);
  });

  it('cannot read with an unusable journal or charter', () => {
    const broken = (of: 'journal' | 'charter') => ({ unusable: { [of]: 'It cannot be used.' } });
    const telling = { reason: 'It cannot be used.', state: 'cannot_read' };
    expect(run(null, broken('journal'))).toMatchObject(telling);
    expect(run({ connectorsSeen }, broken('charter'))).toMatchObject(telling);
  });

  it('names who linked a connector from the Enterprise log', () => {
    const linked = event('integration_user_connected', '2026-11-20T10:00:00Z', { mcp_server_name: 'Asana' });
    expect(run(null, { profile: enterprise, readings: feed([linked]) })).toMatchObject({
      state: 'fail',
      items: [{ label: 'Asana', detail: 'Used by Ruth Ekholm; last on Nov 20, 2026.' }],
    });
    const team = { claudePlan: 'team' as const };
    expect(run(null, { profile: team, readings: feed([linked]) }).state).toBe('cannot_read');
  });
});

describe('lockdown-before-invitation', () => {
  const run = (journal: Record<string, unknown> | null, readings: Given['readings'] = {}) =>
    runRule(lockdownFirst, {}, { readings, ...(journal ? { journal } : {}) });
  const lockdown = { on: '2026-03-02', by: 'Dana Whitlock' };
  const members = (list: readonly object[]) => ({ members: [reading('members', list)] });

  it('passes when the lockdown came first, on the same day too, and says what counts', () => {
    const out = run(
      { lockdown, firstInvitation: '2026-03-02' },
      members([{ email: 'a@x.org', role: 'user', addedOn: '2026-03-05' }]),
    );
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('The vendor documents no restriction switch');
    expect(out.reason).toContain('No file is named that shows it.');
  });

  it('does not pass if the file is missing or differs from the one filed', () => {
    const file = { ...lockdown, file: 'connectors.png', sha256: 'a'.repeat(64) };
    const by = (lockdownFile?: 'missing' | 'differs') =>
      run({ lockdown: file, firstInvitation: '2026-03-02', ...(lockdownFile ? { lockdownFile } : {}) });
    expect([by().state, by('missing').state, by('differs').state]).toEqual([
      'pass',
      'cannot_read',
      'cannot_read',
    ]);
    expect(by('differs').reason).toContain('connectors.png is not the file stored as evidence');
  });

  it('does not pass if a members file shows staff before the lockdown or first invitation', () => {
    const seen = (observedOn: string) => ({
      members: [reading('members', [{ email: 'a@x.org', name: 'Ana Ruiz', role: 'user' }], { observedOn })],
    });
    expect(run({ lockdown, firstInvitation: '2026-03-02' }, seen('2026-03-01'))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Ana Ruiz is in the members file of Mar 1, 2026'),
    });
    // The recorded invitation is in the future, but someone is already a member.
    expect(run({ lockdown, firstInvitation: '2026-12-02' }, seen('2026-11-20'))).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('Correct `firstInvitation`') },
    });
    expect(run({ lockdown, firstInvitation: '2026-12-02' }).reason).toContain('is to go out on Dec 2, 2026');
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

  it('names what is in use and by whom while nothing shows the lockdown', () => {
    const connectorsSeen = [
      { connector: 'asana', people: ['ann@x.org', 'bob@x.org'], on: '2026-11-20' },
      { connector: 'unnamed', people: [], on: '2026-11-21' },
    ];
    expect(run({ connectorsSeen })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining(
        'In use so far, as far as the sources show: Asana and a connector that no source names.',
      ),
      items: [
        { key: 'asana', detail: 'Called by ann@x.org and bob@x.org; the last call on Nov 20, 2026.' },
        { key: 'unnamed', detail: expect.stringContaining('By whom is not reported') },
      ],
    });
    expect(run({ connectorsSeen, firstInvitation: '2027-01-04' }).items).toHaveLength(2);
    expect(run({}).reason).toContain('No source shows a connector in use');
  });

  it('fails when the invitation came first by the journal', () => {
    expect(run({ lockdown, firstInvitation: '2026-02-27' }).state).toBe('fail');
  });

  it('fails when a member is older than the lockdown, owners aside', () => {
    const journal = { lockdown, firstInvitation: '2026-03-05' };
    const out = run(
      journal,
      members([{ email: 'Tobin@x.org', name: 'Tobin Achterberg', role: 'user', addedOn: '2026-02-20' }]),
    );
    expect(out.state).toBe('fail');
    expect(out.reason).toContain('Tobin Achterberg (Feb 20, 2026)');
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
// Guide: G2.2-14 G2.2-18 G2.2-19 G3.4-02 G7.1-07 GA-05
