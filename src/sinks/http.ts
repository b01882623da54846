import type { ForwardedEvent } from '#domain/forwarding/event.ts';
import { type Answer, askOnce } from './answers.ts';
import type { Outcome, Outgoing, Sink, SinkMeans, SinkRequest } from './sink.ts';

/** What differs between systems that accept a batch as a single POST. */
export interface PostedTo {
  readonly max: Sink['max'];
  readonly url: URL;
  /** Certificate of its authority (PEM); empty: a public one. */
  readonly ca: string;
  readonly encode: (event: ForwardedEvent) => Buffer;
  readonly request: (batch: readonly Outgoing[]) => Pick<SinkRequest, 'headers' | 'body'>;
  readonly judged: (answer: Answer, host: string) => Outcome;
}

/** A sink that sends each batch to one URL and determines the outcome from the response alone. */
export function postingSink(means: SinkMeans, { max, url, ca, encode, request, judged }: PostedTo): Sink {
  return {
    max,
    encode,
    async send(batch, signal) {
      const { answer, failed } = await askOnce(means, url, { method: 'POST', signal, ca, ...request(batch) });
      return answer === null ? failed : judged(answer, url.host);
    },
  };
}
