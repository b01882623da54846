import { count } from '#domain/text/words.ts';
import type { Sink } from '#sinks/sink.ts';
import {
  changeFailedDelivery,
  type FailedDeliveryRow,
  waitingDeliveries,
} from '#store/sinks/failed-deliveries.ts';
import { findSink } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';
import { editConflict, type OneDelivery, shownDelivery, sinkNames, waitingDelivery } from './failed.ts';
import { recordFindings } from './findings.ts';
import { openSink } from './opened.ts';
import { type DeliverySent, sendFailedDelivery } from './send-delivery.ts';
import { limit, triedOf } from './try.ts';

/** Sends one failed delivery again, now, and settles it if it is accepted. */
export async function replayDelivery(context: HandlerContext, wanted: OneDelivery) {
  const { client, services, now } = context;
  const seen = await context.read((tx) => waitingDelivery(tx, context, wanted));
  const sink = await openedFor(context, seen.sink_id);
  const result = await sendFailedDelivery(sink, seen, limit(context));
  const { outcome } = result;
  return context.change(async (tx, recorder) => {
    const changed = await changeFailedDelivery(
      tx,
      client.id,
      seen.id,
      seen.version,
      settledBy(context, result),
    );
    if (changed === null) throw await editConflict(tx, context, seen);
    await recordFindings(tx, services, { clientId: client.id, sinkId: seen.sink_id }, now);
    await recorder.record({
      subject: { kind: 'failed_delivery', id: seen.id, name: seen.says },
      after: { ...triedOf(outcome), events: seen.count, taken: seen.count - result.left.length },
    });
    publish(context, seen.sink_id);
    return { ...triedOf(outcome), delivery: shownDelivery(changed, await sinkNames(tx, client.id)) };
  });
}

/** Letters that one request sends again. */
const MAX_DELIVERIES_PER_REQUEST = 200;

/** Sends what waits for a sink again, one failed delivery after the other, until one fails for a reason that concerns all. */
export async function replayAll(context: HandlerContext, id: string) {
  const { client, services, now } = context;
  const sink = await openedFor(context, id);
  const failedDeliveries = await context.read((tx) =>
    waitingDeliveries(tx, client.id, id, MAX_DELIVERIES_PER_REQUEST),
  );
  const sent: { readonly delivery: FailedDeliveryRow; readonly result: DeliverySent }[] = [];
  for (const delivery of failedDeliveries) {
    const result = await sendFailedDelivery(sink, delivery, limit(context));
    sent.push({ delivery, result });
    if (result.outcome.kind === 'stopped' || result.outcome.kind === 'retry') break;
  }
  const replayed = sent.filter(({ result }) => result.outcome.kind === 'accepted').length;
  const last = sent.at(-1)?.result.outcome ?? null;
  const says =
    failedDeliveries.length === 0
      ? 'Nothing is waiting to be sent again.'
      : replayed === failedDeliveries.length
        ? `${count(replayed, 'delivery was', 'deliveries were')} accepted.`
        : `${count(replayed, 'delivery was', 'deliveries were')} taken, ${failedDeliveries.length - replayed} not. ${last?.says ?? ''}`;
  return context.change(async (tx, recorder) => {
    for (const { delivery, result } of sent)
      await changeFailedDelivery(tx, client.id, delivery.id, delivery.version, settledBy(context, result));
    await recordFindings(tx, services, { clientId: client.id, sinkId: id }, now);
    const row = await findSink(tx, client.id, id);
    await recorder.record({
      subject: { kind: 'sink', id, name: row?.name ?? '' },
      after: { replayed, tried: sent.length, says },
    });
    publish(context, id);
    return { replayed, waiting: failedDeliveries.length - replayed, says };
  });
}

/** What a failed delivery becomes: settled if everything was accepted; otherwise what was not accepted stays in it. */
function settledBy({ now, actor }: HandlerContext, { outcome, left, unnamed }: DeliverySent) {
  const { kind, says, answer } = outcome;
  return kind === 'accepted'
    ? { state: 'replayed', settled_at: now, settled_by_name: actor.name, settled_why: says }
    : { says, answer, events: JSON.stringify(left), count: left.length, unnamed };
}

async function openedFor(context: HandlerContext, id: string): Promise<Sink> {
  const row = await context.read((tx) => findSink(tx, context.client.id, id));
  if (row === undefined) throw notFound();
  const { sink, problem } = openSink(context.services, row);
  if (sink === null) throw unprocessable(problem);
  return sink;
}

function publish({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'sinks', id });
}
