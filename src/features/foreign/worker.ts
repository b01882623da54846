import { parentPort } from 'node:worker_threads';
import { DeviceFileError } from '#sources/devices/problem.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import type { FromForeign, ToForeign } from './messages.ts';
import { FOREIGN_TASKS } from './tasks.ts';

/** Maximum characters of an answer; a larger one would block the thread that receives it. */
const MAX_ANSWER = 4_000_000;

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const send = (message: FromForeign): void => port.postMessage(message);

port.on('message', ({ task, input }: ToForeign) => void run(task, input));

async function run(name: ToForeign['task'], input: unknown): Promise<void> {
  try {
    const read = (await FOREIGN_TASKS[name].load()) as (input: unknown) => unknown;
    send({ is: 'begun' });
    const answer = JSON.stringify(await read(input), plain);
    send(answer.length > MAX_ANSWER ? { is: 'too_large' } : { is: 'done', answer });
  } catch (error) {
    if (error instanceof ImportProblem)
      send({ is: 'refused', message: error.message, row: error.row, column: error.column });
    else if (error instanceof DeviceFileError)
      send({ is: 'refused', message: error.message, row: null, column: null });
    // Unlimited nesting, or a string longer than V8 can hold.
    else if (error instanceof RangeError) send({ is: 'too_large' });
    else send({ is: 'failed', message: error instanceof Error ? (error.stack ?? '') : String(error) });
  }
}

/**
 * Replacer for JSON. Serializing happens here in the limited thread, because values with shared references, which a few
 * bytes of input can create without limit, expand when written out.
 */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'bigint' ? value.toString() : value;
}
