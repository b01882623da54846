import { randomUUID } from 'node:crypto';
import { HOUR_MS, type Missing } from '#domain/detections/absence.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import { joinRuns, type Run } from '#domain/detections/runs.ts';
import { lockLog } from '#store/activity/append.ts';
import { withdrawAlert } from '#store/detections/alerts.ts';
import { insertAlerts, type NewSpan, putSpans, type SpanRow, spansBetween } from '#store/detections/spans.ts';
import { lastBySource } from '#store/usage/read.ts';
import type { Services } from '../context.ts';
import { judgedStretch, missingIn } from './absences.ts';
import { detectionsOf } from './client-detections.ts';
import { type AlertPlace, reopen, stated } from './raise.ts';

/** How far back each run compares, in milliseconds; records that arrive later no longer change the result. */
const LOOKBACK_MS = 7 * 86_400_000;

/**
 * Compares the records that two sources have for the same hours, for every client with both, and updates the alerts.
 */
export async function compareRecords(services: Services): Promise<void> {
  const { store, clock, events } = services;
  const now = clock();
  const since = new Date(now.getTime() - LOOKBACK_MS);
  const clients = await store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
  for (const { id: clientId } of clients) {
    // Counts are stored per client, so this is quick if there is nothing to compare.
    const last = await store.read([clientId], (tx) =>
      lastBySource(tx, clientId, since.toISOString().slice(0, 10)),
    );
    if (!last.has('gateway') || !last.has('otlp')) continue;
    const detections = await detectionsOf(services, clientId);
    if (detections === null) continue;
    const changed = await store.write([clientId], async (tx) => {
      // Writers of the log number alerts, so this job must hold the log's lock, too.
      await lockLog(tx, clientId);
      const stretch = judgedStretch(since.getTime(), now);
      let wrote = false;
      for (const detection of detections.pack.detections) {
        if (detection.comparison === null) continue;
        const found = await missingIn(tx, clientId, detection.comparison, stretch);
        if (await keep({ tx, clientId, now, zone: detections.zone }, detection, found, stretch)) wrote = true;
      }
      return wrote;
    });
    if (changed) events.publish({ client: clientId, topic: 'alerts', id: null });
  }
}

/** Raises new alerts, extends ongoing ones, and withdraws those whose missing records have arrived. */
async function keep(
  place: AlertPlace,
  detection: ReadyDetection,
  found: readonly Missing[],
  stretch: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const { tx, clientId, now } = place;
  const known = await spansBetween(tx, clientId, detection.id, new Date(stretch.from), new Date(stretch.to));
  const runs = missingRuns(detection, found);
  const met = new Set<string>();
  const add: (NewSpan & { readonly cause: { readonly detection: ReadyDetection } })[] = [];
  const put: NewSpan[] = [];
  const grown: SpanRow[] = [];
  for (const { group, sample, run } of runs) {
    const span = known.find(
      (one) =>
        one.grp === group &&
        !met.has(one.id) &&
        one.first_at.getTime() <= run.last + detection.quiet &&
        one.last_at.getTime() >= run.first - detection.quiet,
    );
    const next: NewSpan = {
      id: span?.id ?? randomUUID(),
      detection: detection.id,
      group,
      // The part before the days compared again stays in the alert.
      first: Math.min(run.first, span?.first_at.getTime() ?? run.first),
      last: run.last,
      count:
        span !== undefined && span.first_at.getTime() < run.first
          ? Math.max(span.count, run.count)
          : run.count,
      firstActivity: null,
      sample,
      outlier: null,
    };
    if (span === undefined) {
      add.push({ ...next, cause: { detection } });
      continue;
    }
    met.add(span.id);
    if (span.last_at.getTime() === next.last && span.count === next.count && span.state !== 'withdrawn')
      continue;
    put.push(next);
    grown.push(span);
  }
  const filled = known.filter((one) => !met.has(one.id) && one.first_at.getTime() >= stretch.from);
  await insertAlerts(tx, clientId, await stated(place, add), now);
  if (put.length > 0) await tx.executeQuery(putSpans(tx, clientId, put));
  await reopen(tx, clientId, grown, now);
  let withdrawn = 0;
  for (const one of filled) if (await withdrawAlert(tx, clientId, one, now)) withdrawn += 1;
  return add.length + put.length + withdrawn > 0;
}

export interface MissingRun {
  readonly group: string;
  readonly sample: Readonly<Record<string, string>>;
  readonly run: Run;
}

/** Joins missing hours of one group that are close together. Used by both the job and the replay of the log. */
export function missingRuns(detection: ReadyDetection, found: readonly Missing[]): MissingRun[] {
  const groups = Map.groupBy(found, ({ values }) => JSON.stringify(values));
  const by = detection.comparison?.by ?? [];
  return [...groups].flatMap(([group, hours]) => {
    const values = hours[0]?.values ?? [];
    const sample = Object.fromEntries(by.map((name, index) => [name, values[index] ?? '']));
    const pieces = hours.map(({ hour, events }) => ({
      first: hour,
      last: hour + HOUR_MS - 1,
      count: events,
    }));
    return joinRuns(pieces, detection.quiet).map(({ run }) => ({ group, sample, run }));
  });
}
