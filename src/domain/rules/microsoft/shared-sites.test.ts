import { describe, expect, it } from 'vitest';
import type { Readings } from '../../model/reading.ts';
import { reading, runRule, TODAY } from '../../testing/build.ts';
import { openSites } from './open-sites.ts';
import { sharedSites } from './shared-sites.ts';

const url = (name: string) => `https://alder.sharepoint.com/sites/${name}`;
const site = (name: string, more: object = {}) => ({
  url: url(name),
  anyone: 0,
  everyone: 0,
  organization: 0,
  ...more,
});
const used = (id: string, anyone: number, more: object = {}) => ({
  id,
  anyone,
  template: 'Group',
  countedTo: '2026-11-20',
  ...more,
});
const group = (id: string, visibility: string | null, more: object = {}) => ({
  id,
  name: `Group ${id}`,
  unified: true,
  visibility,
  mail: `${id}@alder.example.org`,
  ...more,
});
/** A site whose libraries were all read. */
const open = (name: string, more: object = {}) => ({
  url: url(name),
  anyone: 0,
  everyone: 0,
  organization: 0,
  ...more,
});
const of = (sites: {
  report?: readonly object[];
  usage?: readonly object[];
  groups?: readonly object[];
  live?: readonly object[];
}): Readings => ({
  ...(sites.live === undefined ? {} : { site_permissions: [reading('site_permissions', sites.live)] }),
  ...(sites.report === undefined ? {} : { shared_sites: [reading('shared_sites', sites.report)] }),
  ...(sites.usage === undefined ? {} : { site_usage: [reading('site_usage', sites.usage)] }),
  ...(sites.groups === undefined ? {} : { entra_groups: [reading('entra_groups', sites.groups)] }),
});
const run = (readings: Readings) => runRule(sharedSites, {}, { readings });

/** Evaluates like the rule, and records every site in `into`. */
const listing =
  (into: string[]): typeof sharedSites.decide =>
  (context, params) => {
    into.push(...openSites(context).sites.map(({ key }) => key));
    return sharedSites.decide(context, params);
  };

describe('sites-shared-widely', () => {
  it('names each open site of the report, the most exposed first, and never passes', () => {
    const report = [site('a'), site('b', { organization: 4 }), site('c', { anyone: 1 })];
    expect(run(of({ report }))).toMatchObject({
      state: 'fail',
      code: 'microsoft.shared_sites.open',
      items: [{ key: url('c') }, { key: url('b'), detail: `Open to everyone but guests. ${url('b')}` }],
    });
    expect(run(of({ report: [site('a')] }))).toMatchObject({
      state: 'cannot_read',
      reason: 'The sharing report shows none of 1 site open to everyone or by links for anyone.',
    });
    const order: string[] = [];
    const asked = { ...sharedSites, decide: listing(order) };
    runRule(asked, {}, { readings: of({ report: [...report, site('d', { anyone: null })] }) });
    expect(order.map((key) => key.at(-1))).toEqual(['c', 'b', 'd', 'a']);
  });

  it('accepts live readings no longer than other lists of Microsoft 365', () => {
    const old = { observedOn: '2026-09-20' };
    const groups = [reading('entra_groups', [group('g', 'public')], old)];
    const usage = [reading('site_usage', [used('u', 3)], old)];
    expect(run({ entra_groups: groups, site_usage: usage }).state).toBe('cannot_read');
    const shared = [reading('shared_sites', [site('a', { anyone: 1 })], old)];
    expect(run({ shared_sites: shared, entra_groups: groups }).items.map(({ key }) => key)).toEqual([
      url('a'),
    ]);
  });

  it('fails on live readings alone: links and public groups, with one entry for a site', () => {
    const found = run(
      of({
        usage: [
          used('s1', 9, { owner: 'events@alder.example.org' }),
          used('s2', 0),
          used('s3', 2, { template: 'Communication Site', owner: 'dana@alder.example.org' }),
          used('s4', 5, { deleted: true }),
        ],
        groups: [group('events', 'public'), group('board', 'private'), group('staff', 'public')],
      }),
    );
    expect(found.state).toBe('fail');
    expect(found.items.map(({ key, label }) => [key, label])).toEqual([
      ['events', 'Group events'],
      ['s3', 'Site s3'],
      ['staff', 'Group staff'],
    ]);
    expect(found.items[0]?.detail).toBe(
      'Links that anyone can open (9 times by the usage report up to Nov 20, 2026); its group is public, so it is open to everyone but guests; its owner is events@alder.example.org. Its ID is s1.',
    );
    expect(found.reason).toMatch(/^3 of 4 sites are open .*Not read: permissions for everyone/);
  });

  it('says what was read and what was not if nothing is open, and asks for the sharing report', () => {
    const both = run(of({ usage: [used('s1', 0)], groups: [group('board', 'private')] }));
    expect(both).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.shared_sites.none_open_live',
      params: { links: true, groups: true, permissions: false },
      ask: { of: 'source', field: 'shared_sites' },
    });
    expect(both.reason).toMatch(
      /^Microsoft’s usage report shows none of 1 site shared by links for anyone\. No Microsoft 365 group is public\. Not read: permissions for everyone and who is in SharePoint groups, which only the sharing report shows\./,
    );
    const groups = run(of({ groups: [group('board', 'private')] }));
    expect(groups.params).toEqual({ links: false, groups: true, permissions: false });
    expect(groups.reason).toContain('Not read: links for anyone.');
    // A list of groups without visibility counts as not given.
    expect(run(of({ groups: [{ id: 'g', name: 'Board' }] })).code).toBe('absent');
    const silent = run(of({ usage: [used('s1', 0)], groups: [{ id: 'g', name: 'Board' }] }));
    expect(silent.reason).toContain(
      'Not read: which groups are public, because the list of groups does not say',
    );
    // The report complements live readings, and counts alone if there are none.
    expect(run(of({ report: [site('a')], usage: [used('s1', 0)] })).reason).toMatch(
      /^The sharing report shows none of 1 site .*Not read: which groups are public\./,
    );
  });

  it('calls a group private only if Graph says so', () => {
    for (const odd of [null, 'internal'])
      expect(run(of({ groups: [group('odd', odd), group('board', 'private')] })).reason).toContain(
        'Of 1 Microsoft 365 group it is not known whether it is public.',
      );
    // A security group has no site.
    const security = group('door', 'public', { unified: false });
    expect(run(of({ groups: [security, group('board', 'hiddenmembership')] })).state).toBe('cannot_read');
  });

  it('matches a site of the report by its address, its ID or its group', () => {
    const report = [
      site('a', { id: 's1' }),
      site('b'),
      site('c', { owner: 'Board@alder.example.org', organization: 1 }),
    ];
    const usage = [
      used('s1', 3, { countedTo: TODAY }),
      used('s2', 1, { url: url('B'), countedTo: TODAY }),
      used('s3', 0, { owner: 'board@alder.example.org' }),
    ];
    const found = run(of({ report, usage, groups: [group('board', 'public')] }));
    expect(found.items.map(({ key }) => key)).toEqual([url('a'), url('b'), url('c')]);
    expect(found.reason).toMatch(/^3 of 3 sites are open/);
  });

  it('uses the newer count of links, names the other, and closes no site on a usage report zero', () => {
    const at = (on: string, row: object): Readings => ({
      shared_sites: [reading('shared_sites', [site('a', { id: 's1', ...row })], { observedOn: on })],
    });
    const usage = (anyone: number) => of({ usage: [used('s1', anyone)] });
    const newer = run({ ...at('2026-11-01', {}), ...usage(3) });
    expect(newer.items).toMatchObject([
      { key: url('a'), detail: expect.stringContaining('The sharing report of Nov 1, 2026 shows none.') },
    ]);
    const closed = run({ ...at('2026-11-22', {}), ...usage(3) });
    expect(closed.state).toBe('cannot_read');
    expect(closed.reason).toContain(
      `usage report up to Nov 20, 2026 counts links for anyone of ${url('a')}; the newer sharing report shows none.`,
    );
    const zero = run({ ...at('2026-11-01', { anyone: 2 }), ...usage(0) });
    expect(zero.items).toMatchObject([
      { detail: expect.stringContaining('counts none, which does not show that they are gone') },
    ]);
    expect(run({ ...at('2026-11-20', {}), ...usage(3) }).state).toBe('fail');
  });

  it('fails on live library permissions, says what they do not show, and never passes on them', () => {
    const live = [
      open('a', { organization: 1, id: 's1', name: 'Board' }),
      open('b', { everyone: 1 }),
      open('c'),
      open('d', { anyone: 2 }),
    ];
    const found = run(of({ live, usage: [used('s1', 3)] }));
    expect([found.state, found.items.map(({ key }) => key)]).toEqual([
      'fail',
      [url('a'), url('d'), url('b')],
    ]);
    expect(found.items[0]).toMatchObject({
      label: 'Board',
      detail: expect.stringContaining('Permissions of its document libraries were read on Nov 24, 2026.'),
      evidence: [{ kind: 'site_permissions', says: 'organization: 1' }, { kind: 'site_usage' }],
    });
    expect(found.reason).toMatch(/^3 of 4 sites .*Not read: permissions below the top level of libraries/);
    const none = run(of({ live: [open('c')] }));
    expect(none).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.shared_sites.none_open_live',
      params: { links: false, groups: false, permissions: true },
      ask: { of: 'source', field: 'shared_sites' },
    });
    expect(none.reason).toMatch(
      /^No permission at the top of a document library lets everyone into 1 site\./,
    );
    // Clients without this application do not see a remark about it.
    expect(run(of({ groups: [group('board', 'private')] })).reason).not.toContain('document libraries');
  });

  it('fails a site that a group of nearly everyone can open, by the accounts that are enabled and no guests', () => {
    const group = (name: string, people: number | null) => ({ id: `id of ${name}`, name, people });
    const accounts = (count: number, more: object = {}) =>
      Array.from({ length: count }, (_, n) => ({ upn: `p${n}@alder.example.org`, enabled: true, ...more }));
    const live = [
      open('few', { groups: [group('Board', 9)] }),
      open('most', { groups: [group('All staff', 48), group('Events', 12)] }),
      open('all', { groups: [group('Whole house', 60)] }),
      open('closed', { organization: 1 }),
    ];
    const readings = { ...of({ live }), entra_users: [reading('entra_users', accounts(60))] };
    const found = run(readings);
    expect([found.state, found.items.map(({ key }) => key)]).toEqual([
      'fail',
      [url('closed'), url('all'), url('most')],
    ]);
    expect(found.items[2]).toMatchObject({
      detail: expect.stringMatching(
        /^Open to a group of nearly everyone\. 48 of the 60 accounts that are enabled and no guests are in the group All staff\./,
      ),
      evidence: [{ kind: 'site_permissions', says: 'group All staff: 48' }],
    });
    // If the number of people or the size of a group is not known, the reason says so and no site counts as open
    // because of it.
    const uncounted = run(of({ live: live.slice(0, 3) }));
    expect(uncounted).toMatchObject({ state: 'cannot_read', items: [] });
    expect(uncounted.reason).toContain('whether nearly everyone is in 4 groups that have such a permission');
    const unsized = run({
      ...readings,
      ...of({ live: [open('a', { groups: [group('All staff', null)] })] }),
    });
    expect(unsized.state).toBe('cannot_read');
    expect(unsized.reason).toContain(
      'how many people are in 1 group that has such a permission: All staff. The optional permission GroupMember.Read.All would show it.',
    );
    // In an office of four, every group is nearly everyone.
    const small = { ...of({ live: live.slice(0, 1) }), entra_users: [reading('entra_users', accounts(4))] };
    expect(run(small).state).toBe('cannot_read');
    // A locked site stays as open as it was.
    const shut = open('all', {
      anyone: null,
      everyone: null,
      organization: null,
      groups: [],
      unread: 'locked',
    });
    const before = reading('site_permissions', live, { observedOn: '2026-11-20', file: 'before.json' });
    const locked = run({ ...readings, site_permissions: [before, reading('site_permissions', [shut])] });
    expect(locked.items.map(({ key }) => key)).toContain(url('all'));
  });

  it('fails a site for a group only if it is large without guests and disabled accounts', () => {
    const accounts = (what: string, count: number, more: object = {}) =>
      Array.from({ length: count }, (_, n) => ({
        id: `${what} ${n}`,
        upn: `${what}${n}@alder.example.org`,
        ...more,
      }));
    const staff = accounts('p', 60, { enabled: true });
    const others = [
      ...accounts('guest', 10, { enabled: true, userType: 'Guest' }),
      ...accounts('left', 5, { enabled: false }),
    ];
    const decide = (people: number, members?: readonly { readonly id: string }[]) => {
      const groups = members && [{ id: 'all', name: 'All staff', members: members.map(({ id }) => id) }];
      return run({
        ...of({
          live: [open('a', { groups: [{ id: 'all', name: 'All staff', people }] })],
          ...(groups === undefined ? {} : { groups }),
        }),
        entra_users: [reading('entra_users', [...staff, ...others])],
      });
    };
    const may = 'Not known: whether nearly everyone is in 1 group that has such a permission: All staff';
    // 48 of 60 are nearly everyone; up to 15 accounts of a group may be disabled or guests.
    expect(decide(63)).toMatchObject({
      state: 'fail',
      items: [
        {
          detail: expect.stringContaining(
            'At least 48 of the 60 accounts that are enabled and no guests are in the group All staff.',
          ),
        },
      ],
    });
    const unsure = [decide(62), decide(48), decide(76)];
    expect(unsure.map(({ state, items }) => [state, items])).toEqual(unsure.map(() => ['cannot_read', []]));
    for (const { reason } of unsure) expect(reason).toContain(may);
    expect(unsure[0]?.reason).toContain(`${may} (62 accounts). Microsoft counts guests and disabled`);
    expect(decide(47)).toMatchObject({ state: 'cannot_read', reason: expect.not.stringContaining(may) });
    // The members decide if the list of groups gives them.
    expect(decide(62, [...staff.slice(0, 48), ...others.slice(0, 14)])).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining(' 48 of the 60 accounts') }],
    });
    expect(decide(62, [...staff.slice(0, 47), ...others])).toMatchObject({
      state: 'cannot_read',
      reason: expect.not.stringContaining(may),
    });
  });

  it('keeps a site open that a later reading could not read, until one reads it', () => {
    const before = reading('site_permissions', [open('a', { everyone: 1 }), open('b', { organization: 1 })], {
      observedOn: '2026-11-20',
      file: 'before.json',
    });
    const after = (...rows: readonly object[]): Readings => ({
      site_permissions: [before, reading('site_permissions', rows)],
    });
    const shut = { anyone: null, everyone: null, organization: null, libraries: 0 };
    const locked = run(after(open('a', { ...shut, unread: 'locked' }), open('b')));
    expect(locked.items).toMatchObject([
      { key: url('a'), evidence: [{ file: 'before.json', observedOn: '2026-11-20' }] },
    ]);
    expect(locked.items[0]?.detail).toContain('The newest reading did not read it in whole: it is locked.');
    expect(locked.reason).toContain(
      `Of 1 site the document libraries were not read, or not all: ${url('a')} (it is locked).`,
    );
    // Access to one of its libraries was refused, and that may be the open one.
    expect(run(after(open('a', { unread: 'denied' }), open('b'))).items).toHaveLength(1);
    expect(run(after(open('b'))).items).toMatchObject([
      { key: url('a'), detail: expect.stringContaining('the list of sites no longer has it') },
    ]);
    const mended = run(after(open('a'), open('b')));
    expect([mended.state, mended.items]).toEqual(['cannot_read', []]);
    // A site that was never read is mentioned, but not classified.
    const never = run(of({ live: [open('z', { ...shut, unread: 'denied' }), open('b')] }));
    expect(never.state).toBe('cannot_read');
    expect(never.reason).toContain(`lets everyone into 1 site. Not read: `);
    expect(never.reason).toContain(`${url('z')} (Microsoft refused access to it)`);
  });

  it('uses the newer of sharing report and live reading, and closes no site on a live zero', () => {
    const both = (on: string, row: object, live: object) =>
      run({
        shared_sites: [reading('shared_sites', [site('a', row)], { observedOn: on })],
        site_permissions: [reading('site_permissions', [open('A', live)], { observedOn: '2026-11-20' })],
      });
    expect(both('2026-11-01', { organization: 4 }, {}).items).toHaveLength(1);
    expect(both('2026-11-01', {}, { organization: 1 }).items).toMatchObject([{ key: url('a') }]);
    expect(both('2026-11-20', {}, { organization: 1 }).state).toBe('fail');
    const closed = both('2026-11-22', {}, { organization: 1 });
    expect(closed.state).toBe('cannot_read');
    expect(closed.reason).toContain(
      `The permissions read on Nov 20, 2026 let everyone into ${url('a')}; the newer sharing report shows none.`,
    );
  });

  it('counts what Microsoft conceals as one entry that ends when the number changes', () => {
    const nameless = (anyone: number) => used('', anyone, { id: null, url: null });
    const found = run(of({ usage: [nameless(2), nameless(1), nameless(0)] }));
    expect(found.items).toMatchObject([
      { key: 'concealed 2 3', label: '2 sites that Microsoft’s report does not name' },
    ]);
    // Sites are identified by the placeholder that replaces a concealed address.
    const named = run(of({ usage: [used('', 2, { id: null, url: 'A1B2C3' })] }));
    expect(named.items).toMatchObject([{ key: 'a1b2c3', label: 'Site a1b2c3' }]);
  });
});
// Guide: G3.2-04
