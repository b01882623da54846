import { randomUUID } from 'node:crypto';
import { isUpload } from '#domain/activity/uploads.ts';
import {
  type Calendars,
  hasOwnBaseline,
  measured,
  type Outlier,
  outliers,
  outsideHours,
  type PersonDay,
} from '#domain/detections/baseline.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import type { ReportedDay } from '#domain/detections/reported-days.ts';
import type { Baseline } from '#domain/detections/sigma.ts';
import { addDays } from '#domain/model/day.ts';
import { withdrawAlert } from '#store/detections/alerts.ts';
import { type AddedDays, firstPersonDay, personDays } from '#store/detections/days.ts';
import { insertAlerts, type NewSpan, type SpanRow, spansNear } from '#store/detections/spans.ts';
import type { AddedBatch } from '../shared/services/activity-log.ts';
import type { ClientDetections } from './client-detections.ts';
import { dayBounds, dayBoundsIn } from './day-bounds.ts';
import { reopen, stated, whenFor, writeSpans } from './raise.ts';

/** Judges all days whose result a batch may have changed. */
export async function judgeDays(
  batch: AddedBatch,
  detections: ClientDetections,
  { before, changed }: AddedDays,
): Promise<boolean> {
  const { tx, clientId } = batch;
  if (changed.length === 0) return false;
  const newest = changed.reduce((a, { day }) => (day > a ? day : a), before ?? '');
  // Several detections use the same days, so they are read once, and alerts are looked up together.
  const read = daysOnce(batch);
  const judgments: Judgment[] = [];
  for (const detection of detections.pack.detections) {
    if (detection.baseline === null) continue;
    const judged = await judge(read, detections, detection, detection.baseline, { before, newest, changed });
    if (judged !== null) judgments.push(judged);
  }
  const bounds = dayBoundsIn(detections.zone);
  const spans = await spansNear(
    tx,
    clientId,
    judgments.flatMap(({ detection, judged }) =>
      judged.map((one) => ({ detection: detection.id, group: dayGroup(one), ...bounds(one.day) })),
    ),
  );
  let wrote = false;
  for (const judgment of judgments) if (await keep(batch, detections, judgment, spans)) wrote = true;
  return wrote;
}

export function countDays(
  activities: AddedBatch['activities'],
  detections: Pick<ClientDetections, 'localHour'>,
): ReportedDay[] {
  const days = new Map<string, ReportedDay>();
  for (const activity of activities) {
    const { person, category, connector, at, source, surface } = activity;
    const upload = isUpload(activity);
    if (person === null || (category !== 'message' && category !== 'tool_call' && !upload)) continue;
    const { day, hour } = detections.localHour(at);
    const key = `${day} ${source} ${surface} ${person}`;
    const known = days.get(key);
    days.set(key, {
      person,
      day,
      source,
      surface,
      messages: (known?.messages ?? 0) + (category === 'message' ? 1 : 0),
      calls: (known?.calls ?? 0) + (category === 'tool_call' && connector !== null ? 1 : 0),
      uploads: (known?.uploads ?? 0) + (upload ? 1 : 0),
      uploadBytes: (known?.uploadBytes ?? 0) + (upload ? Math.max(0, activity.amounts.size ?? 0) : 0),
      hours: (known?.hours ?? 0) | (1 << hour),
    });
  }
  return [...days.values()];
}

interface Change {
  /** Newest day before the batch; null if the batch is the first. */
  readonly before: string | null;
  readonly newest: string;
  readonly changed: readonly PersonDay[];
}

/** The days that a detection has judged again, and those that stand out. */
interface Judgment {
  readonly detection: ReadyDetection;
  readonly judged: readonly PersonDay[];
  readonly found: readonly Outlier[];
}

interface ReadDays {
  /** Person-days from one day through another, of these people or, if left out, of all. */
  (from: string, to: string, people?: readonly string[]): Promise<PersonDay[]>;
  /** First day with any counts; null if there is none. */
  first(): Promise<string | null>;
}

/** Reads person-days with a cache per query; valid because they no longer change within the transaction. */
function daysOnce({ tx, clientId }: AddedBatch): ReadDays {
  const asked = new Map<string, Promise<PersonDay[]>>();
  let since: Promise<string | null> | undefined;
  const read = (from: string, to: string, people?: readonly string[]) => {
    const question = JSON.stringify([from, to, people]);
    const known = asked.get(question);
    if (known !== undefined) return known;
    const answer = personDays(tx, clientId, from, to, people);
    asked.set(question, answer);
    return answer;
  };
  const first = () => {
    since ??= firstPersonDay(tx, clientId);
    return since;
  };
  return Object.assign(read, { first });
}

/** Judges, by one detection, the days whose result may have changed; null if there are none. */
async function judge(
  read: ReadDays,
  detections: ClientDetections,
  detection: ReadyDetection,
  baseline: Baseline,
  change: Change,
): Promise<Judgment | null> {
  const range = rangeOf(baseline, change);
  if (range === null) return null;
  const { from, to, everyone } = range;
  const maybe = (day: PersonDay) => mayStandOut(baseline, day, detections.calendars);
  // Usually no one is near a limit, and nothing has to be read.
  if (!everyone && !change.changed.some(maybe)) return null;
  const days = await daysFor(read, baseline, { from, to, everyone }, change.changed.filter(maybe));
  const touched = new Set(change.changed.map(({ person, day }) => `${day} ${person}`));
  const judged = days.filter(
    (one) => one.day >= from && maybe(one) && (everyone || touched.has(`${one.day} ${one.person}`)),
  );
  if (judged.length === 0) return null;
  const since = baseline.history > 0 ? await read.first() : undefined;
  return { detection, judged, found: outliers(baseline, days, judged, detections.calendars, since) };
}

/** The days that the judged ones are compared with: usually only those of the same people, which are few. */
async function daysFor(
  read: ReadDays,
  baseline: Baseline,
  { from, to, everyone }: { readonly from: string; readonly to: string; readonly everyone: boolean },
  candidates: readonly PersonDay[],
): Promise<PersonDay[]> {
  const first = addDays(from, -baseline.days);
  if (everyone) return read(first, to);
  const people = [...new Set(candidates.map(({ person }) => person))];
  const own = await read(first, to, people);
  const by = Map.groupBy(own, ({ person }) => person);
  return candidates.every(({ person, day }) => hasOwnBaseline(baseline, by.get(person) ?? [], day))
    ? own
    : read(first, to);
}

/**
 * The days whose result may have changed. A day is judged by those before it, so a late event affects all days that
 * follow within the window. Averages use completed days only; a day is complete once an event of a later day has
 * arrived.
 */
export function rangeOf(
  baseline: Baseline,
  { before, newest, changed }: Change,
): { from: string; to: string; everyone: boolean } | null {
  const first = changed.reduce((a, { day }) => (day < a ? day : a), newest);
  if (baseline.method === 'average') {
    const from = before !== null && before < first ? before : first;
    const last = changed.reduce((a, { day }) => (day > a ? day : a), first);
    const to = min(
      addDays(newest, -1),
      addDays(max(last, before ?? last), Math.max(baseline.days, baseline.history)),
    );
    return from > to ? null : { from, to, everyone: true };
  }
  const late = first < newest;
  const last = changed.reduce((a, { day }) => max(a, day), first);
  return { from: first, to: min(newest, addDays(last, baseline.days)), everyone: late };
}

function min(a: string, b: string): string {
  return a < b ? a : b;
}
function max(a: string, b: string): string {
  return a > b ? a : b;
}

function mayStandOut({ method, measure, floor }: Baseline, day: PersonDay, calendars: Calendars): boolean {
  if (method === 'hours') return outsideHours(day, calendars(day.day)).length >= floor;
  return (measured(day, measure) ?? 0) >= floor;
}

/** The group of an alert about one person's day. */
export function dayGroup({ person, day }: Pick<PersonDay, 'person' | 'day'>): string {
  return JSON.stringify([person, day]);
}

/** Updates the alerts of judged days to match the days that stand out. */
async function keep(
  batch: AddedBatch,
  detections: ClientDetections,
  { detection, judged, found }: Judgment,
  spans: readonly SpanRow[],
): Promise<boolean> {
  const { tx, clientId, now } = batch;
  const out = new Map(found.map((one) => [dayGroup(one), one]));
  const known = new Map(
    spans.flatMap((span) => (span.detection === detection.id ? [[span.grp, span] as const] : [])),
  );
  const add: (NewSpan & { readonly cause: { readonly detection: ReadyDetection } })[] = [];
  const put: NewSpan[] = [];
  const grown: SpanRow[] = [];
  let wrote = false;
  for (const one of judged) {
    const group = dayGroup(one);
    const outlier = out.get(group);
    const span = known.get(group);
    if (outlier === undefined) {
      if (span !== undefined && (await withdrawAlert(tx, clientId, span, now))) wrote = true;
      continue;
    }
    if (span !== undefined && JSON.stringify(sorted(span.outlier)) === JSON.stringify(sorted(outlier))) {
      if (span.state === 'withdrawn') grown.push(span);
      continue;
    }
    const { from, to } = dayBounds(one.day, detections.zone);
    const next: NewSpan = {
      id: span?.id ?? randomUUID(),
      detection: detection.id,
      group,
      first: from,
      last: to,
      count: outlier.count,
      firstActivity: null,
      sample: { person: one.person },
      outlier,
    };
    if (span === undefined) add.push({ ...next, cause: { detection } });
    else {
      put.push(next);
      if (span.state === 'withdrawn') grown.push(span);
    }
  }
  await insertAlerts(tx, clientId, await stated({ tx, clientId, now, zone: detections.zone }, add), now);
  await writeSpans(batch, put, whenFor(grown));
  await reopen(tx, clientId, grown, now);
  return wrote || add.length + put.length + grown.length > 0;
}

/** Entries sorted by key for comparison, because the database does not preserve key order. */
function sorted(outlier: Outlier | null): unknown {
  return outlier && Object.entries(outlier).sort(([a], [b]) => (a < b ? -1 : 1));
}
