import { keptFor } from '../rules/visibility/chat-retention.ts';
import { count, names } from '../text/words.ts';
import type { Direction, Urgency } from './types.ts';

/** Result of comparing one setting; null: as the charter says. */
export interface Difference {
  readonly direction: Direction;
  readonly urgency: Urgency;
  readonly words: string;
  readonly charter: string;
  readonly observed: string;
  readonly width: number;
}

export const PROVISIONING_WORDS = {
  invite: 'invitations',
  jit: 'just in time',
  scim: 'directory sync',
} as const;

export function provisioningOf(value: unknown): keyof typeof PROVISIONING_WORDS | null {
  if (typeof value !== 'string') return null;
  if (value === 'login_only') return 'invite';
  return value.startsWith('jit') ? 'jit' : value.startsWith('scim') ? 'scim' : null;
}

export function provisioningDifference(
  value: unknown,
  wanted: keyof typeof PROVISIONING_WORDS,
): Difference | null | undefined {
  const is = provisioningOf(value);
  if (is === null) return undefined;
  if (is === wanted) return null;
  const observed = PROVISIONING_WORDS[is];
  const charter = PROVISIONING_WORDS[wanted];
  return {
    direction: 'other',
    urgency: 'soon',
    words: `Provisioning is set to ${observed}, but the charter calls for ${charter}.`,
    charter,
    observed,
    width: 1,
  };
}

/** @param on Whether turning it on narrows or widens what people can do. */
export function switchDifference(
  value: unknown,
  wanted: boolean,
  on: 'narrows' | 'widens',
  urgency: Urgency,
): Difference | null | undefined {
  if (typeof value !== 'boolean') return undefined;
  if (value === wanted) return null;
  const wider = value === (on === 'widens');
  const words = (state: boolean) => (state ? 'On' : 'Off');
  return {
    direction: wider ? 'wider' : 'narrower',
    urgency: wider ? urgency : 'information',
    words: `It is set to ${words(value)}, but the charter calls for ${words(wanted)}.`,
    charter: words(wanted),
    observed: words(value),
    width: wider ? 1 : 0,
  };
}

export function listDifference(value: unknown, wanted: readonly string[]): Difference | null | undefined {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return undefined;
  const plain = (text: string) => text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '');
  const is = new Set(value.map(plain));
  const says = new Set(wanted.map(plain));
  const extra = [...is].filter((one) => !says.has(one)).sort();
  const missing = [...says].filter((one) => !is.has(one)).sort();
  // An empty list names no domain, so it does not show that invitations are limited.
  const open = is.size === 0 && says.size > 0;
  if (extra.length === 0 && missing.length === 0) return null;
  const wider = open || extra.length > 0;
  return {
    direction: wider ? 'wider' : 'narrower',
    urgency: wider ? 'soon' : 'information',
    words: open
      ? `The list is empty, so nothing shows that invitations are limited, but the charter limits them to ${names([...says], 4)}.`
      : [
          extra.length > 0
            ? `${names(extra, 4)} may be invited and ${extra.length === 1 ? 'is' : 'are'} not in the charter.`
            : null,
          missing.length > 0
            ? `${names(missing, 4)} ${missing.length === 1 ? 'is' : 'are'} in the charter and may not be invited.`
            : null,
        ]
          .filter((one) => one !== null)
          .join(' '),
    charter: [...says].sort().join(', '),
    observed: is.size === 0 ? 'Empty' : [...is].sort().join(', '),
    width: open ? 1000 : extra.length,
  };
}

export function retentionDifference(value: unknown, wanted: number): Difference | null | undefined {
  const kept = keptFor(value);
  if (kept === null) return undefined;
  const limit = wanted === 0 ? Number.POSITIVE_INFINITY : wanted;
  if (kept.shortest <= limit && limit <= kept.longest) return null;
  const longer = kept.shortest > limit;
  const charter = wanted === 0 ? 'without limit' : `for ${count(wanted, 'day')}`;
  return {
    direction: longer ? 'wider' : 'narrower',
    urgency: longer ? 'soon' : 'information',
    words: `Chats are kept ${kept.words}, but the charter calls for keeping them ${charter}.`,
    charter,
    observed: kept.words,
    width: longer ? (Number.isFinite(kept.longest) ? kept.longest : 1e9) : 0,
  };
}
