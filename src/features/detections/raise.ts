import { randomUUID } from 'node:crypto';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { countedMatches } from '#domain/detections/call-reports.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import type { Match } from '#domain/detections/hot.ts';
import type { ReadyDetection } from '#domain/detections/pack.ts';
import { joinRuns, type Run } from '#domain/detections/runs.ts';
import { type Sample, sampleOf } from '#domain/detections/words.ts';
import { activitiesNamed } from '#store/activity/read.ts';
import { addAlertStep } from '#store/detections/alerts.ts';
import {
  insertAlerts,
  type NewAlert,
  type NewSpan,
  putSpans,
  type SpanRow,
  spansNear,
} from '#store/detections/spans.ts';
import type { Tx } from '#store/open.ts';
import type { AddedBatch } from '../shared/services/activity-log.ts';
import type { ClientDetections } from './client-detections.ts';
import type { AlertingMatches } from './correlate.ts';
import { type NamedIn, silencesOf } from './silences.ts';

/** Matches that have just become part of an alert, with what is needed to announce them. */
export interface Alerting extends AlertingMatches {
  /** Reports of the same calls that are already part of an alert. */
  readonly known: readonly Match[];
  /** Events of this batch by id. */
  readonly events: ReadonlyMap<string, DetectionEvent>;
}

/** Alerts about events older than this are kept but not urgent: it is too late to stop them. */
const OLD_DAYS = 14;
const DAY_MS = 86_400_000;

/** An alert that is raised or extended, with the matches that cause it. */
type Raised = NewSpan & { readonly cause: Alerting };

/** A stretch of an alert with its first event. */
type Piece = Run & { readonly firstActivity: string; readonly span: SpanRow | null };

/** Raises alerts, or extends existing ones. Returns whether anything was written. */
export async function raise(
  batch: AddedBatch,
  detections: ClientDetections,
  alerting: readonly Alerting[],
): Promise<boolean> {
  if (alerting.length === 0) return false;
  const { tx, clientId, now } = batch;
  const place = { tx, clientId, now, zone: detections.zone };
  const reported = alerting.map((one) => ({ ...one, points: countedMatches(one.known, one.matches) }));
  const spans = await spansNear(
    tx,
    clientId,
    reported.map(({ detection, group, points }) => ({
      detection: detection.id,
      group,
      from: points.reduce((a, { first }) => Math.min(a, first), Number.POSITIVE_INFINITY) - detection.quiet,
      to: points.reduce((a, { last }) => Math.max(a, last), Number.NEGATIVE_INFINITY) + detection.quiet,
    })),
  );
  const around = Map.groupBy(spans, ({ detection, grp }) => `${detection} ${grp}`);
  const add: Raised[] = [];
  const put: Raised[] = [];
  const grown: SpanRow[] = [];
  const merged: { readonly span: SpanRow; readonly into: SpanRow }[] = [];
  const reached: { readonly was: SpanRow; readonly span: Raised; readonly absorbed: readonly SpanRow[] }[] =
    [];
  for (const one of reported) {
    const { detection, group } = one;
    const old = (around.get(`${detection.id} ${group}`) ?? []).map(
      (span): Piece => ({
        first: span.first_at.getTime(),
        last: span.last_at.getTime(),
        count: span.count,
        firstActivity: span.first_activity ?? '',
        span,
      }),
    );
    const pieces = [...old, ...one.points.map((point): Piece => ({ ...point, span: null }))];
    for (const { run, of } of joinRuns(pieces, detection.quiet)) {
      const parts = of.map((index) => pieces[index]).filter((piece) => piece !== undefined);
      if (parts.every(({ span }) => span !== null) && parts.length === 1) continue;
      const known = parts.flatMap(({ span }) => span ?? []).sort((a, b) => a.number - b.number);
      const first = parts.reduce((a, b) =>
        b.first < a.first || (b.first === a.first && b.firstActivity < a.firstActivity) ? b : a,
      );
      const [keep, ...others] = known;
      // Reported again by another source: nothing new has happened.
      const more = parts.some((piece) => piece.span === null && piece.count > 0);
      if (!more && (keep === undefined || (others.length === 0 && sameReach(keep, run)))) continue;
      const span = {
        id: keep?.id ?? randomUUID(),
        detection: detection.id,
        group,
        ...run,
        firstActivity: first.firstActivity,
        sample: first.span?.sample ?? {},
        outlier: null,
        cause: one,
      };
      (keep === undefined ? add : put).push(span);
      if (keep !== undefined) {
        if (more) grown.push(keep);
        if (more || others.length > 0) reached.push({ was: keep, span, absorbed: others });
        for (const other of others) merged.push({ span: other, into: keep });
      }
    }
  }
  await fillSamples(batch, detections, [...add, ...put]);
  await insertAlerts(tx, clientId, await stated(place, add, (span) => actorsIn(batch, span)), now);
  const seenAgain = await uncovered(batch, detections.zone, reached);
  await writeSpans(batch, put, merged.length > 0 || seenAgain.length > 0 ? 'now' : whenFor(grown));
  for (const { span, into } of merged) await mergeInto(tx, clientId, span, into, now);
  await reopen(tx, clientId, grown, now, seenAgain);
  return true;
}

function sameReach({ first_at, last_at }: SpanRow, { first, last }: Run): boolean {
  return first_at.getTime() === first && last_at.getTime() === last;
}

/** The sentence of an alert describes its first event, which may be from an earlier batch. */
async function fillSamples(
  { tx, clientId }: AddedBatch,
  detections: ClientDetections,
  spans: readonly Raised[],
): Promise<void> {
  const open = spans.filter(({ sample }) => Object.keys(sample).length === 0);
  const missing = open.filter(({ firstActivity, cause }) => !cause.events.has(firstActivity ?? ''));
  const read = await activitiesNamed(
    tx,
    clientId,
    missing.map(({ first, firstActivity }) => ({ at: new Date(first), id: firstActivity ?? '' })),
  );
  const found = new Map(read.map((activity): [string, StoredActivity] => [activity.id, activity]));
  for (const span of open) {
    const { file } = span.cause.detection;
    const old = found.get(span.firstActivity ?? '');
    const event =
      span.cause.events.get(span.firstActivity ?? '') ??
      (old === undefined ? undefined : { activity: old, bylaw: detections.enrich(old) });
    if (event !== undefined) (span as { sample: Sample }).sample = sampleOf(file, event);
  }
}

/** Where alerts are written, and the time zone in which days are counted there. */
export interface AlertPlace extends Pick<AddedBatch, 'tx' | 'clientId' | 'now'> {
  readonly zone: string;
}

/** Sets the initial state of new alerts. */
export async function stated<
  Span extends NewSpan & { readonly cause: { readonly detection: ReadyDetection } },
>(place: AlertPlace, spans: readonly Span[], namedIn?: NamedIn<Span>): Promise<NewAlert[]> {
  if (spans.length === 0) return [];
  const silenceOf = await silencesOf(place, namedIn);
  const alerts: NewAlert[] = [];
  for (const span of spans) {
    const silence = await silenceOf(span);
    const old = span.last < place.now.getTime() - OLD_DAYS * DAY_MS;
    const { cause, ...rest } = span;
    alerts.push({
      ...rest,
      level: cause.detection.file.level,
      state: silence !== undefined ? 'silenced' : old ? 'old' : 'open',
      silence: silence?.id ?? null,
    });
  }
  return alerts;
}

/** People who acted in the events that make up a new alert, from this batch or earlier ones. */
async function actorsIn(
  { tx, clientId }: AddedBatch,
  { cause: { matches, events } }: Raised,
): Promise<string[]> {
  const earlier = matches.filter(({ activity }) => !events.has(activity));
  const read = await activitiesNamed(
    tx,
    clientId,
    earlier.map(({ at, activity }) => ({ at: new Date(at), id: activity })),
  );
  const now = matches.flatMap(({ activity }) => events.get(activity)?.activity ?? []);
  return [
    ...new Set([...read, ...now].flatMap(({ person, actor }) => [person, actor.email, actor.name, actor.id])),
  ].filter((one) => one !== null);
}

/**
 * Hidden alerts that need attention now: a visible alert has become part of them, or no silence covers them anymore,
 * because it ended or a new event names the person who made it.
 */
async function uncovered(
  batch: AddedBatch,
  zone: string,
  grown: readonly { readonly was: SpanRow; readonly span: Raised; readonly absorbed: readonly SpanRow[] }[],
): Promise<SpanRow[]> {
  const hidden = grown.filter(({ was }) => was.state === 'silenced' || was.state === 'old');
  if (hidden.length === 0) return [];
  const silenceOf = await silencesOf<Raised>({ ...batch, zone }, (span) => actorsIn(batch, span));
  const found: SpanRow[] = [];
  for (const { was, span, absorbed } of hidden) {
    const waits = absorbed.some(({ state }) => state === 'open' || state === 'follow_up');
    if (waits || (was.state === 'silenced' && (await silenceOf(span)) === undefined)) found.push(was);
  }
  return found;
}

async function mergeInto(tx: Tx, clientId: string, span: SpanRow, into: SpanRow, now: Date): Promise<void> {
  await tx
    .updateTable('alerts')
    .set({ state: 'merged', merged_into: into.id, version: span.version + 1 })
    .where('client_id', '=', clientId)
    .where('id', '=', span.id)
    .execute();
  await addAlertStep(tx, {
    client_id: clientId,
    alert_id: span.id,
    act: 'merged',
    note: into.id,
    done_by: null,
    done_by_name: null,
    done_at: now,
  });
}

/** Whether spans have to be written first, because a change of state that follows is announced after them. */
export function whenFor(grown: readonly SpanRow[]): 'now' | 'later' {
  return grown.some(({ state }) => REOPENED.includes(state)) ? 'now' : 'later';
}

export async function writeSpans(
  { tx, clientId, atEnd }: Pick<AddedBatch, 'tx' | 'clientId' | 'atEnd'>,
  spans: readonly NewSpan[],
  when: 'now' | 'later',
): Promise<void> {
  if (spans.length === 0) return;
  const statement = putSpans(tx, clientId, spans);
  if (when === 'now') await tx.executeQuery(statement);
  else atEnd(statement);
}

/**
 * Reopens alerts that were settled or too old to be urgent, because events were added and someone has to look again.
 */
export async function reopen(
  tx: Tx,
  clientId: string,
  spans: readonly SpanRow[],
  now: Date,
  also: readonly SpanRow[] = [],
): Promise<void> {
  for (const span of [...spans.filter(({ state }) => REOPENED.includes(state)), ...also]) {
    await tx
      .updateTable('alerts')
      .set({ state: 'open', settled_by_name: null, settled_at: null, version: span.version + 1 })
      .where('client_id', '=', clientId)
      .where('id', '=', span.id)
      .execute();
    await addAlertStep(tx, {
      client_id: clientId,
      alert_id: span.id,
      act: 'grew',
      note: null,
      done_by: null,
      done_by_name: null,
      done_at: now,
    });
  }
}

const REOPENED: readonly string[] = ['benign', 'real', 'withdrawn'];
