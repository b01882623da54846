import type { Catalogue } from '../model/catalogue.ts';
import { M365_TIERS } from '../model/profile.ts';

/** Kinds of entries in a catalogue, for comparisons. */
export const ENTRY_KINDS = [
  'guide',
  'control',
  'capability',
  'connector',
  'risk',
  'clause',
  'claude_plan',
  'tier',
  'add_on',
  'sku',
  'service_plan',
  'journey',
  'task',
  'baseline',
  'message',
  'recurring_task',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Entry {
  readonly kind: EntryKind;
  /** Unique within its kind. */
  readonly id: string;
  readonly title: string;
  /** Day or month of the entry itself; null: none. */
  readonly date: string | null;
  /** The entry as in the catalogue. */
  readonly body: unknown;
}

export const entryKey = ({ kind, id }: Pick<Entry, 'kind' | 'id'>): string => `${kind} ${id}`;

/** Every entry of a catalogue, independent of files, order and formatting of the YAML. */
export function entriesOf(catalogue: Catalogue): Entry[] {
  const { licenses } = catalogue;
  const entry = (kind: EntryKind, id: string, title: string, body: unknown, date: string | null = null) => ({
    kind,
    id,
    title,
    date,
    body,
  });
  return [
    ...(catalogue.guide === null
      ? []
      : [entry('guide', catalogue.guide.id, catalogue.guide.title, catalogue.guide, catalogue.guide.asOf)]),
    ...catalogue.controls.map((one) => entry('control', one.id, one.title, one, newest(one.sources))),
    ...catalogue.capabilities.map((one) => entry('capability', one.id, one.title, one, one.vendor.asOf)),
    ...catalogue.connectors.map((one) => entry('connector', one.id, one.name, one, newest(one.sources))),
    ...catalogue.risks.map((one) => entry('risk', one.id, one.title, one, newest(one.sources))),
    ...catalogue.clauses.map((one) => entry('clause', one.id, one.title, one)),
    ...licenses.claudePlans.map((one) => entry('claude_plan', one.id, one.name, one, one.asOf)),
    ...M365_TIERS.flatMap((id) => {
      const tier = licenses.tiers[id];
      return tier === undefined ? [] : [entry('tier', id, tier.name, tier, tier.price?.asOf ?? null)];
    }),
    ...licenses.addOns.map((one) => entry('add_on', one.id, one.name, one, one.price?.asOf ?? null)),
    ...licenses.skus.map((one) => entry('sku', one.partNumber, one.name, one)),
    ...licenses.servicePlans.map((one) => entry('service_plan', one.name, one.means, one)),
    ...catalogue.journeys.flatMap(({ tasks, ...journey }) => [
      entry('journey', journey.id, journey.title, journey),
      ...tasks.map((task) => entry('task', `${journey.id}/${task.id}`, task.title, task)),
    ]),
    ...catalogue.baselines.map((one) =>
      entry('baseline', one.id, nameOf(one.baseline) ?? one.id, one, one.asOf),
    ),
    ...catalogue.messages.map((one) => entry('message', one.id, one.title, one, one.asOf)),
    ...catalogue.cadence.tasks.map((one) =>
      entry('recurring_task', one.id, one.title, one, newest(one.sources)),
    ),
  ];
}

function nameOf(baseline: Readonly<Record<string, unknown>>): string | null {
  return typeof baseline.name === 'string' ? baseline.name : null;
}

function newest(sources: readonly { readonly read: string }[]): string | null {
  return sources.reduce<string | null>(
    (latest, { read }) => (latest === null || read > latest ? read : latest),
    null,
  );
}

/** Lists whose order matters, such as what is tried or done first. */
const ORDERED: ReadonlySet<string> = new Set(['checks', 'steps', 'through', 'phases', 'copies', 'sections']);

/**
 * A body as canonical text: sorted keys, sorted lists where order has no meaning, collapsed whitespace, and undefined
 * values left out. `key` is the name under which a part of a body is stored.
 */
export function canonical(body: unknown, key = ''): string {
  return JSON.stringify(settled(body, key));
}

function settled(value: unknown, name: string): unknown {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => settled(item, ''));
    if (ORDERED.has(name)) return list;
    return list
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([, item]) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, settled(item, key)]),
  );
}

/** The catalogue with some entries replaced or added, or removed if the body is null. */
export function withEntries(
  catalogue: Catalogue,
  patches: readonly { readonly kind: EntryKind; readonly id: string; readonly body: unknown }[],
): Catalogue {
  if (patches.length === 0) return catalogue;
  const of = (kind: EntryKind) => patches.filter((patch) => patch.kind === kind);
  const { licenses } = catalogue;
  const tiers = { ...licenses.tiers };
  for (const { id, body } of of('tier')) {
    const tier = M365_TIERS.find((one) => one === id);
    if (tier === undefined) continue;
    if (body === null) delete tiers[tier];
    else tiers[tier] = body as (typeof tiers)[typeof tier];
  }
  const guide = of('guide')[0];
  return {
    controls: patched(catalogue.controls, of('control'), ({ id }) => id),
    capabilities: patched(catalogue.capabilities, of('capability'), ({ id }) => id),
    connectors: patched(catalogue.connectors, of('connector'), ({ id }) => id),
    risks: patched(catalogue.risks, of('risk'), ({ id }) => id),
    clauses: patched(catalogue.clauses, of('clause'), ({ id }) => id),
    baselines: patched(catalogue.baselines, of('baseline'), ({ id }) => id),
    messages: patched(catalogue.messages, of('message'), ({ id }) => id),
    cadence: {
      ...catalogue.cadence,
      tasks: patched(catalogue.cadence.tasks, of('recurring_task'), ({ id }) => id),
    },
    reviews: catalogue.reviews,
    // Where messages are sent affects no client, so no revision is kept.
    audiences: catalogue.audiences,
    mailboxes: catalogue.mailboxes,
    teams: catalogue.teams,
    siem: catalogue.siem,
    // The default retention of staff records is not used by any rule.
    staffRetention: catalogue.staffRetention,
    importGuides: catalogue.importGuides,
    usageBlind: catalogue.usageBlind,
    visibility: catalogue.visibility,
    countedOnce: catalogue.countedOnce,
    telemetry: catalogue.telemetry,
    devices: catalogue.devices,
    ams: catalogue.ams,
    requestReview: catalogue.requestReview,
    training: catalogue.training,
    dlp: catalogue.dlp,
    policyTemplate: catalogue.policyTemplate,
    policyTexts: catalogue.policyTexts,
    // An incident keeps the playbook that it was opened with.
    playbooks: catalogue.playbooks,
    connectorScopes: catalogue.connectorScopes,
    conditionalAccess: catalogue.conditionalAccess,
    network: catalogue.network,
    aiTools: catalogue.aiTools,
    detections: catalogue.detections,
    undetected: catalogue.undetected,
    activityTypes: catalogue.activityTypes,
    vendorSources: catalogue.vendorSources,
    guide: guide === undefined ? catalogue.guide : (guide.body as Catalogue['guide']),
    // Steps of leavers and joiners are tracked by person, not by revision.
    personJourneys: catalogue.personJourneys,
    journeys: withTasks(catalogue.journeys, of('journey'), of('task')),
    licenses: {
      ...licenses,
      tiers,
      claudePlans: patched(licenses.claudePlans, of('claude_plan'), ({ id }) => id),
      addOns: patched(licenses.addOns, of('add_on'), ({ id }) => id),
      skus: patched(licenses.skus, of('sku'), ({ partNumber }) => partNumber),
      servicePlans: patched(licenses.servicePlans, of('service_plan'), ({ name }) => name),
    },
  };
}

interface Patch {
  readonly id: string;
  readonly body: unknown;
}

/** Stored entries of an earlier catalogue were validated by the schema of their time, and are used as they are. */
function patched<T>(list: readonly T[], patches: readonly Patch[], idOf: (one: T) => string): T[] {
  const byId = new Map(list.map((one) => [idOf(one), one]));
  for (const { id, body } of patches) {
    if (body === null) byId.delete(id);
    else byId.set(id, body as T);
  }
  return [...byId.values()];
}

function withTasks(
  journeys: Catalogue['journeys'],
  changed: readonly Patch[],
  tasks: readonly Patch[],
): Catalogue['journeys'] {
  const heads = patched(
    journeys.map(({ tasks: _, ...head }) => head),
    changed,
    ({ id }) => id,
  );
  return heads.map((head) => {
    const own = journeys.find(({ id }) => id === head.id)?.tasks ?? [];
    const patches = tasks
      .filter(({ id }) => id.startsWith(`${head.id}/`))
      .map(({ id, body }) => ({ id: id.slice(head.id.length + 1), body }));
    return { ...head, tasks: patched(own, patches, ({ id }) => id) };
  });
}
