import { KINDS, type Kind } from './kinds.ts';
import type { Profile } from './profile.ts';

/** Kinds read from Microsoft Graph. */
export const GRAPH_KINDS = [
  'subscribed_skus',
  'entra_users',
  'entra_groups',
  'entra_roles',
  'ca_policies',
  'named_locations',
  'service_principals',
  'permission_grants',
  'app_assignments',
  'sign_ins',
  'security_defaults',
  'directory_audits',
  'managed_devices',
  'risky_users',
  'risk_detections',
  'auth_methods',
  'entra_domains',
  'premium_use',
  'security_alerts',
  'cloud_app_events',
  'compliance_policies',
  'agent_packages',
  'site_usage',
  'site_permissions',
] as const satisfies readonly Kind[];
export type GraphKind = (typeof GRAPH_KINDS)[number];

/** Kinds that require a Microsoft tenant. */
const OF_MICROSOFT: ReadonlySet<Kind> = new Set([...GRAPH_KINDS, 'shared_sites']);

/** Whether the profile states that there is no Microsoft 365; if it does not say, this is unknown. */
export function isWithoutMicrosoft({ m365 }: Pick<Profile, 'm365'>): boolean {
  return Array.isArray(m365) && m365.length === 0;
}

/** Whether a client can have a source of this kind at all, by its Claude plan and whether it has Microsoft 365. */
export function isOffered(kind: Kind, profile: Pick<Profile, 'claudePlan' | 'm365'>): boolean {
  const { onlyOn } = KINDS[kind];
  if (onlyOn !== undefined && !onlyOn.some((plan) => plan === profile.claudePlan)) return false;
  return !(OF_MICROSOFT.has(kind) && isWithoutMicrosoft(profile));
}
