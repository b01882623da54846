import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A request as sent over the network. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** `status` is 0 if the connection ended without a response. */
export interface Got {
  readonly status: number;
  readonly bytes: number;
}

export interface Sender {
  send(request: Sent): Promise<Got>;
  close(): Promise<void>;
}

/** Sends requests in sequence from a separate thread, so that sending takes no time of the server's thread. */
export function startSender(port: number): Sender {
  const worker = new Worker(new URL('./sender-thread.ts', import.meta.url));
  return {
    send: async (sent) => {
      const answer = once(worker, 'message');
      worker.postMessage({ ...sent, port });
      const [got] = (await answer) as [Got];
      return got;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
