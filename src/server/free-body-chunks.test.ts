import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { expect, it } from 'vitest';
import { TEST_NOW, testConsole } from './testing/console.ts';

const KEY = Buffer.alloc(24, 7);
const CALLS = 25;
const BYTES = 1_000_000;

it('keeps nothing in memory of the inference hook calls that it answered', async () => {
  const bylaw = await testConsole();
  try {
    const { slug } = await bylaw.client('Alder', { claudePlan: 'enterprise' });
    const hook = `/clients/${slug}/dlp/hook`;
    await bylaw.owner.call('PUT', hook, {
      version: 0,
      mode: 'watch',
      secret: `whsec_${KEY.toString('base64')}`,
    });
    const { pathname } = new URL((await bylaw.owner.call('GET', hook)).body.hook.address);
    const url = `${await bylaw.app.listen({ host: '127.0.0.1', port: 0 })}${pathname}`;
    const content = [{ type: 'text', text: 'word '.repeat(BYTES / 5) }];
    const body = Buffer.from(JSON.stringify({ messages: [{ role: 'user', content }] }));
    const held = () => process.memoryUsage().arrayBuffers;
    await sent(url, body, 'first');
    const before = held();
    let peak = 0;
    for (let n = 0; n < CALLS; n += 1) {
      expect(await sent(url, body, `msg_${n}`)).toBe(200);
      peak = Math.max(peak, held() - before);
    }
    // Whatever V8 still counts makes it look through all that the server holds. Pieces and bodies would be 50 MB, bodies
    // alone 25; on a busy machine, some are yet to be given back when it is looked at.
    expect(peak).toBeLessThan(12 * BYTES);
  } finally {
    await bylaw.close();
  }
});

/** Status of the answer. The body is sent from the memory that it is in. */
async function sent(url: string, body: Buffer, id: string): Promise<number | undefined> {
  const seconds = TEST_NOW.getTime() / 1_000;
  const signature = createHmac('sha256', KEY).update(`${id}.${seconds}.`).update(body).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
  return new Promise((resolve, reject) => {
    const call: ClientRequest = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    call.on('error', reject).end(body);
  });
}
