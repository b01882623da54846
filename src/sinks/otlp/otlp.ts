import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { oneLine } from '#domain/text/response-text.ts';
import { type Answer, byStatus, messageIn } from '../answers.ts';
import { caField, caSetting, formatField, formatSetting, inFormat, urlSetting } from '../fields.ts';
import { postingSink } from '../http.ts';
import type { Outcome, Outgoing, Sink, SinkKind, SinkMeans } from '../sink.ts';
import { type PartialSuccess, readResponse, recordBytes, requestBytes } from './protobuf.ts';
import { attributes, logRecordOf } from './record.ts';

/** Headers set by the request itself. */
const OWN = /^(?:host|content-length|content-type|content-encoding|transfer-encoding|connection)$/i;

const settings = z.strictObject({
  url: urlSetting,
  encoding: z.enum(['protobuf', 'json']).default('protobuf'),
  headers: z
    .string()
    .max(4_000)
    .refine((text) => headersIn(text) !== null, 'Write one header per line, as Name: value.')
    .default(''),
  format: formatSetting,
  ca: caSetting,
});
export type OtlpSettings = z.infer<typeof settings>;

/** OTLP over HTTP, for Cribl Stream, an OpenTelemetry Collector and others that accept log records. */
export const otlp: SinkKind<typeof settings> = {
  id: 'otlp',
  title: 'OpenTelemetry (Cribl, any collector)',
  about:
    'Sends log records by OTLP over HTTP to Cribl Stream, an OpenTelemetry Collector or a vendor that accepts them.',
  promise:
    'Events count as delivered when the collector answers 200. If it reports that it rejected some, it does not say which ones: the batch is set aside, and sending it again identifies them.',
  documented: {
    accepted: 'HTTP 200, except records it reports as rejected',
    bad: '[see below](#events-that-a-collector-rejects)',
    notes:
      'protobuf or JSON; `bylaw.client.id` on the resource and each record; Cribl Stream and any collector',
  },
  siem: false,
  steps: [
    'Let the collector take OTLP over HTTP; in Cribl Stream that is a source OpenTelemetry with protocol HTTP',
    'Protobuf goes everywhere; choose JSON only where the other side wants it (Cribl from 4.20, with OTLP 1.3.1)',
    'Route by the attribute bylaw.client.id, which is on the resource and on each record',
  ],
  settings,
  fields: {
    url: {
      label: 'Address',
      help: 'Without a path, /v1/logs is added.',
      placeholder: 'https://collector.example.org:4318',
    },
    encoding: { label: 'Encoding', choices: { protobuf: 'Protobuf', json: 'JSON' } },
    headers: {
      label: 'Headers',
      help: 'One per line, for example Authorization: Bearer …; sealed and never shown again.',
      secret: true,
      lines: true,
    },
    format: formatField,
    ca: caField,
  },
  hosts: ({ url }) => [new URL(url).host],
  place: ({ url }) => new URL(url).host,
  destination: ['url'],
  open: exporter,
};

function exporter({ url: base, encoding, headers, format, ca }: OtlpSettings, means: SinkMeans): Sink {
  const json = encoding === 'json';
  const url = new URL(base);
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/v1/logs';
  return postingSink(means, {
    max: { events: 500, bytes: 2_000_000 },
    url,
    ca,
    encode(event) {
      const record = logRecordOf(event, inFormat(event, format));
      return json ? Buffer.from(JSON.stringify(record)) : recordBytes(record);
    },
    request: (batch) => ({
      headers: {
        ...(headersIn(headers) ?? {}),
        'content-type': json ? 'application/json' : 'application/x-protobuf',
        'content-encoding': 'gzip',
      },
      body: gzipSync(json ? jsonOf(batch) : requestBytes(resourceOf(batch), bodiesOf(batch)), { level: 4 }),
    }),
    judged: (answer, host) => judged(answer, host, json),
  });
}

function jsonOf(batch: readonly Outgoing[]): string {
  const resource = JSON.stringify({ attributes: resourceOf(batch) });
  const records = bodiesOf(batch).join(',');
  return `{"resourceLogs":[{"resource":${resource},"scopeLogs":[{"scope":{"name":"bylaw"},"logRecords":[${records}]}]}]}`;
}

function bodiesOf(batch: readonly Outgoing[]): Buffer[] {
  return batch.map(({ body }) => body);
}

/** All events of a batch belong to one client. */
function resourceOf(batch: readonly Outgoing[]) {
  const client = batch[0]?.event.client;
  return attributes({
    'service.name': 'bylaw',
    'bylaw.client.id': client?.id,
    'bylaw.client.name': client?.name,
  });
}

/** The outcome of a response according to the OTLP specification: only 429, 502, 503 and 504 are retried. */
function judged(answer: Answer, host: string, json: boolean): Outcome {
  if (answer.status === 200) return ofSuccess(answer, host, json);
  const message = messageIn(answer);
  if (answer.status === 501 || answer.status === 415)
    return {
      kind: 'stopped',
      says: `${host} does not take ${json ? 'JSON' : 'protobuf'} (HTTP ${answer.status}). Choose the other encoding.`,
      answer: message,
    };
  if (answer.status === 500)
    return {
      kind: 'stopped',
      says: `${host} failed in a way that the protocol does not allow to be retried immediately (HTTP 500). Check the collector.`,
      answer: message,
    };
  return byStatus(answer, host);
}

function ofSuccess(answer: Answer, host: string, json: boolean): Outcome {
  const partial = json ? fromJson(answer.text) : readResponse(answer.bytes);
  if (partial === null)
    return {
      kind: 'stopped',
      says: `${host} answers, but not as a collector does. Check the address.`,
      answer: messageIn(answer),
    };
  const message = partial.message === '' ? null : oneLine(partial.message);
  if (partial.rejected > 0)
    return {
      kind: 'partly',
      refused: partial.rejected,
      says: `${host} accepted the events except for ${partial.rejected} and does not say which.`,
      answer: message,
    };
  return { kind: 'accepted', says: `${host} accepted the events (HTTP 200).`, answer: message };
}

const responseSchema = z.looseObject({
  partialSuccess: z
    .looseObject({
      rejectedLogRecords: z.coerce.number().int().min(0).default(0),
      errorMessage: z.string().default(''),
    })
    .nullish(),
});

function fromJson(text: string): PartialSuccess | null {
  let value: unknown;
  try {
    // An empty response is a valid, empty protobuf message.
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = responseSchema.safeParse(value);
  if (!parsed.success) return null;
  const { partialSuccess } = parsed.data;
  return { rejected: partialSuccess?.rejectedLogRecords ?? 0, message: partialSuccess?.errorMessage ?? '' };
}

function headersIn(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, name, value] = /^([A-Za-z0-9-]+):\s*([\x20-\x7e]+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || OWN.test(name)) return null;
    headers[name.toLowerCase()] = value.trim();
  }
  return headers;
}
// Guide: G5.3-03
