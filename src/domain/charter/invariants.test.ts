import { describe, expect, it } from 'vitest';
import { type Charter, charterSchema } from '../model/charter.ts';
import { CATALOGUE } from '../rules/connectors/testing/catalogue.ts';
import { effectiveCharter, effectivePermission } from './effective.ts';
import { brokenCells, checkInvariants } from './invariants.ts';

const TODAY = '2026-11-24';
const charter = (connectors: object[], more: object = {}): Charter =>
  charterSchema.parse({ connectors, ...more });
const broken = (connectors: object[], more: object = {}) =>
  brokenCells(charter(connectors, more), CATALOGUE).map(({ connector, action }) => `${connector}/${action}`);
const until = (day: string, connector = 'iMIS', action = 'Change member records') => ({
  invariantExceptions: [{ connector, action, until: day, reason: 'Migration' }],
});

describe('invariants of a charter', () => {
  it('keeps a membership system at reads, by catalogue, by the charter and by the name of the AMS', () => {
    expect(
      broken([{ name: 'iMIS', actions: { 'Read member records': 'allow', 'Change member records': 'ask' } }]),
    ).toEqual(['iMIS/Change member records']);
    expect(broken([{ name: 'Own', isAms: true, actions: { lookup: 'ask' } }])).toEqual(['Own/lookup']);
    expect(
      broken([{ name: 'Own', isAms: true, actions: { lookup: 'ask' }, effects: { lookup: 'read' } }]),
    ).toEqual([]);
    expect(
      broken([{ name: 'Memberlink', actions: { add: 'ask' } }], {
        ams: { name: 'Memberlink', methods: ['custom_mcp'] },
      }),
    ).toEqual(['Memberlink/add']);
    // The catalogue overrides the charter.
    expect(broken([{ name: 'iMIS', isAms: false, actions: { 'Change member records': 'ask' } }])).toEqual([
      'iMIS/Change member records',
    ]);
  });

  it('counts an unknown server with member data as a membership system until the charter denies it', () => {
    const own = { name: 'Own', holdsMemberData: true, actions: { write: 'ask' } };
    expect(broken([own])).toEqual(['Own/write']);
    expect(broken([{ ...own, isAms: false }])).toEqual([]);
    // SharePoint holds members' data too, but the catalogue says that it is not a membership system.
    expect(broken([{ name: 'SharePoint', holdsMemberData: true, actions: { 'Edit file': 'ask' } }])).toEqual(
      [],
    );
  });

  it('counts `*` as everything it covers, including tools added later', () => {
    expect(broken([{ name: 'iMIS', actions: { 'Read member records': 'allow', '*': 'ask' } }])).toEqual([
      'iMIS/*',
    ]);
    expect(broken([{ name: 'iMIS', actions: { 'Read member records': 'allow', '*': 'blocked' } }])).toEqual(
      [],
    );
    expect(broken([{ name: 'SharePoint', actions: { '*': 'ask' } }])).toEqual([]);
    expect(broken([{ name: 'SharePoint', actions: { delete: 'blocked', '*': 'allow' } }])).toEqual([
      'SharePoint/*',
    ]);
    expect(
      brokenCells(charter([{ name: 'SharePoint', actions: { '*': 'allow' } }]), CATALOGUE)[0]?.words,
    ).toBe(
      'SharePoint: * is Always allow. It covers Delete item, and whatever tool is added. Actions that delete, send or administer are never Always allow.',
    );
  });

  it('never lets what deletes, sends or administers be Always allow, by name or by class', () => {
    expect(
      broken([
        {
          name: 'Outlook',
          actions: { 'Send e-mail': 'allow', 'Trash thread': 'ask', 'Search e-mail': 'allow' },
        },
        { name: 'Asana', actions: { 'write/delete tools': 'allow', 'Create task': 'allow' } },
        { name: 'Own', actions: { purge: 'allow', wipe: 'allow' }, effects: { purge: 'delete' } },
      ]),
    ).toEqual(['Outlook/Send e-mail', 'Asana/write/delete tools', 'Own/purge']);
  });

  it('needs an exception with an end for each broken cell, and then two approvers', () => {
    const own = [{ name: 'iMIS', actions: { 'Change member records': 'ask' } }];
    const of = (more: object) => checkInvariants(charter(own, more), CATALOGUE, TODAY);
    expect(of({})).toMatchObject({ approvers: 2, uncovered: [{ cell: { connector: 'iMIS' } }] });
    expect(of(until(TODAY)).uncovered).toEqual([]);
    expect(of(until(TODAY))).toMatchObject({ approvers: 2, idle: [] });
    expect(of(until('2026-11-23')).uncovered[0]?.words).toContain('ended on Nov 23, 2026');
    expect(of(until('2028-01-01')).uncovered[0]?.words).toContain('the latest end is Nov 25, 2027');
    expect(of(until('2027-01-01', 'iMIS', 'other')).idle).toHaveLength(1);
    expect(checkInvariants(charter([]), CATALOGUE, TODAY).approvers).toBe(1);
  });
});

describe('what a charter amounts to on a day', () => {
  const own = [
    {
      name: 'iMIS',
      actions: { 'Read member records': 'allow', 'Change member records': 'ask', '*': 'blocked' },
    },
  ];
  const on = (day: string, action: string, connector = 'IMIS') =>
    effectivePermission(charter(own, until('2026-12-31')), CATALOGUE, connector, action, day);

  it('lets a permission fall back to Blocked after its last day, not on it', () => {
    expect(on('2026-12-31', 'change member records')).toMatchObject({ permission: 'ask', lapsed: null });
    expect(on('2027-01-01', 'Change member records')).toMatchObject({
      permission: 'blocked',
      lapsed: { until: '2026-12-31' },
    });
    expect(on('2027-01-01', 'Read member records')).toMatchObject({ permission: 'allow', lapsed: null });
    expect(
      effectiveCharter(charter(own, until('2026-12-31')), '2027-01-01').connectors?.[0]?.actions,
    ).toEqual({
      'Read member records': 'allow',
      'Change member records': 'blocked',
      '*': 'blocked',
    });
  });

  it('lets the later of two exceptions decide', () => {
    const two = charter(own, {
      invariantExceptions: [
        ...until('2027-03-31').invariantExceptions,
        ...until('2026-12-31').invariantExceptions,
      ],
    });
    expect(
      effectivePermission(two, CATALOGUE, 'iMIS', 'Change member records', '2027-01-01').permission,
    ).toBe('ask');
  });

  it('is blocked if the charter says nothing', () => {
    expect(on(TODAY, 'Search', 'SharePoint')).toEqual({ permission: 'blocked', text: null, lapsed: null });
    expect(on(TODAY, 'mystery tool').text).toBe('*');
  });

  it('changes nothing if no exception has ended', () => {
    const one = charter(own, until('2026-12-31'));
    expect(effectiveCharter(one, TODAY)).toBe(one);
  });
});
// Guide: G2.2-23 G2.2-28 G2.2-30
