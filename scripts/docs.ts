import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { detectionSchema } from '../src/domain/detections/sigma.ts';
import { undetectedFileSchema } from '../src/domain/detections/undetected.ts';
import { dlpRulesSchema } from '../src/domain/dlp/rules.ts';
import { activityTypesSchema } from '../src/domain/model/activity-types.ts';
import { aiToolsSchema } from '../src/domain/model/ai-tools.ts';
import { amsMethodsSchema } from '../src/domain/model/ams-methods.ts';
import { attestationsSchema } from '../src/domain/model/attestation.ts';
import { audiencesSchema } from '../src/domain/model/audience.ts';
import { baselineSchema, guideSchema, shippedBaselineSchema } from '../src/domain/model/baseline.ts';
import { cadenceSchema } from '../src/domain/model/cadence.ts';
import { capabilitySchema } from '../src/domain/model/capability.ts';
import {
  type Catalogue,
  connectorSchema,
  controlSchema,
  policyClauseSchema,
} from '../src/domain/model/catalogue.ts';
import { charterSchema } from '../src/domain/model/charter.ts';
import { conditionalAccessSchema } from '../src/domain/model/conditional-access.ts';
import { connectorScopesSchema } from '../src/domain/model/connector-scopes.ts';
import { countedOnceSchema } from '../src/domain/model/counted-once.ts';
import { deliverySchema } from '../src/domain/model/delivery.ts';
import { deviceProductSchema } from '../src/domain/model/device-settings.ts';
import { importGuidesSchema } from '../src/domain/model/import-guides.ts';
import { journalSchema } from '../src/domain/model/journal.ts';
import { journeySchema } from '../src/domain/model/journey.ts';
import { licensesSchema } from '../src/domain/model/licenses.ts';
import { messageSchema } from '../src/domain/model/message.ts';
import { networkWaySchema, tenantRestrictionSchema } from '../src/domain/model/network.ts';
import { personJourneySchema } from '../src/domain/model/person-journey.ts';
import { playbookSchema, sharedStepsSchema } from '../src/domain/model/playbook.ts';
import { policyTemplateSchema } from '../src/domain/model/policy-template.ts';
import { policyTextSchema } from '../src/domain/model/policy-text.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { requestReviewSchema } from '../src/domain/model/request-review.ts';
import { reviewsSchema } from '../src/domain/model/review.ts';
import { riskSchema } from '../src/domain/model/risk.ts';
import { siemSchema } from '../src/domain/model/siem.ts';
import { staffRetentionSchema } from '../src/domain/model/staff-retention.ts';
import { claudeTelemetrySchema, gatewaysSchema } from '../src/domain/model/telemetry-words.ts';
import { trainingSchema } from '../src/domain/model/training.ts';
import { usageBlindSchema } from '../src/domain/model/usage-blind.ts';
import { vendorSourceSchema } from '../src/domain/model/vendor-source.ts';
import { visibilitySchema } from '../src/domain/model/visibility.ts';
import { reportSchema } from '../src/features/reports/model.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { appLists } from './docs/app-lists.ts';
import { withDestinations } from './docs/destinations.ts';
import { withFeatures } from './docs/features.ts';
import { messagesPage } from './docs/messages.ts';
import { cataloguePages } from './docs/pages.ts';

/** `npm run docs`: writes what is derived from code and catalogue; `npm run check` fails when it is out of date. */
const root = fileURLToPath(new URL('..', import.meta.url));
const isMain = process.argv[1] === fileURLToPath(import.meta.url);
// The page of operations is made from these lists, so a new feature has to be in them before it is.
if (isMain) write(appLists(root));
const { operationsPage } = await import('./docs/operations.ts');

const SCHEMAS: Readonly<Record<string, readonly [string, z.ZodType]>> = {
  'catalogue/schema/control.schema.json': ['A control of the Bylaw catalogue', controlSchema],
  'catalogue/schema/capability.schema.json': ['A capability of the Bylaw catalogue', capabilitySchema],
  'catalogue/schema/connector.schema.json': ['A connector of the Bylaw catalogue', connectorSchema],
  'catalogue/schema/risk.schema.json': ['A risk of the Bylaw catalogue', riskSchema],
  'catalogue/schema/playbook.schema.json': ['How an incident of one type is led', playbookSchema],
  'catalogue/schema/shared-steps.schema.json': ['Steps that several playbooks share', sharedStepsSchema],
  'catalogue/schema/licenses.schema.json': ['Licenses, SKUs, add-ons and prices', licensesSchema],
  'catalogue/schema/journey.schema.json': [
    'A journey: tasks, what they wait for and what proves them',
    journeySchema,
  ],
  'catalogue/schema/person-journey.schema.json': [
    'What is done when someone leaves or joins',
    personJourneySchema,
  ],
  'catalogue/schema/message.schema.json': ['A message to holders of personal accounts', messageSchema],
  'catalogue/schema/audiences.schema.json': ['For whom the guide is written', audiencesSchema],
  'catalogue/schema/cadence.schema.json': ['Work that comes again', cadenceSchema],
  'catalogue/schema/delivery.schema.json': ['How messages reach a program of someone else’s', deliverySchema],
  'catalogue/schema/staff-retention.schema.json': [
    'How long records about single people of the staff are kept',
    staffRetentionSchema,
  ],
  'catalogue/schema/siem.schema.json': ['How events reach a SIEM', siemSchema],
  'catalogue/schema/counted-once.schema.json': [
    'Which source counts where two tell of the same use',
    countedOnceSchema,
  ],
  'catalogue/schema/claude-telemetry.schema.json': ['What Claude says by telemetry', claudeTelemetrySchema],
  'catalogue/schema/gateways.schema.json': ['Gateways whose records are recognized', gatewaysSchema],
  'catalogue/schema/visibility.schema.json': [
    'Every source that can show the use of Claude',
    visibilitySchema,
  ],
  'catalogue/schema/usage-blind.schema.json': ['What of the use no source can tell', usageBlindSchema],
  'catalogue/schema/device-settings.schema.json': ['Settings that devices are given', deviceProductSchema],
  'catalogue/schema/import-guides.schema.json': ['Where each kind of file is exported', importGuidesSchema],
  'catalogue/schema/ams-methods.schema.json': ['Ways to a membership system', amsMethodsSchema],
  'catalogue/schema/request-review.schema.json': [
    'Questions of a review of a connector',
    requestReviewSchema,
  ],
  'catalogue/schema/training.schema.json': ['The training of staff with its quiz', trainingSchema],
  'catalogue/schema/dlp.schema.json': ['What data loss prevention looks for', dlpRulesSchema],
  'catalogue/schema/activity-types.schema.json': ['Types of the activity feed', activityTypesSchema],
  'catalogue/schema/vendor-source.schema.json': ['What a vendor lets a program read', vendorSourceSchema],
  'catalogue/schema/connector-scopes.schema.json': [
    'Scopes that the Microsoft 365 connector asks for',
    connectorScopesSchema,
  ],
  'catalogue/schema/conditional-access.schema.json': [
    'Conditional Access policies of the guide',
    conditionalAccessSchema,
  ],
  'catalogue/schema/tenant-restriction.schema.json': [
    'The header by which Claude refuses other organizations',
    tenantRestrictionSchema,
  ],
  'catalogue/schema/network-way.schema.json': [
    'A way to send the header, or to close Claude on a network',
    networkWaySchema,
  ],
  'catalogue/schema/ai-tools.schema.json': ['AI tools by their hosts', aiToolsSchema],
  'catalogue/schema/detection.schema.json': ['A detection: a Sigma rule or correlation', detectionSchema],
  'catalogue/schema/undetected.schema.json': ['What no detection can find', undetectedFileSchema],
  'catalogue/schema/clauses.schema.json': [
    'Clauses of the acceptable use policy',
    z.strictObject({ clauses: z.array(policyClauseSchema) }),
  ],
  'catalogue/schema/reviews.schema.json': ['Governance reviews, item by item', reviewsSchema],
  'catalogue/schema/policy-template.schema.json': ['What a policy starts from', policyTemplateSchema],
  'catalogue/schema/policy-text.schema.json': ['A text that comes with a policy', policyTextSchema],
  'catalogue/schema/baseline.schema.json': ['A baseline that comes with Bylaw', shippedBaselineSchema],
  'catalogue/schema/guide.schema.json': ['The guide and its revision', guideSchema],
  'docs/schema/baseline.schema.json': ['A baseline: charter and deployment for many clients', baselineSchema],
  'docs/schema/profile.schema.json': ['A client profile', profileSchema],
  'docs/schema/charter.schema.json': ['A charter', charterSchema],
  'docs/schema/journal.schema.json': ['A journal', journalSchema],
  'docs/schema/attestations.schema.json': ['Attestations', attestationsSchema],
  'docs/schema/report.schema.json': ['A report, format bylaw.report/1', reportSchema],
};

/** Folders that hold generated files only, so that a page of a removed control goes too. */
const OWNED = ['docs/catalogue'];

function generate(catalogue: Catalogue): ReadonlyMap<string, string> {
  const files = new Map(appLists(root));
  for (const [path, [title, schema]] of Object.entries(SCHEMAS)) {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    files.set(path, `${JSON.stringify({ ...json, title }, null, 2)}\n`);
  }
  for (const [path, text] of cataloguePages(catalogue)) files.set(path, text);
  files.set('docs/operations.md', operationsPage());
  files.set('docs/messages.md', messagesPage(root));
  const page = (path: string) => readFileSync(join(root, path), 'utf8');
  files.set('ARCHITECTURE.md', withFeatures(page('ARCHITECTURE.md'), root));
  files.set('docs/forwarding.md', withDestinations(page('docs/forwarding.md')));
  return files;
}

/** Sentences for each generated file that is missing, out of date or left over. */
export function outdated(catalogue: Catalogue): string[] {
  const files = generate(catalogue);
  const wrong = [...files].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  );
  const left = OWNED.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !files.has(path)),
  );
  return [
    ...wrong.map(([path]) => `${path} is out of date; run "npm run docs"`),
    ...left.map((path) => `${path} is no longer generated; run "npm run docs"`),
  ];
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (isMain) {
  for (const folder of OWNED) rmSync(join(root, folder), { recursive: true, force: true });
  const files = generate(loadCatalogue());
  write(files);
  console.log(`Wrote ${files.size} files.`);
}
