import type { ApiKeyRow } from '../../model/kinds.ts';
import type { CheckContext, Read } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';

export interface WidenedKey {
  readonly row: ApiKeyRow;
  /** Scopes that the key has now and did not have in the earlier list. */
  readonly added: readonly string[];
  /** Day of that list. */
  readonly earlier: string;
}

/**
 * Approved keys with more scopes than in an earlier list. An approval names the key but not its scopes, so one that is
 * not newer than that list was for fewer.
 */
export function widenedKeys(
  context: Pick<CheckContext, 'history' | 'charterSince'>,
  keys: Read<'api_keys'>,
  approved: (key: ApiKeyRow) => boolean,
): readonly WidenedKey[] {
  const since = context.charterSince('approvedApiKeys');
  const before = context
    .history('api_keys')
    .filter(({ observedOn }) => observedOn < keys.observedOn && (since === undefined || observedOn >= since))
    .toReversed();
  return keys.rows.flatMap((row): WidenedKey[] => {
    if (row.active === false || !approved(row)) return [];
    const id = row.id.toLowerCase();
    for (const { rows, observedOn } of before) {
      const then = rows.find((one) => one.id.toLowerCase() === id)?.scopes;
      // A list without scopes does not mean that the key had none.
      if (then === undefined || then.length === 0) continue;
      const added = row.scopes.filter((scope) => !then.includes(scope));
      if (added.length > 0) return [{ row, added, earlier: observedOn }];
    }
    return [];
  });
}

export const widenedWords = ({ row, added, earlier }: WidenedKey): string =>
  `${row.name ?? row.id} (${names(added)} since ${dayWords(earlier)})`;
// Guide: G1.1-10 G5.2-00
