import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/**
 * Answers are tens of kilobytes; Brotli's default window of 4 MB per answer would use most of a busy server's memory.
 */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 17 },
};

/** Minimum size for compression, in bytes. */
const LONG = 1024;

const compressPiece = promisify(brotliCompress);

/** Compresses a complete answer in a thread of libuv's pool. */
export function brotli(bytes: Uint8Array): Promise<Buffer> {
  return compressPiece(bytes, BROTLI);
}

/** Compresses streams with whichever encoding the client accepts. */
export async function compressAll(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: true,
    encodings: ['br', 'gzip'],
    threshold: LONG,
    brotliOptions: BROTLI,
  });
}

/** What browsers send: Brotli without a quality value. */
const TAKES_BROTLI = /(?:^|,)\s*br\s*(?:,|$)/;

/**
 * Compresses long texts of a scope as a whole in another thread if the client accepts Brotli; everything else goes
 * through {@link compressAll}. Streaming would take more time in this thread than compression itself, and keep the
 * text until a major garbage collection.
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

/** Whether the client accepts Brotli. */
export function takesBrotli(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return (
    TAKES_BROTLI.test(String(headers['accept-encoding'] ?? '')) && headers['x-no-compression'] === undefined
  );
}
