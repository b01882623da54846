import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { danglingRules } from '#domain/detections/pack.ts';
import { detectionSchema } from '#domain/detections/sigma.ts';
import { undetectedFileSchema } from '#domain/detections/undetected.ts';
import { dlpRulesSchema } from '#domain/dlp/rules.ts';
import { activityTypesSchema } from '#domain/model/activity-types.ts';
import { type AiTools, aiToolsSchema } from '#domain/model/ai-tools.ts';
import { amsMethodsSchema } from '#domain/model/ams-methods.ts';
import { audiencesSchema } from '#domain/model/audience.ts';
import { guideSchema, shippedBaselineSchema } from '#domain/model/baseline.ts';
import { cadenceSchema } from '#domain/model/cadence.ts';
import { capabilitySchema } from '#domain/model/capability.ts';
import {
  type Catalogue,
  connectorSchema,
  controlSchema,
  policyClauseSchema,
} from '#domain/model/catalogue.ts';
import { conditionalAccessSchema } from '#domain/model/conditional-access.ts';
import { connectorScopesSchema } from '#domain/model/connector-scopes.ts';
import { countedOnceSchema } from '#domain/model/counted-once.ts';
import { deliverySchema } from '#domain/model/delivery.ts';
import { deviceProductSchema } from '#domain/model/device-settings.ts';
import { importGuidesSchema } from '#domain/model/import-guides.ts';
import { journeySchema } from '#domain/model/journey.ts';
import { licensesSchema } from '#domain/model/licenses.ts';
import { messageSchema } from '#domain/model/message.ts';
import {
  NETWORK_KINDS,
  type NetworkWay,
  networkWaySchema,
  tenantRestrictionSchema,
} from '#domain/model/network.ts';
import { personJourneySchema } from '#domain/model/person-journey.ts';
import { playbookSchema, resolvePlaybook, sharedStepsSchema } from '#domain/model/playbook.ts';
import { policyTemplateSchema } from '#domain/model/policy-template.ts';
import { policyTextSchema, TEXT_IDS } from '#domain/model/policy-text.ts';
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
import { MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { CatalogueError, type CatalogueProblem, lineWith } from './problem.ts';
import { openYamlCache, type YamlCache } from './yaml-cache.ts';

/** Folder of the catalogue that ships with Bylaw. */
export const CATALOGUE_FOLDER = fileURLToPath(new URL('../../../catalogue/', import.meta.url));

/** Folder of the vendors, each of which says in its `source.yaml` what it lets a program read. */
const SOURCES_FOLDER = fileURLToPath(new URL('../', import.meta.url));

const AI_TOOLS = ['ai-tools', 'tools.yaml'];

const clausesSchema = z.strictObject({ clauses: z.array(policyClauseSchema).min(1) });

/**
 * Reads and checks the whole catalogue. Throws a CatalogueError that lists every problem, since an expert who edits
 * several files wants to hear of all of them at once.
 */
export function loadCatalogue(folder: string = CATALOGUE_FOLDER): Catalogue {
  const problems: CatalogueProblem[] = [];
  const cache = openYamlCache();
  const one = <T>(schema: z.ZodType<T>, path: string): T | null =>
    readYaml(schema, path, folder, problems, cache);
  const many = <T>(schema: z.ZodType<T>, name: string): T[] =>
    yamlFiles(join(folder, name)).flatMap((path) => one(schema, path) ?? []);
  /** Entries that have an id, each in the file that is called like it; so no id is there twice. */
  const named = <T>(schema: z.ZodType<T>, name: string, idOf: (entry: T) => string): T[] =>
    yamlFiles(join(folder, name)).flatMap((path) => {
      const entry = one(schema, path);
      if (entry === null) return [];
      const id = idOf(entry);
      const wanted = `${id.replace('.', '-')}.yaml`;
      if (basename(path) !== wanted)
        problems.push({
          file: relative(folder, path),
          line: lineWith(path, id),
          says: `has the id ${id}: call the file ${wanted}, or give it an id of its own`,
        });
      return [entry];
    });
  const byId = ({ id }: { readonly id: string }) => id;
  const controls = named(controlSchema, 'controls', byId);
  const capabilities = named(capabilitySchema, 'capabilities', byId);
  const connectors = named(connectorSchema, 'connectors', byId);
  const risks = named(riskSchema, 'risks', byId);
  const journeys = named(journeySchema, 'journeys', byId);
  const personJourneys = named(personJourneySchema, 'journeys/people', byId);
  const messages = named(messageSchema, 'messages', byId);
  const policyTexts = named(policyTextSchema, 'texts', byId);
  const devices = named(deviceProductSchema, 'devices', byId);
  const dlp = many(dlpRulesSchema, 'dlp');
  const networkWays = named(networkWaySchema, 'network/ways', byId);
  const detections = named(detectionSchema, 'detections', ({ bylaw }) => bylaw.id);
  const undetected = one(undetectedFileSchema, join(folder, 'limits', 'undetected.yaml'));
  for (const { id, says } of danglingRules(detections))
    problems.push({ file: `detections/${id}.yaml`, line: null, says });
  const sharedSteps = one(sharedStepsSchema, join(folder, 'playbooks', 'shared', 'steps.yaml'));
  const playbooks = named(playbookSchema, 'playbooks', byId).map((raw) => {
    const { playbook, unknown } = resolvePlaybook(raw, sharedSteps?.steps ?? []);
    for (const id of unknown)
      problems.push({
        file: `playbooks/${raw.id}.yaml`,
        line: null,
        says: `shared step ${id} does not exist`,
      });
    return playbook;
  });
  const baselines = named(shippedBaselineSchema, 'baselines', byId);
  const activityTypes = many(activityTypesSchema, 'activities');
  const vendorSources = vendorFiles().flatMap((path) => one(vendorSourceSchema, path) ?? []);
  const guide = one(guideSchema, join(folder, 'guide.yaml'));
  const licenses = one(licensesSchema, join(folder, 'licenses', 'licenses.yaml'));
  const clauses = one(clausesSchema, join(folder, 'policy', 'clauses.yaml'));
  const policyTemplate = one(policyTemplateSchema, join(folder, 'policy', 'template.yaml'));
  const audiences = one(audiencesSchema, join(folder, 'audiences', 'audiences.yaml'));
  const cadence = one(cadenceSchema, join(folder, 'cadence', 'recurring.yaml'));
  const reviews = one(reviewsSchema, join(folder, 'reviews', 'reviews.yaml'));
  const teams = one(deliverySchema, join(folder, 'delivery', 'teams_workflow.yaml'));
  const siem = one(siemSchema, join(folder, 'delivery', 'siem.yaml'));
  const staffRetention = one(staffRetentionSchema, join(folder, 'retention', 'staff.yaml'));
  const usageBlind = one(usageBlindSchema, join(folder, 'usage', 'blind.yaml'));
  const visibility = one(visibilitySchema, join(folder, 'visibility', 'sources.yaml'));
  const countedOnce = one(countedOnceSchema, join(folder, 'usage', 'counted-once.yaml'));
  const claude = one(claudeTelemetrySchema, join(folder, 'telemetry', 'claude.yaml'));
  const gateways = one(gatewaysSchema, join(folder, 'telemetry', 'gateways.yaml'));
  const telemetry = claude && gateways && { claude, gateways };
  const importGuides = one(importGuidesSchema, join(folder, 'imports', 'guides.yaml'));
  const ams = one(amsMethodsSchema, join(folder, 'ams', 'methods.yaml'));
  const connectorScopes = one(connectorScopesSchema, join(folder, 'microsoft', 'connector-scopes.yaml'));
  const conditionalAccess = one(
    conditionalAccessSchema,
    join(folder, 'microsoft', 'conditional-access.yaml'),
  );
  const tenantRestriction = one(tenantRestrictionSchema, join(folder, 'network', 'restriction.yaml'));
  const aiTools = one(aiToolsSchema, join(folder, ...AI_TOOLS));
  const requestReview = one(requestReviewSchema, join(folder, 'requests', 'review.yaml'));
  const training = one(trainingSchema, join(folder, 'training', 'training.yaml'));
  const delivered = teams && siem && staffRetention && usageBlind && visibility && countedOnce;
  const watched = undetected && delivered && telemetry;
  const policy = clauses && policyTemplate;
  const recurring = cadence && reviews;
  const whole =
    licenses &&
    policy &&
    recurring &&
    audiences &&
    watched &&
    ams &&
    connectorScopes &&
    conditionalAccess &&
    tenantRestriction &&
    aiTools &&
    requestReview &&
    training &&
    importGuides;
  if (problems.length > 0 || !whole) throw new CatalogueError(problems);
  if (folder === CATALOGUE_FOLDER) cache.save();
  return {
    controls: controls.sort(byArea),
    capabilities,
    connectors,
    risks,
    licenses,
    clauses: clauses.clauses,
    policyTemplate,
    policyTexts: policyTexts.sort((a, b) => TEXT_IDS.indexOf(a.id) - TEXT_IDS.indexOf(b.id)),
    journeys,
    personJourneys,
    messages: messages.sort((a, b) => MESSAGE_KINDS.indexOf(a.id) - MESSAGE_KINDS.indexOf(b.id)),
    baselines,
    guide,
    cadence,
    reviews,
    audiences,
    teams,
    siem,
    staffRetention,
    usageBlind,
    visibility,
    countedOnce,
    telemetry,
    ams,
    importGuides,
    connectorScopes,
    conditionalAccess,
    network: { restriction: tenantRestriction, ways: networkWays.sort(byKind) },
    aiTools,
    requestReview,
    training,
    dlp,
    playbooks,
    detections: detections.sort((a, b) => (a.bylaw.id < b.bylaw.id ? -1 : 1)),
    undetected: undetected.undetected,
    activityTypes,
    vendorSources,
    devices: devices.sort((a, b) => (a.id < b.id ? 1 : -1)),
  };
}

/** The AI tools alone, for whoever reads logs of a network: the rest of the catalogue takes a second that they wait for. */
export function loadAiTools(): AiTools {
  const problems: CatalogueProblem[] = [];
  const path = join(CATALOGUE_FOLDER, ...AI_TOOLS);
  const tools = readYaml(aiToolsSchema, path, CATALOGUE_FOLDER, problems, openYamlCache());
  if (tools === null) throw new CatalogueError(problems);
  return tools;
}

const AREA_ORDER = ['ACC', 'CON', 'SHA', 'VIS', 'M365', 'OPS', 'POL'];

/** Ways of one kind together, those that come first in it first. */
function byKind(a: NetworkWay, b: NetworkWay): number {
  return NETWORK_KINDS.indexOf(a.kind) - NETWORK_KINDS.indexOf(b.kind) || a.order - b.order;
}

function byArea(a: { id: string }, b: { id: string }): number {
  const place = (id: string) => AREA_ORDER.indexOf(id.split('-')[1] ?? '');
  return place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1);
}

function vendorFiles(): string[] {
  return readdirSync(SOURCES_FOLDER)
    .map((name) => join(SOURCES_FOLDER, name, 'source.yaml'))
    .filter((path) => existsSync(path))
    .sort();
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

function readYaml<T>(
  schema: z.ZodType<T>,
  path: string,
  folder: string,
  problems: CatalogueProblem[],
  cache: YamlCache,
): T | null {
  const file = relative(folder, path);
  const text = readFileSync(path, 'utf8');
  const kept = cache.get(text);
  const known = kept === undefined ? null : schema.safeParse(kept);
  if (known?.success) return known.data;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, maxAliasCount: 0 } as never);
  for (const error of document.errors) {
    problems.push({
      file,
      line: error.linePos?.[0].line ?? null,
      says: error.message.split('\n')[0] ?? 'is not valid YAML',
    });
  }
  if (document.errors.length > 0) return null;
  const value: unknown = document.toJS();
  const result = schema.safeParse(value, { error: missingWords });
  if (result.success) {
    cache.add(text, value);
    return result.data;
  }
  for (const issue of result.error.issues) {
    const node = nearestNode(document, issue.path.map(String));
    const line = node === null ? null : lineCounter.linePos(node).line;
    problems.push({ file, line, says: `${issue.path.join('.') || 'the file'}: ${issue.message}` });
  }
  return null;
}

/** Words for a key that was left out; undefined: what is there is wrong, and the schema says how. */
function missingWords({ code, input }: z.core.$ZodRawIssue): string | undefined {
  return code === 'invalid_type' && input === undefined ? 'is missing' : undefined;
}

/** Offset of the deepest node on the path that exists. */
function nearestNode(document: ReturnType<typeof parseDocument>, path: readonly string[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const keys = path.slice(0, length).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const node: unknown = length === 0 ? document.contents : document.getIn(keys, true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return null;
}
// Guide: G0-10
