import type { AccessTemplate, ConditionalAccess } from '../model/conditional-access.ts';
import type { CaPolicyRow } from '../model/kinds.ts';
import { type AccessValues, type PolicyBody, type PolicyState, policyBody } from './body.ts';
import { differences, type PolicyPart } from './difference.ts';

/** The connector's location as Microsoft Graph takes it (ipNamedLocation, v1.0). */
export interface LocationBody {
  readonly '@odata.type': '#microsoft.graph.ipNamedLocation';
  readonly displayName: string;
  readonly isTrusted: false;
  readonly ipRanges: readonly {
    readonly '@odata.type': '#microsoft.graph.iPv4CidrRange';
    readonly cidrAddress: string;
  }[];
}

/** One step in Entra; steps are done in order. */
export type AccessStep =
  | { readonly do: 'create_location'; readonly body: LocationBody }
  | { readonly do: 'create_policy'; readonly body: PolicyBody }
  | {
      readonly do: 'change_policy';
      readonly id: string;
      readonly name: string;
      /** Properties that change, each with its whole new value. */
      readonly body: Partial<PolicyBody>;
      readonly parts: readonly PolicyPart[];
    };

/** Placeholder in a policy for the id of the location that the previous step creates. */
export const NEW_LOCATION = '{id of the new location}';

export function locationBody({ name, ranges }: ConditionalAccess['location']): LocationBody {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: name,
    isTrusted: false,
    ipRanges: ranges.map((cidrAddress) => ({
      '@odata.type': '#microsoft.graph.iPv4CidrRange',
      cidrAddress,
    })),
  };
}

/**
 * Steps that bring the tenant's policy in line with the template in a state: they create it if there is none, and
 * otherwise change the properties that differ. Empty: there is nothing to do.
 */
export function stepsTo(
  state: PolicyState,
  template: AccessTemplate,
  values: AccessValues,
  existing: CaPolicyRow | null,
  location: ConditionalAccess['location'],
): readonly AccessStep[] {
  const body = policyBody(template, values, state);
  const first: readonly AccessStep[] =
    template.leavesOutLocation && values.location === NEW_LOCATION
      ? [{ do: 'create_location', body: locationBody(location) }]
      : [];
  if (existing === null) return [...first, { do: 'create_policy', body }];
  const found = differences(body, existing);
  if (found.length === 0 || existing.id === null) return [];
  const parts = found.map(({ part }) => part);
  const touches = (...wanted: readonly PolicyPart[]) => parts.some((part) => wanted.includes(part));
  const change: Partial<PolicyBody> = {
    ...(touches('name') ? { displayName: body.displayName } : {}),
    ...(touches('state') ? { state: body.state } : {}),
    ...(parts.some((part) => !OUTSIDE_CONDITIONS.includes(part))
      ? { conditions: whole(body, existing) }
      : {}),
    ...(touches('operator', 'controls', 'authenticationStrength')
      ? { grantControls: body.grantControls }
      : {}),
    ...(touches('cloudAppSecurity', 'signInFrequency', 'otherSession')
      ? { sessionControls: body.sessionControls }
      : {}),
  };
  return [
    ...(change.conditions === undefined ? [] : first),
    { do: 'change_policy', id: existing.id, name: existing.name, body: change, parts },
  ];
}

const OUTSIDE_CONDITIONS: readonly PolicyPart[] = [
  'name',
  'state',
  'operator',
  'controls',
  'authenticationStrength',
  'cloudAppSecurity',
  'signInFrequency',
  'otherSession',
];

/** Graph replaces conditions as a whole, so what the template does not use is cleared explicitly. */
function whole({ conditions }: PolicyBody, { otherConditions }: CaPolicyRow): PolicyBody['conditions'] {
  return {
    userRiskLevels: [],
    signInRiskLevels: [],
    platforms: null,
    locations: null,
    devices: null,
    ...emptied(otherConditions, ''),
    ...conditions,
    applications: { ...emptied(otherConditions, 'applications'), ...conditions.applications },
    users: { ...emptied(otherConditions, 'users'), ...conditions.users },
  } as PolicyBody['conditions'];
}

/** Members of a part of the conditions that were added in Entra, each without a value. */
function emptied(paths: readonly string[], part: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const at = path.lastIndexOf('.');
      const name = path.slice(at + 1);
      if (path.slice(0, Math.max(at, 0)) !== part || name === 'partialEnablementStrategy') return [];
      return [[name, name === 'includeAuthenticationContextClassReferences' ? [] : null]];
    }),
  );
}
// Guide: G6.1-07 G6.2-01 G6.2-07 G6.3-02 G6.3-07 G6.4-04
