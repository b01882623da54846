import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Answers are tens of kilobytes; the usual window of 4 MB per answer would be most of a busy server's memory. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 17 },
};

/** Shorter answers are sent as they are. */
const LONG = 1024;

const compressPiece = promisify(brotliCompress);

/** Compresses a whole answer, in another thread. */
export function brotli(bytes: Uint8Array): Promise<Buffer> {
  return compressPiece(bytes, BROTLI);
}

/** Compresses whatever is sent as the browser asks, in streams. */
export async function compressAll(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: true,
    encodings: ['br', 'gzip'],
    threshold: LONG,
    brotliOptions: BROTLI,
  });
}

/** What browsers say: Brotli without a preference of its own. */
const TAKES_BROTLI = /(?:^|,)\s*br\s*(?:,|$)/;

/**
 * Compresses long texts of a scope in one piece in another thread, where Brotli is welcome; the rest goes the way of
 * {@link compressAll}. Streams take longer in this thread than compressing does, and the text waits in them until the
 * collector counts it among what is old.
 */
export function compressTexts(scope: FastifyInstance): void {
  scope.addHook('onSend', (request, reply, payload, done) => {
    const long = typeof payload === 'string' && payload.length >= LONG;
    if (!long || reply.hasHeader('content-encoding') || !takesBrotli(request.headers)) {
      done(null, payload);
      return;
    }
    reply.removeHeader('content-length');
    reply.header('content-encoding', 'br');
    reply.header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '));
    brotli(Buffer.from(payload)).then((bytes) => done(null, bytes), done);
  });
}

/** Whether whoever asks takes Brotli. */
export function takesBrotli(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return (
    TAKES_BROTLI.test(String(headers['accept-encoding'] ?? '')) && headers['x-no-compression'] === undefined
  );
}
