import { type Detection, isCorrelation, type SigmaRule, selectionsOf } from '#domain/detections/sigma.ts';
import type { Siem } from '#domain/model/siem.ts';
import { shortId } from '#domain/text/words.ts';

type Vendor = Siem['sentinel'];

const RULES = 'Microsoft.OperationalInsights/workspaces/providers/alertRules';
const SEVERITY: Readonly<Record<Detection['level'], string>> = {
  critical: 'High',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Informational',
};
/** Sentinel's names for the tactics of ATT&CK. */
const TACTICS: ReadonlySet<string> = new Set([
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
]);
/** The single rule over Bylaw's own alerts. */
const OF_ALERTS = '5f0f6c07-6a4e-5c51-9a36-3a1f0a52b0c4';

/**
 * Analytic rules for a workspace: either one that raises a Sentinel alert for each of Bylaw's alerts, or one for each
 * detection that uses nothing but types of activities. A parameter of the template selects one of the two, so that
 * nothing is raised twice.
 */
export function analyticRules(vendor: Vendor, detections: readonly Detection[]) {
  const { table, renames } = vendor.template;
  const column = (name: string) => renames.find(({ from }) => from === name)?.to ?? name;
  const title = column('title');
  const ofAlerts = scheduled(vendor, 'alerts', OF_ALERTS, {
    displayName: 'Bylaw raised an alert about Claude',
    description: 'Each alert that Bylaw raises, with its title and severity.',
    severity: 'Medium',
    tactics: [],
    query: [
      table,
      `| where ${column('type')} == 'bylaw_alert' and action == 'raised'`,
      "| extend Severity = case(access_level in ('critical', 'high'), 'High', access_level == 'medium', 'Medium', 'Low')",
      `| project TimeGenerated, ${title}, reason, user_email, Severity, ${column('id')}`,
    ].join('\n'),
    alertDetailsOverride: {
      alertDisplayNameFormat: `{{${title}}}`,
      alertDescriptionFormat: '{{reason}}',
      alertSeverityColumnName: 'Severity',
    },
  });
  const ofEvents = detections.flatMap((one) => {
    const types = typesOf(one);
    if (types === null) return [];
    return scheduled(vendor, 'events', one.id, {
      displayName: `Claude: ${one.title} (${shortId(one.bylaw.id)})`,
      description: one.description,
      severity: SEVERITY[one.level],
      tactics: tacticsOf(one),
      query: [
        table,
        `| where ${column('type')} in (${types.map((type) => `'${type}'`).join(', ')})`,
        "| where status !in ('failure', 'rejected')",
        `| project TimeGenerated, ${column('type')}, user_email, actor, organization_uuid, ${column('id')}`,
      ].join('\n'),
    });
  });
  return [ofAlerts, ...ofEvents];
}

function scheduled(
  { template }: Vendor,
  of: 'alerts' | 'events',
  id: string,
  properties: Readonly<Record<string, unknown>>,
) {
  return {
    condition: `[equals(parameters('analytics'), '${of}')]`,
    type: RULES,
    apiVersion: template.analyticsApi,
    name: `[format('{0}/Microsoft.SecurityInsights/${id}', parameters('workspace'))]`,
    kind: 'Scheduled',
    dependsOn: [
      `[resourceId('Microsoft.OperationalInsights/workspaces/tables', parameters('workspace'), '${template.table}')]`,
    ],
    properties: {
      enabled: true,
      // Sentinel itself allows for late data and examines each period once.
      queryFrequency: 'PT10M',
      queryPeriod: 'PT10M',
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
      suppressionEnabled: false,
      suppressionDuration: 'PT1H',
      eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
      entityMappings: [
        { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'user_email' }] },
      ],
      ...properties,
    },
  };
}

/** The types that a detection uses; null: it uses more than types, or counts. */
function typesOf(detection: Detection): readonly string[] | null {
  if (isCorrelation(detection) || !detection.bylaw.alerts || detection.bylaw.baseline !== undefined)
    return null;
  const { condition } = (detection as SigmaRule).detection;
  if (condition !== 'selection' && condition !== 'selection and not nothing_done') return null;
  const selection = selectionsOf(detection).get('selection');
  if (selection === undefined || Array.isArray(selection) || Object.keys(selection).join() !== 'type')
    return null;
  const { type } = selection as { type: unknown };
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
  return types.every((one) => /^[a-z0-9_]+$/.test(one)) ? types : null;
}

function tacticsOf({ tags }: Detection): readonly string[] {
  return tags.flatMap((tag) => {
    const name = tag
      .replace(/^attack\./, '')
      .split(/[-_]/)
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('');
    return TACTICS.has(name) ? [name] : [];
  });
}
// Guide: G5.3-01
