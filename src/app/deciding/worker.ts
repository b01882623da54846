import { parentPort, workerData } from 'node:worker_threads';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { memoryBesideServerMb } from '#features/memory.ts';
import { prepare } from '#features/verdicts/prepare.ts';
import type { FromThread, ToThread } from '#features/verdicts/thread.ts';
import { heldRows } from './held-rows.ts';
import { lastInput } from './last-input.ts';
import { TASKS } from './tasks.ts';

const MAX_CHARACTERS = (Math.min(1_200, memoryBesideServerMb()) / 8) * 1024 * 1024;

const catalogue = workerData as Catalogue;
const held = heldRows(MAX_CHARACTERS);
const inputs = lastInput((facts, moment) => prepare(facts, held.rowsOf, catalogue, moment));
type Asked = Extract<ToThread, { is: 'run' }>;
const waiting = new Map<number, Asked>();

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const send = (message: FromThread): void => port.postMessage(message);

port.on('message', (message: ToThread) => {
  if (message.is === 'rows') {
    send({ is: 'begun', id: message.id });
    held.take(message.rows);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (asked) void run(asked);
    return;
  }
  inputs.expect(message);
  const missing = held.ask(message.id, message.facts);
  if (missing.length === 0) {
    send({ is: 'begun', id: message.id });
    return void run(message);
  }
  waiting.set(message.id, message);
  send({ is: 'need', id: message.id, observations: missing });
});

async function run(asked: Asked): Promise<void> {
  const { id, task, params } = asked;
  try {
    const input = inputs.of(asked);
    const work = TASKS[task] as (input: unknown, params: unknown) => unknown;
    send({ is: 'done', id, result: await work(input, params) });
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error));
    send({ is: 'failed', id, message: known.message, stack: known.stack ?? null });
  }
  held.answered(id);
}
