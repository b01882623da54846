import { randomUUID } from 'node:crypto';
import { NOTHING_REPORTED } from '#domain/activity/activity.ts';
import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import type { Outcome, Outgoing } from '#sinks/sink.ts';
import { findSink } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { openSink } from './opened.ts';

/** What a person is shown of a try. */
export interface Tried {
  readonly accepted: boolean;
  readonly says: string;
  readonly answer: string | null;
}

/** Limit for a test by a person, who waits for the result. */
const TIMEOUT_MS = 45_000;

/** Sends one event that says that it is a test, and tells what the other side answered. */
export async function testSink(context: HandlerContext, id: string): Promise<Tried> {
  const { client, now, actor, services } = context;
  const row = await context.read((tx) => findSink(tx, client.id, id));
  if (row === undefined) throw notFound();
  const { sink, problem } = openSink(services, row);
  const event = testEvent({ id: client.id, name: client.name }, now, actor.name);
  const outcome: Outcome =
    sink === null
      ? { kind: 'stopped', says: problem, answer: null }
      : await sink.send([{ event, body: sink.encode(event) } satisfies Outgoing], limit(context));
  const tried = triedOf(outcome);
  await context.change(async (_tx, recorder) => {
    await recorder.record({ subject: { kind: 'sink', id: row.id, name: row.name }, after: { ...tried } });
  });
  return tried;
}

export function limit({ request }: Pick<HandlerContext, 'request'>): AbortSignal {
  return AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
}

export function triedOf({ kind, says, answer }: Outcome): Tried {
  return { accepted: kind === 'accepted', says, answer };
}

function testEvent(client: ForwardedEvent['client'], now: Date, by: string): ForwardedEvent {
  return {
    stream: 'activities',
    client,
    test: true,
    activity: {
      ...NOTHING_REPORTED,
      seq: 0,
      id: `bylaw-test-${randomUUID()}`,
      at: now.toISOString(),
      receivedAt: now.toISOString(),
      source: 'gateway',
      surface: 'unknown',
      type: 'bylaw_test',
      category: 'other',
      actor: { type: 'bylaw', id: null, email: null, name: by },
      detail: { test: true, says: 'Test event from Bylaw. Nothing happened.' },
    },
  };
}
