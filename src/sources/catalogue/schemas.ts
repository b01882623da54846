import { z } from 'zod';
import { detectionSchema } from '#domain/detections/sigma.ts';
import { undetectedFileSchema } from '#domain/detections/undetected.ts';
import { dlpRulesSchema } from '#domain/dlp/rules.ts';
import { activityTypesSchema } from '#domain/model/activity-types.ts';
import { aiToolsSchema } from '#domain/model/ai-tools.ts';
import { amsMethodsSchema } from '#domain/model/ams-methods.ts';
import { audiencesSchema } from '#domain/model/audience.ts';
import { guideSchema, shippedBaselineSchema } from '#domain/model/baseline.ts';
import { cadenceSchema } from '#domain/model/cadence.ts';
import { capabilitySchema } from '#domain/model/capability.ts';
import { connectorSchema, controlSchema, policyClauseSchema } from '#domain/model/catalogue.ts';
import { conditionalAccessSchema } from '#domain/model/conditional-access.ts';
import { connectorScopesSchema } from '#domain/model/connector-scopes.ts';
import { countedOnceSchema } from '#domain/model/counted-once.ts';
import { deliverySchema } from '#domain/model/delivery.ts';
import { deviceProductSchema } from '#domain/model/device-settings.ts';
import { importGuidesSchema } from '#domain/model/import-guides.ts';
import { journeySchema } from '#domain/model/journey.ts';
import { licensesSchema } from '#domain/model/licenses.ts';
import { mailboxesSchema } from '#domain/model/mailboxes.ts';
import { messageSchema } from '#domain/model/message.ts';
import { networkWaySchema, tenantRestrictionSchema } from '#domain/model/network.ts';
import { personJourneySchema } from '#domain/model/person-journey.ts';
import { playbookSchema, sharedStepsSchema } from '#domain/model/playbook.ts';
import { policyTemplateSchema } from '#domain/model/policy-template.ts';
import { policyTextSchema } from '#domain/model/policy-text.ts';
import { requestReviewSchema } from '#domain/model/request-review.ts';
import { reviewsSchema } from '#domain/model/review.ts';
import { riskSchema } from '#domain/model/risk.ts';
import { siemSchema } from '#domain/model/siem.ts';
import { staffRetentionSchema } from '#domain/model/staff-retention.ts';
import { claudeTelemetrySchema, gatewaysSchema } from '#domain/model/telemetry-words.ts';
import { trainingSchema } from '#domain/model/training.ts';
import { usageBlindSchema } from '#domain/model/usage-blind.ts';
import { vendorSourceSchema } from '#domain/model/vendor-source.ts';
import { visibilitySchema } from '#domain/model/visibility.ts';

/**
 * Kinds of catalogue files, by schema name: title and schema. `npm run docs` writes each to
 * `catalogue/schema/<name>.schema.json`, which the files name in their first line for editors.
 */
export const CATALOGUE_SCHEMAS = {
  control: ['A control of the Bylaw catalogue', controlSchema],
  capability: ['A capability of the Bylaw catalogue', capabilitySchema],
  connector: ['A connector of the Bylaw catalogue', connectorSchema],
  risk: ['A risk of the Bylaw catalogue', riskSchema],
  playbook: ['How an incident of one type is led', playbookSchema],
  'shared-steps': ['Steps that several playbooks share', sharedStepsSchema],
  licenses: ['Licenses, SKUs, add-ons and prices', licensesSchema],
  journey: ['A journey: tasks, what they wait for and what proves them', journeySchema],
  'person-journey': ['What is done when someone leaves or joins', personJourneySchema],
  message: ['A message to holders of personal accounts', messageSchema],
  mailboxes: ['Words that mark mailboxes of no single person', mailboxesSchema],
  audiences: ['For whom the guide is written', audiencesSchema],
  cadence: ['Work that comes again', cadenceSchema],
  delivery: ['How messages reach a program of someone else’s', deliverySchema],
  'staff-retention': ['How long records about single people of the staff are kept', staffRetentionSchema],
  siem: ['How events reach a SIEM', siemSchema],
  'counted-once': ['Which source counts where two tell of the same use', countedOnceSchema],
  'claude-telemetry': ['What Claude says by telemetry', claudeTelemetrySchema],
  gateways: ['Gateways whose records are recognized', gatewaysSchema],
  visibility: ['Every source that can show the use of Claude', visibilitySchema],
  'usage-blind': ['What of the use no source can tell', usageBlindSchema],
  'device-settings': ['Settings that devices are given', deviceProductSchema],
  'import-guides': ['Where each kind of file is exported', importGuidesSchema],
  'ams-methods': ['Ways to a membership system', amsMethodsSchema],
  'request-review': ['Questions of a review of a connector', requestReviewSchema],
  training: ['The training of staff with its quiz', trainingSchema],
  dlp: ['What data loss prevention looks for', dlpRulesSchema],
  'activity-types': ['Types of the activity feed', activityTypesSchema],
  'vendor-source': ['What a vendor lets a program read', vendorSourceSchema],
  'connector-scopes': ['Scopes that the Microsoft 365 connector asks for', connectorScopesSchema],
  'conditional-access': ['Conditional Access policies of the guide', conditionalAccessSchema],
  'tenant-restriction': ['The header by which Claude refuses other organizations', tenantRestrictionSchema],
  'network-way': ['A way to send the header, or to close Claude on a network', networkWaySchema],
  'ai-tools': ['AI tools by their hosts', aiToolsSchema],
  detection: ['A detection: a Sigma rule or correlation', detectionSchema],
  undetected: ['What no detection can find', undetectedFileSchema],
  clauses: [
    'Clauses of the acceptable use policy',
    z.strictObject({ clauses: z.array(policyClauseSchema).min(1) }),
  ],
  reviews: ['Governance reviews, item by item', reviewsSchema],
  'policy-template': ['What a policy starts from', policyTemplateSchema],
  'policy-text': ['A text that comes with a policy', policyTextSchema],
  baseline: ['A baseline that comes with Bylaw', shippedBaselineSchema],
  guide: ['The guide and its revision', guideSchema],
} as const satisfies Readonly<Record<string, readonly [title: string, schema: z.ZodType]>>;

export type CatalogueSchema = keyof typeof CATALOGUE_SCHEMAS;

/** Content of a file of a kind. */
export type CatalogueFile<Name extends CatalogueSchema> = z.infer<(typeof CATALOGUE_SCHEMAS)[Name][1]>;

const BY_NAME: { readonly [Name in CatalogueSchema]: readonly [string, z.ZodType<CatalogueFile<Name>>] } =
  CATALOGUE_SCHEMAS;

export function schemaOf<Name extends CatalogueSchema>(name: Name): z.ZodType<CatalogueFile<Name>> {
  return BY_NAME[name][1];
}
