import type { StoredActivity } from '#domain/activity/activity.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { StoredCheck } from '#store/dlp/checks.ts';
import { checksWithFingerprint } from '#store/dlp/fingerprints.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { rulesFor, tuningOf } from '../dlp/index.ts';
import { present } from '../shared/moment.ts';

/** A password or key found by a content check: its type and fingerprint, never the value. */
export interface FoundSecret {
  readonly title: string;
  readonly fingerprint: string;
  /** Number of earlier checks that found the same secret, and the time of the first. */
  readonly before: { readonly checks: number; readonly first: Date | null };
}

/** Maximum number of secrets of one decision that an incident names; a file of keys may contain more. */
const MAX_SECRETS = 5;

/** Passwords and keys found by the content check behind an alert; empty: none, or retention removed them. */
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

/** One sentence for each secret, for the incident's summary. */
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
