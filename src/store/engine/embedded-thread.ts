import { Worker } from 'node:worker_threads';
import type { EmbeddedServer, EmbeddedStart } from './embedded-server.ts';

/** What the thread is asked: messages for the server, or null to end it. */
export type ToDatabase = Uint8Array<ArrayBuffer> | null;

/** What it answers: that it has started or ended, what the server said, or what went wrong. */
export type FromDatabase =
  | { readonly is: 'ready' | 'closed' }
  | { readonly is: 'answer'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'failed'; readonly message: string; readonly code: string | null };

/**
 * Starts the embedded PostgreSQL in a thread of its own: while it works, or waits for the disk, this thread answers
 * people and takes telemetry in.
 */
export async function startApart(start: EmbeddedStart): Promise<EmbeddedServer> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: start,
    // How the process was started (from a text, by a test runner) is nothing to it.
    execArgv: [],
    // It only hands messages on, which lie outside of its heap.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    // Its messages are the server's; what it prints is of no use to anyone.
    stdout: true,
    stderr: true,
  });
  let waiting: { resolve(answer: FromDatabase): void; reject(error: Error): void } | null = null;
  let ended: Error | null = null;

  const end = (error: Error): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = null;
  };
  worker.on('message', (answer: FromDatabase) => {
    const asked = waiting;
    waiting = null;
    // Only while someone waits for it does it keep the process from ending.
    worker.unref();
    if (answer.is === 'failed') asked?.reject(problemOf(answer));
    else asked?.resolve(answer);
  });
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('The thread of the embedded database ended.')));

  function next(): Promise<FromDatabase> {
    return new Promise((resolve, reject) => {
      if (ended !== null) {
        reject(ended);
        return;
      }
      if (waiting !== null) throw new Error('The embedded database was asked twice at once.');
      waiting = { resolve, reject };
      worker.ref();
    });
  }

  try {
    await next();
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    async exchange(messages) {
      const answer = next();
      // What is alone in its memory is handed over, anything else is copied.
      const alone = messages.byteLength === messages.buffer.byteLength;
      worker.postMessage(messages satisfies ToDatabase, alone ? [messages.buffer] : []);
      const said = await answer;
      if (said.is !== 'answer')
        throw new Error('The thread of the embedded database answered something else.');
      return Buffer.from(said.bytes.buffer, said.bytes.byteOffset, said.bytes.byteLength);
    },
    async close() {
      if (ended === null) {
        const closed = next();
        worker.postMessage(null satisfies ToDatabase);
        await closed.finally(() => worker.terminate());
      }
    },
    abandon: () => void worker.terminate(),
  };
}

/** An error as it was in the thread, with its code, which does not come across by itself. */
function problemOf({ message, code }: Extract<FromDatabase, { is: 'failed' }>): Error {
  const error = new Error(message);
  return code === null ? error : Object.assign(error, { code });
}
