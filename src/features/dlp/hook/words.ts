import { names } from '#domain/text/words.ts';
import { MAX_REASON } from '#sources/inference-hook/call.ts';

/** What the person reads in Claude whose message was refused. */
export function denyReason({
  because,
  titles,
  reference,
}: {
  readonly because: 'content' | 'unfinished' | null;
  readonly titles: readonly string[];
  readonly reference: string;
}): string {
  const text =
    because === 'unfinished'
      ? `Your message could not be checked in time, so it was not sent. Shorten it and send it again. If it keeps happening, give your IT team this reference: ${reference}.`
      : `Your message was not sent because it appears to contain: ${names(titles)}. Remove or mask that and send it again. If it is a false alarm, give your IT team this reference: ${reference}.`;
  return text.slice(0, MAX_REASON);
}
