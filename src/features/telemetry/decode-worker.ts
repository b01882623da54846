import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type Decoded, UnreadableTelemetry } from '#sources/otlp/record.ts';
import { type CaughtTexts, catchTexts } from '#sources/otlp/texts.ts';
import { decode } from './decode.ts';
import type { FromDecoder, ToDecode } from './decode-messages.ts';

/**
 * Size of a slice, as the number of attributes plus one for each record: the receiving thread takes it in within a few
 * milliseconds.
 */
const SLICE = 10_000;

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const { signal, encoding, bytes, texts }: ToDecode = workerData;
const send = (message: FromDecoder): void => port.postMessage(message);

try {
  const request = { signal, encoding };
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { decoded, caught } = texts
    ? catchTexts(() => decode(request, body))
    : { decoded: decode(request, body), caught: null };
  for (const slice of slicesOf(decoded, caught)) {
    send(slice);
    await once(port, 'message');
  }
  send({ is: 'done', refused: decoded.refused });
} catch (error) {
  if (!(error instanceof UnreadableTelemetry)) throw error;
  send({ is: 'unreadable', message: error.message });
}
port.close();

function* slicesOf({ records }: Decoded, caught: CaughtTexts | null): Generator<FromDecoder> {
  let from = 0;
  let weight = 0;
  for (const [at, { attributes }] of records.entries()) {
    weight += 1 + attributes.size;
    if (weight < SLICE && at < records.length - 1) continue;
    const slice = records.slice(from, at + 1);
    const texts = slice.flatMap(({ attributes: of }) => {
      const mine = caught?.get(of);
      return mine === undefined ? [] : [[of, mine] as const];
    });
    yield { is: 'slice', records: slice, texts };
    from = at + 1;
    weight = 0;
  }
}
