import { randomBytes } from 'node:crypto';
import { type Dispatcher, request } from 'undici';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64_000;
/** By what comes back of it a host shows that it repeats the headers that it got. */
const MARK = 'x-bylaw-probe';

/**
 * clean: the header meant for Claude is not among those that the host got · header: it is, also under a numbered name ·
 * silent: the host does not repeat what it got, or did not answer, so that nothing is shown.
 */
export type OtherHost = 'clean' | 'header' | 'silent';

/** Asks a host that is not Claude's and repeats the headers of a request, the way Claude is asked. */
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
