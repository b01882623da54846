import { SourceProblem } from '#sources/problem.ts';
import type { Credential, Reach } from '#sources/source.ts';
import type { TargetContext } from '../shared/services/change-targets.ts';
import { recordWriterProblem, type Writer, writerOf } from './writer.ts';

/** Nothing of a step is sent after this time, because another process may have taken over the change. */
const TIMEOUT_MS = 90_000;
/** Seconds before a service that throttles or fails is asked again, if it does not specify a time. */
const WAIT_SECONDS = 60;

export type AskFailed =
  | {
      readonly is: 'busy';
      readonly seconds: number;
      readonly taken: 'no' | 'unknown';
      readonly why: string;
    }
  | { readonly is: 'refused'; readonly why: string };

interface Asked<Client, T> {
  readonly writer: Writer;
  /** Message if the credential no longer exists. */
  readonly gone: string;
  /** Message if the vendor did not answer in time. */
  readonly late: string;
  open(credential: Credential, reach: Reach): Client;
  ask(client: Client): Promise<T>;
}

/** Asks a vendor to carry out a step of a change. If it does not, the result says whether it may be retried. */
export async function askWriter<Client, T>(
  { services, client }: TargetContext,
  { writer, gone, late, open, ask }: Asked<Client, T>,
): Promise<T | AskFailed> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const opened = await writerOf(services, client.id, writer, signal);
  if (opened === null) return { is: 'refused', why: gone };
  try {
    return await ask(open(opened.credential, opened.reach));
  } catch (error) {
    if (!(error instanceof SourceProblem)) {
      if (!signal.aborted) throw error;
      return { is: 'busy', seconds: WAIT_SECONDS, taken: 'unknown', why: late };
    }
    await recordWriterProblem(services, client.id, writer, error);
    const { code, message, retryAfterMs } = error;
    if (code === 'throttled') {
      const seconds = retryAfterMs === null ? WAIT_SECONDS : Math.max(1, Math.ceil(retryAfterMs / 1000));
      return { is: 'busy', seconds, taken: 'no', why: message };
    }
    if (error.retry) return { is: 'busy', seconds: WAIT_SECONDS, taken: 'unknown', why: message };
    return { is: 'refused', why: message };
  }
}
// Guide: G6.2-01 G6.6-01 G6.6-03
