import type { CaughtText } from '#domain/activity/text.ts';
import type { Encoding } from '#sources/otlp/answer.ts';
import { decodeJson } from '#sources/otlp/json.ts';
import { decodeProtobuf } from '#sources/otlp/protobuf.ts';
import {
  type Attributes,
  type Decoded,
  type Signal,
  type TelemetryRecord,
  UnreadableTelemetry,
} from '#sources/otlp/record.ts';
import { type CaughtTexts, catchTexts } from '#sources/otlp/texts.ts';
import { shareOfMemory, startThread } from '../foreign/index.ts';
import type { FromDecoder, ToDecode } from './decode-messages.ts';

interface Request {
  readonly signal: Signal;
  readonly encoding: Encoding;
}

/** Contents of a request; `caught` is null if no texts were requested. */
export interface Read {
  readonly decoded: Decoded;
  readonly caught: CaughtTexts | null;
}

/** Uncompressed bytes above which a request is decoded in a thread. Typical requests have a few hundred kilobytes. */
const LARGE = 512 * 1024;
const HEAP_MB = 512;
const MAX_MS = 60_000;
/** Tail of the queue: one request at a time is decoded in a thread. */
let decoding: Promise<unknown> = Promise.resolve();

export function isLarge(bytes: Buffer): boolean {
  return bytes.length > LARGE;
}

/** Decodes in the calling thread. Throws {@link UnreadableTelemetry}. */
export function decode({ signal, encoding }: Request, bytes: Buffer): Decoded {
  return encoding === 'json' ? decodeJson(signal, bytes) : decodeProtobuf(signal, bytes);
}

export function decodeHere(request: Request, bytes: Buffer, texts: boolean): Read {
  if (texts) return catchTexts(() => decode(request, bytes));
  return { decoded: decode(request, bytes), caught: null };
}

/**
 * Decodes a large request in a thread, one request at a time: a few kilobytes may decompress to 32 MB, which would
 * block the server for a second. Returns the records in slices. Throws {@link UnreadableTelemetry}.
 */
export function decodeInThread(request: Request, bytes: Buffer, texts: boolean): Promise<Read> {
  const read = decoding.then(() => inThread({ ...request, bytes, texts }));
  decoding = read.catch(() => undefined);
  return read;
}

function inThread(task: ToDecode): Promise<Read> {
  const worker = startThread(new URL('./decode-worker.ts', import.meta.url), shareOfMemory(HEAP_MB), task);
  const records: TelemetryRecord[] = [];
  const caught = new Map<Attributes, readonly CaughtText[]>();
  return new Promise<Read>((resolve, reject) => {
    const unreadable = (message: string) => reject(new UnreadableTelemetry(message));
    const timer = setTimeout(() => unreadable(BODY_TOO_LARGE), MAX_MS);
    worker.on('message', (answer: FromDecoder) => {
      if (answer.is === 'unreadable') return unreadable(answer.message);
      if (answer.is === 'done')
        return resolve({
          decoded: { records, refused: new Map(answer.refused) },
          caught: task.texts ? caught : null,
        });
      for (const one of answer.records) records.push(one);
      for (const [attributes, mine] of answer.texts) caught.set(attributes, mine);
      worker.postMessage('taken');
    });
    worker.on('error', (error) =>
      'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? unreadable(BODY_TOO_LARGE)
        : reject(error),
    );
    worker.on('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread that decodes telemetry ended before it answered'));
    });
  }).finally(() => worker.terminate());
}

const BODY_TOO_LARGE = 'The body holds more than can be read at once. Send smaller batches.';
