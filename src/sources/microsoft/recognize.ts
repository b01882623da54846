import type { GraphKind } from '#domain/model/offered.ts';
import { isObject, type JsonObject } from '../exports/kinds/json-values.ts';
import type { GraphList } from './answer.ts';

/** Context names after `#`, without selected members and keys. */
const CONTEXTS: readonly (readonly [RegExp, GraphKind])[] = [
  [/^subscribedskus$/, 'subscribed_skus'],
  [/^users$/, 'entra_users'],
  [/^groups$/, 'entra_groups'],
  [/^(rolemanagement\/directory\/)?roleassignments$/, 'entra_roles'],
  [/^(identity\/)?conditionalaccess\/policies$/, 'ca_policies'],
  [/^(identity\/)?conditionalaccess\/namedlocations$/, 'named_locations'],
  [/^serviceprincipals$/, 'service_principals'],
  [/^(serviceprincipals\/)?oauth2permissiongrants$/, 'permission_grants'],
  [/^(serviceprincipals\/)?approleassign(edto|ments)$/, 'app_assignments'],
  [/^auditlogs\/signins$/, 'sign_ins'],
  [/^auditlogs\/directoryaudits$/, 'directory_audits'],
  [/^devicemanagement\/manageddevices$/, 'managed_devices'],
  [/^identityprotection\/riskyusers$/, 'risky_users'],
  [/^identityprotection\/riskdetections$/, 'risk_detections'],
  [/^reports\/authenticationmethods\/userregistrationdetails$/, 'auth_methods'],
  [/^reports\/azureadpremiumlicenseinsight$/, 'premium_use'],
  [/^domains$/, 'entra_domains'],
  [/^sites$/, 'site_permissions'],
  [/^security\/alerts_v2$/, 'security_alerts'],
  [/^devicemanagement\/devicecompliancepolicies$/, 'compliance_policies'],
  [/^copilot\/admin\/catalog\/packages$/, 'agent_packages'],
  [/^policies\/identitysecuritydefaultsenforcementpolicy$/, 'security_defaults'],
];

/** Kind of a list, by its context if present, otherwise by the members of its first item. */
export function kindOfList(list: GraphList): { kind: GraphKind; sure: boolean } | null {
  if (list.context !== null) {
    const kind = kindOfContext(list.context);
    return kind ? { kind, sure: true } : null;
  }
  const first = list.items[0];
  const kind = first ? kindOfItem(first) : null;
  return kind ? { kind, sure: false } : null;
}

/** `users(id,displayName,members())/$entity` is about `users`. */
export function kindOfContext(context: string): GraphKind | null {
  let path = context.toLowerCase();
  // The response of a function is named by its type.
  if (path.startsWith('collection(microsoft.graph.sharepointsiteusagedetail)')) return 'site_usage';
  for (let before = ''; before !== path; ) {
    before = path;
    path = path.replace(/\([^()]*\)/g, '');
  }
  path = path.replace(/\/\$(entity|delta)$/, '').replace(/^microsoft\.graph\./, '');
  return CONTEXTS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

function kindOfItem(item: JsonObject): GraphKind | null {
  const has = (...keys: string[]): boolean => keys.every((key) => Object.hasOwn(item, key));
  const any = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(item, key));
  const type = typeof item['@odata.type'] === 'string' ? item['@odata.type'].toLowerCase() : '';
  if (has('skuPartNumber') && any('servicePlans', 'capabilityStatus', 'prepaidUnits'))
    return 'subscribed_skus';
  if (has('conditions') && any('grantControls', 'sessionControls')) {
    // A What If response also contains whole policies, but only those that apply to one sign-in.
    return any('policyApplies', 'analysisReasons') ? null : 'ca_policies';
  }
  if (has('createdDateTime') && any('conditionalAccessStatus', 'appliedConditionalAccessPolicies'))
    return 'sign_ins';
  if (has('activityDisplayName', 'activityDateTime') && any('initiatedBy', 'targetResources'))
    return 'directory_audits';
  if (has('complianceState') && any('deviceName', 'azureADDeviceId')) return 'managed_devices';
  if (has('riskEventType', 'detectedDateTime')) return 'risk_detections';
  if (has('riskState', 'riskLevel', 'riskLastUpdatedDateTime')) return 'risky_users';
  if (has('methodsRegistered')) return 'auth_methods';
  if (any('entitledP1LicenseCount', 'entitledP2LicenseCount')) return 'premium_use';
  if (has('serviceSource', 'title') && any('severity', 'evidence')) return 'security_alerts';
  // A row of the table CloudAppEvents.
  if (has('timestamp', 'actionType', 'application')) return 'cloud_app_events';
  if (has('siteId') && any('anonymousLinkCount', 'rootWebTemplate')) return 'site_usage';
  if (has('webUrl', 'drives')) return 'site_permissions';
  if (type.endsWith('compliancepolicy')) return 'compliance_policies';
  if (type.endsWith('.copilotpackage') || (has('id', 'displayName') && any('supportedHosts', 'availableTo')))
    return 'agent_packages';
  if (has('isVerified', 'id') && any('authenticationType', 'supportedServices')) return 'entra_domains';
  if (has('clientId', 'consentType', 'scope')) return 'permission_grants';
  if (has('principalId', 'roleDefinitionId')) return 'entra_roles';
  if (has('principalId', 'resourceId') && any('principalType', 'appRoleId')) return 'app_assignments';
  if (has('appId') && any('appRoleAssignmentRequired', 'servicePrincipalType', 'appOwnerOrganizationId'))
    return 'service_principals';
  if (type.endsWith('namedlocation') || (has('displayName') && any('ipRanges', 'countriesAndRegions')))
    return 'named_locations';
  if (has('isEnabled', 'displayName') && !any('conditions', 'appId') && isSecurityDefaults(item))
    return 'security_defaults';
  if (has('userPrincipalName') && any('accountEnabled', 'mail', 'displayName') && !any(...NOT_A_USER))
    return 'entra_users';
  if (has('displayName') && any('groupTypes', 'securityEnabled', 'mailEnabled')) return 'entra_groups';
  if (has('displayName', 'members') && Array.isArray(item.members))
    return item.members.every(isObject) ? 'entra_groups' : null;
  return null;
}

/** Members of other responses about people: risky users, registration reports, managed devices. */
const NOT_A_USER = [
  'riskLevel',
  'riskState',
  'isMfaRegistered',
  'isMfaCapable',
  'methodsRegistered',
  'complianceState',
  'deviceName',
  'principalDisplayName',
  'activityDateTime',
  'conditionalAccessStatus',
  'appDisplayName',
];

function isSecurityDefaults(item: JsonObject): boolean {
  return (
    item.id === '00000000-0000-0000-0000-000000000005' || /security defaults/i.test(String(item.displayName))
  );
}
