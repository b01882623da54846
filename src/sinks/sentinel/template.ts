import type { Detection } from '#domain/detections/sigma.ts';
import type { Siem } from '#domain/model/siem.ts';
import { analyticRules } from './analytics.ts';

type Vendor = Siem['sentinel'];

/**
 * The Azure Resource Manager template (JSON) that creates table and data collection rule in a workspace. Its outputs
 * are what the form of the sink asks for. Given the object id of the application's service principal, it also grants
 * the right to send to the rule; and it can create analytic rules.
 */
export function deploymentTemplate(
  vendor: Vendor,
  detections: readonly Detection[],
): Readonly<Record<string, unknown>> {
  const { table, tableApi, ruleApi, roleApi, role, renames } = vendor.template;
  const tables = 'Microsoft.OperationalInsights/workspaces/tables';
  const rules = 'Microsoft.Insights/dataCollectionRules';
  const rule = `resourceId('${rules}', parameters('rule'))`;
  const destination = 'workspace';
  const renamed = new Map(renames.map(({ from, to }) => [from, to]));
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      workspace: {
        type: 'string',
        metadata: { description: 'Name of the Log Analytics workspace of Sentinel, in this resource group.' },
      },
      location: {
        type: 'string',
        defaultValue: '[resourceGroup().location]',
        metadata: { description: 'Region of the workspace, if it differs from that of the resource group.' },
      },
      rule: {
        type: 'string',
        defaultValue: vendor.template.rule,
        metadata: { description: 'Name of the data collection rule.' },
      },
      analytics: {
        type: 'string',
        defaultValue: 'alerts',
        allowedValues: ['alerts', 'events', 'none'],
        metadata: {
          description:
            'Analytics rules in Sentinel: alerts creates one rule for the alerts that Bylaw raises, and events creates one for each detection that looks for types of activities. Choose what the sink sends, and not both, or everything is raised twice.',
        },
      },
      principal: {
        type: 'string',
        defaultValue: '',
        metadata: {
          description:
            'Object id of the enterprise application (not of the app registration) that may send. If empty: assign it the role Monitoring Metrics Publisher on the rule manually.',
        },
      },
    },
    resources: [
      {
        type: tables,
        apiVersion: tableApi,
        name: `[format('{0}/{1}', parameters('workspace'), '${table}')]`,
        properties: {
          schema: {
            name: table,
            columns: vendor.columns.map(({ name, type }) => ({
              name: renamed.get(name) ?? name,
              type: armType(type),
            })),
          },
        },
      },
      {
        type: rules,
        apiVersion: ruleApi,
        name: `[parameters('rule')]`,
        location: `[parameters('location')]`,
        kind: 'Direct',
        dependsOn: [`[resourceId('${tables}', parameters('workspace'), '${table}')]`],
        properties: {
          streamDeclarations: {
            [vendor.stream]: {
              columns: vendor.columns.map(({ name, type }) => ({ name, type: armType(type) })),
            },
          },
          destinations: {
            logAnalytics: [
              {
                workspaceResourceId: `[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]`,
                name: destination,
              },
            ],
          },
          dataFlows: [
            {
              streams: [vendor.stream],
              destinations: [destination],
              transformKql: `source | project-rename ${renames.map(({ from, to }) => `${to} = ['${from}']`).join(', ')}`,
              outputStream: `Custom-${table}`,
            },
          ],
        },
      },
      {
        condition: `[not(empty(parameters('principal')))]`,
        type: 'Microsoft.Authorization/roleAssignments',
        apiVersion: roleApi,
        scope: `[${rule}]`,
        name: `[guid(${rule}, parameters('principal'), '${role}')]`,
        dependsOn: [`[${rule}]`],
        properties: {
          roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role}')]`,
          principalId: `[parameters('principal')]`,
          principalType: 'ServicePrincipal',
        },
      },
      ...analyticRules(vendor, detections),
    ],
    outputs: {
      endpoint: { type: 'string', value: `[reference(${rule}, '${ruleApi}').endpoints.logsIngestion]` },
      immutableId: { type: 'string', value: `[reference(${rule}, '${ruleApi}').immutableId]` },
    },
  };
}

/** ARM's name for the boolean type. */
function armType(type: Vendor['columns'][number]['type']): string {
  return type === 'bool' ? 'boolean' : type;
}
// Guide: G5.3-01
