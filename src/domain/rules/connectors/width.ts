import type { Permission } from '../../model/kinds.ts';

/** `off`: the action is switched off or not offered, the narrowest width. */
export type Width = Permission | 'off';

const ORDER: Readonly<Record<Width, number>> = { off: 0, blocked: 1, ask: 2, allow: 3 };

/** Whether `a` lets Claude do more than `b`: Blocked, then Needs approval, then Always allow. */
export function wider(a: Width, b: Width): boolean {
  return ORDER[a] > ORDER[b] && ORDER[a] > ORDER.blocked;
}

export function widest(list: readonly Width[]): Width | null {
  return list.reduce<Width | null>(
    (best, one) => (best === null || ORDER[one] > ORDER[best] ? one : best),
    null,
  );
}

export function narrowest<W extends Width>(list: readonly W[]): W | null {
  return list.reduce<W | null>((best, one) => (best === null || ORDER[one] < ORDER[best] ? one : best), null);
}

export const WIDTH_WORDS: Readonly<Record<Width, string>> = {
  allow: 'Always allow',
  ask: 'Needs approval',
  blocked: 'Blocked',
  off: 'not offered',
};
