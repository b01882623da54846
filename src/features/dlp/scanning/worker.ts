import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableCall } from '#sources/inference-hook/call.ts';
import { textsOf } from '#sources/web-request/texts.ts';
import { Looker } from './look.ts';
import type { FromScan, ToScan } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const looker = new Looker(workerData, textsOf);
await looker.warm();
port.postMessage({ is: 'ready' } satisfies FromScan);

/** One content at a time, even while waiting for a file. */
let turn = Promise.resolve();
port.on('message', (task: ToScan) => {
  turn = turn.then(() => answer(task));
});

async function answer(task: ToScan): Promise<void> {
  const send = (answer: FromScan) => port?.postMessage(answer);
  try {
    send({ id: task.id, ...(await looker.look(task)) });
  } catch (error) {
    if (!(error instanceof UnreadableCall)) throw error;
    send({ id: task.id, is: 'unreadable' });
  }
}
