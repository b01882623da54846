import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Makes sure that a refusal arrives although its request body was not read to the end. Closing a connection with
 * unread data resets it, and the reset can discard the answer before a sender that is still writing reads it. So after
 * the answer only our side is closed (RFC 9112, 9.6), and incoming data is discarded until the sender is done or
 * `maxMs` have passed.
 */
export function outlastBodies(app: FastifyInstance, maxMs: number): void {
  const asked = new WeakMap<Socket, IncomingMessage>();
  app.server.on('request', (request) => asked.set(request.socket, request));
  // Node calls this after the last answer on a connection.
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
  // The parser would buffer data for a request that nobody reads anymore.
  socket.removeAllListeners('data').on('data', () => {});
  socket.end();
  socket.resume();
}
