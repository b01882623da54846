import { DOMAIN, EMERGENCY_GROUP, type Person, SIGN_IN_APP, staff } from '../client.ts';
import { charter, entraGroups, peopleFiles } from '../documents.ts';
import { connectorUse, ENTERPRISE, event, SETTINGS, settings } from '../enterprise.ts';
import { applications, policy } from '../microsoft.ts';
import { file, is, never, noPass, noPasses, reported, says } from '../model.ts';
import { outsideCase } from '../outside.ts';
import { connectorTable, memberTable } from '../tables.ts';
import { cells, csv } from '../text.ts';

/** Connector states with qualifications in someone's own words. */
function qualifiedStates() {
  const people = staff(14);
  const outlook = 'Microsoft 365 (Outlook)';
  return outsideCase('states-with-a-qualification')(
    {
      ...peopleFiles(people),
      'connectors.csv': connectorTable([
        [outlook, 'Search email', 'Always allow (Owners only)'],
        [outlook, 'Read email', 'Needs approval (not enforced)'],
        [outlook, 'Send email', 'Blocked (pilot group excepted)'],
        [outlook, 'Create rules', 'Partially blocked'],
        [outlook, 'Delete', 'Blocked by default, users can enable'],
        [outlook, 'All other actions', 'Blocked?'],
        ['iMIS', 'Read members', 'Needs approval'],
        ['iMIS', 'Update members', 'Not blocked'],
        ['iMIS', 'Delete members', 'Unblocked'],
        ['iMIS', 'All other actions', 'See charter'],
      ]),
      'members.csv': memberTable([
        ...people.map(
          (one, n) =>
            cells`${one.name}|${one.email}|${n === 4 ? 'User (acting Owner)' : n === 5 ? 'Not an Owner' : one.role}|Standard|${n === 6 ? 'Active (suspended)' : 'Active'}`,
        ),
      ]),
      'acknowledgements.csv': csv([
        ['Full name', 'Work email', 'Document', 'Acknowledged'],
        ...people.map((one, n) => [
          one.name,
          one.email,
          'Claude policy v3',
          n === 3
            ? 'Partially'
            : n === 4
              ? 'Yes, with reservations'
              : n === 5
                ? 'not yet'
                : n === 6
                  ? 'Declined'
                  : 'Yes',
        ]),
      ]),
    },
    [
      noPass('CON-06', 'states that are not enforced or partial are no states'),
      noPass('CON-09', 'one action is not blocked'),
      noPass('CON-10', 'sending is open to some, deleting to whoever enables it'),
      noPass('CON-11', 'an approval that is not enforced asks nobody'),
      noPass('CON-12', 'what is always allowed is qualified'),
      noPass('CON-13', 'an update of members is not blocked'),
      noPass('CON-14', 'states cannot be compared'),
      never('CON-13', ['pass', 'not_applicable'], 'the membership system is connected'),
      noPass('CON-04', 'iMIS is not in the charter'),
      says('CON-06', /not enforced|Partially|pilot|Owners only/i, 'the words that are no state are named'),
      file(
        'connectors.csv',
        ['taken', 'malformed'],
        'a word that is no state is named',
        /not enforced|Partially|pilot|Owners only/i,
      ),
      ...noPasses('two roles are no roles', 'ACC-02 ACC-04 ACC-05'),
      ...reported(
        'POL-03',
        ['fail', 'cannot_read'],
        'two have not, two are unclear',
        (people[5] as Person).name,
      ),
      says('POL-03', (people[6] as Person).name, 'who declined is named'),
      ...noPasses('not everyone has acknowledged', 'POL-06 POL-07'),
      noPass('CON-17', 'no settings were given'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
      is('CON-07', 'pass', 'the charter is approved and in force'),
    ],
  );
}

/** Responses of a newer API version: added and renamed fields, null instead of a boolean, further pages. */
function newerShapes() {
  const people = staff(15);
  const graph = (context: string, value: readonly object[], more: object = {}) =>
    JSON.stringify({
      '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`,
      ...more,
      value,
    });
  return outsideCase('answers-of-a-later-version')(
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, { chatRetentionDays: 365, provisioning: 'scim' }),
      'groups.json': entraGroups(),
      'settings.json': settings({
        ...SETTINGS,
        directory_sync_enabled: { enabled: true, scope: 'pilot' },
        sso_claude_ai_enforced: { mode: 'optional' },
        sso_provisioning_mode: 'scim_limited',
        allowed_invite_domains: [DOMAIN, '*'],
        connector_tools_default_always_allow: 'read_only',
        desktop_extension_allowlist_enabled: 1,
        data_retention_periods: { chat: { type: 'rolling', timescale: 'week', duration: 4 } },
      }).replace('"api_keys": []', '"api_keys": null'),
      'feed.json': JSON.stringify({
        data: [
          event('A', '2026-11-23', 'org_connector_domain_guard_updated', { enforcement: { mode: 'audit' } }),
          event('B', '2026-11-22', 'org_cowork_mcp_always_allow_updated', { enabled: true }),
          event('C', '2026-11-21', 'org_sso_toggled', { enabled: null }),
          event('D', '2026-11-20', 'org_data_bulk_export_started', { export_type: 'everything' }),
        ],
        next_cursor: 'abc',
        has_more: null,
      }),
      'connectors.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 5, null, null, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-11-20',
        has_more: true,
        next_page: 'page_2',
      }),
      'apps.json': applications().replaceAll(
        '"appRoleAssignmentRequired": true',
        '"appRoleAssignmentRequired": null',
      ),
      'ca.json': graph('identity/conditionalAccess/policies', [
        policy({ state: 'enabledForPilot' }),
        policy({
          name: 'Compliant devices',
          grant: { builtInControls: ['compliantDevice'], evaluation: 'bestEffort' },
          users: { includeUsers: ['AllExceptPilot'], excludeGroups: [EMERGENCY_GROUP] },
        }),
      ]),
      'defaults.json': JSON.stringify({
        '@odata.context':
          'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
        id: '00000000-0000-0000-0000-000000000005',
        displayName: 'Security Defaults',
        isEnabled: null,
      }),
      'signins.json': graph(
        'auditLogs/signIns',
        people.map((one, n) => ({
          id: `s-${n}`,
          createdDateTime: `2026-11-${String(2 + n).padStart(2, '0')}T15:04:05Z`,
          userPrincipalName: one.email,
          userId: one.id,
          appId: SIGN_IN_APP,
          appDisplayName: 'Claude',
          ipAddress: '203.0.113.5',
          status: { errorCode: 0 },
          authenticationRequirement: n === 4 ? 'phishingResistantIfAvailable' : 'multiFactorAuthentication',
          conditionalAccessStatus: 'success',
          deviceDetail: { isCompliant: null, isManaged: null },
          location: { city: 'Washington', countryOrRegion: 'US' },
        })),
        { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/auditLogs/signIns?$skiptoken=q' },
      ),
      'skus.json': graph('subscribedSkus', [
        {
          skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
          skuPartNumber: 'SPE_E5',
          capabilityStatus: 'LockedOut',
          appliesTo: 'User',
          consumedUnits: 15,
          prepaidUnits: { enabled: 0, suspended: 0, warning: 0, lockedOut: 20 },
          servicePlans: [
            {
              servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
              servicePlanName: 'AAD_PREMIUM',
              provisioningStatus: 'Disabled',
              appliesTo: 'User',
            },
          ],
        },
      ]),
    },
    [
      noPass('ACC-14', 'optional is not required'),
      noPass('ACC-15', 'a pilot is not everybody'),
      noPass('ACC-11', 'a star lets every domain in'),
      ...noPasses('the value is none that is known', 'CON-17 CON-15'),
      noPass('VIS-14', 'the period is none that is known'),
      noPass('VIS-17', 'null is not an empty list of keys'),
      noPass('CON-20', 'an audit mode refuses nothing'),
      noPass('CON-18', 'the event is not known'),
      noPass('VIS-16', 'the page is not the whole'),
      noPass('VIS-09', 'the number of writes is null and more pages follow'),
      noPass('CON-30', 'more pages follow'),
      noPass('M365-04', 'whether assignment is required is null'),
      noPass('M365-09', 'a pilot of a policy is not a policy'),
      noPass('M365-10', 'whom the policy holds is not known'),
      noPass('M365-13', 'one state is not known'),
      noPass('M365-15', 'whether security defaults are on is null'),
      noPass('M365-16', 'one requirement is not known and more pages follow'),
      noPass('M365-19', 'no device says whether it is compliant'),
      noPass('M365-01', 'the license is locked out'),
      noPass('ACC-12', 'the page is not the whole'),
      noPass('ACC-16', 'the provisioning mode is not known'),
      noPass('VIS-10', 'more pages follow'),
      is('ACC-02', 'pass', 'a Primary Owner and one Owner'),
      is('ACC-06', 'pass', 'every seat is on the domain'),
    ],
    ENTERPRISE,
  );
}

export const outsideStates = [qualifiedStates(), newerShapes()];
