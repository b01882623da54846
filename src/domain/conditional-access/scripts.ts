import type { PolicyBody } from './body.ts';
import { type AccessStep, NEW_LOCATION } from './steps.ts';

/** The same steps for whoever does them by hand: calls of Microsoft Graph, PowerShell, Terraform. */

const POLICIES = '/v1.0/identity/conditionalAccess/policies';
const LOCATIONS = '/v1.0/identity/conditionalAccess/namedLocations';

export interface GraphCall {
  readonly method: 'POST' | 'PATCH';
  /** Path below the root of Microsoft Graph in the tenant's cloud. */
  readonly path: string;
  readonly body: unknown;
}

export function graphCalls(steps: readonly AccessStep[]): readonly GraphCall[] {
  return steps.map((step) =>
    step.do === 'create_location'
      ? { method: 'POST', path: LOCATIONS, body: step.body }
      : step.do === 'create_policy'
        ? { method: 'POST', path: POLICIES, body: step.body }
        : { method: 'PATCH', path: `${POLICIES}/${step.id}`, body: step.body },
  );
}

/** A script for Windows PowerShell or PowerShell 7 with the Microsoft Graph module. */
export function powershell(steps: readonly AccessStep[]): string {
  const calls = graphCalls(steps);
  const made = steps.some((step) => step.do === 'create_location');
  const blocks = calls.map(({ method, path, body }, index) => {
    const location = steps[index]?.do === 'create_location';
    const json = JSON.stringify(body, null, 2);
    const uses = made && !location && json.includes(NEW_LOCATION);
    return [
      `$body = @'\n${json}\n'@`,
      ...(uses ? [`$body = $body.Replace('${NEW_LOCATION}', $location.id)`] : []),
      `${location ? '$location = ' : ''}Invoke-MgGraphRequest -Method ${method} -Uri '${path}' -Body $body -ContentType 'application/json'`,
    ].join('\n');
  });
  return [
    'Connect-MgGraph -Scopes Policy.Read.All, Policy.ReadWrite.ConditionalAccess, Application.Read.All',
    ...blocks,
    '',
  ].join('\n\n');
}

/**
 * Resources of the azuread provider. A policy that is there already has to be imported first, so the import block comes
 * with it; `policy` is the whole policy as it is to be.
 */
export function terraform(steps: readonly AccessStep[], policy: PolicyBody, label: string): string {
  const change = steps.find((step) => step.do === 'change_policy');
  const location = steps.find((step) => step.do === 'create_location');
  const parts: string[] = [];
  if (location)
    parts.push(
      block('resource "azuread_named_location" "anthropic_connector"', [
        field('display_name', location.body.displayName),
        block('ip', [
          field(
            'ip_ranges',
            location.body.ipRanges.map(({ cidrAddress }) => cidrAddress),
          ),
          'trusted = false',
        ]),
      ]),
    );
  if (change)
    parts.push(
      block('import', [
        `to = azuread_conditional_access_policy.${label}`,
        field('id', `/identity/conditionalAccess/policies/${change.id}`),
      ]),
    );
  parts.push(policyResource(policy, label));
  return `${parts.join('\n\n')}\n`;
}

function policyResource(policy: PolicyBody, label: string): string {
  const { applications, users, platforms, locations, ...conditions } = policy.conditions;
  const grant = policy.grantControls;
  const session = policy.sessionControls;
  return block(`resource "azuread_conditional_access_policy" "${label}"`, [
    field('display_name', policy.displayName),
    field('state', policy.state),
    block('conditions', [
      field('client_app_types', conditions.clientAppTypes),
      ...list('sign_in_risk_levels', conditions.signInRiskLevels ?? []),
      block('applications', [field('included_applications', applications.includeApplications)]),
      block('users', [
        ...list('included_users', users.includeUsers),
        ...list('included_groups', users.includeGroups),
        ...list('excluded_users', users.excludeUsers),
        ...list('excluded_groups', users.excludeGroups),
      ]),
      ...(platforms
        ? [
            block('platforms', [
              field('included_platforms', platforms.includePlatforms),
              field('excluded_platforms', platforms.excludePlatforms),
            ]),
          ]
        : []),
      ...(locations
        ? [
            block('locations', [
              field('included_locations', locations.includeLocations),
              `excluded_locations = [${locations.excludeLocations
                .map((id) =>
                  id === NEW_LOCATION ? 'azuread_named_location.anthropic_connector.object_id' : literal(id),
                )
                .join(', ')}]`,
            ]),
          ]
        : []),
    ]),
    ...(grant
      ? [
          block('grant_controls', [
            field('operator', grant.operator),
            field('built_in_controls', grant.builtInControls),
          ]),
        ]
      : []),
    ...(session
      ? [
          block('session_controls', [
            ...(session.cloudAppSecurity
              ? [field('cloud_app_security_policy', session.cloudAppSecurity.cloudAppSecurityType)]
              : []),
            ...(session.signInFrequency
              ? [
                  field('sign_in_frequency_authentication_type', session.signInFrequency.authenticationType),
                  field('sign_in_frequency_interval', session.signInFrequency.frequencyInterval),
                ]
              : []),
          ]),
        ]
      : []),
  ]);
}

function block(head: string, lines: readonly string[]): string {
  const inside = lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `  ${line}`));
  return [`${head} {`, ...inside, '}'].join('\n');
}

const list = (name: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [field(name, values)];

function field(name: string, value: string | readonly string[]): string {
  return `${name} = ${typeof value === 'string' ? literal(value) : `[${value.map(literal).join(', ')}]`}`;
}

/** A quoted string of HCL, in which `${` and `%{` would begin a template. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');
}
// Guide: G6.2-01 G6.3-02 G6.4-04
