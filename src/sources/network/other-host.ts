import { randomBytes } from 'node:crypto';
import { type Dispatcher, request } from 'undici';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64_000;
/** A host that returns this header's value shows that it echoes request headers. */
const MARK = 'x-bylaw-probe';

/**
 * clean: the host did not receive the header meant for Claude · header: it did, possibly with a numbered name · silent:
 * the host does not echo headers or did not respond, so nothing is shown.
 */
export type OtherHost = 'clean' | 'header' | 'silent';

/** Sends a request, by the same route as to Claude, to another host that echoes headers. */
export async function askOtherHost(url: string, header: string, dispatcher?: Dispatcher): Promise<OtherHost> {
  const mark = randomBytes(12).toString('hex');
  try {
    const answer = await request(url, {
      method: 'GET',
      headers: { [MARK]: mark, accept: 'application/json, text/plain' },
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    let text = '';
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      text += part.toString('utf8');
      if (text.length > MAX_BYTES) break;
    }
    if (answer.statusCode < 200 || answer.statusCode > 299 || !text.includes(mark)) return 'silent';
    return text.toLowerCase().includes(header.toLowerCase()) ? 'header' : 'clean';
  } catch {
    return 'silent';
  }
}
// Guide: G4.4-01
