import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { json, readerOf } from '../exports/kinds/json-testing.ts';
import { graphKinds } from './kinds.ts';

const { parse } = readerOf(graphKinds, 'UTC');
const read = <K extends Kind>(kind: K, value: unknown) => parse(kind, json(value));

const user = (id: string) => ({
  id,
  displayName: 'A',
  userPrincipalName: `${id}@alder.example.org`,
  mail: null,
  accountEnabled: true,
});

describe('rows', () => {
  it('of users: aliases by mail only, and what is not told stays unknown', () => {
    const [row] = read('entra_users', [
      {
        ...user('u1'),
        mail: 'Ann@alder.example.org',
        accountEnabled: null,
        userType: 'Guest',
        proxyAddresses: [
          'SMTP:ann@alder.example.org',
          'smtp:Ann.Lee@alder.example.org',
          'X500:/o=x',
          'SIP:ann@x',
        ],
        otherMails: ['ann@home.example'],
        assignedLicenses: [{ skuId: 's1', disabledPlans: [] }],
      },
    ]).rows;
    expect(row).toMatchObject({
      enabled: null,
      userType: 'Guest',
      employeeId: null,
      aliases: ['ann.lee@alder.example.org', 'ann@home.example'],
      skuIds: ['s1'],
    });
  });

  it('of the audit log: what became of the state of a policy, also where the policies are long', () => {
    const policy = (state: string) =>
      JSON.stringify({
        id: 'p',
        state,
        conditions: { users: { excludeUsers: Array(40).fill('someone else') } },
      });
    const row = (oldValue: string | null, newValue: string | null, displayName = 'ConditionalAccessPolicy') =>
      read('directory_audits', [
        {
          activityDateTime: '2026-11-20T10:00:00Z',
          activityDisplayName: 'Update conditional access policy',
          targetResources: [{ id: 'p', modifiedProperties: [{ displayName, oldValue, newValue }] }],
        },
      ]).rows[0]?.targets[0]?.changed;
    const name = 'ConditionalAccessPolicy.state';
    const [on, reports] = [policy('enabled'), policy('enabledForReportingButNotEnforced')];
    const to = 'enabledForReportingButNotEnforced';
    expect(row(on, reports)).toContainEqual({ name, from: 'enabled', to });
    expect(row(null, reports)).toContainEqual({ name, to });
    expect(row(on.slice(0, 400), reports)).toContainEqual({ name, to });
    for (const changed of [row(on, null), row(on, reports.slice(0, 400)), row(on, reports, 'Other')])
      expect(changed).toHaveLength(1);
  });

  it('of groups: members are unknown when not asked for, or when the list may be cut', () => {
    const group = (members?: unknown) => ({
      id: 'g',
      displayName: 'All staff',
      groupTypes: [],
      ...(members === undefined ? {} : { members }),
    });
    expect(read('entra_groups', [group()]).rows[0]?.members).toBeNull();
    expect(read('entra_groups', [group([{ id: 'u1' }])]).rows[0]?.members).toEqual(['u1']);
    const full = read('entra_groups', [group(Array.from({ length: 20 }, (_, i) => ({ id: `u${i}` })))]);
    expect(full.rows[0]?.members).toBeNull();
    expect(full.notes[0]?.says).toContain('All staff');
  });

  it('of groups: whether everyone sees what is in them, where the answer says so', () => {
    const row = (more: object) => read('entra_groups', [{ id: 'g', displayName: 'Events', ...more }]).rows[0];
    const open = { groupTypes: ['Unified'], visibility: 'Public', mail: 'Events@alder.example.org' };
    expect(row(open)).toMatchObject({
      unified: true,
      visibility: 'public',
      mail: 'events@alder.example.org',
    });
    expect(row({ groupTypes: [], visibility: null })).toMatchObject({ unified: false, visibility: null });
    for (const part of ['unified', 'visibility', 'mail'])
      expect(row({ members: [] })).not.toHaveProperty(part);
  });

  it('of site usage, in both spellings of beta, and nothing of a report that counts no links', () => {
    const site = {
      reportRefreshDate: '2026-11-22',
      siteId: '5A3B1E00-0000-4000-8000-000000009501',
      siteUrl: '',
      ownerPrincipalName: 'Events@example.org',
      isDeleted: false,
      rootWebTemplate: 'Group',
      anonymousLinkCount: 9,
    };
    const shared = {
      id: '5a3b1e00-0000-4000-8000-000000009501',
      url: null,
      owner: 'events@example.org',
      anyone: 9,
      deleted: false,
      countedTo: '2026-11-22',
    };
    const context =
      'https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.sharePointSiteUsageDetail)';
    expect(read('site_usage', { '@odata.context': context, value: [site] })).toMatchObject({
      complete: true,
      rows: [shared],
    });
    const { anonymousLinkCount, ...rest } = site;
    expect(read('site_usage', [{ ...rest, AnonymousLinkCount: 9 }]).rows).toMatchObject([shared]);
    expect(() => read('site_usage', [rest])).toThrow(/does not count the links/);
    // Another site beside it is read; without the one the list is not whole.
    expect(read('site_usage', [site, { ...rest, siteId: 'x' }])).toMatchObject({
      complete: false,
      rows: [shared],
    });
    const hidden = { ...site, siteId: '00000000-0000-0000-0000-000000000000', siteUrl: 'A1B2' };
    expect(read('site_usage', [hidden]).rows).toMatchObject([{ id: null, url: 'A1B2' }]);
  });

  it('of permissions of sites: login names show who is let in, and what was not read is not zero', () => {
    const context = 'https://graph.microsoft.com/v1.0/$metadata#sites';
    const granted = (loginName: string) => ({
      id: 'p',
      roles: ['read'],
      grantedToV2: { siteUser: { displayName: 'Jeder', loginName } },
    });
    const site = (name: string, more: object) => ({
      id: `example.sharepoint.com,5A3B1E00-${name},web`,
      webUrl: `https://example.sharepoint.com/sites/${name}`,
      displayName: name,
      ...more,
    });
    const root = (...permissions: readonly object[]) => ({ root: { permissions } });
    const rows = (...value: readonly object[]) =>
      read('site_permissions', { '@odata.context': context, value }).rows;
    expect(
      rows(
        site('open', {
          drives: [
            root(granted('c:0(.s|true'), granted('c:0!.s|windows')),
            root(granted('c:0-.f|rolemanager|spo-grid-all-users/5a3b'), { link: { scope: 'anonymous' } }),
            root({ link: { scope: 'users' }, grantedToIdentitiesV2: [granted('c:0(.s|true').grantedToV2] }),
          ],
        }),
        site('shut', {
          drives: [
            root(granted('i:0#.f|membership|everyone@example.org'), { link: { scope: 'organization' } }),
          ],
        }),
        site('part', { drives: [root(), { error: { code: 'accessDenied', status: 403 } }] }),
        site('locked', { error: { code: 'resourceLocked', status: 423 } }),
        site('odd', { drives: [{ root: {} }] }),
        site('empty', { drives: [] }),
      ),
    ).toMatchObject([
      { id: '5a3b1e00-open', libraries: 3, anyone: 1, everyone: 2, organization: 2, unread: null },
      { libraries: 1, anyone: 0, everyone: 0, organization: 0, unread: null },
      { libraries: 1, everyone: 0, unread: 'denied' },
      { libraries: 0, everyone: null, unread: 'locked' },
      { libraries: 0, everyone: null, unread: 'failed' },
      { libraries: 0, everyone: 0, unread: null },
    ]);
    const id = '5A3B1E00-0000-4000-8000-000000009501';
    const group = (more: object) => ({ displayName: 'All staff', id, ...more });
    const login = (loginName: string) => ({ siteUser: { displayName: 'All staff', loginName } });
    expect(
      rows(
        site('groups', {
          drives: [
            root(
              { grantedToV2: { group: group({ 'transitiveMembers@odata.count': 58 }) } },
              { grantedToV2: { siteGroup: { id: '5', displayName: 'Members' } } },
            ),
            root({ grantedToIdentitiesV2: [{ group: group({ 'transitiveMembers@odata.count': 58 }) }] }),
          ],
        }),
        site('unsized', { drives: [root({ grantedToV2: login(`c:0t.c|tenant|${id.toLowerCase()}`) })] }),
        site('owners', {
          drives: [
            root({
              grantedToV2: { group: group({}), ...login(`c:0o.c|federateddirectoryclaimprovider|${id}_o`) },
            }),
          ],
        }),
      ).map(({ groups }) => groups),
    ).toEqual([
      [{ id: id.toLowerCase(), name: 'All staff', people: 58 }],
      [{ id: id.toLowerCase(), name: 'All staff', people: null }],
      [],
    ]);
    expect(() => rows(site('bare', {}))).toThrow(/does not say who can open them/);
  });

  it('of grants and applications', () => {
    expect(
      read('permission_grants', [
        {
          clientId: 'c',
          consentType: 'AllPrincipals',
          resourceId: 'r',
          principalId: null,
          scope: ' User.Read  Mail.Send ',
        },
      ]).rows[0]?.scopes,
    ).toEqual(['User.Read', 'Mail.Send']);
    expect(
      read('service_principals', [
        { id: 's', appId: 'a', displayName: 'X', servicePrincipalType: 'Application' },
      ]).rows[0],
    ).toMatchObject({ assignmentRequired: null, enabled: null, publisher: null });
  });

  const mfa = (parts: object) =>
    read('sign_ins', [
      {
        createdDateTime: '2026-11-20T09:30:00.1234567Z',
        conditionalAccessStatus: 'success',
        userPrincipalName: 'A@b',
        status: { errorCode: 0 },
        ...parts,
      },
    ]).rows[0]?.mfa;
  const applied = (result: string, ...enforcedGrantControls: string[]) => ({
    appliedConditionalAccessPolicies: [{ id: 'p', result, enforcedGrantControls }],
  });

  it('of sign-ins: MFA only if the log reports it', () => {
    expect(mfa({})).toBeNull();
    expect(mfa({ authenticationRequirement: 'multiFactorAuthentication' })).toBe(true);
    expect(mfa({ authenticationRequirement: 'singleFactorAuthentication' })).toBe(false);
    expect(mfa(applied('success', 'Mfa'))).toBe(true);
    expect(mfa(applied('success', 'Mfa', 'RequireCompliantDevice'))).toBeNull();
    expect(mfa(applied('notApplied', 'Mfa'))).toBeNull();
    expect(mfa(applied('reportOnlySuccess', 'Mfa'))).toBeNull();
    expect(mfa({ ...applied('success', 'Mfa'), status: { errorCode: 53003 } })).toBeNull();
    expect(
      mfa({
        authenticationDetails: [
          { succeeded: true, authenticationStepRequirement: 'Multifactor authentication' },
        ],
      }),
    ).toBe(true);
    expect(
      mfa({
        authenticationDetails: [
          { succeeded: false, authenticationStepRequirement: 'Multifactor authentication' },
        ],
      }),
    ).toBeNull();
    expect(
      mfa({ status: { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' } }),
    ).toBe(true);
  });

  it('of sign-ins: the days that the file speaks for', () => {
    const parsed = read(
      'sign_ins',
      ['2026-11-20T09:30:00Z', '2026-11-02T23:00:00Z'].map((createdDateTime) => ({
        createdDateTime,
        conditionalAccessStatus: 'success',
      })),
    );
    expect(parsed.covers).toEqual({ from: '2026-11-02', to: '2026-11-20' });
    expect(parsed.rows[0]?.upn).toBeNull();
  });
});
