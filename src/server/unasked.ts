import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes idle connections as soon as the server starts to close. Node itself waits for two kinds: those that browsers
 * open in advance, without a request (forever), and those whose last answer was sent after closing began (for the
 * keep-alive timeout).
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
