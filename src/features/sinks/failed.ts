import type { z } from 'zod';
import { type ForwardedEvent, forwardedSchema, idOf, seqOf } from '#domain/forwarding/event.ts';
import { DELIVERY_STATES, type DeliveryState } from '#domain/forwarding/words.ts';
import type { Tx } from '#store/open.ts';
import {
  changeFailedDelivery,
  type FailedDeliveryHead,
  type FailedDeliveryRow,
  failedDeliveries,
  failedDeliveryCounts,
  findFailedDelivery,
} from '#store/sinks/failed-deliveries.ts';
import { sinksOf } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { refusalSentence } from '../input-words.ts';
import { lastChange } from '../last-change.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { recordFindings } from './findings.ts';
import type { failedDeliverySchema } from './schemas.ts';

type DeliveryShown = z.infer<typeof failedDeliverySchema>;

/** Maximum failed deliveries in a list. The counts cover all of them. */
const MAX_LISTED = 500;

export interface OneDelivery {
  readonly delivery: string;
  readonly version: number;
}

/** Events that sinks of a client refused, without their content. */
export async function listDeliveries(context: HandlerContext, state: DeliveryState | null) {
  const { client, can } = context;
  return context.read(async (tx) => {
    const names = await sinkNames(tx, client.id);
    const heads = await failedDeliveries(tx, client.id, { state, limit: MAX_LISTED });
    const counts = await failedDeliveryCounts(tx, client.id);
    const of = (wanted: DeliveryState) =>
      counts.filter((one) => one.state === wanted).reduce((sum, one) => sum + one.count, 0);
    const byState = { waiting: of('waiting'), replayed: of('replayed'), dropped: of('dropped') };
    const total = state === null ? byState.waiting + byState.replayed + byState.dropped : byState[state];
    return {
      items: heads.map((head) => shownDelivery(head, names)),
      total,
      counts: byState,
      may: { edit: can('connections.edit') },
    };
  });
}

/** One failed delivery with its events, for people who may read them elsewhere too. */
export async function showDelivery(context: HandlerContext, id: string) {
  const { client, can } = context;
  return context.read(async (tx) => {
    const row = await findFailedDelivery(tx, client.id, id);
    if (row === undefined) throw notFound();
    refuseUnread(context, row);
    return {
      ...shownDelivery(row, await sinkNames(tx, client.id)),
      events: [...row.events],
      may: { edit: can('connections.edit') },
    };
  });
}

/** Stores events corrected by a person. Their identity does not change: number, id, stream and client. */
export async function repairDelivery(
  context: HandlerContext,
  wanted: OneDelivery & { readonly events: readonly unknown[] },
): Promise<DeliveryShown> {
  const { client, actor, now } = context;
  const events = wanted.events.map((event, index) => readEvent(event, index));
  return context.change(async (tx, recorder) => {
    const row = await waitingDelivery(tx, context, wanted);
    if (isAudit(row)) throw unprocessable('Records of the audit log are sent unchanged or discarded.');
    refuseOthers(row.events, events);
    const changed = await changeFailedDelivery(tx, client.id, row.id, wanted.version, {
      events: JSON.stringify(events),
      edited_at: now,
      edited_by_name: actor.name,
    });
    if (changed === null) throw await editConflict(tx, context, row);
    await recorder.record({
      subject: { kind: 'failed_delivery', id: row.id, name: row.says },
      before: { events: row.events.filter((event, at) => !same(event, events[at])).slice(0, MAX_RECORDED) },
      after: { events: events.filter((event, at) => !same(event, row.events[at])).slice(0, MAX_RECORDED) },
    });
    return shownDelivery(changed, await sinkNames(tx, client.id));
  });
}

/** Maximum changed events in an audit record; the failed delivery itself has all of them. */
const MAX_RECORDED = 20;

/** Discards events: the sink never receives them. */
export async function dropDelivery(
  context: HandlerContext,
  wanted: OneDelivery & { readonly reason: string },
): Promise<DeliveryShown> {
  const { client, actor, now, services } = context;
  const dropped = await context.change(async (tx, recorder) => {
    const row = await waitingDelivery(tx, context, wanted);
    const changed = await changeFailedDelivery(tx, client.id, row.id, wanted.version, {
      state: 'dropped',
      settled_at: now,
      settled_by_name: actor.name,
      settled_why: wanted.reason,
    });
    if (changed === null) throw await editConflict(tx, context, row);
    await recordFindings(tx, services, { clientId: client.id, sinkId: row.sink_id }, now);
    await recorder.record({
      subject: { kind: 'failed_delivery', id: row.id, name: row.says },
      reason: wanted.reason,
      before: { state: row.state },
      after: { state: 'dropped', events: row.count, ids: row.events.slice(0, MAX_RECORDED).map(idOf) },
    });
    return shownDelivery(changed, await sinkNames(tx, client.id));
  });
  services.events.publish({ client: client.id, topic: 'sinks', id: dropped.sink });
  return dropped;
}

/** A waiting failed delivery, at the version that the person saw. */
export async function waitingDelivery(
  tx: Tx,
  context: HandlerContext,
  { delivery, version }: OneDelivery,
): Promise<FailedDeliveryRow> {
  const row = await findFailedDelivery(tx, context.client.id, delivery);
  if (row === undefined) throw notFound();
  refuseUnread(context, row);
  if (row.state !== 'waiting' || row.version !== version) throw await editConflict(tx, context, row);
  return row;
}

function isAudit({ stream }: Pick<FailedDeliveryHead, 'stream'>): boolean {
  return stream === 'audit' || stream === 'workspace_audit';
}

/** People who may not read these events elsewhere can neither read nor decide about them here. */
function refuseUnread({ can }: HandlerContext, row: Pick<FailedDeliveryHead, 'stream'>): void {
  const may =
    row.stream === 'workspace_audit'
      ? can('workspace.audit', null)
      : can(row.stream === 'audit' ? 'audit.read' : 'activity.read');
  if (!may)
    throw forbidden(
      isAudit(row)
        ? 'Your role does not include reading the audit log that these belong to.'
        : 'Your role does not include reading activities, which these are.',
    );
}

export async function editConflict(tx: Tx, { client }: HandlerContext, row: FailedDeliveryHead) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'sinks.', subject: row.id });
  return conflict(
    'Someone else handled or changed this delivery after you opened it. Look at the current version.',
    { by, at, version: row.version },
  );
}

export async function sinkNames(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await sinksOf(tx, clientId)).map(({ id, name }) => [id, name]));
}

export function shownDelivery(row: FailedDeliveryHead, names: ReadonlyMap<string, string>): DeliveryShown {
  return {
    id: row.id,
    sink: row.sink_id,
    sinkName: names.get(row.sink_id) ?? '',
    stream: row.stream,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    count: row.count,
    unnamed: row.unnamed,
    says: row.says,
    answer: row.answer,
    state: DELIVERY_STATES.find((state) => state === row.state) ?? 'waiting',
    madeAt: row.made_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    editedBy: row.edited_by_name,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_by_name,
    settledWhy: row.settled_why,
    version: row.version,
  };
}

function readEvent(event: unknown, index: number): ForwardedEvent {
  const parsed = forwardedSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unprocessable(
    `Event ${index + 1} cannot be used. ${issue === undefined ? '' : refusalSentence(issue)}`.trim(),
  );
}

function refuseOthers(before: readonly ForwardedEvent[], after: readonly ForwardedEvent[]): void {
  const named = (event: ForwardedEvent) =>
    JSON.stringify([event.stream, seqOf(event), idOf(event), event.client.id, event.test]);
  if (before.map(named).join() !== after.map(named).join())
    throw unprocessable(
      'An event’s number, ID, stream and client identify it, so they cannot be changed or left out.',
    );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
