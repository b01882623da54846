import type { AccessTemplate } from '../model/conditional-access.ts';

/** Values filled into a template for one client. Ids are Entra object ids; for applications, the appId. */
export interface AccessValues {
  readonly name: string;
  /** Claude's applications, or `All` resources. */
  readonly applications: readonly string[];
  /** Applications left out on purpose. */
  readonly withoutApplications: readonly string[];
  /** Ids of the groups that it is for; empty: everyone. */
  readonly groups: readonly string[];
  readonly excludeUsers: readonly string[];
  readonly excludeGroups: readonly string[];
  /** Id of the connector's named location, or a placeholder for one that an earlier step creates. */
  readonly location: string;
}

export const POLICY_STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

type Grant = NonNullable<AccessTemplate['grant']>;
type Session = NonNullable<AccessTemplate['session']>;

/** A Conditional Access policy as Microsoft Graph takes it (conditionalAccessPolicy, v1.0). */
export interface PolicyBody {
  readonly displayName: string;
  readonly state: PolicyState;
  readonly conditions: {
    readonly clientAppTypes: AccessTemplate['clientAppTypes'];
    readonly signInRiskLevels?: AccessTemplate['signInRiskLevels'];
    readonly applications: {
      readonly includeApplications: readonly string[];
      readonly excludeApplications: readonly string[];
      readonly includeUserActions: readonly string[];
    };
    readonly users: {
      readonly includeUsers: readonly string[];
      readonly excludeUsers: readonly string[];
      readonly includeGroups: readonly string[];
      readonly excludeGroups: readonly string[];
      readonly includeRoles: readonly string[];
      readonly excludeRoles: readonly string[];
    };
    readonly platforms?: {
      readonly includePlatforms: readonly ['all'];
      readonly excludePlatforms: NonNullable<AccessTemplate['reportOnly']>['excludePlatforms'];
    };
    readonly locations?: {
      readonly includeLocations: readonly string[];
      readonly excludeLocations: readonly string[];
    };
  };
  readonly grantControls: {
    readonly operator: Grant['operator'];
    readonly builtInControls: Grant['builtInControls'];
    readonly customAuthenticationFactors: readonly string[];
    readonly termsOfUse: readonly string[];
  } | null;
  readonly sessionControls: {
    readonly cloudAppSecurity?: {
      readonly cloudAppSecurityType: NonNullable<Session['cloudAppSecurity']>;
      readonly isEnabled: true;
    };
    readonly signInFrequency?: {
      readonly isEnabled: true;
      readonly authenticationType: 'primaryAndSecondaryAuthentication';
      readonly frequencyInterval: 'everyTime';
    };
  } | null;
}

/** Whom a policy with these values is for. */
export function peopleOf(values: AccessValues): PolicyBody['conditions']['users'] {
  return {
    includeUsers: values.groups.length === 0 ? ['All'] : [],
    excludeUsers: values.excludeUsers,
    includeGroups: values.groups,
    excludeGroups: values.excludeGroups,
    includeRoles: [],
    excludeRoles: [],
  };
}

/** The policy that a template asks for at a client, in the form that the given state takes. */
export function policyBody(template: AccessTemplate, values: AccessValues, state: PolicyState): PolicyBody {
  const { grant, session, reportOnly } = template;
  const without = state === 'enabledForReportingButNotEnforced' ? reportOnly?.excludePlatforms : undefined;
  return {
    displayName: values.name,
    state,
    conditions: {
      clientAppTypes: template.clientAppTypes,
      ...(template.signInRiskLevels.length > 0 ? { signInRiskLevels: template.signInRiskLevels } : {}),
      applications: {
        includeApplications: values.applications,
        excludeApplications: values.withoutApplications,
        includeUserActions: [],
      },
      users: peopleOf(values),
      ...(without === undefined
        ? {}
        : { platforms: { includePlatforms: ['all'], excludePlatforms: without } }),
      ...(template.leavesOutLocation
        ? { locations: { includeLocations: ['All'], excludeLocations: [values.location] } }
        : {}),
    },
    grantControls:
      grant === undefined
        ? null
        : {
            operator: grant.operator,
            builtInControls: grant.builtInControls,
            customAuthenticationFactors: [],
            termsOfUse: [],
          },
    sessionControls:
      session === undefined
        ? null
        : {
            ...(session.cloudAppSecurity === undefined
              ? {}
              : {
                  cloudAppSecurity: { cloudAppSecurityType: session.cloudAppSecurity, isEnabled: true },
                }),
            ...(session.signInFrequency === undefined
              ? {}
              : {
                  signInFrequency: {
                    isEnabled: true,
                    authenticationType: 'primaryAndSecondaryAuthentication',
                    frequencyInterval: session.signInFrequency,
                  },
                }),
          },
  };
}
// Guide: G6.2-01 G6.2-02 G6.2-03 G6.2-04 G6.3-02 G6.3-04 G6.3-05 G6.3-07 G6.4-04 G6.4-05 G6.5-02
