import type { StoredActivity } from '#domain/activity/activity.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { StoredCheck } from '#store/dlp/checks.ts';
import { checksWithFingerprint } from '#store/dlp/fingerprints.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { rulesFor, tuningOf } from '../dlp/index.ts';
import { present } from '../shared/moment.ts';

/** A password or key that a check of content found: its type and fingerprint, never itself. */
export interface FoundSecret {
  readonly title: string;
  readonly fingerprint: string;
  /** Checks that found the same one before, and when the first of them was. */
  readonly before: { readonly checks: number; readonly first: Date | null };
}

/** Secrets of one decision that are named in an incident; a file of keys has more. */
const MAX_SECRETS = 5;

/** What the check of content behind an alert found of passwords and keys; empty: none, or retention removed it. */
export async function secretsOf(
  tx: Tx,
  { client, services }: HandlerContext,
  check: StoredCheck | null,
): Promise<readonly FoundSecret[]> {
  if (check === null) return [];
  const rules = rulesFor(services.catalogue, await tuningOf(tx, client.id));
  const titles = new Map(rules.map((one) => [one.id, one.title]));
  const found: FoundSecret[] = [];
  for (const [rule, fingerprint] of fingerprintsOf(check.activity).slice(0, MAX_SECRETS))
    found.push({
      title: titles.get(rule) ?? rule,
      fingerprint,
      before: await checksWithFingerprint(tx, client.id, {
        rule,
        fingerprint,
        before: check.at,
      }),
    });
  return found;
}

function fingerprintsOf(activity: StoredActivity | null): readonly (readonly [string, string])[] {
  const fingerprints = activity?.detail.fingerprints;
  if (typeof fingerprints !== 'object' || fingerprints === null) return [];
  return Object.entries(fingerprints).flatMap(([rule, list]) =>
    Array.isArray(list) ? list.map((one) => [rule, String(one)] as const) : [],
  );
}

/** One sentence for each, for the summary of the incident. */
export function secretWords(
  { client }: Pick<HandlerContext, 'client'>,
  secrets: readonly FoundSecret[],
): readonly string[] {
  return secrets.map(({ title, fingerprint, before: { checks, first } }) =>
    [
      `${title}, fingerprint ${fingerprint}.`,
      ...(first === null
        ? []
        : [
            `The same one was found ${checks === 1 ? 'once' : `in ${count(checks, 'check')}`} before, first on ${dayWords(present(first, client.timezone).today)}.`,
          ]),
    ].join(' '),
  );
}
// Guide: G7.2-13
