import { parentPort } from 'node:worker_threads';
import { readImportedFile } from './read-file.ts';
import type { FromReader, ToReader } from './reader-messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');

let file: Extract<ToReader, { is: 'file' }> | null = null;
let bytes = Buffer.alloc(0);
let filled = 0;
let resume: () => void = () => undefined;

/** Sends a message and waits for its acknowledgement. */
function hand(message: FromReader, transfer: readonly ArrayBuffer[] = []): Promise<void> {
  return new Promise((resolve) => {
    resume = resolve;
    port?.postMessage(message, transfer);
  });
}

/** A copy in its own memory, which can be transferred without the buffer it is part of. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

port.on('message', (message: ToReader) => {
  switch (message.is) {
    case 'file':
      file = message;
      // The size is known: concatenating chunks at the end would take twice the memory.
      bytes = Buffer.allocUnsafeSlow(message.bytes);
      filled = 0;
      return;
    case 'bytes':
      bytes.set(message.bytes, filled);
      filled += message.bytes.length;
      return;
    case 'whole':
      void read();
      return;
    case 'taken':
      resume();
  }
});

async function read(): Promise<void> {
  const given = file;
  if (given === null) return;
  const whole = bytes.subarray(0, filled);
  bytes = Buffer.alloc(0);
  try {
    const reports = await readImportedFile(
      {
        name: given.name,
        bytes: whole,
        modified: new Date(given.modified),
        saved: given.saved,
        wanted: given.wanted,
        columns: given.columns,
        period: given.period,
      },
      given.environment,
      {
        reading: (reading) => hand({ is: 'reading', reading }),
        rows: (observation, part, rows) => {
          const copy = own(rows);
          return hand({ is: 'rows', observation, part, rows: copy }, [copy.buffer]);
        },
        inner: (name, content) => {
          const copy = own(content);
          return hand({ is: 'inner', file: name, bytes: copy }, [copy.buffer]);
        },
      },
    );
    port?.postMessage({ is: 'done', reports } satisfies FromReader);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port?.postMessage({ is: 'failed', message: text } satisfies FromReader);
  }
}
