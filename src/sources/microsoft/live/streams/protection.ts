import { isObject, type Json } from '../../../json-client.ts';
import { keptAlert } from '../../alert.ts';
import { collectEntries, type GraphClient } from '../../graph/client.ts';
import { select } from '../../graph/select.ts';
import { contextOf, listStream, saved, savedList } from '../list-stream.ts';
import { logStream } from '../log-stream.ts';

const HOUR_MS = 3_600_000;

/** All devices managed by Intune. Read only a few times a day, because they sync constantly. */
export const devices = listStream({
  id: 'devices',
  title: 'Managed devices',
  kind: 'managed_devices',
  scope: 'DeviceManagementManagedDevices.Read.All',
  everyMinutes: 6 * 60,
  read: async ({ client: { graph } }) => [
    await savedList(graph, '/deviceManagement/managedDevices', {
      ...select(
        'device',
        'id',
        'deviceName',
        'userPrincipalName',
        'azureADDeviceId',
        'operatingSystem',
        'complianceState',
        'lastSyncDateTime',
        'managedDeviceOwnerType',
      ),
      $top: '999',
    }),
  ],
});

export const compliancePolicies = listStream({
  id: 'compliance_policies',
  title: 'Compliance policies',
  kind: 'compliance_policies',
  scope: 'DeviceManagementConfiguration.Read.All',
  everyMinutes: 6 * 60,
  read: async ({ client: { graph } }) => [
    await savedList(graph, '/deviceManagement/deviceCompliancePolicies', {}),
  ],
});

export const riskyUsers = listStream({
  id: 'risky_users',
  title: 'Risky users',
  kind: 'risky_users',
  scope: 'IdentityRiskyUser.Read.All',
  read: async ({ client: { graph } }) => [
    await savedList(graph, '/identityProtection/riskyUsers', { $top: '500' }),
  ],
});

export const riskDetections = logStream({
  id: 'risk_detections',
  title: 'Risk detections',
  kind: 'risk_detections',
  scope: 'IdentityRiskEvent.Read.All',
  path: '/identityProtection/riskDetections',
  at: 'detectedDateTime',
  version: 'lastUpdatedDateTime',
  backDays: 90,
  overlapMs: 48 * HOUR_MS,
  top: '500',
});

export const domains = listStream({
  id: 'domains',
  title: 'Domains of the tenant',
  kind: 'entra_domains',
  scope: 'Domain.Read.All',
  read: async ({ client: { graph } }) => [await savedList(graph, '/domains')],
});

const INSIGHT = 'reports/azureADPremiumLicenseInsight';

/**
 * Number of Entra ID P1 and P2 licenses in the tenant, and of people who use features that require them. Beta, global
 * cloud only.
 */
export const premiumUse = listStream({
  id: 'premium_use',
  title: 'Use of Entra ID P1 and P2',
  kind: 'premium_use',
  scope: 'Reports.Read.All',
  everyMinutes: 24 * 60,
  read: async ({ client: { graph } }) => {
    const answer = await graph.get(`/beta/${INSIGHT}`);
    return [{ ...answer, '@odata.context': `https://graph.microsoft.com/beta/$metadata#${INSIGHT}/$entity` }];
  },
});

const REGISTERED = '/reports/authenticationMethods/userRegistrationDetails';
/** Maximum accounts per run; a batch has 20 of them. */
const MAX_ACCOUNTS = 2000;

/**
 * Remaining sign-in methods of disabled accounts. Microsoft's registration report excludes disabled accounts, so each
 * is queried; the result is stored in the form of that report.
 */
export const methods = listStream({
  id: 'methods',
  title: 'Sign-in methods of disabled accounts',
  kind: 'auth_methods',
  scope: 'UserAuthenticationMethod.Read.All',
  everyMinutes: 6 * 60,
  read: async ({ client: { graph } }, say) => {
    const disabled = await collectEntries(
      graph.list('/users', {
        ...select('user', 'id', 'userPrincipalName', 'userType'),
        $filter: 'accountEnabled eq false',
        $top: '999',
      }),
    );
    const every = disabled.filter(({ userType }) => userType !== 'Guest');
    const people = every.slice(0, MAX_ACCOUNTS);
    if (people.length < every.length)
      say(
        `${every.length - people.length} of ${every.length} disabled accounts were not asked for; which methods they have is not known.`,
      );
    return [saved(contextOf(REGISTERED), await methodsOf(graph, people))];
  },
});

async function methodsOf(graph: GraphClient, people: readonly Json[]): Promise<Json[]> {
  const answers = await graph.batch(
    people.map(({ id }) => ({
      id: String(id),
      method: 'GET' as const,
      path: `/users/${encodeURIComponent(String(id))}/authentication/methods`,
    })),
  );
  const found: Json[] = [];
  for (const { id, userPrincipalName } of people) {
    const answer = answers.get(String(id));
    if (answer?.ok === false && answer.problem.code !== 'not_found') throw answer.problem;
    // Deleted meanwhile.
    if (answer?.ok === false) continue;
    const list: unknown = answer?.body?.value;
    // An account that is left out counts as unknown.
    if (!Array.isArray(list) || !list.every(isMethod)) continue;
    found.push({
      id: String(id),
      userPrincipalName,
      methodsRegistered: list.flatMap(nameOf),
    });
  }
  return found;
}

/** Whether an entry states its type; one that does not may be a second factor. */
function isMethod(entry: unknown): entry is Json {
  return isObject(entry) && typeof entry['@odata.type'] === 'string' && entry['@odata.type'] !== '';
}

/**
 * `#microsoft.graph.phoneAuthenticationMethod` becomes `phone`. A password is not a second factor, and every account
 * has one.
 */
function nameOf(method: Json): string[] {
  const type = String(method['@odata.type'] ?? '');
  const [, name = type] = /^#microsoft\.graph\.(\w+)AuthenticationMethod$/.exec(type) ?? [];
  return name === 'password' || name === '' ? [] : [name];
}

export const alerts = logStream({
  id: 'alerts',
  title: 'Alerts of Defender',
  kind: 'security_alerts',
  scope: 'SecurityAlert.Read.All',
  path: '/security/alerts_v2',
  at: 'lastUpdateDateTime',
  version: 'lastUpdateDateTime',
  backDays: 90,
  overlapMs: 2 * HOUR_MS,
  top: '100',
  keep: (alert) => keptAlert(alert),
});
// Guide: G5.3-04 G5.4-00 G6.5-01 G6.6-02
