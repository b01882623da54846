import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { assignmentRequired, claudeSignInApp, connectorAppsConsented } from './app-presence.ts';
import { lookAlikeApps } from './look-alike-apps.ts';
import { CHARTER, PAYROLL, principals, SSO_ID } from './testing.ts';

describe('claude-sign-in-app', () => {
  const run = (
    service_principals: ReturnType<typeof principals>,
    charter: Record<string, unknown> | undefined = CHARTER,
  ) => runRule(claudeSignInApp, {}, { charter, readings: { service_principals } });

  it('passes for the application that the charter names', () => {
    expect(run(principals())).toMatchObject({
      state: 'pass',
      evidence: [{ kind: 'service_principals', row: 2 }],
    });
  });

  it('fails when it is missing or switched off, and says that no policy sees claude.ai', () => {
    expect(run(principals({ without: ['sign_in'], more: [PAYROLL] }))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('no Conditional Access policy sees claude.ai'),
    });
    expect(run(principals({ sign_in: { enabled: false } })).state).toBe('fail');
    expect(run(principals({ sign_in: { enabled: null } })).state).toBe('cannot_read');
  });

  it('lists candidates by name and never picks one itself', () => {
    const found = run(principals(), {});
    expect(found).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('entra.ssoAppId') },
    });
    expect(found.items.map((item) => item.key)).toEqual([SSO_ID]);
  });

  it('fails if no application has the name and the charter names none', () => {
    expect(run(principals({ without: ['sign_in'], more: [PAYROLL] }), {}).state).toBe('fail');
  });

  it('asks for the whole list if it was filtered by name, whether or not the charter names the application', () => {
    const letters = ['Mailchimp', 'Microsoft Teams', 'Miro'].map((name, n) => ({
      id: `sp-m${n}`,
      appId: `cccccccc-0000-4000-8000-00000000010${n}`,
      name,
    }));
    for (const charter of [CHARTER, {}]) {
      expect(run(principals({ without: ['sign_in'] }), charter)).toMatchObject({
        state: 'cannot_read',
        ask: { field: 'service_principals', detail: 'unfiltered' },
      });
      const byLetter = principals({ without: ['sign_in'], more: letters });
      expect(run(byLetter, charter)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('begin with M'),
      });
      for (const rule of [lookAlikeApps, assignmentRequired])
        expect(runRule(rule, {}, { charter, readings: { service_principals: byLetter } }).state).toBe(
          'cannot_read',
        );
    }
  });

  it('cannot read without the file, with an old one, or with an empty one', () => {
    expect(runRule(claudeSignInApp, {}, { charter: CHARTER }).state).toBe('cannot_read');
    expect(
      runRule(
        claudeSignInApp,
        {},
        { charter: {}, readings: { service_principals: [reading('service_principals', [])] } },
      ).state,
    ).toBe('cannot_read');
    const old = principals().map((r) => ({ ...r, observedOn: '2026-01-01' }));
    expect(run(old)).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('old') });
  });
});

describe('connector-apps-consented', () => {
  const grant = {
    id: 'g1',
    clientId: 'sp-server',
    resourceId: 'sp-graph',
    consentType: 'AllPrincipals' as const,
    scopes: ['Files.Read.All'],
  };
  const run = (service_principals: ReturnType<typeof principals>, grants?: readonly object[]) =>
    runRule(
      connectorAppsConsented,
      {},
      {
        readings: {
          service_principals,
          ...(grants
            ? { permission_grants: [reading('permission_grants', grants, { mappedByHand: true })] }
            : {}),
        },
      },
    );

  it('passes with both applications and consent for everyone', () => {
    expect(run(principals(), [grant])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('1 scope'),
    });
  });

  it('names the application that is missing or off', () => {
    expect(run(principals({ without: ['client'] }), [grant])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('M365 MCP Client for Claude'),
    });
    expect(run(principals({ server: { enabled: false } }), [grant]).state).toBe('fail');
  });

  it('cannot say that the connector is not there where the list looks filtered by name', () => {
    const without = ['server', 'client'] as const;
    expect(run(principals({ without }))).toMatchObject({
      state: 'cannot_read',
      ask: { field: 'service_principals', detail: 'unfiltered' },
    });
    expect(run(principals({ without, more: [PAYROLL] })).state).toBe('fail');
  });

  it('fails without consent, or with consent of single people only', () => {
    expect(run(principals(), [{ ...grant, clientId: 'sp-graph' }]).state).toBe('fail');
    expect(run(principals(), [{ ...grant, consentType: 'Principal' }])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 person'),
    });
    expect(run(principals(), [{ ...grant, resourceId: 'sp-else' }]).state).toBe('fail');
  });

  it('cannot read if the file does not say', () => {
    expect(run(principals()).state).toBe('cannot_read');
    expect(run(principals(), [{ ...grant, consentType: null }]).state).toBe('cannot_read');
    expect(run(principals({ without: ['graph'] }), [grant]).state).toBe('cannot_read');
    expect(run(principals({ server: { id: null } }), [grant]).state).toBe('cannot_read');
    expect(runRule(connectorAppsConsented, {}, {}).state).toBe('cannot_read');
  });
});

describe('assignment-required', () => {
  const run = (
    service_principals: ReturnType<typeof principals>,
    charter: Record<string, unknown> = CHARTER,
  ) => runRule(assignmentRequired, {}, { charter, readings: { service_principals } });

  it('passes only when all three ask for assignment', () => {
    expect(run(principals())).toMatchObject({ state: 'pass' });
    expect(run(principals({ client: { assignmentRequired: false } }))).toMatchObject({
      state: 'fail',
      items: [{ label: 'M365 MCP Client for Claude' }],
    });
    expect(run(principals({ client: { assignmentRequired: null } })).state).toBe('cannot_read');
  });

  it('does not pass while the sign-in application is not named', () => {
    expect(run(principals(), {}).state).toBe('cannot_read');
    expect(run(principals({ server: { assignmentRequired: false } }), {}).state).toBe('fail');
  });

  it('does not apply if none of the applications exists', () => {
    const without = ['sign_in', 'server', 'client'] as const;
    expect(run(principals({ without, more: [PAYROLL] }), {}).state).toBe('not_applicable');
  });

  it('rests on no list that looks filtered for an application that is not on it', () => {
    for (const without of [['sign_in', 'server', 'client'], ['server']] as const) {
      const found = run(principals({ without }), without.length > 1 ? {} : CHARTER);
      expect(found).toMatchObject({ state: 'cannot_read', ask: { detail: 'unfiltered' } });
    }
    expect(run(principals({ without: ['server'], more: [PAYROLL] })).state).toBe('pass');
  });

  it('says who is assigned if the file lists them', () => {
    const app_assignments = [
      reading('app_assignments', [{ resourceId: 'sp-server', principalName: 'Claude users' }]),
    ];
    expect(
      runRule(
        assignmentRequired,
        {},
        { charter: CHARTER, readings: { service_principals: principals(), app_assignments } },
      ).reason,
    ).toContain('Claude users');
    expect(runRule(assignmentRequired, {}, {}).state).toBe('cannot_read');
  });
});

describe('look-alike-apps', () => {
  const other = {
    id: 'sp-x',
    appId: 'cccccccc-0000-4000-8000-000000000001',
    name: 'Claude Assistant',
    publisher: 'Contoso',
  };
  const fake = { ...other, appId: 'cccccccc-0000-4000-8000-000000000002', name: 'C1aude' };
  const run = (more: readonly object[], charter: Record<string, unknown> = CHARTER) =>
    runRule(lookAlikeApps, {}, { charter, readings: { service_principals: principals({ more }) } });

  it('passes when only known applications have the name', () => {
    expect(run([PAYROLL])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('5 enterprise applications'),
    });
    // Every tenant has other applications; a list without any was filtered by name, so an imitation may be missing from
    // it.
    expect(run([])).toMatchObject({
      state: 'cannot_read',
      code: 'microsoft.app_presence.list_filtered',
      ask: { field: 'service_principals', detail: 'unfiltered' },
    });
    expect(run([{ ...other, name: 'Philanthropic Trust' }]).state).toBe('pass');
  });

  it('cannot read a list without an application that people signed in to shortly before', () => {
    const signedIn = (at: string, appName: string, errorCode = 0) =>
      runRule(
        lookAlikeApps,
        {},
        {
          charter: CHARTER,
          readings: {
            service_principals: principals({ more: [PAYROLL] }),
            sign_ins: [
              reading('sign_ins', [
                { at, appId: other.appId, appName, errorCode, upn: 'ada@alder.example.org' },
              ]),
            ],
          },
        },
      ).state;
    expect(signedIn('2026-11-22T15:00:00Z', 'Claude Assistant')).toBe('cannot_read');
    // Long before, it may have been removed since; a refused sign-in needs no application in the tenant.
    expect(signedIn('2026-11-02T15:00:00Z', 'Claude Assistant')).toBe('pass');
    expect(signedIn('2026-11-22T15:00:00Z', 'Claude Assistant', 50105)).toBe('pass');
    expect(signedIn('2026-11-22T15:00:00Z', 'Azure Portal')).toBe('pass');
  });

  it('fails with the application id as key', () => {
    expect(run([other, fake])).toMatchObject({
      state: 'fail',
      items: [{ key: other.appId }, { key: fake.appId }],
    });
  });

  it('asks which is the sign-in application while the charter does not say, but not for a disguised name', () => {
    expect(run([], {}).state).toBe('cannot_read');
    const found = run([fake], {});
    expect(found).toMatchObject({ state: 'fail', items: [{ key: fake.appId }] });
    expect(found.items).toHaveLength(1);
  });

  it('fails for an agent with the name, which is never taken for the sign-in application', () => {
    const agent = { ...other, agent: true as const };
    expect(run([agent], {})).toMatchObject({
      state: 'fail',
      items: [{ key: agent.appId, detail: expect.stringContaining('agent registered in Entra') }],
    });
    const signIn = runRule(
      claudeSignInApp,
      {},
      { charter: {}, readings: { service_principals: principals({ more: [agent] }) } },
    );
    expect(signIn.items.map(({ key }) => key)).toEqual([SSO_ID]);
  });

  it('cannot read without applications', () => {
    expect(runRule(lookAlikeApps, {}, { charter: CHARTER }).state).toBe('cannot_read');
    expect(
      runRule(
        lookAlikeApps,
        {},
        { charter: CHARTER, readings: { service_principals: [reading('service_principals', [])] } },
      ).state,
    ).toBe('cannot_read');
  });
});
// Guide: G3.2-00 G3.2-01 G4.3-00 G6.1-00 G6.1-02 G6.1-03 G6.1-04 G6.1-06 G6.1-08 G6.1-09 GA-08
