import type { StoredActivity } from '#domain/activity/activity.ts';
import { outliers } from '#domain/detections/baseline.ts';
import { History, type RawAlert } from '#domain/detections/detect.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import { onceByDay, type ReportedDay } from '#domain/detections/reported-days.ts';
import { addDays } from '#domain/model/day.ts';
import { activitiesBetween } from '#store/activity/read.ts';
import { detectionSettings } from '#store/detections/alerts.ts';
import type { Services } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { judgedStretch, missingIn } from './absences.ts';
import { type ClientDetections, contextOf, detectionsWith } from './client-detections.ts';
import { missingRuns } from './compare.ts';
import { dayBounds } from './day-bounds.ts';
import { countDays, dayGroup } from './days.ts';
import { firstUsesIn, NOT_LOOKED_UP } from './first-uses.ts';

/** Rows read at a time, and in total. Beyond the total, only the newest are evaluated, and the answer says so. */
const PAGE = 5_000;
const MAX_ACTIVITIES = 500_000;

/** What detections would have raised over part of the log. */
export interface Replayed {
  readonly alerts: readonly RawAlert[];
  /** First events of the alerts by id, for their sentences. */
  readonly events: ReadonlyMap<string, DetectionEvent>;
  readonly looked: number;
  /** First day evaluated, in the client's time zone. */
  readonly since: string;
  /** Whether the log had more events than the limit. */
  readonly cut: boolean;
}

/**
 * Evaluates the last days of a client's log with its current detections, or with one of them alone. Changes nothing.
 *
 * @throws Not found, if there is no such client.
 */
export async function replay(
  services: Services,
  clientId: string,
  {
    days,
    only,
    number,
    history: least,
  }: {
    readonly days: number;
    readonly only?: string;
    readonly number?: number;
    readonly history?: number;
  },
): Promise<Replayed> {
  const { store, clock, catalogue } = services;
  const context = await contextOf(services, clientId);
  if (context === null) throw notFound();
  const settings = await store.read([clientId], (tx) => detectionSettings(tx, clientId));
  const set = settings.find(({ detection }) => detection === only);
  const stated =
    only === undefined || (number === undefined && least === undefined)
      ? settings
      : [
          ...settings.filter(({ detection }) => detection !== only),
          {
            detection: only,
            is_on: true,
            number: number ?? set?.number ?? null,
            history: least ?? set?.history ?? null,
            client_id: clientId,
            reason: '',
            changed_by_name: '',
            approved_by_name: null,
            changed_at: clock(),
            version: 1,
          },
        ];
  const detections = detectionsWith(context, catalogue, stated, only);
  const now = clock();
  const { today } = present(now, detections.zone);
  const since = addDays(today, -days);
  const history = new History(detections.pack);
  const events = new Map<string, DetectionEvent>();
  const counted = new Counts(detections);
  let looked = 0;
  let cut = false;
  // Newest first, so that the oldest are the ones left out.
  let before: { at: Date; id: string } | null = null;
  const from = new Date(dayBounds(since, detections.zone).from);
  for (;;) {
    const edge: typeof before = before;
    const { page, firstUse } = await store.read([clientId], async (tx) => {
      const read: StoredActivity[] = await activitiesBetween(tx, clientId, from, edge, PAGE);
      const uses = detections.asksFirstUse ? await firstUsesIn(tx, clientId, read) : NOT_LOOKED_UP;
      return { page: read, firstUse: uses };
    });
    looked += page.length;
    counted.add(page);
    for (const activity of page) {
      if (!detections.pack.concerns(activity.type, activity.category)) continue;
      const event = { activity, bylaw: { ...detections.enrich(activity), first_use: firstUse(activity) } };
      if (history.add(event)) events.set(activity.id, event);
    }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    before = { at: new Date(last.at), id: last.id };
    if (looked >= MAX_ACTIVITIES) {
      cut = true;
      break;
    }
  }
  const missing: RawAlert[] = [];
  for (const detection of detections.pack.detections) {
    const { comparison } = detection;
    if (comparison === null) continue;
    const found = await store.read([clientId], (tx) =>
      missingIn(tx, clientId, comparison, judgedStretch(from.getTime(), now)),
    );
    for (const { group, run } of missingRuns(detection, found))
      missing.push({ detection: detection.id, group, ...run, activities: [], values: null, outlier: null });
  }
  const alerts = [...history.alerts(), ...counted.alerts(), ...missing];
  return { alerts, events, looked, since, cut };
}

/** Collects person-days of the events read, and finds those that stand out. */
class Counts {
  readonly #days = new Map<string, ReportedDay>();
  readonly #detections: ClientDetections;

  constructor(detections: ClientDetections) {
    this.#detections = detections;
  }
  add(activities: Parameters<typeof countDays>[0]): void {
    for (const one of countDays(activities, this.#detections)) {
      const key = JSON.stringify([one.person, one.day, one.source, one.surface]);
      const known = this.#days.get(key);
      this.#days.set(
        key,
        known === undefined
          ? one
          : {
              ...one,
              messages: known.messages + one.messages,
              calls: known.calls + one.calls,
              hours: known.hours | one.hours,
            },
      );
    }
  }
  alerts(): RawAlert[] {
    const days = onceByDay([...this.#days.values()]);
    const newest = days.reduce((a, { day }) => (day > a ? day : a), '');
    return this.#detections.pack.detections.flatMap(({ id, baseline }) => {
      if (baseline === null) return [];
      // Averages use completed days only.
      const judged = baseline.method === 'average' ? days.filter(({ day }) => day < newest) : days;
      return outliers(baseline, days, judged, this.#detections.calendars).map((outlier): RawAlert => {
        const { from, to } = dayBounds(outlier.day, this.#detections.zone);
        return {
          detection: id,
          group: dayGroup(outlier),
          first: from,
          last: to,
          count: outlier.count,
          activities: [],
          values: null,
          outlier,
        };
      });
    });
  }
}
