import { CONNECTOR_CLIENT, CONNECTOR_SERVER, EMERGENCY_GROUP, SIGN_IN_APP } from '../client.ts';
import { entraGroups, entraUsers } from '../documents.ts';
import { applications, grants, policies, policy } from '../microsoft.ts';
import { is, never, noPass, noPasses, type Statement } from '../model.ts';
import { association, outsideCase, without } from '../outside.ts';
import { cells, csv, graph } from '../text.ts';

const client = association('Vetch Alliance', 'vetch.example.org', 8);
const { people } = client;
const GLOBAL_ADMIN = '62e90394-69f5-4237-9190-012177145e10';
const COUNTRIES = '5ea5e100-0000-4000-8000-000000006101';
const strength = (
  allowedCombinations: readonly string[],
  satisfies = 'mfa',
  displayName = 'Phishing-resistant MFA',
) => ({
  builtInControls: [],
  authenticationStrength: {
    id: satisfies === 'mfa' ? '00000000-0000-0000-0000-000000000004' : '5ea5e100-0000-4000-8000-00000000bb01',
    displayName,
    policyType: satisfies === 'mfa' ? 'builtIn' : 'custom',
    requirementsSatisfied: satisfies,
    allowedCombinations,
  },
});
const resistant = strength(['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor']);
const device = policy({
  name: 'Compliant device for Claude',
  grant: { builtInControls: ['compliantDevice'] },
});
const risk = policy({
  name: 'Risky sign-ins to Claude',
  conditions: { signInRiskLevels: ['medium', 'high'] },
  session: {
    signInFrequency: {
      isEnabled: true,
      frequencyInterval: 'everyTime',
      authenticationType: 'primaryAndSecondaryAuthentication',
      type: null,
      value: null,
    },
  },
});
const mfa = policy({ name: 'Strong sign-in for Claude', grant: resistant });
const places = graph('identity/conditionalAccess/namedLocations', [
  {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: COUNTRIES,
    displayName: 'Home countries',
    countriesAndRegions: ['US', 'CA'],
    includeUnknownCountriesAndRegions: true,
    countryLookupMethod: 'clientIpAddress',
  },
]);
const signIns = csv([
  cells`Date (UTC)|Username|Application|Application ID|IP address|Status|Sign-in error code|Compliant|Managed|Authentication requirement|Multifactor authentication result|Conditional Access`,
  ...Array.from({ length: 30 }, (_, n) => [
    `2026-${n < 6 ? '10' : '11'}-${String(n < 6 ? 26 + n : n - 5).padStart(2, '0')}T14:02:11Z`,
    people[n % 8]?.email ?? '',
    'Claude',
    SIGN_IN_APP,
    '203.0.113.10',
    'Success',
    '',
    'Yes',
    'Yes',
    'Multifactor authentication',
    'MFA requirement satisfied by claim in the token',
    'Success',
  ]),
]);

/** A tenant with known applications, people and groups, and the given policies. */
function tenant(
  name: string,
  list: readonly object[],
  statements: readonly Statement[],
  more: Readonly<Record<string, string>> = {},
) {
  return outsideCase(name)(
    client.files({
      'users.json': entraUsers(people),
      'groups.json': entraGroups(),
      'applications.json': applications(),
      'locations.json': places,
      'policies.json': policies(list),
      ...more,
    }),
    [
      ...statements,
      ...without('settings', 'states', 'events', 'domains', 'use', 'acknowledgments', 'statements'),
    ],
    { profile: client.profile({ m365: 'e5' }) },
  );
}

/** Sufficient policies as a careful administrator writes them today. Each must be recognized. */
const right = tenant(
  'strengths-in-place-of-mfa',
  [mfa, device, risk],
  [
    is('M365-02', 'pass', 'the application is there'),
    is('M365-03', 'pass', 'both applications with consent of an administrator'),
    is('M365-04', 'pass', 'assignment is required'),
    is('M365-05', 'pass', 'no look-alike'),
    is('M365-09', 'pass', 'a strength of which every way is MFA'),
    is('M365-10', 'pass', 'a compliant device, everywhere'),
    is('M365-12', 'pass', 'MFA again at medium and high risk'),
    is('M365-13', 'pass', 'the group is left out of all three'),
    is('M365-16', 'pass', 'thirty days of sign-ins, each with MFA'),
    is('M365-17', ['pass', 'cannot_read'], 'nobody left, and a roster of current staff shows no leaver'),
    is('M365-21', ['pass', 'not_applicable'], 'nothing is in report-only'),
    never('M365-09', ['fail', 'cannot_read'], 'honesty is no blanket'),
    never('M365-13', ['fail', 'cannot_read'], 'honesty is no blanket'),
  ],
  { 'sign-ins.csv': signIns, 'grants.json': grants('Mail.Read User.Read') },
);

type Parts = NonNullable<Parameters<typeof policy>[0]>;
type Flaw = readonly [parts: Parts, why: string];

/** Grant controls that look like MFA and can be met without it. */
const GRANTS: readonly Flaw[] = [
  [{ grant: strength(['password', 'password,sms', 'fido2'], 'none', 'Any sign-in') }, 'a password is enough'],
  [{ grant: either({ termsOfUse: ['5ea5e100-0000-4000-8000-00000000aa01'] }) }, 'accepting terms is enough'],
  [{ grant: either({ builtInControls: ['mfa', 'compliantDevice'] }) }, 'the device is enough'],
  [{ grant: either({ builtInControls: ['mfa', 'approvedApplication'] }) }, 'an approved app is enough'],
  [{ grant: either({ builtInControls: ['mfa', 'domainJoinedDevice'] }) }, 'a joined computer is enough'],
  [{ grant: either({ customAuthenticationFactors: ['Duo'] }) }, 'a control that nobody can read is enough'],
  [{ grant: { operator: 'AND', builtInControls: ['passwordChange'] } }, 'a new password is no second factor'],
  [
    { grant: null, session: { persistentBrowser: { isEnabled: true, mode: 'never' } } },
    'a session is no factor',
  ],
  [{ conditions: { signInRiskLevels: ['medium', 'high'] } }, 'only where a sign-in is risky'],
  [{ conditions: { userRiskLevels: ['high'] } }, 'only where an account is at risk'],
];

/** People and apps that a policy excludes, whatever it requires of the others. */
const REACH: readonly Flaw[] = [
  [
    {
      conditions: {
        clientApplications: {
          includeServicePrincipals: ['ServicePrincipalsInMyTenant'],
          excludeServicePrincipals: [],
          servicePrincipalFilter: null,
        },
      },
      users: { includeUsers: ['None'], excludeGroups: [] },
    },
    'it holds programs, not people',
  ],
  [{ users: { includeUsers: ['None'] } }, 'it holds nobody'],
  [
    {
      users: {
        includeUsers: [],
        includeGuestsOrExternalUsers: {
          guestOrExternalUserTypes: 'b2bCollaborationGuest,internalGuest',
          externalTenants: null,
        },
      },
    },
    'it holds guests alone',
  ],
  [{ users: { includeUsers: [], includeRoles: [GLOBAL_ADMIN] } }, 'it holds administrators alone'],
  [platforms(['all'], ['linux']), 'it leaves out Linux'],
  [platforms(['windows', 'macOS', 'iOS', 'android'], []), 'it leaves out Linux and what is unknown'],
  [
    { conditions: { locations: { includeLocations: ['All'], excludeLocations: [COUNTRIES] } } },
    'whoever hides where they are is left out',
  ],
  [
    { applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] } },
    'it holds the registration alone',
  ],
  [
    { applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] } },
    'Claude asks for no context',
  ],
  [
    {
      applications: {
        includeApplications: ['All'],
        excludeApplications: [CONNECTOR_SERVER, CONNECTOR_CLIENT],
      },
    },
    'the connector is left out',
  ],
  [
    { applications: { includeApplications: ['All'], excludeApplications: [SIGN_IN_APP] } },
    'the sign-in is left out',
  ],
  [{ conditions: { insiderRiskLevels: 'elevated' } }, 'only where a person is a risk'],
  [{ conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } }, 'Claude is a modern client'],
  [{ conditions: { clientAppTypes: ['browser'] } }, 'the desktop app is left out'],
  [
    { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } } },
    'only where a code is carried over',
  ],
  [{ state: 'disabled' }, 'it is off'],
  [{ state: 'enabledForReportingButNotEnforced' }, 'it enforces nothing'],
  [
    {
      conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.trustType -eq "AzureAD"' } } },
    },
    'joined devices are left out',
  ],
];

function either(more: object): object {
  return { operator: 'OR', builtInControls: ['mfa'], ...more };
}
function platforms(includePlatforms: readonly string[], excludePlatforms: readonly string[]): Parts {
  return { conditions: { platforms: { includePlatforms, excludePlatforms } } };
}

/** Policies that Graph's files cannot settle: neither a pass nor a fail. */
const UNREADABLE: readonly [string, object[], string][] = [
  [
    'a-filter-for-applications',
    [
      policy({
        applications: {
          includeApplications: [],
          applicationFilter: { mode: 'include', rule: 'CustomSecurityAttribute.Apps_Class -eq "AI"' },
        },
      }),
    ],
    'which applications carry the attribute is in no file',
  ],
  [
    'administrators-left-out-by-role',
    [policy({ users: { excludeGroups: [], excludeRoles: [GLOBAL_ADMIN] } })],
    'who holds the role is in no file',
  ],
];

/** All of them at once: if one is wrongly considered sufficient, a control passes. No two complement each other. */
const flawed = tenant(
  'policies-of-which-none-is-enough',
  [
    ...GRANTS.map(([parts], n) => policy({ name: `Sign-in ${n}`, ...parts })),
    ...REACH.map(([parts], n) => {
      const signInRiskLevels = n % 2 === 0 ? [] : ['medium', 'high'];
      return policy({
        name: `Reach ${n}`,
        ...parts,
        conditions: { ...parts.conditions, signInRiskLevels },
        grant: { builtInControls: n % 2 === 0 ? ['compliantDevice'] : ['mfa'] },
      });
    }),
  ],
  [
    is('M365-09', ['fail', 'cannot_read'], 'none asks everyone for a second factor'),
    is('M365-10', ['fail', 'cannot_read', 'pending'], 'none asks everyone for a device'),
    ...GRANTS.map(([, why]) => noPass('M365-09', why)),
    ...REACH.map(([, why], n) => noPass(n % 2 === 0 ? 'CLA-M365-10' : 'CLA-M365-12', why)),
    noPass('M365-11', 'no policy hands sessions over'),
  ],
);
const unreadable = UNREADABLE.map(([name, list, why]) =>
  tenant(`not-readable/${name}`, list, [
    is('M365-09', 'cannot_read', why),
    never('M365-09', ['pass', 'fail'], why),
    noPass('M365-10', 'no policy asks for a device'),
  ]),
);

/** A report-only policy whose date has passed, and one whose date is in the future. */
const late = outsideCase('report-only-past-its-day')(
  client.files({
    'charter.yaml': client.charter({
      entra: {
        ssoAppId: SIGN_IN_APP,
        emergencyAccess: { groups: ['Emergency access'] },
        enableOn: { 'Device trial': '2026-11-10', 'Risk trial': '2026-12-10' },
        approvedExclusions: [{ id: EMERGENCY_GROUP, reason: 'Emergency', until: '2026-11-23' }],
      },
    }),
    'users.json': entraUsers(people),
    'groups.json': entraGroups(),
    'applications.json': applications(),
    'policies.json': policies([
      mfa,
      policy({
        name: 'Device trial',
        state: 'enabledForReportingButNotEnforced',
        grant: { builtInControls: ['compliantDevice'] },
      }),
      policy({
        name: 'Risk trial',
        state: 'enabledForReportingButNotEnforced',
        conditions: { signInRiskLevels: ['medium', 'high'] },
      }),
    ]),
  }),
  [
    is('M365-09', 'pass', 'MFA is on'),
    is('M365-21', 'fail', 'the day of the device policy was 10 November'),
    is('M365-10', ['fail'], 'report-only past its day enforces nothing'),
    is('M365-12', ['pending', 'fail'], 'report-only until 10 December'),
    is('M365-13', 'pass', 'emergency access needs no other leave'),
    noPass('M365-21', 'one day has passed'),
    ...noPasses('report-only', 'M365-10 M365-12'),
    never('M365-10', ['pending'], 'its day has passed'),
    never('M365-09', ['fail'], 'MFA is on'),
  ],
  { profile: client.profile({ m365: 'e5' }) },
);

export const outsideStrengths = [right, late, ...unreadable, flawed];
