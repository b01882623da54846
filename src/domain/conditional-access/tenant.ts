import type { NamedLocationRow } from '../model/kinds.ts';
import type { CheckContext } from '../model/rule.ts';
import {
  type ClaudeApp,
  CONNECTOR_EGRESS,
  connectorApps,
  type Principals,
  type SignInApp,
  signInApp,
} from '../rules/microsoft/apps.ts';
import type { CaInput } from '../rules/microsoft/ca.ts';
import { caInput } from '../rules/microsoft/ca-inputs.ts';
import { allInside, coversRange } from '../rules/microsoft/cidr.ts';
import { type Policies, readPolicies } from '../rules/microsoft/policies.ts';

/** What was read of a client's Entra that policies are planned from. */
export interface AccessTenant {
  readonly context: CheckContext;
  readonly policies: Policies;
  readonly principals: Principals;
  readonly signIn: SignInApp;
  readonly connector: readonly ClaudeApp[];
  readonly input: CaInput;
  /** null: the named locations were not read. */
  readonly locations: readonly NamedLocationRow[] | null;
  /** The location that holds the connector's range and nothing else, untrusted; null: there is none, or not read. */
  readonly location: NamedLocationRow | null;
}

/** What is missing before anything can be said. */
export interface NotRead {
  readonly why: string;
  readonly howToGet: string;
}

export function readTenant(context: CheckContext): AccessTenant | NotRead {
  const policies = readPolicies(context);
  if (!policies.ok) return { why: policies.why, howToGet: policies.howToGet.text };
  const principals = context.read('service_principals');
  if (!principals.ok) return { why: principals.why, howToGet: principals.howToGet.text };
  const locations = context.read('named_locations');
  const rows = locations.ok ? locations.rows : null;
  return {
    context,
    policies,
    principals,
    signIn: signInApp(context, principals),
    connector: connectorApps(principals).map(({ app }) => app),
    input: caInput(context, policies.rows),
    locations: rows,
    location:
      rows?.find(
        ({ id, ranges, trusted }) =>
          id !== null &&
          trusted !== true &&
          allInside(ranges, CONNECTOR_EGRESS) &&
          coversRange(ranges, CONNECTOR_EGRESS),
      ) ?? null,
  };
}

/** The Claude applications that are in this tenant, the one for signing in first. */
export function claudeApps({ signIn, connector }: AccessTenant): readonly ClaudeApp[] {
  return [...(signIn.is === 'present' ? [signIn.app] : []), ...connector];
}
