import type { CheckReason } from '#domain/dlp/decision.ts';
import { names } from '#domain/text/words.ts';
import { MAX_REASON } from '#sources/inference-hook/call.ts';

/** What a person whose message was blocked reads in Claude. */
export function denyReason({
  because,
  titles,
  reference,
}: {
  readonly because: CheckReason | null;
  readonly titles: readonly string[];
  readonly reference: string;
}): string {
  const text =
    because === 'purview'
      ? `Your message was not sent because a data protection policy of your organization (Microsoft Purview) blocks it. Remove or mask what should not leave, and send it again. If it is a false alarm, give your IT team this reference: ${reference}.`
      : because === 'unfinished'
        ? `Your message could not be checked in time, so it was not sent. Shorten it and send it again. If it keeps happening, give your IT team this reference: ${reference}.`
        : `Your message was not sent because it appears to contain: ${names(titles)}. Remove or mask that and send it again. If it is a false alarm, give your IT team this reference: ${reference}.`;
  return text.slice(0, MAX_REASON);
}
