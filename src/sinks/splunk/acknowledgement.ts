import { z } from 'zod';
import { askOnce, byStatus, messageIn } from '../answers.ts';
import type { Outcome, SinkMeans, SinkRequest } from '../sink.ts';

/** Milliseconds between polls, initially and at most; and the time limit for polling. */
const POLLING_MS = { first: 250, max: 10_000, whole: 120_000 } as const;

const acksSchema = z.looseObject({ acks: z.record(z.string(), z.boolean()) });

interface Wanted {
  readonly url: URL;
  readonly request: SinkRequest;
  readonly ackId: number;
  readonly signal: AbortSignal;
}

/**
 * Polls until the indexers have stored what was accepted. Each acknowledgement is reported as true only once, so if
 * that response is lost, polling times out and the batch is sent again.
 */
export async function acknowledged(
  means: SinkMeans,
  { url, request, ackId, signal }: Wanted,
): Promise<Outcome> {
  const began = Date.now();
  for (let pause: number = POLLING_MS.first; ; pause = Math.min(pause * 2, POLLING_MS.max)) {
    try {
      await means.wait(pause, signal);
    } catch {
      return late('Bylaw stopped before Splunk had confirmed the events.');
    }
    const { answer, failed } = await askOnce(means, url, {
      ...request,
      body: JSON.stringify({ acks: [ackId] }),
    });
    if (answer === null) {
      if (failed.kind === 'stopped') return failed;
    } else if (answer.status === 200) {
      const acks = acksSchema.safeParse(readJson(answer.text));
      if (acks.success && acks.data.acks[String(ackId)] === true)
        return { kind: 'accepted', says: 'Splunk has indexed the events.', answer: messageIn(answer) };
    } else {
      const outcome = byStatus(answer, url.host);
      if (outcome.kind === 'stopped') return outcome;
    }
    if (signal.aborted || Date.now() - began >= POLLING_MS.whole)
      return late('Splunk accepted the events but did not confirm within two minutes that they are indexed.');
  }
}

function late(says: string): Outcome {
  return { kind: 'retry', says, answer: null, afterSeconds: null };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
