import { Agent, request } from 'undici';
import { claudeRequests } from './events.ts';

/** What the sender is asked to send, and where to. */
export interface Sending {
  readonly url: string;
  readonly secret: string;
  readonly events: number;
  readonly perRequest: number;
  readonly startMs: number;
  readonly run: string;
}

/** Requests on their way at once, each on a connection of its own. */
const AT_ONCE = 16;

/**
 * A sender in a process of its own, as real ones are on machines of their own: what it costs to send is no part of what
 * it costs to receive. It answers with events a second, or with what went wrong.
 */
process.on('message', (sending: Sending) => {
  sendAll(sending).then(
    (rate) => process.send?.({ rate }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  );
});

/** Events a second, of requests sent by several at once in order of time, each answered before the next. */
async function sendAll({ url, secret, events, perRequest, startMs, run }: Sending): Promise<number> {
  const requests = claudeRequests(events, perRequest, startMs, run);
  const dispatcher = new Agent({ connections: AT_ONCE });
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
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
