import { endOf, idleMs, shareOfMemory, startThread } from '../foreign/index.ts';
import type { FromReader, ToReader } from './reader-messages.ts';
import type { SourceReport, StagedReading } from './source-report.ts';

export type FileForReader = Omit<Extract<ToReader, { is: 'file' }>, 'is'>;

/** Receives the thread's results in this thread. Reading waits for each call. */
export interface ReaderTakes {
  reading(reading: StagedReading): Promise<void>;
  rows(observation: string, part: number, rows: Uint8Array): Promise<void>;
  inner(file: string, bytes: Uint8Array): Promise<void>;
}

/** A thread that reads files one after the other. */
export interface Reader {
  read(
    file: FileForReader,
    bytes: AsyncIterable<Uint8Array>,
    takes: ReaderTakes,
  ): Promise<readonly SourceReport[]>;
  close(): Promise<void>;
  /** Whether it ended or was closed, and reads nothing more. */
  hasEnded(): boolean;
}

/** Time limit per file: no genuine export takes longer, and a file crafted to hang must not delay others. */
const MINUTES_PER_FILE = 10;
/**
 * Heap limit: far more than the largest export needs, and never more than half of the memory of the machine or
 * container, so that a file crafted to exhaust memory only ends its own thread.
 */
const MAX_HEAP_MB = 3072;

/** The thread ended before it answered. The message is for a person. */
export class ReaderStopped extends Error {
  override readonly name = 'ReaderStopped';
}

let idle: { readonly reader: Reader; readonly timer: NodeJS.Timeout } | null = null;

/** The idle thread of an earlier import, or a new one. */
export function takeReader(): Reader {
  const waiting = idle;
  idle = null;
  if (waiting === null) return startReader();
  clearTimeout(waiting.timer);
  return waiting.reader.hasEnded() ? startReader() : waiting.reader;
}

/** Keeps a thread for the next import, unless one is already kept. */
export async function keepReader(reader: Reader): Promise<void> {
  if (idle !== null || reader.hasEnded()) return reader.close();
  const timer = setTimeout(() => {
    idle = null;
    void reader.close();
  }, idleMs());
  timer.unref();
  idle = { reader, timer };
}

/**
 * Reads files in a separate thread: a workbook with thousands of rows or a year of audit log would otherwise block
 * everyone's pages for seconds.
 */
function startReader(): Reader {
  const worker = startThread(new URL('./reader-worker.ts', import.meta.url), shareOfMemory(MAX_HEAP_MB));
  let ended: ReaderStopped | null = null;
  let stop: (problem: ReaderStopped) => void = () => undefined;
  let receive: (message: FromReader) => void = () => undefined;
  const end = (problem: ReaderStopped): void => {
    ended ??= problem;
    stop(ended);
  };
  worker.on('message', (message: FromReader) => receive(message));
  worker.on('error', (error) => end(new ReaderStopped(endOf(error).message)));
  worker.on('exit', () => end(new ReaderStopped('The reading was stopped.')));
  const send = (message: ToReader): void => worker.postMessage(message);
  // A running read keeps the process alive by its timer; an idle thread does not.
  worker.unref();

  return {
    hasEnded: () => ended !== null,
    read: (file, bytes, takes) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        const timer = setTimeout(() => {
          end(new ReaderStopped(`It took longer than ${MINUTES_PER_FILE} minutes, so it was not read.`));
          void worker.terminate();
        }, MINUTES_PER_FILE * 60_000);
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          stop = () => undefined;
          receive = () => undefined;
          settle();
        };
        stop = (problem) => finish(() => reject(problem));
        receive = (message) => {
          if (message.is === 'done') return finish(() => resolve(message.reports));
          if (message.is === 'failed') return finish(() => reject(new Error(message.message)));
          take(message, takes).then(
            () => send({ is: 'taken' }),
            (error: unknown) => {
              // The thread waits for an acknowledgement that will never come, so it cannot be reused.
              finish(() => reject(error));
              void worker.terminate();
            },
          );
        };
        void hand(file, bytes, send).catch((error: unknown) => {
          finish(() => reject(error));
          void worker.terminate();
        });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

function take(message: Exclude<FromReader, { is: 'done' | 'failed' }>, takes: ReaderTakes): Promise<void> {
  switch (message.is) {
    case 'reading':
      return takes.reading(message.reading);
    case 'rows':
      return takes.rows(message.observation, message.part, message.rows);
    case 'inner':
      return takes.inner(message.file, message.bytes);
  }
}

async function hand(
  file: FileForReader,
  bytes: AsyncIterable<Uint8Array>,
  send: (message: ToReader) => void,
): Promise<void> {
  send({ is: 'file', ...file });
  for await (const piece of bytes) send({ is: 'bytes', bytes: piece });
  send({ is: 'whole' });
}
