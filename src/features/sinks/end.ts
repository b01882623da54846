import { SEVERITIES, type SinkFilter } from '#domain/forwarding/event.ts';
import type { AnySinkKind } from '#sinks/registry.ts';
import type { Tx } from '#store/open.ts';
import { changeSink, removeSink, type SinkRow, sinkStates, tryNow } from '#store/sinks/sinks.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { endAct, proposeAct, SECOND_NEEDS } from '../shared/pending-acts.ts';
import { accountsOf } from '../shared/second-person.ts';
import { recordFindings } from './findings.ts';
import { type SinkShown, showSink } from './list.ts';
import { editConflict, found, type One, publish, refuseUnread, settingOf } from './one-sink.ts';
import { STREAM_LIST } from './streams.ts';

/** Removes a sink. One that has delivered waits for a second person's approval, if there is one. */
export async function takeSinkAway(context: HandlerContext, wanted: One): Promise<{ removed: boolean }> {
  const { client } = context;
  const second = await hasSecond(context);
  const removed = await context.change(async (tx, recorder) => {
    const before = await found(tx, context, wanted);
    refuseUnread(context, before.filter);
    const delivers = await hasDelivered(tx, client.id, before.id);
    if (second && delivers) {
      await proposeAct(tx, context, settingOf(before.id), 'remove');
      await recorder.record({
        subject: { kind: 'sink', id: before.id, name: before.name },
        after: { proposed: 'remove' },
      });
      return false;
    }
    await removeIn(tx, context, recorder, { before, noted: delivers ? { alone: true } : {} });
    return true;
  });
  publish(context, wanted.sink);
  return { removed };
}

/** Removes a sink and its pending changes, within a transaction. */
export async function removeIn(
  tx: Tx,
  context: HandlerContext,
  recorder: Recorder,
  { before, noted }: { readonly before: SinkRow; readonly noted: object },
): Promise<void> {
  const { client } = context;
  if (!(await removeSink(tx, client.id, before.id, before.version)))
    throw await editConflict(tx, context, before);
  await endAct(tx, client.id, settingOf(before.id));
  await recorder.facts();
  await recorder.record({
    subject: { kind: 'sink', id: before.id, name: before.name },
    before: {
      kind: before.kind,
      place: before.place,
      settings: before.settings,
      filter: before.filter,
    },
    ...(Object.keys(noted).length === 0 ? {} : { after: { removed: true, ...noted } }),
  });
}

/** Pauses a sink. One that has delivered waits for a second person's approval, if there is one. */
export async function pauseSink(context: HandlerContext, wanted: One): Promise<SinkShown> {
  const { client } = context;
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await found(tx, context, wanted);
    refuseUnread(context, before.filter);
    const delivers = !before.paused && (await hasDelivered(tx, client.id, before.id));
    if (second && delivers) {
      await proposeAct(tx, context, settingOf(before.id), 'pause');
      await recorder.record({
        subject: { kind: 'sink', id: before.id, name: before.name },
        after: { proposed: 'pause' },
      });
    } else
      await pauseIn(tx, context, recorder, { before, paused: true, noted: delivers ? { alone: true } : {} });
  });
  publish(context, wanted.sink);
  return showSink(context, wanted.sink);
}

/** Resumes a sink that is paused, stopped or waiting for a retry. */
export async function resumeSink(context: HandlerContext, wanted: One): Promise<SinkShown> {
  const { client, services } = context;
  await context.change(async (tx, recorder) => {
    const before = await found(tx, context, wanted);
    refuseUnread(context, before.filter);
    await pauseIn(tx, context, recorder, { before, paused: false, noted: {} });
  });
  services.forwarding.wake(client.id);
  publish(context, wanted.sink);
  return showSink(context, wanted.sink);
}

/** Pauses or resumes a sink, within a transaction. */
export async function pauseIn(
  tx: Tx,
  context: HandlerContext,
  recorder: Recorder,
  { before, paused, noted }: { readonly before: SinkRow; readonly paused: boolean; readonly noted: object },
): Promise<void> {
  const { client, actor, now, services } = context;
  const changed = await changeSink(tx, client.id, before.id, before.version, {
    paused,
    changed_at: now,
    changed_by_name: actor.name,
  });
  if (changed === null) throw await editConflict(tx, context, before);
  if (!paused) await tryNow(tx, client.id, before.id);
  await recordFindings(tx, services, { clientId: client.id, sinkId: before.id }, now);
  await recorder.facts();
  await recorder.record({
    subject: { kind: 'sink', id: before.id, name: before.name },
    before: { paused: before.paused },
    after: { paused, ...noted },
  });
}

/** Whether someone else could approve ending a sink; call before the transaction. */
export async function hasSecond({ services, actor, client }: HandlerContext): Promise<boolean> {
  return (await accountsOf(services)).hasSecond(actor.userId, client.id, SECOND_NEEDS);
}

/** Whether it ever delivered anything: a sink that never worked can be corrected and removed by one person. */
export async function hasDelivered(tx: Tx, clientId: string, id: string): Promise<boolean> {
  const state = (await sinkStates(tx, clientId)).get(id);
  return state !== undefined && state.accepted_at !== null;
}

/** Throws if one person would make a delivering sink send less, or elsewhere. */
export function refuseLess(
  before: Pick<SinkRow, 'settings' | 'filter'>,
  after: { readonly settings: Readonly<Record<string, unknown>>; readonly filter: SinkFilter },
  { destination }: Pick<AnySinkKind, 'destination'>,
): void {
  const settings: Readonly<Record<string, unknown>> = before.settings;
  const elsewhere = destination.some((name) => settings[name] !== after.settings[name]);
  if (!elsewhere && !sendsLess(before.filter, after.filter)) return;
  throw unprocessable(
    'One person cannot make a working sink send less or to another place. Add a second sink with what you want, and remove this one; someone else has to approve that.',
  );
}

const RANKS: readonly string[] = SEVERITIES;

function sendsLess(before: SinkFilter, after: SinkFilter): boolean {
  return (
    STREAM_LIST.some((stream) => stream.wanted(before) && !stream.wanted(after)) ||
    (after.categories !== null &&
      (before.categories === null ||
        before.categories.some((one) => after.categories?.includes(one) === false))) ||
    RANKS.indexOf(after.minSeverity) > RANKS.indexOf(before.minSeverity)
  );
}

// Guide: G5.3-00
