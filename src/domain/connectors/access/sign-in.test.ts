import { describe, expect, it } from 'vitest';
import { at, dana, kim, noor } from '../../rules/accounts/fixtures.ts';
import { type Given, reading } from '../../testing/build.ts';
import type { Who } from './subject.ts';
import {
  account,
  assign,
  CLIENT,
  FOR_ALL,
  FULL,
  GRAPH,
  LOCKED,
  ofPerson,
  own,
  type Rowed,
  results,
  SERVER,
  sharepoint,
} from './testing/scene.ts';

describe('their own sign-in to Microsoft 365', () => {
  const signIn = (rows: Rowed, who = account(dana), parts: Given = {}) =>
    sharepoint({ ...FULL, ...rows }, who, parts).signIn;

  it('is open by their own consent, and closed if all consents are listed and none is theirs', () => {
    const linked = signIn({});
    expect(linked).toMatchObject({ state: 'open', evidence: [{ kind: 'permission_grants', row: 2 }] });
    expect(linked.words).toContain('from which Claude account');
    expect(signIn({}, account(kim)).state).toBe('closed');
    expect(
      signIn({ permission_grants: [own('u-x')].map((row) => ({ ...row, clientId: 'sp-graph' })) }).state,
    ).toBe('closed');
  });

  it('is closed for everyone without the applications, or with one switched off', () => {
    const others = { permission_grants: [], app_assignments: [] };
    const zoom = { appId: 'cccccccc-0000-4000-8000-000000000003', name: 'Zoom' };
    expect(signIn({ service_principals: [GRAPH, zoom], ...others })).toMatchObject({ state: 'closed' });
    // A list without any other vendor's application was filtered by name, so others may be missing.
    expect(signIn({ service_principals: [GRAPH], ...others }).state).toBe('unknown');
    // Grants of the same day name the server application, so a list without it is incomplete.
    expect(signIn({ service_principals: [GRAPH] }).state).toBe('unknown');
    expect(signIn({ service_principals: [GRAPH, CLIENT, { ...SERVER, enabled: false }] }).state).toBe(
      'closed',
    );
    expect(signIn({ service_principals: [] }).state).toBe('unknown');
  });

  it('says since when, as far as earlier lists show', () => {
    const list = (day: string, rows: readonly object[]) =>
      reading('permission_grants', rows, { observedOn: day, file: `${day}.json` });
    const history = [
      list('2026-09-20', [own('u-dana')]),
      list('2026-10-01', [own('u-kim')]),
      list('2026-11-03', [own('u-dana')]),
      list('2026-11-20', [own('u-dana')]),
    ];
    const { permission_grants: _grants, ...rest } = FULL;
    const { words } = sharepoint(rest, account(dana), { readings: { permission_grants: history } }).signIn;
    expect(words).toContain('it was there on Nov 3, 2026 already');
  });

  it('cannot be determined under consent for everyone, and is closed for people not assigned', () => {
    const wide = { permission_grants: [FOR_ALL] };
    expect(signIn(wide)).toMatchObject({ state: 'unknown' });
    expect(signIn(wide).words).toContain('does not record who linked');
    const locked = { ...wide, service_principals: LOCKED };
    const list = (rows: readonly object[]) => ({ ...locked, app_assignments: rows });
    expect(signIn(locked).state).toBe('unknown');
    const kimOnly = list(assign('u-kim'));
    expect([signIn(kimOnly).state, signIn(kimOnly, account(kim)).state]).toEqual(['closed', 'unknown']);
    expect(signIn(kimOnly, account(kim)).words).toContain('they may link');
    // Assignment to only one of the two is not enough.
    expect(signIn(list([...assign('u-kim'), assign('u-dana')[0] ?? {}])).state).toBe('closed');
    // Not required, or not for both: assignment proves nothing.
    const half = {
      ...wide,
      service_principals: [GRAPH, CLIENT, { ...SERVER, assignmentRequired: true }],
      app_assignments: assign('u-kim'),
    };
    expect(signIn(half).state).toBe('unknown');
  });

  it('looks into groups, and is unknown if their members were not given', () => {
    const groups = (members: readonly string[] | null) => ({
      permission_grants: [FOR_ALL],
      service_principals: LOCKED,
      app_assignments: assign('g-1', 'Group'),
      entra_groups: [{ id: 'g-1', name: 'Claude', members }],
    });
    expect(signIn(groups(['u-kim'])).state).toBe('closed');
    expect(signIn(groups([kim.email])).state).toBe('closed');
    expect(signIn(groups(['u-dana'])).state).toBe('unknown');
    expect(signIn(groups(null)).state).toBe('unknown');
    const { entra_groups: _groups, ...rest } = groups([]);
    expect(signIn(rest).state).toBe('unknown');
    // The other application's list is missing: absence from one list is enough to close, presence in one is not enough
    // to open.
    const half = {
      ...groups(['u-kim']),
      app_assignments: [{ resourceId: 'sp-client', principalId: 'u-kim', principalType: 'User' }],
    };
    expect([signIn(half).state, signIn(half, account(kim)).state]).toEqual(['closed', 'unknown']);
  });

  it('is not closed for a person Entra does not know or has twice, or if a grant has no id', () => {
    const stranger = { email: 'pat@other.example', name: 'Pat Moss' };
    const members = [...(FULL.members ?? []), { ...stranger, status: 'active' as const }];
    expect(signIn({ members }, account(stranger)).state).toBe('unknown');
    const twice = [...(FULL.entra_users ?? []), { id: 'u-kim2', upn: at('k.osei'), aliases: [kim.email] }];
    expect(signIn({ entra_users: twice }, account(kim)).state).toBe('unknown');
    expect(
      signIn(
        { permission_grants: [own('u-dana'), { ...own('u-y'), consentType: null, principalId: null }] },
        account(kim),
      ).state,
    ).toBe('unknown');
  });

  it('says that a link without a seat is from another account', () => {
    const who: Who = { name: noor.name, account: null, addresses: [noor.email], outside: false };
    const one = sharepoint({ ...FULL, permission_grants: [own('u-noor')] }, who);
    expect([one.signIn.state, one.result]).toEqual(['open', 'cannot']);
    expect(one.note).toContain('another Claude account');
  });
});

describe('their own sign-in elsewhere', () => {
  const table = {
    connectors: [{ connector: 'Asana', action: 'Read tasks', state: 'allow' as const, enabled: true }],
  };
  const event = (
    type: string,
    day: string,
    email = dana.email,
    detail: object = { mcp_server_name: 'asana' },
  ) => ({
    type,
    at: `${day}T15:00:00Z`,
    actorEmail: email,
    detail: detail as Record<string, unknown>,
  });
  const asana = (events: readonly object[] | null, covers?: { from: string; to: string }) => {
    const parts: Given =
      events === null
        ? {}
        : {
            profile: { claudePlan: 'enterprise' },
            readings: {
              audit_log: [
                reading('audit_log', events, { observedOn: '2026-11-22', ...(covers ? { covers } : {}) }),
              ],
            },
          };
    const found = ofPerson({ ...FULL, ...table }, account(dana), parts).connectors.find(
      ({ id }) => id === 'asana',
    );
    if (!found) throw new Error('no Asana');
    return found;
  };
  const COVERS = { from: '2026-10-01', to: '2026-11-22' };

  it('is known from the newest event of the person and server', () => {
    const linked = asana([event('integration_user_connected', '2026-11-02')]);
    expect(linked.signIn).toMatchObject({ state: 'open', evidence: [{ kind: 'audit_log', row: 2 }] });
    expect(linked.signIn.words).toContain('Nov 2, 2026');
    const un = [
      event('integration_user_connected', '2026-11-02'),
      event('integration_user_disconnected', '2026-11-10'),
    ];
    expect(asana(un, COVERS).signIn.state).toBe('closed');
    // The log does not cover the following days, so a new link may have been made.
    expect(asana(un).signIn.state).toBe('unknown');
    expect(asana([...un, event('integration_user_connected', '2026-11-12')], COVERS).signIn.state).toBe(
      'open',
    );
  });

  it('is unknown if the log has no such event or there is no log', () => {
    const silent = asana([event('integration_user_connected', '2026-11-02', kim.email)], COVERS);
    expect(silent.signIn.state).toBe('unknown');
    expect(silent.signIn.words).toContain('says nothing about the time before');
    const team = asana(null);
    expect([team.signIn.state, results(team)['Read tasks']]).toEqual(['unknown', 'unknown']);
    expect(team.signIn.howTo).toContain('Settings > Connectors');
  });
});
// Guide: G3.1-02
