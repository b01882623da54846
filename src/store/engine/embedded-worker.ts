import { parentPort, workerData } from 'node:worker_threads';
import { collect, collectWhenIdle } from '../collect.ts';
import { type EmbeddedServer, startServer } from './embedded-server.ts';
import type { FromDatabase, ToDatabase } from './embedded-thread.ts';
import { errorCode } from './problems.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');

function send(answer: FromDatabase, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(answer, transfer);
}

function sendProblem(error: unknown): void {
  send({
    is: 'failed',
    message: error instanceof Error ? error.message : String(error),
    code: errorCode(error),
  });
}

async function answer(server: EmbeddedServer, messages: ToDatabase): Promise<void> {
  if (messages === null) {
    await server.close();
    send({ is: 'closed' });
    return;
  }
  const reply = await server.exchange(messages);
  // A small response is in pooled memory, which cannot be transferred.
  const bytes = reply.byteLength === reply.buffer.byteLength ? reply : Uint8Array.from(reply);
  send({ is: 'answer', bytes: bytes as Uint8Array<ArrayBuffer> }, [bytes.buffer as ArrayBuffer]);
}

try {
  const server = await startServer(workerData);
  port.on('message', (messages: ToDatabase) => void answer(server, messages).catch(sendProblem));
  send({ is: 'ready' });
  // The main thread collects only its own heap. Little JavaScript runs here, so flushing its compiled code costs nothing.
  collectWhenIdle({ give: () => collect('last-resort') });
} catch (error) {
  sendProblem(error);
}
