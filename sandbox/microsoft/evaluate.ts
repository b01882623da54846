import { BlockList } from 'node:net';
import { type GraphAsked, type GraphReply, graphError, transitive } from './graph.ts';
import { holdsRole } from './roles.ts';
import type { Tenant, Thing } from './tenant.ts';

interface Asked {
  readonly signInIdentity?: { readonly userId?: string };
  readonly signInContext?: { readonly includeApplications?: readonly string[] };
  readonly signInConditions?: {
    readonly clientAppType?: string;
    readonly devicePlatform?: string;
    readonly ipAddress?: string;
    readonly signInRiskLevel?: string;
    readonly userRiskLevel?: string;
    readonly insiderRiskLevel?: string;
    readonly authenticationFlow?: { readonly transferMethod?: string };
  };
  readonly appliedPoliciesOnly?: boolean;
}
type Part = Readonly<Record<string, unknown>>;

/**
 * Microsoft's What If (conditionalAccessRoot: evaluate). Supports only the conditions that the sandbox's policies use.
 */
export function evaluated(tenant: Tenant, { body }: GraphAsked): GraphReply {
  const asked = (body ?? {}) as Asked;
  const user = tenant.users.find(({ id }) => id === asked.signInIdentity?.userId);
  if (user === undefined) return graphError(400, 'BadRequest', 'The user was not found.');
  const value = tenant.policies
    .map((policy) => {
      const reason = whyNot(tenant, policy, user, asked);
      return { ...policy, policyApplies: reason === 'notSet', analysisReasons: reason };
    })
    .filter(({ policyApplies }) => policyApplies || asked.appliedPoliciesOnly !== true);
  const context =
    'https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.whatIfAnalysisResult)';
  return { status: 200, body: { '@odata.context': context, value } };
}

function whyNot(tenant: Tenant, policy: Thing, user: Thing, asked: Asked): string {
  const conditions = (policy.conditions ?? {}) as Part;
  const given = asked.signInConditions ?? {};
  const app = asked.signInContext?.includeApplications?.[0] ?? '';
  const names = (part: unknown, name: string) => ((part as Part | null)?.[name] ?? []) as string[];
  const within = (part: unknown, what: string, is: (id: string) => boolean) =>
    names(part, `include${what}`).some(is) && !names(part, `exclude${what}`).some(is);
  if (policy.state === 'disabled') return 'policyNotEnabled';
  if (!within(conditions.applications, 'Applications', (id) => id === 'All' || id === app))
    return 'application';
  const inside = (id: string) =>
    tenant.groups.some(
      (group) => group.id === id && transitive(tenant, group).some((one) => one.id === user.id),
    );
  const people = conditions.users;
  const included =
    names(people, 'includeUsers').some((id) => id === 'All' || id === user.id) ||
    names(people, 'includeGroups').some(inside) ||
    names(people, 'includeRoles').some((role) => holdsRole(tenant, user, role));
  const excluded =
    names(people, 'excludeUsers').includes(user.id) ||
    names(people, 'excludeGroups').some(inside) ||
    names(people, 'excludeRoles').some((role) => holdsRole(tenant, user, role));
  if (!included || excluded) return 'users';
  const clients = names(conditions, 'clientAppTypes');
  if (!clients.includes('all') && !clients.includes(String(given.clientAppType))) return 'clientApps';
  const platform = given.devicePlatform;
  if (
    conditions.platforms &&
    !within(conditions.platforms, 'Platforms', (one) => one === 'all' || one === platform)
  )
    return 'devicePlatform';
  const place = conditions.locations;
  if (place) {
    const { ipAddress } = given;
    if (ipAddress === undefined) return 'notEnoughInformation';
    const here = (id: string) => id === 'All' || tenant.locations.some((one) => isIn(one, id, ipAddress));
    if (!within(place, 'Locations', here)) return 'location';
  }
  const signIn = names(conditions, 'signInRiskLevels');
  if (signIn.length > 0 && !signIn.includes(given.signInRiskLevel ?? 'none')) return 'signInRisk';
  const risk = names(conditions, 'userRiskLevels');
  if (risk.length > 0 && !risk.includes(given.userRiskLevel ?? 'none')) return 'userRisk';
  const flows = membersOf((conditions.authenticationFlows as Part | null)?.transferMethods);
  const flow = given.authenticationFlow?.transferMethod;
  if (flows.length > 0 && !flows.includes(flow ?? 'none')) return 'authenticationFlow';
  const insider = membersOf(conditions.insiderRiskLevels);
  return insider.length > 0 && !insider.includes(given.insiderRiskLevel ?? 'none') ? 'insiderRisk' : 'notSet';
}

/** Splits a flags enumeration, which Graph writes as one comma-separated string. */
function membersOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',') : [];
}

function isIn(location: Thing, id: string, address: string): boolean {
  if (id === 'AllTrusted' ? location.isTrusted !== true : location.id !== id) return false;
  const ranges = (location.ipRanges ?? []) as { cidrAddress: string }[];
  return ranges.some(({ cidrAddress }) => {
    const [net = '', bits = '32'] = cidrAddress.split('/');
    const list = new BlockList();
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
    return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  });
}
