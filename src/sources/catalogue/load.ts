import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { danglingRules } from '#domain/detections/pack.ts';
import type { AiTools } from '#domain/model/ai-tools.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { NETWORK_KINDS, type NetworkWay } from '#domain/model/network.ts';
import { resolvePlaybook } from '#domain/model/playbook.ts';
import { TEXT_IDS } from '#domain/model/policy-text.ts';
import { MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { CatalogueError, type CatalogueProblem, lineWith } from './problem.ts';
import { type CatalogueFile, type CatalogueSchema, schemaOf } from './schemas.ts';
import { openYamlCache, type YamlCache } from './yaml-cache.ts';

/** Folder of the catalogue that ships with Bylaw. */
export const CATALOGUE_FOLDER = fileURLToPath(new URL('../../../catalogue/', import.meta.url));

/** Folder of the vendors, whose `source.yaml` says what a program can read. */
const SOURCES_FOLDER = fileURLToPath(new URL('../', import.meta.url));

const AI_TOOLS = ['ai-tools', 'tools.yaml'];

/**
 * Reads and validates the whole catalogue. Throws a CatalogueError with every problem, because someone who edits
 * several files wants to see all of them at once.
 */
export function loadCatalogue(folder: string = CATALOGUE_FOLDER): Catalogue {
  const problems: CatalogueProblem[] = [];
  const cache = openYamlCache();
  const one = <Name extends CatalogueSchema>(kind: Name, path: string) =>
    readYaml(kind, path, folder, problems, cache);
  const many = <Name extends CatalogueSchema>(kind: Name, name: string): CatalogueFile<Name>[] =>
    yamlFiles(join(folder, name)).flatMap((path) => one(kind, path) ?? []);
  /** Entries with an id, each in a file of that name, which makes ids unique. */
  const named = <Name extends CatalogueSchema>(
    kind: Name,
    name: string,
    idOf: (entry: CatalogueFile<Name>) => string,
  ): CatalogueFile<Name>[] =>
    yamlFiles(join(folder, name)).flatMap((path) => {
      const entry = one(kind, path);
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
  const controls = named('control', 'controls', byId);
  const capabilities = named('capability', 'capabilities', byId);
  const connectors = named('connector', 'connectors', byId);
  const risks = named('risk', 'risks', byId);
  const journeys = named('journey', 'journeys', byId);
  const personJourneys = named('person-journey', 'journeys/people', byId);
  const messages = named('message', 'messages', byId);
  const policyTexts = named('policy-text', 'texts', byId);
  const devices = named('device-settings', 'devices', byId);
  const dlp = many('dlp', 'dlp');
  const networkWays = named('network-way', 'network/ways', byId);
  const detections = named('detection', 'detections', ({ bylaw }) => bylaw.id);
  const undetected = one('undetected', join(folder, 'limits', 'undetected.yaml'));
  for (const { id, says } of danglingRules(detections))
    problems.push({ file: `detections/${id}.yaml`, line: null, says });
  const sharedSteps = one('shared-steps', join(folder, 'playbooks', 'shared', 'steps.yaml'));
  const playbooks = named('playbook', 'playbooks', byId).map((raw) => {
    const { playbook, unknown } = resolvePlaybook(raw, sharedSteps?.steps ?? []);
    for (const id of unknown)
      problems.push({
        file: `playbooks/${raw.id}.yaml`,
        line: null,
        says: `shared step ${id} does not exist`,
      });
    return playbook;
  });
  const baselines = named('baseline', 'baselines', byId);
  const activityTypes = many('activity-types', 'activities');
  const vendorSources = vendorFiles().flatMap((path) => one('vendor-source', path) ?? []);
  const guide = one('guide', join(folder, 'guide.yaml'));
  const licenses = one('licenses', join(folder, 'licenses', 'licenses.yaml'));
  const clauses = one('clauses', join(folder, 'policy', 'clauses.yaml'));
  const policyTemplate = one('policy-template', join(folder, 'policy', 'template.yaml'));
  const audiences = one('audiences', join(folder, 'audiences', 'audiences.yaml'));
  const mailboxes = one('mailboxes', join(folder, 'people', 'mailboxes.yaml'));
  const cadence = one('cadence', join(folder, 'cadence', 'recurring.yaml'));
  const reviews = one('reviews', join(folder, 'reviews', 'reviews.yaml'));
  const teams = one('delivery', join(folder, 'delivery', 'teams_workflow.yaml'));
  const siem = one('siem', join(folder, 'delivery', 'siem.yaml'));
  const staffRetention = one('staff-retention', join(folder, 'retention', 'staff.yaml'));
  const usageBlind = one('usage-blind', join(folder, 'usage', 'blind.yaml'));
  const visibility = one('visibility', join(folder, 'visibility', 'sources.yaml'));
  const countedOnce = one('counted-once', join(folder, 'usage', 'counted-once.yaml'));
  const claude = one('claude-telemetry', join(folder, 'telemetry', 'claude.yaml'));
  const gateways = one('gateways', join(folder, 'telemetry', 'gateways.yaml'));
  const telemetry = claude && gateways && { claude, gateways };
  const importGuides = one('import-guides', join(folder, 'imports', 'guides.yaml'));
  const ams = one('ams-methods', join(folder, 'ams', 'methods.yaml'));
  const connectorScopes = one('connector-scopes', join(folder, 'microsoft', 'connector-scopes.yaml'));
  const conditionalAccess = one('conditional-access', join(folder, 'microsoft', 'conditional-access.yaml'));
  const tenantRestriction = one('tenant-restriction', join(folder, 'network', 'restriction.yaml'));
  const aiTools = one('ai-tools', join(folder, ...AI_TOOLS));
  const requestReview = one('request-review', join(folder, 'requests', 'review.yaml'));
  const training = one('training', join(folder, 'training', 'training.yaml'));
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
    mailboxes &&
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
    mailboxes,
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

/** Only the AI tools, for readers of network logs: loading the whole catalogue would delay them by a second. */
export function loadAiTools(): AiTools {
  const problems: CatalogueProblem[] = [];
  const path = join(CATALOGUE_FOLDER, ...AI_TOOLS);
  const tools = readYaml('ai-tools', path, CATALOGUE_FOLDER, problems, openYamlCache());
  if (tools === null) throw new CatalogueError(problems);
  return tools;
}

const AREA_ORDER = ['ACC', 'CON', 'SHA', 'VIS', 'M365', 'OPS', 'POL'];

/** Sorts ways by kind, then by order within it. */
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

function readYaml<Name extends CatalogueSchema>(
  kind: Name,
  path: string,
  folder: string,
  problems: CatalogueProblem[],
  cache: YamlCache,
): CatalogueFile<Name> | null {
  const schema = schemaOf(kind);
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

/** Message for a missing key; undefined: the key exists, and the schema's message applies. */
function missingWords({ code, input }: z.core.$ZodRawIssue): string | undefined {
  return code === 'invalid_type' && input === undefined ? 'is missing' : undefined;
}

/** Offset of the deepest existing node on the path. */
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
