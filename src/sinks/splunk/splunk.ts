import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { atOf, type ForwardedEvent, idOf, seqOf } from '#domain/forwarding/event.ts';
import type { Siem } from '#domain/model/siem.ts';
import { type Answer, askOnce, byStatus, messageIn } from '../answers.ts';
import { caField, caSetting, formatField, formatSetting, inFormat, urlSetting } from '../fields.ts';
import type { Outcome, Outgoing, Sink, SinkKind, SinkMeans } from '../sink.ts';
import { acknowledged } from './acknowledgement.ts';

const settings = z.strictObject({
  url: urlSetting,
  token: z
    .string()
    .trim()
    .min(1, 'Enter the token.')
    .max(200)
    .regex(
      /^[\w-]+$/,
      'A token can contain only letters, digits and -; leave out the word Splunk before it.',
    ),
  index: z
    .string()
    .trim()
    .max(80)
    .regex(/^[a-z0-9_-]*$/, 'An index name can contain only lowercase letters, digits, _ and -.')
    .default(''),
  sourcetype: z
    .string()
    .trim()
    .max(80)
    .regex(/^[\w:.-]*$/, 'A source type can contain only letters, digits, _, :, . and -.')
    .default(''),
  acknowledge: z.boolean().default(false),
  format: formatSetting,
  ca: caSetting,
});
export type SplunkSettings = z.infer<typeof settings>;

/** Splunk's HTTP Event Collector; Cribl and others support it, too. */
export const splunk: SinkKind<typeof settings> = {
  id: 'splunk',
  title: 'Splunk (HTTP Event Collector)',
  about: 'Sends to Splunk Enterprise or Splunk Cloud, and to Cribl Stream or others that speak the same.',
  promise:
    'With acknowledgment, events count as delivered once Splunk has indexed them. Without it Splunk says only that it accepted them.',
  documented: {
    accepted: 'code 0; with acknowledgment, when indexed',
    bad: 'the event that Splunk names is set aside, the others are sent',
    notes: 'also Cribl’s; `fields.bylaw_id`',
  },
  siem: true,
  leadsToDefender: true,
  steps: [
    'In Splunk, open Settings > Data inputs > HTTP Event Collector and make a token for this client',
    'Let it write to one index, and note whether indexer acknowledgment is on (Splunk Enterprise; Splunk Cloud has it for Kinesis Firehose only)',
    'Copy the token and the address of the collector, usually https://…:8088 or, with Splunk Cloud, https://http-inputs-….splunkcloud.com',
  ],
  settings,
  fields: {
    url: { label: 'Address of the collector', placeholder: 'https://splunk.example.org:8088' },
    token: { label: 'Token', secret: true },
    index: { label: 'Index', help: 'If empty: the one that Splunk has for the token.' },
    sourcetype: { label: 'Source type', help: 'If empty: bylaw:ocsf:activities and the like.' },
    acknowledge: {
      label: 'Wait until Splunk has indexed them',
      help: 'Only if indexer acknowledgment is on for this token in Splunk.',
    },
    format: formatField,
    ca: caField,
  },
  hosts: ({ url }) => [new URL(url).host],
  place: ({ url, index }) => `${new URL(url).host}${index === '' ? '' : `, index ${index}`}`,
  destination: ['url', 'index', 'sourcetype'],
  open: (given, means) => new Collector(given, means),
};

/** Events per request if acknowledgements are used; a missing acknowledgement causes all of them to be sent again. */
const MAX_EVENTS = 1_000;

class Collector implements Sink {
  readonly max: Sink['max'];
  readonly #settings: SplunkSettings;
  readonly #means: SinkMeans;
  /** A separate channel, so that the acknowledgement ids of two senders do not collide. */
  readonly #channel = randomUUID();

  constructor(given: SplunkSettings, means: SinkMeans) {
    this.#settings = given;
    this.#means = means;
    this.max = { events: MAX_EVENTS, bytes: means.vendors.splunk.maxBytes - MAX_EVENTS };
  }

  encode(event: ForwardedEvent): Buffer {
    const { index, sourcetype, format } = this.#settings;
    return Buffer.from(
      JSON.stringify({
        time: Date.parse(atOf(event)) / 1000,
        host: 'bylaw',
        source: `bylaw:${event.client.id}`,
        sourcetype: sourcetype || `bylaw:${format}:${event.stream}`,
        ...(index === '' ? {} : { index }),
        event: inFormat(event, format),
        fields: {
          bylaw_id: idOf(event),
          bylaw_seq: String(seqOf(event)),
          ...(event.stream === 'alerts' ? { bylaw_version: String(event.alert.version) } : {}),
        },
      }),
    );
  }

  async send(batch: readonly Outgoing[], signal: AbortSignal): Promise<Outcome> {
    const { url, token, acknowledge, ca } = this.#settings;
    const request = {
      method: 'POST' as const,
      signal,
      ca,
      headers: {
        authorization: `Splunk ${token}`,
        'content-type': 'application/json',
        ...(acknowledge ? { 'x-splunk-request-channel': this.#channel } : {}),
      },
    };
    const { answer, failed } = await askOnce(this.#means, collectorOf(url, 'event'), {
      ...request,
      headers: { ...request.headers, 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.concat(batch.flatMap(({ body }) => [body, NEWLINE])), { level: 4 }),
    });
    if (answer === null) return failed;
    const { outcome, ackId } = judged(answer, this.#means.vendors, new URL(url).host, batch.length);
    if (outcome.kind !== 'accepted' || !acknowledge) return outcome;
    if (ackId === null)
      return {
        kind: 'stopped',
        says: 'Splunk accepted the events but gives no acknowledgment for this token. Switch it on in Splunk, or off here.',
        answer: outcome.answer,
      };
    return acknowledged(this.#means, { url: collectorOf(url, 'ack', this.#channel), request, ackId, signal });
  }
}

const NEWLINE = Buffer.from('\n');

function collectorOf(base: string, endpoint: 'event' | 'ack', channel?: string): URL {
  const url = new URL(base);
  const path = url.pathname.replace(/\/(?:services\/collector(?:\/\w+)?)?\/?$/u, '');
  url.pathname = `${path}/services/collector/${endpoint}`;
  url.search = channel === undefined ? '' : `?channel=${channel}`;
  url.hash = '';
  return url;
}

const answerSchema = z.looseObject({
  code: z.number().int(),
  text: z.string().default(''),
  'invalid-event-number': z.number().int().min(0).optional(),
  ackId: z.number().int().optional(),
});

/** The outcome of a response according to the vendor's table of codes. */
export function judged(
  answer: Answer,
  { splunk: { codes } }: Siem,
  host: string,
  events: number,
): { readonly outcome: Outcome; readonly ackId: number | null } {
  const parsed = answerSchema.safeParse(jsonOf(answer.text));
  const message = messageIn(answer);
  const known = parsed.success ? codes.find(({ code }) => code === parsed.data.code) : undefined;
  if (!parsed.success || known === undefined || answer.status === 413) {
    const outcome = byStatus(answer, host);
    // A web page with status 200 is not a collector.
    if (outcome.kind === 'accepted')
      return {
        outcome: {
          kind: 'stopped',
          says: `${host} answers, but not as Splunk’s event collector does. Check the address.`,
          answer: message,
        },
        ackId: null,
      };
    return { outcome, ackId: null };
  }
  const { text, act, todo } = known;
  const says = `Splunk says: ${text} (code ${known.code}, HTTP ${answer.status}).${todo === undefined ? '' : ` ${todo}`}`;
  const number = parsed.data['invalid-event-number'];
  const ackId = parsed.data.ackId ?? null;
  const outcomes: Readonly<Record<typeof act, Outcome>> = {
    accepted: { kind: 'accepted', says, answer: message },
    retry: { kind: 'retry', says, answer: message, afterSeconds: answer.afterSeconds },
    event: {
      kind: 'refused',
      says,
      answer: message,
      index: number !== undefined && number < events ? number : null,
    },
    stop: { kind: 'stopped', says, answer: message },
    too_large: { kind: 'too_large', says, answer: message },
  };
  return { outcome: outcomes[act], ackId };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
// Guide: G5.3-02
