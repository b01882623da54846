import { randomUUID } from 'node:crypto';
import { type DetectionSetting, loosens } from '#domain/detections/loosening.ts';
import { historyOf, numberOf } from '#domain/detections/pack.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import {
  detectionSettings,
  endSilence,
  findSilence,
  putSetting,
  type SettingRow,
} from '#store/detections/alerts.ts';
import { findProposal, putProposal, removeProposal } from '#store/detections/proposals.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, notFound } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { alerting, clientContext, detectionView, statusOf } from './list.ts';
import { ownNames, refuseOwn } from './own-alerts.ts';

export function findDetection({ services }: HandlerContext, detection: string): Detection {
  const found = alerting(services.catalogue.detections).find(({ bylaw }) => bylaw.id === detection);
  if (found === undefined) throw notFound();
  return found;
}

/** Refuses a number that the detection's file does not allow. */
export function checkNumber({ bylaw, title }: Detection, number: number): void {
  const { tune } = bylaw;
  if (tune === undefined) throw badRequest(`“${title}” has no number that could be tuned.`);
  if (number < tune.min || number > tune.max || (tune.whole && !Number.isInteger(number)))
    throw badRequest(
      `${tune.what}: give ${tune.whole ? 'a whole number' : 'a number'} from ${tune.min} to ${tune.max}.`,
    );
}

export function checkHistory({ bylaw, title }: Detection, days: number): void {
  const { tuneHistory } = bylaw;
  if (tuneHistory === undefined) throw badRequest(`“${title}” has no history that could be tuned.`);
  if (days < tuneHistory.min || days > tuneHistory.max)
    throw badRequest(`Days of history: give a whole number from ${tuneHistory.min} to ${tuneHistory.max}.`);
}

/** A client's setting of a detection: the stored one, otherwise the default in the detection's file. */
export function settingOf(detection: Detection, row: SettingRow | undefined): DetectionSetting {
  return {
    on: row?.is_on ?? detection.bylaw.on,
    number: row?.number ?? numberOf(detection),
    history: row?.history ?? historyOf(detection),
  };
}

export function editConflict(row: SettingRow | undefined) {
  return conflict('Someone else changed this detection. Look at it again before you change it.', {
    by: row?.changed_by_name ?? null,
    at: row?.changed_at ?? null,
    version: row?.version ?? 0,
  });
}

interface Change {
  readonly detection: string;
  readonly version: number;
  readonly on?: boolean | undefined;
  readonly number?: number | undefined;
  readonly history?: number | undefined;
  readonly reason: string;
}

/**
 * Switches a detection on or off, or tunes it, for one client. Someone whom the detection's latest alerts name can only
 * switch it on, so that no one can hide their own actions through a detection instead of a silence. A change that makes
 * the detection find less waits for a second person if there is one, so that no one can hide actions in advance either.
 */
export async function changeDetection(context: HandlerContext, input: Change) {
  const { client, actor, now, services } = context;
  const detection = findDetection(context, input.detection);
  if (input.number !== undefined) checkNumber(detection, input.number);
  if (input.history !== undefined) checkHistory(detection, input.history);
  const facts = await clientContext(context);
  const own = await ownNames(context);
  const accounts = await accountsOf(services);
  const view = await context.change(async (tx, recorder) => {
    const before = (await detectionSettings(tx, client.id)).find((one) => one.detection === input.detection);
    if ((before?.version ?? 0) !== input.version) throw editConflict(before);
    const was = settingOf(detection, before);
    const next = {
      on: input.on ?? was.on,
      number: input.number ?? was.number,
      history: input.history ?? was.history,
    };
    if (next.on === was.on && next.number === was.number && next.history === was.history) {
      recorder.unchanged();
      return detectionView(detection, await statusOf(context, tx, facts, accounts));
    }
    if (!next.on || next.number !== was.number || next.history !== was.history)
      await refuseOwn(context, tx, own, detection);
    const wanted = {
      client_id: client.id,
      detection: input.detection,
      is_on: input.on ?? before?.is_on ?? null,
      number: input.number ?? before?.number ?? null,
      history: input.history ?? before?.history ?? null,
      reason: input.reason,
    };
    const weaker = loosens(detection, was, next);
    const waits = weaker && accounts.hasSecond(actor.userId, client.id, 'detections.edit');
    if (waits)
      await putProposal(tx, {
        ...wanted,
        id: randomUUID(),
        proposed_by: actor.userId,
        proposed_by_name: actor.name,
        proposed_at: now,
        version: input.version,
      });
    else {
      const open = await findProposal(tx, client.id, input.detection);
      // The open proposal was based on settings that are now replaced.
      if (open !== undefined) await removeProposal(tx, open);
      const by = { changed_by_name: actor.name, changed_at: now, approved_by_name: null };
      if (!(await putSetting(tx, { ...wanted, ...by }, input.version))) throw editConflict(before);
    }
    await recorder.record({
      subject: { kind: 'detection', id: input.detection, name: detection.title },
      reason: input.reason,
      before: was,
      after: waits ? { proposed: next } : weaker ? { ...next, alone: true } : next,
    });
    return detectionView(detection, await statusOf(context, tx, facts, accounts));
  });
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  return view;
}

/** Ends a silence before its end date. */
export async function stopSilence(
  context: HandlerContext,
  input: { readonly silence: string; readonly reason: string },
) {
  const { client, actor, now, services } = context;
  await context.change(async (tx, recorder) => {
    const row = await findSilence(tx, client.id, input.silence);
    if (row === undefined) throw notFound();
    if (!(await endSilence(tx, client.id, row.id, { by: actor.name, at: now })))
      throw conflict('This silence has already ended.', {
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
