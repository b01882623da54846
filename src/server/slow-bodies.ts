import type { FastifyInstance } from 'fastify';
import { problemText } from './unreadable.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, which may take as long as the line does. */
    readonly file?: boolean;
  }
}

/** Headers, or a form of a few kilobytes, that take longer were sent to hold the connection, not to be read. */
export const MAX_SLOW_MS = 30_000;

/** Ends connections whose request does not arrive in whole in time. Files have the time of the whole server. */
export function endSlowBodies(app: FastifyInstance, origin: string, maxMs: number): void {
  app.addHook('onRequest', async (request, reply) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    const bringsNothing = length === '0' && encoding === undefined;
    if (bringsNothing || request.routeOptions.config.file === true) return;
    const timer = setTimeout(() => {
      // A request without a network has no `complete`, and is read to its end all the same.
      if (request.raw.complete || request.raw.readableEnded) return;
      if (!reply.raw.headersSent) {
        reply.hijack();
        const { body, headers } = problemText('REQUEST_TIMEOUT', late(maxMs), origin);
        reply.raw.writeHead(408, { ...headers, connection: 'close' }).end(body);
      }
      // What was answered is let out first.
      setTimeout(() => request.raw.destroy(), 100).unref();
    }, maxMs);
    timer.unref();
    reply.raw.once('close', () => clearTimeout(timer));
  });
}

function late(maxMs: number): string {
  return `The body did not arrive in ${Math.round(maxMs / 1_000)} seconds. Send the request again over a faster connection, or send a file as an import.`;
}
