import { BUSINESS_PREMIUM, clientsOf, type Person, profile, SIGN_IN_APP, staff } from '../client.ts';
import { charter, entraGroups, peopleFiles } from '../documents.ts';
import {
  application,
  applications,
  GRAPH_PRINCIPAL,
  grants,
  OTHER_GRANT,
  policies,
  policy,
  SERVER_PRINCIPAL,
  sku,
} from '../microsoft.ts';
import { anywhere, file, is, never, noPass, reported, says, silent } from '../model.ts';
import { graph } from '../text.ts';

const client = clientsOf('microsoft');
const people = staff(20);
const base: Record<string, string> = {
  ...peopleFiles(people),
  'groups.json': entraGroups(),
  'apps.json': applications(),
};
const P1 = ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'] as const;
const INTUNE = ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'] as const;
const PREMIUM = sku('SPB', BUSINESS_PREMIUM, [P1, INTUNE]);
const FLOW_FREE = sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', [
  ['FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'],
]);
const READ = 'User.Read openid offline_access email profile Mail.Read Mail.ReadBasic';
const free = [
  [
    'FLOW_FREE',
    'f30db892-07e9-47e9-837c-80727f46fd3d',
    'FLOW_P2_VIRAL',
    '50e68c76-46c6-4674-81f9-75456511b170',
  ],
  [
    'POWER_BI_STANDARD',
    'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
    'BI_AZURE_P0',
    '2049e525-b859-401b-b2a0-e0a31c4b1fe4',
  ],
  [
    'WINDOWS_STORE',
    '6470687e-a428-4b7a-bef2-8a291ad947c9',
    'WINDOWS_STORE',
    'a420f25f-a7b3-4ff5-a9d0-5d58f73b537d',
  ],
  [
    'TEAMS_EXPLORATORY',
    '710779e8-3d4a-4c88-adb9-386c958d1fdf',
    'TEAMS1',
    '57ff2da0-773e-42df-b2af-ffb7a2317929',
  ],
  [
    'POWERAPPS_VIRAL',
    'dcb1a3ae-b33f-4487-846a-a640262fadf4',
    'POWERAPPS_P2_VIRAL',
    'd5368ca3-357e-4acb-9c21-8495fb025d1f',
  ],
  [
    'STREAM',
    '1f2f344a-700d-42c9-9427-5cea1d5d7ba6',
    'MICROSOFTSTREAM',
    'acffdce6-c30f-4dc2-81c0-372e33c515ec',
  ],
] as const;
const grant = (principal: string, scope = 'Mail.Read') => ({
  id: `grant-${principal}`,
  clientId: SERVER_PRINCIPAL,
  consentType: 'Principal',
  principalId: principal,
  resourceId: GRAPH_PRINCIPAL,
  scope,
});
const signIn = (n: number, more: object) => ({
  id: `signin-${n}`,
  createdDateTime: '2026-11-18T15:02:11Z',
  userPrincipalName: people[4]?.email,
  appId: '5ea5e100-2222-4333-8444-0123456789ab',
  appDisplayName: 'Claude',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  conditionalAccessStatus: 'success',
  authenticationRequirement: 'multiFactorAuthentication',
  deviceDetail: { isCompliant: true, isManaged: true, operatingSystem: 'Windows' },
  status: { errorCode: 0 },
  appliedConditionalAccessPolicies: [],
  ...more,
});

export const microsoftCases = [
  client('free-license-beside-a-known-one')(
    { ...base, 'skus.json': graph('subscribedSkus', [PREMIUM, FLOW_FREE]) },
    [...reported('M365-01', 'pass', 'Business Premium brings Conditional Access', /Business Premium/)],
  ),
  ...free.map(([part, id, plan, planId]) =>
    client(`free-license-${part}`)(
      {
        ...base,
        'skus.json': graph('subscribedSkus', [sku(part, id, [[plan, planId]]), PREMIUM]),
        'ca.json': policies([policy()]),
      },
      [
        is('M365-01', 'pass', 'a free license beside it changes nothing'),
        never('M365-09', ['not_licensed', 'cannot_read'], 'what is licensed is known'),
        is('M365-11', 'not_licensed', 'Defender for Cloud Apps is in neither license'),
      ],
    ),
  ),
  client('free-license-alone')(
    { ...base, 'skus.json': graph('subscribedSkus', [FLOW_FREE]) },
    [noPass('M365-01', 'nothing that is held brings Conditional Access')],
    { profile: profile({ m365: 'business_basic_standard' }) },
  ),
  client('suspended-license')(
    {
      ...base,
      'skus.json': graph('subscribedSkus', [
        sku('SPB', BUSINESS_PREMIUM, [P1, INTUNE], { capabilityStatus: 'Suspended' }),
      ]),
    },
    [noPass('M365-01', 'a suspended license brings nothing')],
  ),
  client('license-with-plan-switched-off')(
    { ...base, 'skus.json': graph('subscribedSkus', [sku('SPB', BUSINESS_PREMIUM, [INTUNE])]) },
    [noPass('M365-01', 'the plan of Conditional Access is not in what is held')],
  ),
  client('license-bought-for-nobody')(
    {
      ...base,
      'skus.json': graph('subscribedSkus', [
        sku('SPB', BUSINESS_PREMIUM, [P1, INTUNE], {
          consumedUnits: 0,
          prepaidUnits: { enabled: 0, suspended: 0, warning: 0 },
        }),
      ]),
    },
    [noPass('M365-01', 'no license was bought')],
  ),
  client('grants-without-an-approved-connector')(
    { ...base, 'charter.yaml': charter(people, { connectors: [] }), 'grants.json': grants(READ) },
    [...reported('M365-06', 'fail', 'scopes are held and no connector was approved', 'Mail.Read')],
  ),
  client('scopes-as-approved')({ ...base, 'grants.json': grants(READ) }, [
    never('M365-06', ['fail'], 'reading mail was approved'),
  ]),
  client('write-scope')({ ...base, 'grants.json': grants(`${READ} Mail.Send`) }, [
    ...reported('M365-06', 'fail', 'a scope that sends is held and was not approved', 'Mail.Send'),
  ]),
  client('write-scope-to-one-person')(
    { ...base, 'grants.json': grants(READ, [grant((people[7] as Person).id, 'Mail.Send')]) },
    [is('M365-06', 'fail', 'one person granted a scope that sends')],
  ),
  client('scope-since-the-earlier-file')(
    {
      ...base,
      'grants 2026-10-20.json': grants(READ),
      'grants 2026-11-23.json': grants(`${READ} Calendars.Read Mail.Send`),
    },
    [
      says('M365-06', 'Mail.Send', 'the new scope is named'),
      anywhere(
        /(?:added|new|since)[^"]{0,120}Mail\.Send|Mail\.Send[^"]{0,120}(?:added|new |since)/i,
        'that the scope came since the earlier file is said',
      ),
    ],
    { saved: { 'grants 2026-10-20.json': '2026-10-20' } },
  ),
  client('patch-never-cuts-what-is-approved')({ ...base, 'grants.json': grants(`${READ} Mail.Send`) }, [
    silent(
      'M365-06',
      /PATCH[^\n]*"scope":"(?![^"]*Mail\.Read\b)/,
      'a command that would take approved scopes away is not offered',
    ),
  ]),
  client('grants-of-another-application-only')(
    { ...base, 'grants.json': graph('oauth2PermissionGrants', [OTHER_GRANT]) },
    [
      noPass('SHA-05', 'a list filtered for another application shows no link'),
      noPass('M365-06', 'it shows no scope of the connector either'),
      is('M365-03', 'cannot_read', 'consent is not shown to be missing'),
    ],
  ),
  client('grants-of-the-organization-only')(
    {
      ...base,
      'grants.json': graph(
        'oauth2PermissionGrants',
        [SERVER_PRINCIPAL, OTHER_GRANT.clientId].map((clientId, n) => ({
          id: `wide-${n}`,
          clientId,
          consentType: 'AllPrincipals',
          principalId: null,
          resourceId: GRAPH_PRINCIPAL,
          scope: READ,
        })),
      ),
    },
    [
      noPass('M365-06', 'a person may have consented to more'),
      is('M365-03', 'pass', 'consent for everyone is one grant'),
    ],
  ),
  client('linked-without-a-seat')(
    {
      ...base,
      'members.csv': (base['members.csv'] ?? '')
        .split('\n')
        .filter((line) => !line.includes((people[8] as Person).email))
        .join('\n'),
      'grants.json': graph('oauth2PermissionGrants', [
        grant((people[8] as Person).id),
        grant((people[9] as Person).id),
      ]),
    },
    [
      ...reported(
        'SHA-05',
        'fail',
        'someone linked Microsoft 365 who holds no seat',
        (people[8] as Person).name,
      ),
      silent('SHA-05', (people[9] as Person).email, 'who holds a seat is not accused'),
    ],
  ),
  client('look-alike-application')(
    {
      ...base,
      'apps.json': applications({
        more: [
          application(
            '5ea5e100-0000-4000-8000-00000000500f',
            '5ea5e100-9999-4333-8444-0123456789ab',
            'Сlaude',
            {
              appRoleAssignmentRequired: false,
              appOwnerOrganizationId: '5ea5e100-0000-4000-8000-0000000000bb',
              verifiedPublisher: { displayName: null },
            },
          ),
        ],
      }),
    },
    [is('M365-05', 'fail', 'an application writes Claude with a Cyrillic letter')],
  ),
  client('applications-filtered-by-name')(
    {
      ...base,
      // Result of a search for names that start with "Claude", plus Microsoft Graph.
      'apps.json': graph('servicePrincipals', [
        application('5ea5e100-0000-4000-8000-000000005003', SIGN_IN_APP, 'Claude'),
        application(GRAPH_PRINCIPAL, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph'),
      ]),
    },
    [
      noPass('SHA-05', 'the connector’s applications may be there all the same'),
      noPass('M365-04', 'everyone may use an application that the list leaves out'),
      is('M365-06', 'cannot_read', 'what the list leaves out may hold scopes'),
      says('M365-04', /filter/, 'it says why nothing follows from the list'),
    ],
  ),
  client('sign-in-outside-hours')(
    {
      ...base,
      'signins.json': graph('auditLogs/signIns', [
        signIn(1, {}),
        signIn(2, { createdDateTime: '2026-11-19T07:30:00Z' }),
      ]),
    },
    [
      is('VIS-10', 'fail', 'someone signed in at half past two in the morning and nobody looked'),
      says('VIS-10', (people[4] as Person).email, 'who signed in is named'),
    ],
  ),
  client('sign-in-without-mfa')(
    {
      ...base,
      'signins.json': graph('auditLogs/signIns', [
        signIn(1, {}),
        signIn(2, { authenticationRequirement: 'singleFactorAuthentication' }),
      ]),
    },
    [is('M365-16', 'fail', 'one sign-in carried no MFA')],
  ),
  client('failed-sign-in-without-mfa')(
    {
      ...base,
      'signins.json': graph('auditLogs/signIns', [
        signIn(1, {}),
        signIn(2, { authenticationRequirement: 'singleFactorAuthentication', status: { errorCode: 50126 } }),
      ]),
    },
    [never('M365-16', ['fail'], 'a sign-in that failed let nobody in')],
  ),
  client('mfa-not-recorded')(
    {
      ...base,
      'signins.json': graph('auditLogs/signIns', [signIn(1, { authenticationRequirement: undefined })]),
    },
    [noPass('M365-16', 'unrecorded is not the same as MFA')],
  ),
  client('sign-in-page-twice')(
    {
      ...base,
      'signins.json': graph('auditLogs/signIns', [
        signIn(1, {}),
        signIn(2, { authenticationRequirement: 'singleFactorAuthentication' }),
      ]),
      'signins (1).json': graph('auditLogs/signIns', [
        signIn(1, {}),
        signIn(2, { authenticationRequirement: 'singleFactorAuthentication' }),
      ]),
    },
    [says('M365-16', /\b1 of 2\b/, 'the same sign-in on two pages is one sign-in')],
  ),
  client('error-answer-saved')(
    {
      ...base,
      'ca.json': JSON.stringify({
        error: {
          code: 'AccessDenied',
          message: 'You cannot perform the requested operation, required scopes are missing in the token.',
        },
      }),
    },
    [
      is('M365-09', 'cannot_read', 'an error was saved in place of the policies'),
      file(
        'ca.json',
        ['malformed', 'not_placed'],
        'that the file is an error is said',
        /error|refused|AccessDenied|scopes/i,
      ),
    ],
  ),
  client('empty-policies')({ ...base, 'ca.json': policies([]) }, [
    is('M365-09', 'fail', 'there is no policy at all'),
  ]),
];
