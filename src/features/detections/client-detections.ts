import type { Selectable } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { Calendars } from '#domain/detections/baseline.ts';
import { calendarsOf } from '#domain/detections/calendars.ts';
import { type ClientContext, type Enrichment, enricher } from '#domain/detections/enrich.ts';
import { DetectionPack } from '#domain/detections/pack.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { localTime } from '#domain/model/local-time.ts';
import { detectionSettings, type SettingRow } from '#store/detections/alerts.ts';
import { settingsSince } from '#store/detections/settings.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import type { Services } from '../context.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { chartersOf } from './charters.ts';
import { asksFirstUse } from './first-uses.ts';

/** What a client's activities are evaluated with. */
export interface ClientDetections {
  readonly pack: DetectionPack;
  readonly enrich: (activity: Activity) => Enrichment;
  readonly calendars: Calendars;
  readonly zone: string;
  /** Whether a detection uses the information that a write is the first of its kind by its person. */
  readonly asksFirstUse: boolean;
  /** Day and hour of an instant in the client's time zone. */
  readonly localHour: (at: string) => { readonly day: string; readonly hour: number };
}

interface Kept {
  /** The {@link factsMark} from which the context was built. */
  readonly facts: string;
  readonly context: ClientContext;
  /** The detections last built from the context, with the settings used. */
  detections: {
    readonly settings: string;
    readonly detections: ClientDetections;
    /**
     * {@link Store.mark} and day when they were built; null if other processes may write, too, so that they must be
     * checked against the store.
     */
    readonly at: string | null;
  } | null;
}

const kept = new WeakMap<Services['store'], Map<string, Kept>>();

/** Number of clients whose detections are cached; beyond it, the least recently used are evicted. */
const MAX_KEPT = 1_000;

/**
 * The current detections of a client, rebuilt only if something changed. They need the client's full facts, so call
 * this before the transaction that uses them. null if there is no such client.
 */
export async function detectionsOf(services: Services, clientId: string): Promise<ClientDetections | null> {
  const { store, catalogue, clock } = services;
  const mark = store.mark([clientId]);
  const at = (zone: string) => (mark === null ? null : `${mark} ${present(clock(), zone).today}`);
  const last = kept.get(store)?.get(clientId)?.detections;
  if (last && last.at !== null && last.at === at(last.detections.zone)) return last.detections;
  const read = await store.read([clientId], async (tx) => ({
    row: await factsRow(tx, clientId),
    settings: await detectionSettings(tx, clientId),
  }));
  const known = await keptFor(services, clientId, read.row);
  if (known === null) return null;
  const settings = JSON.stringify(
    read.settings.map(({ detection, is_on, number, history }) => [detection, is_on, number, history]),
  );
  const detections =
    known.detections?.settings === settings
      ? known.detections.detections
      : detectionsWith(known.context, catalogue, read.settings);
  known.detections = { settings, detections, at: at(detections.zone) };
  return detections;
}

/** What a client's activities are currently compared with. null if there is no such client. */
export async function contextOf(services: Services, clientId: string): Promise<ClientContext | null> {
  const row = await services.store.read([clientId], (tx) => factsRow(tx, clientId));
  return (await keptFor(services, clientId, row))?.context ?? null;
}

async function keptFor(
  services: Services,
  clientId: string,
  row: FactsRow | undefined,
): Promise<Kept | null> {
  const { store, clock, verdicts } = services;
  if (row === undefined) return null;
  const clients = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, clients);
  const facts = factsMark(row, clock());
  const known = clients.get(clientId);
  if (known?.facts === facts) {
    // Re-inserted at the end, so that the least recently used come first.
    clients.delete(clientId);
    clients.set(clientId, known);
    return known;
  }
  const run = await verdicts.run(clientId, 'detectionContext', undefined);
  if (run === null) return null;
  const { profile } = run.result;
  const judged = await store.read([clientId], async (tx) => ({
    charters: await chartersOf(tx, clientId, profile.timezone),
    settings: await settingsSince(tx, clientId, profile),
  }));
  const [oldest] = clients.keys();
  if (clients.size >= MAX_KEPT && oldest !== undefined) clients.delete(oldest);
  const made: Kept = { facts, context: { ...run.result, ...judged }, detections: null };
  clients.set(clientId, made);
  return made;
}

type FactsRow = Pick<Selectable<Database['clients']>, 'facts_version' | 'profile'>;

function factsRow(tx: Tx, clientId: string): Promise<FactsRow | undefined> {
  return tx
    .selectFrom('clients')
    .select(['facts_version', 'profile'])
    .where('id', '=', clientId)
    .executeTakeFirst();
}

/** Changes with every change of the facts that detections use, and every day. */
function factsMark({ facts_version, profile }: FactsRow, now: Date): string {
  return `${facts_version} ${present(now, zoneOf(profile)).today}`;
}

/**
 * Builds a client's detections.
 *
 * @param only Builds this detection alone, regardless of the settings.
 */
export function detectionsWith(
  context: ClientContext,
  catalogue: Catalogue,
  settings: readonly SettingRow[],
  only?: string,
): ClientDetections {
  const byDetection = new Map(settings.map((row) => [row.detection, row]));
  const files = new Map(catalogue.detections.map((one) => [one.bylaw.id, one]));
  const on = (id: string) =>
    only === undefined ? (byDetection.get(id)?.is_on ?? files.get(id)?.bylaw.on ?? false) : id === only;
  const tuned = new Map(
    settings.flatMap(({ detection, number }) => (number === null ? [] : [[detection, number] as const])),
  );
  const histories = new Map(
    settings.flatMap(({ detection, history }) => (history === null ? [] : [[detection, history] as const])),
  );
  const { profile } = context;
  const localHour = hours(profile.timezone);
  return {
    pack: new DetectionPack(catalogue.detections, on, tuned, histories),
    enrich: enricher(context, catalogue, (at) => localHour(at).day),
    calendars: calendarsOf(context.settings, (at) => localHour(at).day),
    zone: profile.timezone,
    asksFirstUse: asksFirstUse(catalogue.detections),
    localHour,
  };
}

const QUARTER = 15 * 60_000;

/** Time zone conversion is slow and offsets are whole quarters of an hour, so each quarter is converted once. */
function hours(zone: string): ClientDetections['localHour'] {
  const known = new Map<number, { day: string; hour: number }>();
  return (at) => {
    const quarter = Math.floor(Date.parse(at) / QUARTER);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const local = localTime(at, zone);
    const made = { day: local?.day ?? at.slice(0, 10), hour: Math.floor((local?.minute ?? 0) / 60) };
    if (known.size > 10_000) known.clear();
    known.set(quarter, made);
    return made;
  };
}
