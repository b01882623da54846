import { ACCESS_POLICY_STATE_WORDS } from '../labels.ts';
import type { AccessTemplate } from '../model/conditional-access.ts';
import { ownValue } from '../model/own-value.ts';
import type { PolicyBody } from './body.ts';
import type { PolicyPart } from './difference.ts';
import { type AccessStep, NEW_LOCATION } from './steps.ts';

/** One step in the Microsoft Entra admin center. */
export interface PortalStep {
  /** Menu path. */
  readonly where: string;
  /** What to choose there. */
  readonly choose: readonly string[];
}

const CONTROLS: Readonly<Record<string, string>> = {
  mfa: 'Require multifactor authentication',
  compliantDevice: 'Require device to be marked as compliant',
  block: 'Block access',
};
const SESSION_TYPES: Readonly<Record<string, string>> = {
  mcasConfigured: 'Use custom policy',
  monitorOnly: 'Monitor only',
  blockDownloads: 'Block downloads',
};
const CLIENTS: Readonly<Record<string, string>> = {
  browser: 'Browser',
  mobileAppsAndDesktopClients: 'Mobile apps and desktop clients',
};
const PLATFORMS: Readonly<Record<string, string>> = { macOS: 'macOS', iOS: 'iOS', android: 'Android' };

const PEOPLE: readonly PolicyPart[] = [
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
  'includeGuests',
  'excludeGuests',
];

/** A condition that the policy has in Entra and is not to have. */
const off = (condition: string): PortalStep => ({
  where: `Conditions > ${condition}`,
  choose: ['Configure: No'],
});

/**
 * The same steps by clicking, with the client's values filled in.
 *
 * @param label name of a group, account, application or location by its id
 */
export function portalSteps(
  steps: readonly AccessStep[],
  policy: PolicyBody,
  template: AccessTemplate,
  label: (id: string) => string,
): readonly PortalStep[] {
  const named = (id: string) => (label(id) === id ? id : `${label(id)} (${id})`);
  const change = steps.find((step) => step.do === 'change_policy');
  const location = steps.find((step) => step.do === 'create_location');
  if (change?.parts.every((part) => part === 'state'))
    return [
      {
        where: `Entra ID > Conditional Access > Policies > ${change.name} > Enable policy`,
        choose: [ACCESS_POLICY_STATE_WORDS[policy.state], 'Save'],
      },
    ];
  /** Something of a policy that is there has to be changed or taken out. */
  const differs = (...parts: readonly PolicyPart[]) =>
    change?.parts.some((part) => parts.includes(part)) === true;
  const { applications, users, platforms, locations, clientAppTypes, signInRiskLevels } = policy.conditions;
  const session = policy.sessionControls;
  const all: readonly (PortalStep | null)[] = [
    location === undefined
      ? null
      : {
          where: 'Entra ID > Conditional Access > Named locations > IP ranges location',
          choose: [
            `Name: ${location.body.displayName}`,
            'Mark as trusted location: leave it off',
            ...location.body.ipRanges.map(({ cidrAddress }) => `IP range: ${cidrAddress}`),
          ],
        },
    change === undefined
      ? {
          where: 'Entra ID > Conditional Access > Policies > New policy',
          choose: [`Name: ${policy.displayName}`],
        }
      : {
          where: `Entra ID > Conditional Access > Policies > ${change.name}`,
          choose: [`Name: ${policy.displayName}`],
        },
    {
      where: 'Users',
      choose: [
        users.includeGroups.length === 0
          ? 'Include: All users'
          : `Include: Select users and groups: ${users.includeGroups.map(named).join(', ')}`,
        `Exclude: ${[...users.excludeGroups, ...users.excludeUsers].map(named).join(', ') || 'nobody'}`,
        ...(differs(...PEOPLE) ? ['Remove everyone else named there, including guests and roles'] : []),
      ],
    },
    applications.includeApplications.includes('All')
      ? { where: 'Target resources > Resources > Include', choose: ['All resources'] }
      : {
          where: 'Target resources > Resources > Include > Select resources',
          choose: applications.includeApplications.map(named),
        },
    applications.excludeApplications.length === 0
      ? differs('excludeApplications')
        ? {
            where: 'Target resources > Resources > Exclude > Select excluded resources',
            choose: ['Take out all of them'],
          }
        : null
      : {
          where: 'Target resources > Resources > Exclude > Select excluded resources',
          choose: applications.excludeApplications.map(named),
        },
    differs('userRiskLevels') ? off('User risk') : null,
    signInRiskLevels === undefined
      ? differs('signInRiskLevels')
        ? off('Sign-in risk')
        : null
      : {
          where: 'Conditions > Sign-in risk > Configure: Yes',
          choose: signInRiskLevels.map((one) => one[0]?.toUpperCase() + one.slice(1)),
        },
    platforms === undefined
      ? differs('includePlatforms', 'excludePlatforms')
        ? off('Device platforms')
        : null
      : {
          where: 'Conditions > Device platforms > Configure: Yes',
          choose: [
            'Include: Any device',
            `Exclude: ${platforms.excludePlatforms.map((one) => ownValue(PLATFORMS, one) ?? one).join(', ')}`,
          ],
        },
    locations === undefined
      ? differs('includeLocations', 'excludeLocations')
        ? off('Locations')
        : null
      : {
          where: 'Conditions > Locations > Configure: Yes',
          choose: [
            'Include: Any network or location',
            `Exclude: ${locations.excludeLocations
              .map((id) => (id === NEW_LOCATION ? (location?.body.displayName ?? id) : named(id)))
              .join(', ')}`,
          ],
        },
    clientAppTypes.includes('all')
      ? differs('clientAppTypes')
        ? off('Client apps')
        : null
      : {
          where: 'Conditions > Client apps > Configure: Yes',
          choose: clientAppTypes.map((one) => ownValue(CLIENTS, one) ?? one),
        },
    differs('deviceFilter') ? off('Filter for devices') : null,
    differs('otherConditions')
      ? { where: 'Conditions', choose: ['Configure: No, for every condition that is not named here'] }
      : null,
    policy.grantControls === null
      ? differs('controls', 'authenticationStrength')
        ? { where: 'Grant > Grant access', choose: ['Clear every box'] }
        : null
      : {
          where: 'Grant > Grant access',
          choose: [
            ...policy.grantControls.builtInControls.map((one) => ownValue(CONTROLS, one) ?? one),
            ...(policy.grantControls.builtInControls.length > 1
              ? [
                  policy.grantControls.operator === 'AND'
                    ? 'Require all the selected controls'
                    : 'Require one of the selected controls',
                ]
              : []),
            ...(differs('controls', 'authenticationStrength') ? ['Clear every other box'] : []),
          ],
        },
    session?.cloudAppSecurity === undefined
      ? differs('cloudAppSecurity')
        ? { where: 'Session > Use Conditional Access App Control', choose: ['Clear the box'] }
        : null
      : {
          where: 'Session > Use Conditional Access App Control',
          choose: [
            ownValue(SESSION_TYPES, session.cloudAppSecurity.cloudAppSecurityType) ??
              session.cloudAppSecurity.cloudAppSecurityType,
          ],
        },
    session?.signInFrequency === undefined
      ? differs('signInFrequency')
        ? { where: 'Session > Sign-in frequency', choose: ['Clear the box'] }
        : null
      : { where: 'Session > Sign-in frequency', choose: ['Every time'] },
    differs('otherSession') ? { where: 'Session', choose: ['Clear every other box'] } : null,
    {
      where: 'Enable policy',
      choose: [
        ACCESS_POLICY_STATE_WORDS[policy.state],
        change === undefined ? 'Create' : 'Save',
        ...(template.reportOnly !== undefined && policy.state === 'enabledForReportingButNotEnforced'
          ? [template.reportOnly.why]
          : []),
      ],
    },
  ];
  return all.filter((step) => step !== null);
}
// Guide: G6.2-01 G6.3-02
