import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a refusal arrive where its body was not read to the end. A connection that is closed with something unread is
 * reset, and a reset takes the answer from a sender that is still writing. So the answer is followed by the end of this
 * side alone (RFC 9112, 9.6), and what still comes is dropped unread until the sender is done or `maxMs` are over.
 */
export function outlastBodies(app: FastifyInstance, maxMs: number): void {
  const asked = new WeakMap<Socket, IncomingMessage>();
  app.server.on('request', (request) => asked.set(request.socket, request));
  // Node calls this for the last answer on a connection.
  app.server.on('connection', (socket) => {
    const atOnce = socket.destroySoon.bind(socket);
    socket.destroySoon = () => {
      if (asked.get(socket)?.complete === false) linger(socket, maxMs);
      else atOnce();
    };
  });
}

function linger(socket: Socket, maxMs: number): void {
  const timer = setTimeout(() => socket.destroy(), maxMs).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.once('end', () => socket.destroy());
  // The parser would hold what comes for a request that nobody reads anymore.
  socket.removeAllListeners('data').on('data', () => {});
  socket.end();
  socket.resume();
}
