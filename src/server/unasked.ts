import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets go, as soon as the server closes, of every connection over which nothing is being answered. Node itself waits for
 * two kinds of them: one that browsers open in advance, over which nothing was ever asked, without an end; and one whose
 * last answer went out after the closing began, for as long as it may be kept.
 */
export function endUnasked(app: FastifyInstance): void {
  const unasked = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket) => {
    if (closing) return void socket.destroy();
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  app.server.on('request', (request, response) => {
    unasked.delete(request.socket);
    response.once('close', () => {
      if (closing) setImmediate(() => app.server.closeIdleConnections());
    });
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unasked) socket.destroy();
  });
}
