import { Agent, request } from 'undici';
import { claudeRequests } from './events.ts';

/** What to send, and where. */
export interface Sending {
  readonly url: string;
  readonly secret: string;
  readonly events: number;
  readonly perRequest: number;
  readonly startMs: number;
  readonly run: string;
}

/** Concurrent requests, each on its own connection. */
const CONCURRENT_REQUESTS = 16;

/**
 * A sender in a separate process, like real ones on other machines, so that the cost of sending is not measured.
 * Responds with events per second, or an error.
 */
process.on('message', (sending: Sending) => {
  sendAll(sending).then(
    (rate) => process.send?.({ rate }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  );
});

/**
 * Events per second. Several connections send requests in chronological order, each waiting for a response before the
 * next.
 */
async function sendAll({ url, secret, events, perRequest, startMs, run }: Sending): Promise<number> {
  const requests = claudeRequests(events, perRequest, startMs, run);
  const dispatcher = new Agent({ connections: CONCURRENT_REQUESTS });
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENT_REQUESTS }, async () => {
      for (let body = requests[next++]; body !== undefined; body = requests[next++]) {
        const answer = await request(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-protobuf' },
          body,
          dispatcher,
        });
        const said = await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`the server answered ${answer.statusCode}: ${said}`);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await dispatcher.close();
  return events / seconds;
}
