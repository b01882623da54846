import { StoreProblem } from '#store/engine/problems.ts';
import type { Services } from '../context.ts';
import type { ActivityLog, AppendResult, Stage } from '../shared/services/activity-log.ts';
import { createTurns } from './turns.ts';
import { type Given, writeBatch } from './write-batch.ts';

/** Maximum rows per transaction. More gain nothing and make others wait. */
const MAX_ROWS_PER_TRANSACTION = 2_000;

interface Waiting extends Given {
  readonly done: (result: AppendResult) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Queues in front of the log, one per client: activities waiting for the same client are written together by {@link
 * writeBatch}, which describes the steps.
 *
 * @param services The services for stages; read at each write, because the log itself is one of them.
 */
export function createActivityLog(services: () => Services, stages: readonly Stage[]): ActivityLog {
  const queues = new Map<string, Waiting[]>();
  const listeners = new Set<(clientId: string) => void>();
  let waiting = 0;

  /** Writes everything that waits for a client. While one batch is written, the next is prepared. */
  async function drain(clientId: string, queue: Waiting[]): Promise<void> {
    let before: Promise<void> = Promise.resolve();
    for (;;) {
      if (queue.length === 0) await before;
      const batch = takeSome(queue);
      if (batch.length === 0) break;
      const written = write(clientId, batch, before);
      await before;
      before = written;
    }
    queues.delete(clientId);
  }

  /** A part that the database rejects fails alone: the others of its batch are written without it. */
  async function write(clientId: string, batch: readonly Waiting[], turn: Promise<void>): Promise<void> {
    try {
      const results = await writeBatch(services(), stages, clientId, batch, turn);
      reported(clientId, results);
      for (const [at, { added, known }] of results.entries()) batch[at]?.done({ added, known });
    } catch (error) {
      if (batch.length > 1 && !(error instanceof StoreProblem)) {
        for (const part of batch) await write(clientId, [part], turn);
        return;
      }
      for (const { failed } of batch) failed(error);
    }
    waiting -= rowsOf(batch);
  }

  function reported(clientId: string, results: readonly AppendResult[]): void {
    const { tally } = services();
    const added = results.reduce((sum, one) => sum + one.added, 0);
    tally.add('activities', 'added', added);
    tally.add(
      'activities',
      'known',
      results.reduce((sum, one) => sum + one.known, 0),
    );
    if (added > 0) for (const listener of listeners) listener(clientId);
  }

  return {
    append(clientId, activities, texts = []) {
      if (activities.length === 0) return Promise.resolve({ added: 0, known: 0 });
      return new Promise((done, failed) => {
        waiting += activities.length;
        const part: Waiting = { activities, texts, done, failed };
        const queue = queues.get(clientId);
        if (queue !== undefined) {
          queue.push(part);
          return;
        }
        const begun = [part];
        queues.set(clientId, begun);
        void drain(clientId, begun);
      });
    },
    inTurn: createTurns(),
    get waiting() {
      return waiting;
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Takes as much from the front of a queue as one transaction may write; at least one part. */
function takeSome(queue: Waiting[]): Waiting[] {
  let rows = 0;
  let count = 0;
  for (const { activities } of queue) {
    if (count > 0 && rows + activities.length > MAX_ROWS_PER_TRANSACTION) break;
    rows += activities.length;
    count += 1;
  }
  return queue.splice(0, count);
}

function rowsOf(batch: readonly Waiting[]): number {
  return batch.reduce((sum, { activities }) => sum + activities.length, 0);
}
