import {
  atOf,
  EVENT_NAMES,
  type ForwardedEvent,
  idOf,
  loggedAtOf,
  type Severity,
  seqOf,
  severityOf,
  typeOf,
} from '#domain/forwarding/event.ts';

/** The parts of OTLP/JSON that are sent. Its 64-bit numbers are strings. */
export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValue[] } };
export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}
export interface LogRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: AnyValue;
  readonly attributes: readonly KeyValue[];
}

const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = {
  informational: 9,
  low: 10,
  medium: 13,
  high: 17,
  critical: 21,
};

/** An event as a log record: the complete event as the body, what is used for filtering and routing as attributes. */
export function logRecordOf(event: ForwardedEvent, body: Readonly<Record<string, unknown>>): LogRecord {
  const severity = severityOf(event);
  return {
    timeUnixNano: nano(atOf(event)),
    observedTimeUnixNano: nano(loggedAtOf(event)),
    severityNumber: SEVERITY_NUMBERS[severity],
    severityText: severity,
    eventName: `bylaw.${EVENT_NAMES[event.stream]}`,
    body: anyValue(body),
    attributes: attributes({
      'bylaw.id': idOf(event),
      'bylaw.seq': seqOf(event),
      'bylaw.client.id': event.client.id,
      'bylaw.type': typeOf(event),
      ...(event.test ? { 'bylaw.test': true } : {}),
      ...ofStream(event),
    }),
  };
}

function ofStream(event: ForwardedEvent): Record<string, unknown> {
  if (event.stream === 'activities') return ofActivity(event);
  if (event.stream === 'alerts') return ofAlert(event);
  const { record } = event;
  return { 'bylaw.chain': record.chain, 'bylaw.hash': record.hash, 'user.id': record.actor.id };
}

/** Attributes with Bylaw's names, and with OpenTelemetry's for generative AI if there is one. */
function ofActivity({
  activity,
}: ForwardedEvent & { readonly stream: 'activities' }): Record<string, unknown> {
  const { amounts } = activity;
  return {
    'bylaw.category': activity.category,
    'bylaw.surface': activity.surface,
    'bylaw.effect': activity.effect,
    'bylaw.outcome': activity.outcome,
    'bylaw.connector': activity.connector,
    'user.id': activity.person,
    'session.id': activity.session,
    'gen_ai.request.model': activity.model,
    'gen_ai.tool.name': activity.tool,
    'gen_ai.usage.input_tokens': amounts.inputTokens,
    'gen_ai.usage.output_tokens': amounts.outputTokens,
  };
}

function ofAlert({ alert }: ForwardedEvent & { readonly stream: 'alerts' }): Record<string, unknown> {
  return {
    'bylaw.version': alert.version,
    'bylaw.change': alert.change,
    'bylaw.state': alert.state,
    'user.id': alert.person,
  };
}

/** Attributes for the values that are known. */
export function attributes(values: Readonly<Record<string, unknown>>): KeyValue[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value === 'object' && value !== null)
    return { kvlistValue: { values: attributes({ ...value }) } };
  return { stringValue: '' };
}

function nano(at: string): string {
  return `${Date.parse(at)}000000`;
}
