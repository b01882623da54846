import { DOMAIN, profile, SIGN_IN_APP, staff } from '../client.ts';
import { charter, entraGroups, journal, membersCsv, rosterCsv } from '../documents.ts';
import { application, applications, grants, policies, policy, sku } from '../microsoft.ts';
import { counts, file, is, lists, noPass, reported, says, silent } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { cells, csv, graph } from '../text.ts';

/** Downloads from the Entra and Intune admin centers in addition to Graph responses; E5. */
function entraPortal() {
  const people = staff(20);
  const [gone, weak] = [at(people, 15), at(people, 6)];
  return outsideCase('entra-admin-center')(
    {
      'members.csv': membersCsv(people.filter((one) => one !== gone)),
      'staff.csv': rosterCsv(people, { [gone.email]: '2026-10-30' }),
      'charter.yaml': charter(people),
      'journal.yaml': journal(people),
      'groups.json': entraGroups(),
      'apps.json': applications({
        assignment: false,
        more: [
          application(
            '5ea5e100-0000-4000-8000-000000005099',
            '5ea5e100-9999-4333-8444-0123456789ab',
            'Claude AI Assistant',
            {
              appRoleAssignmentRequired: false,
              appOwnerOrganizationId: '00000000-0000-4000-8000-0000000000bb',
              verifiedPublisher: { displayName: null },
            },
          ),
        ],
      }),
      'grants.json': grants('User.Read openid profile Mail.Read Files.ReadWrite.All'),
      'ca.json': policies([
        policy(),
        policy({
          name: 'Compliant device for Claude',
          state: 'enabledForReportingButNotEnforced',
          grant: { builtInControls: ['compliantDevice'] },
        }),
      ]).replace('/v1.0/', '/beta/'),
      'skus.json': graph('subscribedSkus', [
        sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', [
          ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
          ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
          ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
          ['ADALLOM_S_STANDALONE', '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2'],
        ]),
        sku('RIGHTSMANAGEMENT_ADHOC', '8c4ce438-32a7-4ac5-91a6-e22ae08d9c8b', [
          ['RMS_S_ADHOC', '7a39d7dd-e456-4e09-842a-0204ee08187b'],
        ]),
      ]),
      'exportUsers_2026-11-23.csv': csv([
        cells`userPrincipalName|displayName|surname|mail|givenName|id|userType|jobTitle|department|accountEnabled|usageLocation`,
        ...people.map(
          (one) =>
            cells`${one.email}|${one.name}|${one.name.split(' ')[1] ?? ''}|${one.email}|${one.name.split(' ')[0] ?? ''}|${one.id}|Member|Specialist|${one.department}|True|US`,
        ),
        // The members of the emergency group, who are also in a download of all users.
        ...['1', '2'].map(
          (n) =>
            cells`emergency${n}@${DOMAIN}|Emergency ${n}||||5ea5e100-0000-4000-8000-00000000800${n}|Member|||True|US`,
        ),
      ]),
      'InteractiveSignIns_2026-11-01_2026-11-23.csv': csv([
        cells`Date (UTC)|Request ID|User ID|User|Username|User type|Application|Application ID|Resource|IP address|Location|Status|Sign-in error code|Client app|Browser|Operating System|Compliant|Managed|Authentication requirement|Conditional Access`,
        ...people.flatMap((one, n) =>
          Array.from({ length: 3 }, (_, k) => [
            `2026-11-${String(1 + ((n * 3 + k * 7) % 22)).padStart(2, '0')}T15:04:05Z`,
            `5ea5e100-0000-4000-9000-${String(n * 10 + k).padStart(12, '0')}`,
            one.id,
            one.name,
            one.email,
            'Member',
            'Claude',
            SIGN_IN_APP,
            'Windows Azure Active Directory',
            '203.0.113.5',
            'Washington, District of Columbia, US',
            'Success',
            '0',
            'Browser',
            'Edge 131',
            'Windows 11',
            'true',
            'true',
            one === weak && k === 1 ? 'Single-factor authentication' : 'Multifactor authentication',
            'Success',
          ]),
        ),
      ]),
      'AuditLogs_2026-11-23.csv': csv([
        cells`Date (UTC)|CorrelationId|Service|Category|Activity|Result|ResultReason|ActorType|ActorDisplayName|ActorObjectId|ActorUserPrincipalName|IPAddress|Target1Type|Target1DisplayName`,
        ...people.map(
          (one, n) =>
            cells`2026-11-2${n % 3}T10:00:00Z|c-${n}|Core Directory|UserManagement|Update user|success||User|${one.name}|${one.id}|${one.email}|203.0.113.5|User|${one.name}`,
        ),
      ]),
      'DevicesWithInventory.csv': csv([
        cells`Device ID|Device name|Enrollment date|Last check-in|OS|OS version|Compliance|Primary user email address|Primary user UPN|Managed by|Serial number`,
        ...people.map(
          (one, n) =>
            cells`d-${n}|TG-LT-${n}|2025-02-03 10:00:00|2026-11-22 08:00:00|Windows|10.0.26100|${n === 4 ? 'Noncompliant' : 'Compliant'}|${one.email}|${one.email}|Intune|5CG${n}`,
        ),
      ]),
    },
    [
      is('M365-01', 'pass', 'E5 brings Conditional Access'),
      silent('M365-01', /RIGHTSMANAGEMENT_ADHOC/i, 'a free license is no question'),
      is('M365-02', 'pass', 'the sign-in application is there'),
      is('M365-03', 'pass', 'both applications are there with an administrator’s consent'),
      is('M365-04', 'fail', 'the connector applications need no assignment'),
      ...reported('M365-05', 'fail', 'an application imitates Claude', 'Claude AI Assistant'),
      ...reported('M365-06', 'fail', 'a scope that writes files was granted', 'Files.ReadWrite.All'),
      is('M365-09', 'pass', 'MFA is required of everyone'),
      noPass('M365-10', 'the policy on devices only reports'),
      is('M365-11', 'fail', 'no policy sends sessions through Defender'),
      is('M365-12', 'fail', 'no policy on risk reaches Claude'),
      is('M365-13', 'pass', 'the emergency group is left out of both'),
      ...reported(
        'M365-16',
        'fail',
        'one sign-in had a single factor',
        new RegExp(`${weak.name}|${weak.email}`),
      ),
      is('M365-17', 'fail', 'the account of the leaver is enabled, by the download of users'),
      says('M365-17', new RegExp(`${gone.name}|${gone.email}`), 'whose account it is'),
      noPass('M365-18', 'nothing was done about the leaver’s devices'),
      ...reported('M365-21', 'fail', 'a report-only policy has no date', 'Compliant device for Claude'),
      noPass('M365-15', 'security defaults were not given'),
      counts('members', 19, 'nineteen hold a seat'),
      counts('staff', 19, 'one has left'),
      lists('leavers', [], 'the leaver holds no seat'),
      is('ACC-07', 'pass', 'everyone with a seat is staff'),
      noPass('VIS-16', 'a log of Entra is no log of Claude'),
      file('AuditLogs_2026-11-23.csv', ['not_placed', 'malformed'], 'a log of Entra is no log of Claude'),
      file('DevicesWithInventory.csv', ['taken'], 'the export of Intune is a list of devices'),
      is('M365-19', 'fail', 'one device is not compliant'),
    ],
    { profile: profile({ m365: 'e5' }) },
  );
}

export const outsideTenants = [entraPortal()];
