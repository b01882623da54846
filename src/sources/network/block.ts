import { type Dispatcher, request } from 'undici';
import type { HostAnswer } from '#domain/network/block.ts';
import { whyNot } from './probe.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64_000;

export interface BlockInput {
  /** URLs of the hosts, such as https://claude.ai. The API is asked for its models, which it refuses without a key. */
  readonly origins: readonly string[];
  readonly api: string;
  /** Route of the requests; omitted: the system's. */
  readonly dispatcher?: Dispatcher;
}

/** Sends one request without a key to each of Claude's hosts, and nothing else. */
export async function runBlockProbe({ origins, api, dispatcher }: BlockInput): Promise<HostAnswer[]> {
  const ask = async (origin: string): Promise<HostAnswer> => {
    const host = new URL(origin).host;
    try {
      const answer = await request(new URL(origin === api ? '/v1/models' : '/', origin), {
        method: 'GET',
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        ...(dispatcher === undefined ? {} : { dispatcher }),
      });
      const text = await beginningOf(answer.body);
      const claude = answer.statusCode === 401 && refusesKey(text);
      return {
        host,
        claude: origin === api && claude,
        answer: { is: 'answer', status: answer.statusCode, type: null, code: null, message: '' },
      };
    } catch (error) {
      return { host, claude: false, answer: { is: 'none', why: whyNot(error) } };
    }
  };
  return Promise.all(origins.map(ask));
}

/** Microsoft's connection test, which Windows uses, and its expected response. */
export const NEUTRAL = 'http://www.msftconnecttest.com/connecttest.txt';
const NEUTRAL_SAYS = 'Microsoft Connect Test';

/**
 * Whether anything other than Claude is reachable by the same route. Without TLS, a sign-in page can answer for any
 * host, so only the expected text counts; with TLS, the certificate identifies the host.
 */
export async function networkWorks(url: string, dispatcher?: Dispatcher): Promise<boolean> {
  try {
    const answer = await request(url, {
      method: 'GET',
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    const text = await beginningOf(answer.body);
    if (answer.statusCode < 200 || answer.statusCode > 299) return false;
    return new URL(url).protocol === 'https:' || text.trim() === NEUTRAL_SAYS;
  } catch {
    return false;
  }
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Whether a response is Claude's own refusal of a request without a key. */
function refusesKey(text: string): boolean {
  try {
    const { type, error } = JSON.parse(text) as { type?: unknown; error?: { type?: unknown } };
    return type === 'error' && error?.type === 'authentication_error';
  } catch {
    return false;
  }
}
// Guide: G4.4-07
