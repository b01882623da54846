import { type Dispatcher, request } from 'undici';
import type { Probe, ProbeAnswer } from '#domain/network/probe.ts';

const VERSION = '2023-06-01';
const TIMEOUT_MS = 20_000;
/** Number of bytes that are read of a response. */
const MAX_BYTES = 64_000;

export interface ProbeInput {
  readonly origin: string;
  /** Keys of Claude's API. They are sent only to Claude. */
  readonly ownKey: string;
  readonly otherKey: string | null;
  readonly header: string;
  /** Id of an organization that does not exist. */
  readonly foreign: string;
  /** Route of the requests; omitted: the system's. */
  readonly dispatcher?: Dispatcher;
}

/**
 * Sends the requests that the vendor documents for a test, each a message of one token. Impossible ones are omitted.
 */
export async function runProbe(input: ProbeInput): Promise<{ readonly [P in Probe]?: ProbeAnswer }> {
  const { ownKey, otherKey, header, foreign } = input;
  const model = await modelOf(input);
  const own = await send(input, ownKey, model, {});
  const other = otherKey === null ? null : await send(input, otherKey, model, {});
  const value = await send(input, ownKey, model, { [header]: foreign });
  return { own, ...(other === null ? {} : { other_key: other }), other_value: value };
}

/** A model that the key may use. If listing models is refused, so is the message, whatever its model. */
async function modelOf(input: ProbeInput): Promise<string> {
  try {
    const { text } = await ask(input, input.ownKey, '/v1/models?limit=1');
    const { data } = JSON.parse(text) as { data?: { id?: unknown }[] };
    return typeof data?.[0]?.id === 'string' ? data[0].id : 'claude';
  } catch {
    return 'claude';
  }
}

async function send(
  input: ProbeInput,
  key: string,
  model: string,
  extra: Readonly<Record<string, string>>,
): Promise<ProbeAnswer> {
  const body = JSON.stringify({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] });
  try {
    const { status, text } = await ask(input, key, '/v1/messages', { body, extra });
    return answerOf(status, text);
  } catch (error) {
    return { is: 'none', why: whyNot(error) };
  }
}

function answerOf(status: number, text: string): ProbeAnswer {
  try {
    const { type, error } = JSON.parse(text) as {
      type?: unknown;
      error?: { error_code?: unknown; message?: unknown };
    };
    return {
      is: 'answer',
      status,
      type: typeof type === 'string' ? type : null,
      code: typeof error?.error_code === 'string' ? error.error_code : null,
      message: typeof error?.message === 'string' ? error.message : '',
    };
  } catch {
    return { is: 'answer', status, type: null, code: null, message: '' };
  }
}

export function whyNot(error: unknown): 'unreachable' | 'certificate' | 'timeout' {
  const code = String(
    (error as { code?: unknown }).code ?? (error as { cause?: { code?: unknown } }).cause?.code ?? '',
  );
  if (/TIMEOUT/.test(code)) return 'timeout';
  return /CERT|SELF_SIGNED|VERIFY|ALTNAME/.test(code) ? 'certificate' : 'unreachable';
}

async function ask(
  { origin, dispatcher }: ProbeInput,
  key: string,
  path: string,
  message?: { readonly body: string; readonly extra: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await request(new URL(path, origin), {
    method: message === undefined ? 'GET' : 'POST',
    headers: {
      'x-api-key': key,
      'anthropic-version': VERSION,
      ...(message === undefined ? {} : { 'content-type': 'application/json', ...message.extra }),
    },
    body: message?.body ?? null,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MAX_BYTES) break;
  }
  return { status: answer.statusCode, text: Buffer.concat(parts).toString('utf8') };
}
