import { dueStreams, type StreamRow } from '#store/sources/streams.ts';
import type { Services } from '../context.ts';
import { runStream } from './run-stream.ts';

/** How long one look may take before others get their turn. */
const LOOK_MS = 45_000;
/** Connections that are read at the same time. */
const AT_ONCE = 4;

/**
 * Reads every stream whose time has come. Each is claimed, so that however many processes look, one reads it. The
 * streams of a connection follow each other; a vendor that does not answer holds up nobody else's.
 */
export async function readSources(services: Services): Promise<void> {
  const now = services.clock();
  const due = await services.store.read('system', (tx) => dueStreams(tx, now));
  const queues = [
    ...Map.groupBy(
      due,
      ({ client_id, source_connection_id }) => `${client_id} ${source_connection_id}`,
    ).values(),
  ];
  const deadline = now.getTime() + LOOK_MS;
  const worker = async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift())
      await readQueue(services, queue, deadline);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queues.length) }, worker));
}

async function readQueue(services: Services, queue: readonly StreamRow[], deadline: number): Promise<void> {
  for (const stream of queue) {
    if (services.clock().getTime() >= deadline) return;
    const { problem } = await runStream(services, stream, deadline);
    // The others would be told the same.
    if (problem?.code === 'credential_refused' || problem?.code === 'unreachable') return;
  }
}
