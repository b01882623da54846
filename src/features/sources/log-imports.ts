import { inflateSync } from 'node:zlib';
import type { Activity } from '#domain/activity/activity.ts';
import type { Kind, TelemetryRow } from '#domain/model/kinds.ts';
import { telemetryActivity } from '#sources/otlp/imported.ts';
import type { LogReader } from '#sources/source.ts';
import {
  recordLogged,
  rowsPart,
  spendPeriods,
  type Unlogged,
  unloggedReadings,
} from '#store/sources/imported.ts';
import type { Services } from '../context.ts';
import { clientOfTelemetry } from '../telemetry/index.ts';
import { decideOnEvents } from './rule-events.ts';
import { withoutTwins } from './twins.ts';

/**
 * Adds imported audit logs, saved feeds, spend reports and telemetry files to the activity log. A reading is recorded
 * once all of it is stored; after an interruption it is processed again and adds no duplicates.
 */
export async function logImports(services: Services): Promise<void> {
  for (const reading of await services.store.read('system', (tx) =>
    unloggedReadings(tx, kindsOf(services)),
  )) {
    try {
      await logReading(services, reading);
    } catch (error) {
      services.log.error(
        { err: error, reading: reading.id },
        'a reading could not be put into the activity log',
      );
    }
  }
}

/** The embedded database never releases the memory of its largest statement, so statements are kept small. */
const ROWS_PER_STATEMENT = 500;

async function logReading(services: Services, reading: Unlogged): Promise<void> {
  const { store, activityLog, clock } = services;
  const { clientId, id } = reading;
  const toActivities = await readerOf(services, reading);
  for (let part = 0; ; part += 1) {
    const packed = await store.read([clientId], (tx) => rowsPart(tx, clientId, id, part));
    if (packed === null) break;
    const rows: unknown = JSON.parse(inflateSync(packed).toString());
    const activities = toActivities(rows as readonly never[], clock());
    for (let from = 0; from < activities.length; from += ROWS_PER_STATEMENT)
      await activityLog.append(
        clientId,
        await withoutTwins(services, clientId, activities.slice(from, from + ROWS_PER_STATEMENT)),
      );
  }
  await store.write([clientId], (tx) => recordLogged(tx, clientId, id, clock()));
  await decideOnEvents(services, clientId);
  services.events.publish({ client: clientId, topic: 'activity', id: null });
}

/** Kinds of readings whose rows belong in the activity log. */
function kindsOf({ sources }: Pick<Services, 'sources'>): readonly string[] {
  return ['telemetry', ...sources.flatMap(({ logs }) => Object.keys(logs))];
}

type ToActivities = (rows: readonly never[], receivedAt: Date) => readonly Activity[];

async function readerOf(services: Services, reading: Unlogged): Promise<ToActivities> {
  const { store } = services;
  if (reading.kind === 'telemetry') {
    const { resolve, organizations } = await clientOfTelemetry(services, reading.clientId);
    // What staff did in another organization does not belong to the client, here as when it is sent live.
    const isOwn = ({ organization }: TelemetryRow) =>
      organization === null || organizations === null || organizations.has(organization.toLowerCase());
    return (rows: readonly TelemetryRow[]) =>
      rows.filter(isOwn).map((row) => telemetryActivity(row, resolve));
  }
  const read = logReader(services, reading);
  const all = (rows: readonly never[], receivedAt: Date) =>
    rows.flatMap((row) => read(row, receivedAt) ?? []);
  if (reading.kind !== 'usage') return all;
  const known = await store.read([reading.clientId], (tx) => spendPeriods(tx, reading.clientId));
  const periods = Map.groupBy(known, ({ about }) => about);
  return (rows: readonly never[], receivedAt: Date) =>
    all(rows, receivedAt).filter((one) => !isReportedAlready(one, periods));
}

function logReader({ sources, catalogue }: Services, { kind, observedOn }: Unlogged) {
  for (const { logs } of sources) {
    // The rows of a reading are those of its kind, and so is its reader.
    const make = logs[kind as Kind] as LogReader<never> | undefined;
    if (make !== undefined) return make({ catalogue, observedOn });
  }
  throw new TypeError(`No source reads ${kind} into the log.`);
}

/** Whether another spend report has reported the same person, product and model for days of this line. */
function isReportedAlready(
  { id, person, actor, model, detail }: Activity,
  periods: ReadonlyMap<
    string,
    readonly { readonly from: string; readonly to: string; readonly id: string }[]
  >,
): boolean {
  const about = JSON.stringify([person ?? actor.name, detail.product ?? null, model]);
  return (periods.get(about) ?? []).some(
    (other) => other.id !== id && other.from <= String(detail.to) && other.to >= String(detail.from),
  );
}
