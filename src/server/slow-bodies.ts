import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, which may take as long as the line does. */
    readonly file?: boolean;
  }
}

/** A form of a few kilobytes that takes longer was sent to hold the connection, not to be read. */
const MAX_BODY_MS = 30_000;

/** Ends connections whose request does not arrive in whole in time. Files have the time of the whole server. */
export function endSlowBodies(app: FastifyInstance, maxMs = MAX_BODY_MS): void {
  app.addHook('onRequest', async (request, reply) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    const bringsNothing = length === '0' && encoding === undefined;
    if (bringsNothing || request.routeOptions.config.file === true) return;
    const timer = setTimeout(() => {
      if (!request.raw.complete) request.raw.destroy();
    }, maxMs);
    timer.unref();
    reply.raw.once('close', () => clearTimeout(timer));
  });
}
