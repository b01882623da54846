import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { startWebhook } from '../../../sandbox/siem/webhook.ts';
import { sinkKind } from '../registry.ts';
import { anAlert, anEvent, sendAll, testMeans, VENDORS } from '../testing.ts';

const key = Buffer.alloc(32, 5);
const secret = `whsec_${key.toString('base64')}`;

it('posts a batch of CloudEvents whose signature anyone with the secret can check', async () => {
  const hook = await startWebhook();
  const sink = sinkKind('webhook')?.open(
    { url: `${hook.url}/in`, secret, format: 'bylaw' },
    testMeans(VENDORS),
  );
  const outcome = sink && (await sendAll(sink, [anEvent(), anAlert()]));
  expect(outcome).toMatchObject({ kind: 'accepted' });
  const [asked] = hook.taken;
  expect(asked?.headers['content-type']).toContain('application/cloudevents-batch+json');
  const {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signature,
  } = asked?.headers ?? {};
  expect(signature).toBe(
    `v1,${createHmac('sha256', key)
      .update(`${id}.${seconds}.${asked?.body.toString('utf8')}`)
      .digest('base64')}`,
  );
  expect(JSON.parse(asked?.body.toString('utf8') ?? '')).toMatchObject([
    {
      specversion: '1.0',
      id: 'activity_1',
      source: '/clients/alder/activities',
      type: 'bylaw.activity',
      data: { schema: 'bylaw.activities/1' },
    },
    { id: 'alert_7', type: 'bylaw.alert', data: { severity: 'high', version: 1 } },
  ]);
  await hook.close();
});

it('distinguishes what to try again, what is bad and what needs someone', async () => {
  const answers = [429, 503, 400, 413, 401, 404, 302];
  const hook = await startWebhook({
    fault: () => ({ status: answers.shift() ?? 500, headers: { 'retry-after': '7' }, body: 'no\u202e\nway' }),
  });
  const sink = sinkKind('webhook')?.open({ url: hook.url, secret }, testMeans(VENDORS));
  const kinds: unknown[] = [];
  while (answers.length > 0) kinds.push(sink && (await sendAll(sink, [anEvent()])));
  expect(kinds).toMatchObject([
    { kind: 'retry', afterSeconds: 7, answer: 'no way' },
    { kind: 'retry' },
    { kind: 'refused', index: null },
    { kind: 'too_large' },
    { kind: 'stopped' },
    { kind: 'stopped' },
    { kind: 'stopped' },
  ]);
  await hook.close();
  expect(sink && (await sendAll(sink, [anEvent()]))).toMatchObject({ kind: 'retry' });
});
