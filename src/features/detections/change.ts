import { alertCode } from '#domain/detections/alert-words.ts';
import type { RawAlert } from '#domain/detections/detect.ts';
import { historyOf, numberOf } from '#domain/detections/pack.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { alertWords, type Sample, sampleOf } from '#domain/detections/words.ts';
import {
  alertsOfRule,
  detectionSettings,
  endSilence,
  findSilence,
  putSetting,
} from '#store/detections/alerts.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, forbidden, notFound } from '../problems.ts';
import { alerting, clientContext, detectionView, statusOf } from './list.ts';
import { alertAbout, ownNames } from './own-alerts.ts';
import { replay } from './replay.ts';

function findDetection({ services }: HandlerContext, rule: string): Detection {
  const found = alerting(services.catalogue.detections).find(({ bylaw }) => bylaw.id === rule);
  if (found === undefined) throw notFound();
  return found;
}

/** Refuses a number that the rule's file does not allow. */
function checkNumber({ bylaw, title }: Detection, number: number): void {
  const { tune } = bylaw;
  if (tune === undefined) throw badRequest(`“${title}” has no number that could be tuned.`);
  if (number < tune.min || number > tune.max || (tune.whole && !Number.isInteger(number)))
    throw badRequest(
      `${tune.what}: give ${tune.whole ? 'a whole number' : 'a number'} from ${tune.min} to ${tune.max}.`,
    );
}

function checkHistory({ bylaw, title }: Detection, days: number): void {
  const { tuneHistory } = bylaw;
  if (tuneHistory === undefined) throw badRequest(`“${title}” has no history that could be tuned.`);
  if (days < tuneHistory.min || days > tuneHistory.max)
    throw badRequest(`Days of history: give a whole number from ${tuneHistory.min} to ${tuneHistory.max}.`);
}

interface Change {
  readonly rule: string;
  readonly version: number;
  readonly on?: boolean | undefined;
  readonly number?: number | undefined;
  readonly history?: number | undefined;
  readonly reason: string;
}

/**
 * Switches a rule on or off, or tunes it, for one client. Whoever its latest alerts name only switches it on: nobody
 * keeps their own acts out of sight, also not by a rule in place of a silence.
 */
export async function changeDetection(context: HandlerContext, input: Change) {
  const { client, actor, now, services } = context;
  const detection = findDetection(context, input.rule);
  if (input.number !== undefined) checkNumber(detection, input.number);
  if (input.history !== undefined) checkHistory(detection, input.history);
  const facts = await clientContext(context);
  const own = await ownNames(context);
  const view = await context.change(async (tx, recorder) => {
    const before = (await detectionSettings(tx, client.id)).find(({ rule }) => rule === input.rule);
    const meanwhile = () =>
      conflict('Someone else changed this detection. Look at it again before you change it.', {
        by: before?.changed_by_name ?? null,
        at: before?.changed_at ?? null,
        version: before?.version ?? 0,
      });
    if ((before?.version ?? 0) !== input.version) throw meanwhile();
    const was = {
      on: before?.is_on ?? detection.bylaw.on,
      number: before?.number ?? numberOf(detection),
      history: before?.history ?? historyOf(detection),
    };
    const next = {
      on: input.on ?? was.on,
      number: input.number ?? was.number,
      history: input.history ?? was.history,
    };
    if (next.on === was.on && next.number === was.number && next.history === was.history) {
      recorder.unchanged();
      return detectionView(detection, await statusOf(context, tx, facts));
    }
    if (!next.on || next.number !== was.number || next.history !== was.history)
      await refuseOwn(context, tx, own, detection);
    const done = await putSetting(
      tx,
      {
        client_id: client.id,
        rule: input.rule,
        is_on: input.on ?? before?.is_on ?? null,
        number: input.number ?? before?.number ?? null,
        history: input.history ?? before?.history ?? null,
        reason: input.reason,
        changed_by_name: actor.name,
        changed_at: now,
      },
      input.version,
    );
    if (!done) throw meanwhile();
    await recorder.record({
      subject: { kind: 'detection', id: input.rule, name: detection.title },
      reason: input.reason,
      before: was,
      after: next,
    });
    return detectionView(detection, await statusOf(context, tx, facts));
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  return view;
}

async function refuseOwn(
  { client, now }: HandlerContext,
  tx: Tx,
  own: readonly string[],
  { bylaw, title }: Detection,
): Promise<void> {
  const since = new Date(now.getTime() - TRY_DAYS * 86_400_000);
  const latest = await alertsOfRule(tx, client.id, { rule: bylaw.id, since, limit: MAX_NAMING });
  const about = await alertAbout(tx, own, latest);
  if (about !== undefined)
    throw forbidden(
      `${alertCode(about.number)} of “${title}” is about you. Someone else has to switch this rule off or tune it.`,
    );
}

/** Latest alerts of a rule that are searched for whoever changes it. */
const MAX_NAMING = 2_000;
/** Days that a rule is tried on, and whose alerts are searched for whoever changes it. */
const TRY_DAYS = 90;
/** Alerts that an answer lists; `total` counts all. */
const MAX_ALERTS = 200;

/** What a rule would have raised over the last 90 days. Nothing is stored. */
export async function tryDetection(
  context: HandlerContext,
  input: {
    readonly rule: string;
    readonly number?: number | undefined;
    readonly history?: number | undefined;
  },
) {
  const { client, services } = context;
  const detection = findDetection(context, input.rule);
  if (input.number !== undefined) checkNumber(detection, input.number);
  if (input.history !== undefined) checkHistory(detection, input.history);
  const facts = await clientContext(context);
  const { works } = await context.read(async (tx) =>
    detectionView(detection, await statusOf(context, tx, facts)),
  );
  const found = await replay(services, client.id, {
    days: TRY_DAYS,
    only: input.rule,
    ...(input.number === undefined ? {} : { number: input.number }),
    ...(input.history === undefined ? {} : { history: input.history }),
  });
  const latest = found.alerts.toSorted((a, b) => b.last - a.last);
  return {
    rule: input.rule,
    since: found.since,
    looked: found.looked,
    cut: found.cut,
    works,
    total: latest.length,
    items: latest.slice(0, MAX_ALERTS).map((alert) => {
      const event = found.events.get(alert.activities[0] ?? '');
      const sample = event === undefined ? sampleOfGroup(detection, alert) : sampleOf(detection, event);
      const { count, first, last, outlier, values } = alert;
      return {
        words: alertWords(detection.bylaw.message, sample, { count, first, last, values, outlier }),
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
        count,
      };
    }),
  };
}

/** What a sentence names of an alert that no single event made: the values of its group. */
function sampleOfGroup({ bylaw }: Detection, { group, outlier }: RawAlert): Sample {
  if (outlier !== null) return { person: outlier.person };
  const values = JSON.parse(group) as readonly string[];
  return Object.fromEntries(bylaw.group.map((name, index) => [name, values[index] ?? null]));
}

/** Ends a silence before its day. */
export async function stopSilence(
  context: HandlerContext,
  input: { readonly silence: string; readonly reason: string },
) {
  const { client, actor, now, services } = context;
  await context.change(async (tx, recorder) => {
    const row = await findSilence(tx, client.id, input.silence);
    if (row === undefined) throw notFound();
    if (!(await endSilence(tx, client.id, row.id, { by: actor.name, at: now })))
      throw conflict('This silence has ended already.', {
        by: row.ended_by_name,
        at: row.ended_at,
        version: null,
      });
    await recorder.record({
      subject: { kind: 'silence', id: row.id, name: row.about },
      reason: input.reason,
      before: { until: row.until_day },
      after: { until: null },
    });
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  return { ended: true as const };
}
// Guide: G7.1-05
