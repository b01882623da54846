import { randomUUID } from 'node:crypto';
import { alertCode, type Settlement } from '#domain/detections/alert-words.ts';
import { addDays } from '#domain/model/day.ts';
import { dayWords } from '#domain/text/words.ts';
import {
  type AlertWithSpan,
  addAlertStep,
  changeAlert,
  findAlert,
  insertSilence,
} from '#store/detections/alerts.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { alertAbout, ownNames } from '../detections/index.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { showAlert } from './show.ts';
import { alertLine } from './view.ts';

/** Maximum length of a silence in days, so that none is forgotten. */
const MAX_SILENCE_DAYS = 90;

interface Act {
  readonly alert: string;
  readonly version: number;
  readonly note: string;
}

/** Records a person's assessment of an alert. */
export async function settleAlert(context: HandlerContext, input: Act & { readonly as: Settlement }) {
  const own = await ownNames(context);
  await change(context, input, async (tx, row) => {
    await refuseOwn(tx, own, [row], input.as);
    if (row.state === input.as) throw unprocessable(`${alertCode(row.number)} is already settled that way.`);
    await put(tx, context, row, input.as, input.as, input.note);
    return { before: { state: row.state }, after: { state: input.as } };
  });
  return showAlert(context, input.alert);
}

/** Reopens an alert that was settled, silenced or withdrawn. */
export async function reopenAlert(context: HandlerContext, input: Act) {
  await change(context, input, async (tx, row) => {
    if (row.state === 'open') throw unprocessable(`${alertCode(row.number)} is open already.`);
    await put(tx, context, row, 'open', 'reopened', input.note);
    return { before: { state: row.state }, after: { state: 'open' } };
  });
  return showAlert(context, input.alert);
}

/**
 * Silences alerts like this one until a day, and settles this one. Alerts that name the person who silences are still
 * raised.
 */
export async function silenceAlert(
  context: HandlerContext,
  input: Act & { readonly scope: 'same' | 'detection'; readonly until: string },
) {
  const { client, actor, now, services } = context;
  const { today } = present(now, client.timezone);
  if (input.until < today)
    throw unprocessable(`The silence would end before it starts. Today is ${dayWords(today)}.`);
  const latest = addDays(today, MAX_SILENCE_DAYS);
  if (input.until > latest)
    throw unprocessable(`A silence lasts ${MAX_SILENCE_DAYS} days at most: until ${dayWords(latest)}.`);
  const own = await ownNames(context);
  await change(context, input, async (tx, row) => {
    await refuseOwn(tx, own, [row], 'benign');
    const { words, title } = await alertLine(tx, services.catalogue, row);
    const id = randomUUID();
    // An unusual day is about a person, so the person is silenced, not the day.
    const group = input.scope === 'detection' ? null : row.outlier === null ? row.grp : row.outlier.person;
    await insertSilence(tx, {
      client_id: client.id,
      id,
      detection: row.detection,
      grp: group,
      about: input.scope === 'detection' ? title : words,
      reason: input.note,
      until_day: input.until,
      made_by: actor.userId,
      made_by_name: actor.name,
      made_by_names: JSON.stringify(own),
      made_at: now,
    });
    await put(tx, context, row, 'benign', 'silenced', `Until ${dayWords(input.until)}: ${input.note}`);
    return {
      before: { state: row.state },
      after: {
        state: 'benign',
        silence: id,
        detection: row.detection,
        scope: input.scope,
        until: input.until,
      },
    };
  });
  return showAlert(context, input.alert);
}

/**
 * Settles an alert together with the incident opened from it, if nobody has yet. Returns its code and new state; null:
 * unchanged, because it was settled before or is about the person who would call it harmless.
 */
export async function settleWithIncident(
  tx: Tx,
  context: HandlerContext,
  { alert, as, note, own }: { alert: string; as: Settlement; note: string; own: readonly string[] },
): Promise<{ readonly alert: string; readonly state: Settlement } | null> {
  const row = await findAlert(tx, context.client.id, alert);
  if (row === undefined || (row.state !== 'open' && row.state !== 'follow_up')) return null;
  if (as === 'benign' && (await alertAbout(tx, own, [row])) !== undefined) return null;
  await put(tx, context, row, as, as, note);
  return { alert: alertCode(row.number), state: as };
}

/**
 * Reopens an alert together with the incident that settled it. Later decisions on it, by a person or by new events,
 * are kept.
 */
export async function reopenWithIncident(
  tx: Tx,
  context: HandlerContext,
  { alert, as, settledAt, note }: { alert: string; as: Settlement; settledAt: Date; note: string },
): Promise<{ readonly alert: string; readonly state: 'open' } | null> {
  const row = await findAlert(tx, context.client.id, alert);
  if (row?.state !== as || row.settled_at?.getTime() !== settledAt.getTime()) return null;
  await put(tx, context, row, 'open', 'reopened', note);
  return { alert: alertCode(row.number), state: 'open' };
}

async function change(
  context: HandlerContext,
  input: Act,
  work: (tx: Tx, row: AlertWithSpan) => Promise<{ before: object; after: object }>,
): Promise<void> {
  const { client, services } = context;
  await context.change(async (tx, recorder) => {
    const row = decidable(await findAlert(tx, client.id, input.alert), input.version);
    const { before, after } = await work(tx, row);
    await recorder.record({
      subject: { kind: 'alert', id: row.id, name: alertCode(row.number) },
      reason: input.note,
      before,
      after,
    });
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: input.alert });
  services.forwarding.wake(client.id);
}

/** Nobody may call something harmless that they were involved in. */
export async function refuseOwn(
  tx: Tx,
  own: readonly string[],
  rows: readonly AlertWithSpan[],
  as: Settlement,
): Promise<void> {
  if (as !== 'benign') return;
  const about = await alertAbout(tx, own, rows);
  if (about !== undefined)
    throw forbidden(`${alertCode(about.number)} is about you. Someone else has to say that it is harmless.`);
}

/** The alert, if the person was shown its current version and may decide on it. */
export function decidable(row: AlertWithSpan | undefined, version: number): AlertWithSpan {
  if (row === undefined) throw notFound();
  if (row.state === 'merged')
    throw unprocessable(`${alertCode(row.number)} is part of another alert. Open that one and decide there.`);
  if (row.version !== version) throw editConflict(row);
  return row;
}

/** Stores a decision on an alert unless somebody else was faster. */
export async function put(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  row: AlertWithSpan,
  state: string,
  act: string,
  note: string | null,
): Promise<void> {
  const done = state !== 'open' && state !== 'follow_up';
  const changed = await changeAlert(tx, client.id, row.id, row.version, {
    state,
    settled_by_name: done ? actor.name : null,
    settled_at: done ? now : null,
  });
  if (changed === null) throw editConflict((await findAlert(tx, client.id, row.id)) ?? row);
  await addAlertStep(tx, {
    client_id: client.id,
    alert_id: row.id,
    act,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}

function editConflict(row: AlertWithSpan) {
  return conflict('This alert has changed since you opened it. Look at it again before you decide.', {
    by: row.settled_by_name,
    at: row.settled_at,
    version: row.version,
  });
}
// Guide: G5.4-04
