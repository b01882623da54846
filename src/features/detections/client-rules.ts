import type { CompiledQuery, QueryResult, Selectable } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { Calendars } from '#domain/detections/baseline.ts';
import { calendarsOf } from '#domain/detections/calendars.ts';
import { type ClientContext, type Enrichment, enricher } from '#domain/detections/enrich.ts';
import { RulePack } from '#domain/detections/pack.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { localTime } from '#domain/model/local-time.ts';
import { detectionSettings, type SettingRow, settingsQuery } from '#store/detections/alerts.ts';
import { settingsSince } from '#store/detections/settings.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import type { Services } from '../context.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { chartersOf } from './charters.ts';

/** What a client's activities are looked at with. */
export interface ClientRules {
  readonly pack: RulePack;
  readonly enrich: (activity: Activity) => Enrichment;
  readonly calendars: Calendars;
  readonly zone: string;
  /** Day and hour of an instant in the client's zone. */
  readonly localHour: (at: string) => { readonly day: string; readonly hour: number };
}

type Known = ClientRules & { readonly settings: string };
interface Kept {
  readonly facts: string;
  readonly context: ClientContext;
  rules: Known | null;
}

const kept = new WeakMap<Services['store'], Map<string, Kept>>();

/** Clients whose rules are kept ready; beyond it those that were asked for longest ago are made anew. */
const MOST = 1_000;

/**
 * Reads what a client's activities are compared with, unless nothing of it has changed. It needs the client's whole
 * facts, so it is done before the transaction that adds to the log.
 */
export async function prepareRules(services: Services, clientId: string): Promise<ClientContext | null> {
  const { store, clock, verdicts } = services;
  const clients = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, clients);
  const row = await store.read([clientId], (tx) => factsQuery(tx, clientId).executeTakeFirst());
  if (row === undefined) return null;
  const facts = factsMark(row, clock());
  const known = clients.get(clientId);
  if (known?.facts === facts) return known.context;
  const run = await verdicts.run(clientId, 'detectionContext', undefined);
  if (run === null) return null;
  const { profile } = run.result;
  const judged = await store.read([clientId], async (tx) => ({
    charters: await chartersOf(tx, clientId, profile.timezone),
    settings: await settingsSince(tx, clientId, profile),
  }));
  const context = { ...run.result, ...judged };
  const [oldest] = clients.keys();
  if (clients.size >= MOST && oldest !== undefined) clients.delete(oldest);
  clients.set(clientId, { facts, context, rules: null });
  return context;
}

type FactsRow = Pick<Selectable<Database['clients']>, 'facts_version' | 'profile'>;

function factsQuery(tx: Tx, clientId: string) {
  return tx.selectFrom('clients').select(['facts_version', 'profile']).where('id', '=', clientId);
}

/** Another one as soon as something is new that rules compare with, and with each day. */
function factsMark({ facts_version, profile }: FactsRow, now: Date): string {
  return `${facts_version} ${present(now, zoneOf(profile)).today}`;
}

/** The rules with which a client's activities were looked at last; null: none were. */
export function rulesLast({ store }: Services, clientId: string): ClientRules | null {
  return kept.get(store)?.get(clientId)?.rules ?? null;
}

/** What {@link rulesAsked} needs. */
export function rulesQueries(tx: Tx, clientId: string): readonly CompiledQuery[] {
  return [factsQuery(tx, clientId).compile(), settingsQuery(tx, clientId).compile()];
}

/**
 * The rules that were made ready for a client, by the answers to {@link rulesQueries}. null: none were, or something is
 * new since, unless `evenIfOld`.
 */
export function rulesAsked(
  { store, clock, catalogue }: Services,
  clientId: string,
  [facts, settings]: readonly QueryResult<unknown>[],
  evenIfOld: boolean,
): ClientRules | null {
  const clients = kept.get(store);
  const known = clients?.get(clientId);
  const [row] = (facts?.rows ?? []) as FactsRow[];
  if (clients === undefined || known === undefined || row === undefined) return null;
  // Moved to the end: what is asked for stays longest.
  clients.delete(clientId);
  clients.set(clientId, known);
  if (!evenIfOld && known.facts !== factsMark(row, clock())) return null;
  return readyRules(known, catalogue, (settings?.rows ?? []) as SettingRow[]);
}

/** The rules that were made ready for a client, with its settings as they stand in the transaction. */
export async function rulesFor(services: Services, tx: Tx, clientId: string): Promise<ClientRules | null> {
  const known = kept.get(services.store)?.get(clientId);
  if (known === undefined) return null;
  return readyRules(known, services.catalogue, await detectionSettings(tx, clientId));
}

function readyRules(known: Kept, catalogue: Catalogue, settings: readonly SettingRow[]): ClientRules {
  const mark = JSON.stringify(
    settings.map(({ rule, is_on, number, history }) => [rule, is_on, number, history]),
  );
  if (known.rules?.settings === mark) return known.rules;
  const made = { ...rulesWith(known.context, catalogue, settings), settings: mark };
  known.rules = made;
  return made;
}

/** Makes a client's rules ready. `only`: that rule alone, on whatever the settings say. */
export function rulesWith(
  context: ClientContext,
  catalogue: Catalogue,
  settings: readonly SettingRow[],
  only?: string,
): ClientRules {
  const byRule = new Map(settings.map((row) => [row.rule, row]));
  const files = new Map(catalogue.detections.map((one) => [one.bylaw.id, one]));
  const on = (id: string) =>
    only === undefined ? (byRule.get(id)?.is_on ?? files.get(id)?.bylaw.on ?? false) : id === only;
  const tuned = new Map(
    settings.flatMap(({ rule, number }) => (number === null ? [] : [[rule, number] as const])),
  );
  const histories = new Map(
    settings.flatMap(({ rule, history }) => (history === null ? [] : [[rule, history] as const])),
  );
  const { profile } = context;
  const localHour = hours(profile.timezone);
  return {
    pack: new RulePack(catalogue.detections, on, tuned, histories),
    enrich: enricher(context, catalogue, (at) => localHour(at).day),
    calendars: calendarsOf(context.settings, (at) => localHour(at).day),
    zone: profile.timezone,
    localHour,
  };
}

const QUARTER = 15 * 60_000;

/** Reading a zone's clock is slow, and it moves by whole quarters of an hour, so each quarter is read once. */
function hours(zone: string): ClientRules['localHour'] {
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
