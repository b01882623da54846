import { describe, expect, it } from 'vitest';
import type { Rows } from '../../model/kinds.ts';
import { dana, noor } from '../../rules/accounts/fixtures.ts';
import type { Who } from './subject.ts';
import { account, FULL, ofPerson, type Rowed, results, sharepoint } from './testing/scene.ts';
import { countWords, foldResults, GATE_STATES, resultOf } from './words.ts';

describe('the result of the gates', () => {
  it('is yes only if both are known to be open, and no only if one is known to be closed', () => {
    for (const organization of GATE_STATES)
      for (const signIn of GATE_STATES) {
        const result = resultOf(organization, signIn);
        const closed = organization === 'closed' || signIn === 'closed';
        expect([organization, signIn, result === 'cannot']).toEqual([organization, signIn, closed]);
        const reaches = signIn === 'open' && (organization === 'open' || organization === 'asks');
        expect([organization, signIn, result === 'allow' || result === 'ask']).toEqual([
          organization,
          signIn,
          reaches,
        ]);
      }
    expect([resultOf('open', 'open'), resultOf('asks', 'open')]).toEqual(['allow', 'ask']);
  });

  it('is combined without losing what is unknown', () => {
    expect(foldResults([])).toBe('unknown');
    expect(foldResults(['cannot', 'cannot'])).toBe('cannot');
    expect(foldResults(['cannot', 'unknown'])).toBe('unknown');
    expect(foldResults(['cannot', 'unknown', 'ask'])).toBe('ask');
    expect(countWords({ allow: 0, ask: 1, cannot: 2, unknown: 3 })).toBe(
      '1 after approval, 2 cannot, 3 unknown',
    );
  });
});

describe('the gate of the organization', () => {
  it('lets through what is set in Claude, and cites the row for each action', () => {
    const one = sharepoint(FULL);
    expect(results(one)).toEqual({ 'Search content': 'allow', 'Edit file': 'ask', 'Delete item': 'cannot' });
    const edit = one.actions.find(({ title }) => title === 'Edit file');
    expect(edit?.organization).toMatchObject({
      state: 'asks',
      evidence: [{ kind: 'connectors', row: 3, observedOn: '2026-11-20' }],
    });
    expect(edit?.organization.words).toContain('not in Research mode');
  });

  it('never treats the charter as what is set', () => {
    const charter = {
      connectors: [{ name: 'SharePoint', actions: { 'Search content': 'allow', '*': 'blocked' } }],
    };
    const { connectors: _table, ...rest } = FULL;
    const one = sharepoint(rest, account(dana), { charter });
    expect(one.organization.state).toBe('unknown');
    expect(results(one)).toEqual({
      'Search content': 'unknown',
      'Edit file': 'unknown',
      'Delete item': 'unknown',
    });
    expect(one.actions[0]?.because).toContain('that is what is intended, not what is set');
    expect(one.actions[0]?.organization.howTo).toContain('Owner writes down');
    // And the other way round: Claude reaches what the charter blocks but Claude allows.
    const blocked = { connectors: [{ name: 'SharePoint', actions: { '*': 'blocked' } }] };
    expect(results(sharepoint(FULL, account(dana), { charter: blocked }))['Search content']).toBe('allow');
  });

  it('is closed if the connector is off or there is no seat, and unknown if that was not read', () => {
    const off = { ...FULL, connectors: [{ connector: 'SharePoint', enabled: false }] };
    const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'ask' } }] };
    expect(sharepoint(off, account(dana), { charter }).result).toBe('cannot');
    const unlisted = {
      ...FULL,
      connectors: [{ connector: 'Asana', action: 'Read tasks', state: 'allow' as const }],
    };
    const not = sharepoint(unlisted, account(dana), { charter });
    expect([not.organization.state, not.result]).toEqual(['unknown', 'unknown']);
    expect(not.organization.words).toContain('does not say that it is off');

    const seat = (rows: Rowed, who: Who) => ofPerson(rows, who).seat.state;
    const nobody: Who = { name: noor.name, account: null, addresses: [noor.email], outside: false };
    expect(seat(FULL, account(dana))).toBe('open');
    expect(seat(FULL, nobody)).toBe('closed');
    const { members: _members, ...without } = FULL;
    expect([seat(without, account(dana)), seat(without, nobody)]).toEqual(['unknown', 'unknown']);
    expect(seat({ ...FULL, members: [] }, nobody)).toBe('unknown');
    const as = (more: object) => ({ ...FULL, members: [{ ...dana, ...more }] });
    expect(seat(as({ status: 'suspended' }), account(dana))).toBe('closed');
    expect(seat(as({ seat: 'No seat' }), account(dana))).toBe('closed');
    // An invited person can start using Claude without anyone else's action.
    expect(seat(as({ status: 'invited' }), account(dana))).toBe('open');
    expect(sharepoint(FULL, nobody).result).toBe('cannot');
    expect(sharepoint(without, account(dana)).result).toBe('unknown');
  });

  it('does not read an empty cell, unknown words or a table that is too old', () => {
    const cell = (row: object) => ({
      ...FULL,
      connectors: [{ connector: 'SharePoint', action: 'Search content', enabled: true, ...row }],
    });
    for (const row of [{ state: null }, { stateText: 'perhaps' }])
      expect(results(sharepoint(cell(row)))['Search content']).toBe('unknown');
    expect(results(sharepoint(cell({ stateText: 'not offered' })))['Search content']).toBe('cannot');
    const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'ask' } }] };
    expect(sharepoint(FULL, account(dana), { charter }, '2026-09-01').result).toBe('unknown');
  });

  it('never clears a connector if the table lists none or only some of its actions', () => {
    const bare = { ...FULL, connectors: [{ connector: 'Taskline', enabled: true }] };
    const [taskline] = ofPerson(bare).connectors;
    expect([taskline?.name, taskline?.result, taskline?.actions]).toEqual(['Taskline', 'unknown', []]);
    const some = {
      ...FULL,
      connectors: [{ connector: 'Taskline', action: 'wipe', state: 'blocked' as const, enabled: true }],
    };
    const [part] = ofPerson(some).connectors;
    expect([part?.actions.map(({ result }) => result), part?.result]).toEqual([['cannot'], 'unknown']);
  });
});

describe('a table of a server that the catalogue does not know', () => {
  const charter = {
    connectors: [{ name: 'Taskline', actions: { search: 'allow', wipe: 'blocked', '*': 'blocked' } }],
  };
  const taskline = (rows: readonly (Partial<Rows['connectors']> & object)[]) => {
    const lines = rows.map((row) => ({ connector: 'Taskline', enabled: true, ...row }));
    const [one] = ofPerson({ ...FULL, connectors: lines }, account(dana), { charter }).connectors;
    return [one?.result, ...(one?.actions.map((row) => row.organization.state) ?? [])];
  };

  it('applies its line for everything else to each unlisted tool, unless it also lists classes', () => {
    expect(taskline([{ action: '*', state: 'blocked' }])).toEqual(['cannot', 'closed', 'closed', 'closed']);
    expect(taskline([{ action: '*', state: 'ask' }])).toEqual(['unknown', 'asks', 'asks', 'asks']);
    expect(
      taskline([
        { action: '*', state: 'blocked' },
        { action: 'write tools', state: 'allow' },
      ])[0],
    ).toBe('unknown');
  });
});

describe('rights in the system', () => {
  const rightsIn = (connector: string, charter: object | null) => {
    const rows = {
      ...FULL,
      connectors: [{ connector, action: 'search', state: 'allow' as const, enabled: true }],
    };
    const parts = charter === null ? {} : { charter: charter as Record<string, unknown> };
    const [one] = ofPerson(rows, account(dana), parts).connectors;
    if (!one) throw new Error(`no ${connector}`);
    return one;
  };

  it('are their own if people sign in as themselves, and unknown behind a custom server', () => {
    const asana = rightsIn('Asana', null);
    expect(asana.rights.state).toBe('own');
    expect(asana.rights.words).toContain('No file here says');
    expect(rightsIn('Taskline', null).rights).toMatchObject({ state: 'unknown' });
    expect(rightsIn('Taskline', null).rights.howTo).toContain('one account');
    const custom = { connectors: [{ name: 'Asana', kind: 'custom', actions: { '*': 'ask' } }] };
    expect(rightsIn('Asana', custom).rights.state).toBe('unknown');
  });

  it('are those of one account if the charter names the account behind the membership system', () => {
    const ams = (more: object) => ({
      connectors: [{ name: 'Member desk', kind: 'custom', isAms: true, actions: { search: 'allow' } }],
      ams: { name: 'Member desk', methods: ['custom_mcp'], ...more },
    });
    expect(rightsIn('Member desk', ams({})).rights.state).toBe('unknown');
    const serviceAccount = { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2026-10-01' };
    const reported = rightsIn('Member desk', ams({ serviceAccount }));
    expect(reported.rights.state).toBe('account');
    expect(reported.rights.words).toContain('whatever their own rights are');
  });

  it('leave a prerequisite open until their review is on record, and again when it is too old', () => {
    const reviewed = (day: string | null) =>
      rightsIn('Asana', {
        connectors: [{ name: 'Asana', actions: { '*': 'ask' }, ...(day ? { sourceReviewed: day } : {}) }],
      }).prerequisite;
    expect(reviewed(null)).toMatchObject({ met: false, reviewed: null });
    expect(reviewed('2026-09-08')).toMatchObject({ met: true, reviewed: '2026-09-08' });
    expect(reviewed('2025-09-08').met).toBe(false);
    expect(reviewed('2026-12-24')).toMatchObject({ met: false, reviewed: null });
    expect(rightsIn('Asana', null).prerequisite.met).toBe(false);
  });
});
// Guide: G3.1-01 G3.1-03 G3.1-04
