import { ownValue } from '../model/own-value.ts';
import type { PolicyBody } from './body.ts';
import { type AccessStep, NEW_LOCATION } from './steps.ts';

/** The forms in which the steps can be done by hand: calls of Microsoft Graph, PowerShell, Terraform. */

const POLICIES = '/v1.0/identity/conditionalAccess/policies';
const LOCATIONS = '/v1.0/identity/conditionalAccess/namedLocations';

/** The tenant that a script is for, so that it cannot change another one to which the person running it has access. */
export interface ForTenant {
  /** Its id or a domain of it; null: not known. */
  readonly tenant: string | null;
  /** Cloud as Microsoft Graph PowerShell names it; null: the public cloud. */
  readonly environment: string | null;
}

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
        : { method: 'PATCH', path: `${POLICIES}/${inPath(step.id)}`, body: step.body },
  );
}

/** Imported files may contain any text in place of an id. */
const inPath = (id: string) => encodeURIComponent(id).replaceAll("'", '%27');

/** JSON in ASCII only, because a script may be stored or sent in an encoding without other characters. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value, null, 2).replace(
    /[^\x20-\x7e\n]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A tenant's id or domain; null: it is neither, and stays out of what is run. */
const tenantIn = ({ tenant }: ForTenant) =>
  tenant !== null && /^[a-z0-9][a-z0-9.-]*$/i.test(tenant) ? tenant : null;

/** A script for Windows PowerShell or PowerShell 7 with the Microsoft Graph module. */
export function powershell(steps: readonly AccessStep[], where: ForTenant): string {
  const calls = graphCalls(steps);
  const made = steps.some((step) => step.do === 'create_location');
  const blocks = calls.map(({ method, path, body }, index) => {
    const location = steps[index]?.do === 'create_location';
    const json = asciiJson(body);
    const uses = made && !location && json.includes(NEW_LOCATION);
    return [
      `$body = @'\n${json}\n'@`,
      ...(uses ? [`$body = $body.Replace('${NEW_LOCATION}', $location.id)`] : []),
      `${location ? '$location = ' : ''}Invoke-MgGraphRequest -Method ${method} -Uri '${path}' -Body $body -ContentType 'application/json'`,
    ].join('\n');
  });
  const tenant = tenantIn(where);
  const connect = [
    'Connect-MgGraph',
    ...(tenant === null ? [] : [`-TenantId '${tenant}'`]),
    ...(where.environment === null ? [] : [`-Environment ${where.environment}`]),
    '-Scopes Policy.Read.All, Policy.ReadWrite.ConditionalAccess, Application.Read.All',
  ].join(' ');
  return [
    "$ErrorActionPreference = 'Stop'",
    // An earlier session may still be signed in to another tenant, which must not be changed.
    tenant === null ? `${connect}\nGet-MgContext | Select-Object Account, TenantId` : connect,
    ...blocks,
    '',
  ].join('\n\n');
}

/**
 * Resources of the azuread provider. A policy that is there already has to be imported first, so the import block comes
 * with it; `policy` is the whole policy as it is to be.
 */
export function terraform(
  steps: readonly AccessStep[],
  policy: PolicyBody,
  { label, where }: { readonly label: string; readonly where: ForTenant },
): string {
  const change = steps.find((step) => step.do === 'change_policy');
  const location = steps.find((step) => step.do === 'create_location');
  const tenant = tenantIn(where);
  const parts: string[] = [];
  if (tenant !== null) parts.push(`# For a provider "azuread" with tenant_id = "${tenant}".`);
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
      block('applications', [
        field('included_applications', applications.includeApplications),
        ...list('excluded_applications', applications.excludeApplications),
      ]),
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

/** A quoted string of HCL, which has fewer escapes than JSON, and in which `${` and `%{` would begin a template. */
function literal(text: string): string {
  return JSON.stringify(text.toWellFormed())
    .replace(/\\[\\bf]/g, (found) => ownValue(ESCAPES, found) ?? found)
    .replace(/[$%](?=\{)/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' };
// Guide: G6.2-01 G6.3-02 G6.4-04
