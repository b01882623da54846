import { Agent, request } from 'node:http';
import { parentPort } from 'node:worker_threads';
import type { Sent } from './sender.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a thread only');
const agent = new Agent({ keepAlive: true });

port.on('message', ({ port: at, method, path, headers, body }: Sent & { readonly port: number }) => {
  const sent = request({ host: '127.0.0.1', port: at, method, path, headers, agent }, (answer) => {
    let bytes = 0;
    answer.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    answer.on('end', () => port.postMessage({ status: answer.statusCode ?? 0, bytes }));
    answer.on('error', () => port.postMessage({ status: answer.statusCode ?? 0, bytes }));
  });
  // A server that refuses a body early closes the connection while it is still being sent.
  sent.on('error', () => port.postMessage({ status: 0, bytes: 0 }));
  sent.end(body === null ? undefined : body);
});
