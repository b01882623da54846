import { DOMAIN, makeCase, SIGN_IN_APP, staff } from '../../bench/truth/client.ts';
import {
  acknowledgementsCsv,
  charter,
  entraGroups,
  journal,
  peopleFiles,
} from '../../bench/truth/documents.ts';
import {
  connectorUse,
  ENTERPRISE,
  event,
  feed,
  ORGANIZATION,
  settings,
} from '../../bench/truth/enterprise.ts';
import { applications, grants, locations, policies, policy, sku } from '../../bench/truth/microsoft.ts';
import type { TruthCase } from '../../bench/truth/model.ts';
import { csv, graph } from '../../bench/truth/text.ts';

/** A client with eight people on Enterprise and E5, for whom every file exists and nothing is wrong. */
export function inOrder(): TruthCase {
  const people = staff(8);
  return makeCase(
    'passes',
    'in-order',
    {
      ...peopleFiles(people),
      'charter.yaml': charter(people, {
        provisioning: 'scim',
        chatRetentionDays: 365,
        claudeOrganization: ORGANIZATION,
      }),
      'journal.yaml': journal(people, { connectorRequests: [], trainings: [] }),
      'acknowledgements.csv': acknowledgementsCsv(people),
      'settings.json': settings({
        directory_sync_enabled: true,
        sso_enabled: true,
        sso_claude_ai_enforced: true,
        sso_provisioning_mode: 'scim_advanced',
        allowed_invite_domains: [DOMAIN],
        connector_tools_default_always_allow: false,
        desktop_extension_allowlist_enabled: true,
        data_retention_periods: { chat: { type: 'fixed', timescale: 'day', duration: 365 } },
      }),
      'feed.json': feed([
        event('Today', '2026-11-23', 'claude_chat_created', { claude_chat_id: 'c1' }),
        event('Guard', '2026-10-02', 'org_connector_domain_guard_updated', { enforced: true }),
        event('Always', '2026-10-02', 'org_cowork_mcp_always_allow_disabled', { enabled: false }),
        event('Cloud', '2026-10-02', 'org_cowork_remote_disabled', {}),
        event('Auto', '2026-10-02', 'org_cowork_auto_mode_disabled', {}),
        event('Domain', '2026-09-02', 'org_domain_verified', { domain: DOMAIN }),
        event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'c2' }),
      ]),
      'connectors in use.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 12, 0, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-11-20',
        has_more: false,
        next_page: null,
      }),
      'connectors.csv': csv([
        ['Connector', 'Action', 'Permission', 'Enabled'],
        ['Microsoft 365 (Outlook)', 'Search email', 'Always allow', 'Yes'],
        ['Microsoft 365 (Outlook)', 'Read email', 'Always allow', 'Yes'],
        ['Microsoft 365 (Outlook)', 'All other actions', 'Blocked', 'Yes'],
      ]),
      'usage.csv': csv([
        ['User email', 'Product', 'Model', 'total_requests', 'total_net_spend_usd', 'Start date', 'End date'],
        ...people.map(({ email }) => [
          email,
          'Chat',
          'claude-sonnet-5',
          90,
          '1.10',
          '2026-10-25',
          '2026-11-22',
        ]),
      ]),
      'domain-memberships.csv': csv([
        ['Email', 'Plan', 'In organization', 'Created'],
        ...people.map(({ email }) => [email, 'Enterprise', 'Yes', '2026-09-15']),
      ]),
      'dig.txt': `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${DOMAIN}.\t3600\tIN\tTXT\t"anthropic-domain-verification-q8Zk3tVw1x"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`,
      'groups.json': entraGroups(),
      'apps.json': applications(),
      'grants.json': grants('User.Read openid profile Mail.Read'),
      'ca.json': policies([
        policy(),
        policy({ name: 'Devices', grant: { builtInControls: ['compliantDevice'] } }),
      ]),
      'locations.json': locations(),
      'skus.json': graph('subscribedSkus', [
        sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', [
          ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
          ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
          ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
        ]),
      ]),
      'defaults.json': JSON.stringify({
        '@odata.context':
          'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
        id: '00000000-0000-0000-0000-000000000005',
        displayName: 'Security Defaults',
        isEnabled: false,
      }),
      'signins.json': graph(
        'auditLogs/signIns',
        Array.from({ length: 24 }, (_, n) => {
          const one = people[n % 8];
          return {
            id: `s-${n}`,
            createdDateTime: `2026-${n < 7 ? '10' : '11'}-${String(n < 7 ? 25 + n : n - 1).padStart(2, '0')}T15:04:05Z`,
            userPrincipalName: one?.email,
            userId: one?.id,
            appId: SIGN_IN_APP,
            appDisplayName: 'Claude',
            ipAddress: '203.0.113.5',
            status: { errorCode: 0 },
            authenticationRequirement: 'multiFactorAuthentication',
            conditionalAccessStatus: 'success',
            deviceDetail: { isCompliant: true, isManaged: true },
            location: { city: 'Washington', countryOrRegion: 'US' },
          };
        }),
      ),
    },
    [],
    { profile: { ...(ENTERPRISE.profile as object), staffCount: 8 } },
  );
}
