import type { FastifyInstance } from 'fastify';
import { problemText } from './unreadable.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, which may take as long as the connection needs. */
    readonly file?: boolean;
  }
}

/**
 * Milliseconds. Headers or a form of a few kilobytes that take longer are an attempt to hold the connection
 * (Slowloris).
 */
export const MAX_SLOW_MS = 30_000;

/** Ends connections whose request body does not arrive in time. For files the limits of the whole server apply. */
export function endSlowBodies(app: FastifyInstance, origin: string, maxMs: number): void {
  app.addHook('onRequest', async (request, reply) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    const bringsNothing = length === '0' && encoding === undefined;
    if (bringsNothing || request.routeOptions.config.file === true) return;
    const timer = setTimeout(() => {
      // Requests injected by tests have no `complete`, and are always read to their end.
      if (request.raw.complete || request.raw.readableEnded) return;
      if (!reply.raw.headersSent) {
        reply.hijack();
        const { body, headers } = problemText('REQUEST_TIMEOUT', late(maxMs), origin);
        reply.raw.writeHead(408, { ...headers, connection: 'close' }).end(body);
      }
      // Let the answer be sent first.
      setTimeout(() => request.raw.destroy(), 100).unref();
    }, maxMs);
    timer.unref();
    reply.raw.once('close', () => clearTimeout(timer));
  });
}

function late(maxMs: number): string {
  return `The body did not arrive in ${Math.round(maxMs / 1_000)} seconds. Send the request again over a faster connection, or send a file as an import.`;
}
