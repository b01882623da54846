import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { atOf, EVENT_NAMES, uniqueIdOf } from '#domain/forwarding/event.ts';
import { byStatus } from '../answers.ts';
import { caField, caSetting, formatField, formatSetting, inFormat, urlSetting } from '../fields.ts';
import { postingSink } from '../http.ts';
import type { Sink, SinkKind, SinkMeans } from '../sink.ts';

const SECRET = /^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/;

const settings = z.strictObject({
  url: urlSetting,
  secret: z
    .string()
    .trim()
    .regex(
      SECRET,
      'Write whsec_ and then at least 24 random bytes in base64, as “openssl rand -base64 32” makes them.',
    ),
  format: formatSetting,
  ca: caSetting,
});
export type WebhookSettings = z.infer<typeof settings>;

/**
 * Signed requests to any program: batches of CloudEvents 1.0, signed by Standard Webhooks, for which libraries exist.
 */
export const webhook: SinkKind<typeof settings> = {
  id: 'webhook',
  title: 'Signed webhook',
  about:
    'Posts signed batches of CloudEvents to an address of yours, for any program that is not in this list.',
  promise:
    'Events count as delivered when your program answers with 200 to 299. Answer only once you have stored them.',
  documented: {
    accepted: '200 to 299',
    bad: 'the batch is halved until the bad event is found',
    notes: 'CloudEvents 1.0 batch, signed by Standard Webhooks',
  },
  siem: false,
  steps: [
    'Make a secret: whsec_ followed by the output of “openssl rand -base64 32”; give it to your program and enter it here',
    'Let your program check the signature over id, time and body (Standard Webhooks), and refuse what is older than five minutes',
    'Let it answer 2xx once the events are kept; each event has an id, by which one that comes twice is known',
  ],
  settings,
  fields: {
    url: { label: 'Address', placeholder: 'https://events.example.org/bylaw' },
    secret: { label: 'Secret for the signature', secret: true, placeholder: 'whsec_…' },
    format: formatField,
    ca: caField,
  },
  hosts: ({ url }) => [new URL(url).host],
  place: ({ url }) => new URL(url).host,
  destination: ['url'],
  open: webhookSink,
};

function webhookSink({ url, secret, format, ca }: WebhookSettings, means: SinkMeans): Sink {
  return postingSink(means, {
    max: { events: 500, bytes: 900_000 },
    url: new URL(url),
    ca,
    encode: (event) =>
      Buffer.from(
        JSON.stringify({
          specversion: '1.0',
          id: uniqueIdOf(event),
          source: `/clients/${event.client.id}/${event.stream}`,
          type: `bylaw.${EVENT_NAMES[event.stream]}`,
          time: atOf(event),
          datacontenttype: 'application/json',
          data: inFormat(event, format),
        }),
      ),
    request(batch) {
      const body = `[${batch.map((one) => one.body.toString('utf8')).join(',')}]`;
      const id = `msg_${randomUUID()}`;
      const seconds = Math.floor(means.now().getTime() / 1000);
      return {
        headers: {
          'content-type': 'application/cloudevents-batch+json; charset=utf-8',
          'webhook-id': id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': signatureOf(secret, id, seconds, body),
        },
        body,
      };
    },
    judged: byStatus,
  });
}

/** The signature of a message by Standard Webhooks: over id, time and body, separated by periods. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}
