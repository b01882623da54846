import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import fastify, { type FastifyInstance } from 'fastify';
import type { Services } from '#features/context.ts';
import { api } from './api.ts';
import { securityHeaders } from './headers.ts';
import { mcp } from './mcp.ts';
import { reference } from './reference.ts';
import { web } from './web.ts';

export interface AppOptions {
  readonly services: Services;
  /** Folder of the built console; null leaves it out, for tests of the API. */
  readonly webFolder: string | null;
  /** Reverse proxies whose word about the visitor's address is taken; left out: nobody's. */
  readonly trustProxy?: readonly string[];
}

/** The whole server as one Fastify application: headers, API, console. */
export async function createApp({
  services,
  webFolder,
  trustProxy = [],
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    // Long enough for a file of hundreds of megabytes over a slow line; a connection that sends nothing ends sooner.
    requestTimeout: 15 * 60_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
  });
  await securityHeaders(app, services.config.origin);
  await app.register(compress, {
    global: true,
    encodings: ['br', 'gzip'],
    threshold: 1024,
    // Compressing an answer at once takes less of this thread than handing it through streams to another, up to some
    // milliseconds; and its text does not wait for its turn, which the collector would have to clear away later.
    syncThreshold: 256 * 1024,
    // Answers are tens of kilobytes; the usual window of 4 MB per answer would be most of a busy server's memory.
    brotliOptions: {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 17 },
    },
  });
  app.get('/healthz', async (_request, reply) => {
    await services.store.read('system', async () => undefined);
    return reply.send({ ok: true, version: services.config.version });
  });
  // A stream of events stays open by itself; a server that stops would wait for it.
  app.addHook('preClose', async () => services.events.end());
  api(app, services);
  reference(app, services.config.origin);
  mcp(app, services);
  if (webFolder !== null) await web(app, webFolder);
  return app;
}
