import { Worker } from 'node:worker_threads';
import type { EmbeddedServer, EmbeddedStart } from './embedded-server.ts';

/** Request to the thread: messages for the server, or null to stop. */
export type ToDatabase = Uint8Array<ArrayBuffer> | null;

/** Response of the thread: started, stopped, the server's response, or an error. */
export type FromDatabase =
  | { readonly is: 'ready' | 'closed' }
  | { readonly is: 'answer'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'failed'; readonly message: string; readonly code: string | null };

/**
 * Starts the embedded PostgreSQL in a separate thread: while it works or waits for the disk, this thread serves
 * requests and accepts telemetry.
 */
export async function startInThread(start: EmbeddedStart): Promise<EmbeddedServer> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: start,
    // The parent's exec arguments (a script text, a test runner) do not apply to it.
    execArgv: [],
    // It only passes messages on, whose memory is outside its heap.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    // The server's messages arrive through the protocol; what it prints is useless.
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
    // Keep the process alive only while a request is pending.
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
      // Transfer buffers that are alone in their memory; copy all others.
      const alone = messages.byteLength === messages.buffer.byteLength;
      worker.postMessage(messages satisfies ToDatabase, alone ? [messages.buffer] : []);
      const reply = await answer;
      if (reply.is !== 'answer')
        throw new Error('The thread of the embedded database answered something else.');
      return Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength);
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

/** Recreates an error from the thread, including its code, which is lost in cloning. */
function problemOf({ message, code }: Extract<FromDatabase, { is: 'failed' }>): Error {
  const error = new Error(message);
  return code === null ? error : Object.assign(error, { code });
}
