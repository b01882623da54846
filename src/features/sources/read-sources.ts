import { dueStreams, type SlowStream, type StreamRow } from '#store/sources/streams.ts';
import type { Services } from '../context.ts';
import { runStream } from './run-stream.ts';
import { vendors } from './vendor.ts';

/** Maximum duration of a run before others get their turn. */
const MAX_READ_MS = 45_000;
/** Maximum number of connections read concurrently. */
const MAX_CONCURRENT_READS = 4;

/**
 * Reads every stream that is due. Each is claimed, so that of several processes only one reads it. The streams of a
 * connection are read in sequence; a vendor that does not answer does not delay others.
 */
export async function readSources(services: Services): Promise<void> {
  const now = services.clock();
  const due = await services.store.read('system', (tx) => dueStreams(tx, now, slowStreams(services)));
  const queues = [
    ...Map.groupBy(
      due,
      ({ client_id, source_connection_id }) => `${client_id} ${source_connection_id}`,
    ).values(),
  ];
  const deadline = now.getTime() + MAX_READ_MS;
  const worker = async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift())
      await readQueue(services, queue, deadline);
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_READS, queues.length) }, worker));
}

/** Streams read less often than hourly: daily reports, and lists that change slowly or are expensive. */
function slowStreams(services: Services): SlowStream[] {
  return vendors(services).flatMap(({ id, live }) =>
    live.streams
      .filter(({ everyMinutes }) => everyMinutes > 60)
      .map((stream) => ({ vendor: id, stream: stream.id, everyMs: stream.everyMinutes * 60_000 })),
  );
}

async function readQueue(services: Services, queue: readonly StreamRow[], deadline: number): Promise<void> {
  for (const stream of queue) {
    if (services.clock().getTime() >= deadline) return;
    const { problem } = await runStream(services, stream, deadline);
    // The other streams would get the same answer.
    if (problem?.code === 'credential_refused' || problem?.code === 'unreachable') return;
  }
}
