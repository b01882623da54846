import type { CaPolicyRow, EntraUserRow } from '../model/kinds.ts';
import { type Directory, type EntraPerson, type Seat, userKeys } from '../rules/microsoft/directory.ts';
import type { Effect } from './effect.ts';
import { type Circumstances, type Reason, WhatIf } from './what-if.ts';

/** A person of the tenant for a What If. */
export interface WhatIfPerson extends EntraPerson {
  readonly seat: boolean;
}

/** Everyone who could sign in: holders of a Claude seat, and every other enabled account of the directory. */
export function peopleWhoCanSignIn(
  seats: readonly Seat[] | null,
  users: readonly EntraUserRow[] | null,
): readonly WhatIfPerson[] {
  const held: readonly WhatIfPerson[] = (seats ?? []).map(({ key, name, keys, known: found, guest }) => ({
    key,
    name,
    keys,
    known: found,
    guest,
    seat: true,
  }));
  const known = new Set(held.flatMap(({ keys }) => [...keys]));
  const others = (users ?? []).flatMap((user): WhatIfPerson[] => {
    const keys = userKeys(user);
    if (user.enabled === false || keys.length === 0 || keys.some((key) => known.has(key))) return [];
    return [
      {
        key: (user.upn ?? user.mail ?? user.id ?? '').toLowerCase(),
        name: user.name ?? user.upn ?? user.mail ?? user.id ?? '',
        keys: new Set(keys),
        known: user.id !== null,
        guest: user.userType === null ? null : user.userType === 'Guest',
        seat: false,
      },
    ];
  });
  return [...held, ...others];
}

export interface EveryoneOutcomes {
  readonly people: number;
  /** Number of people by outcome. */
  readonly outcomes: Readonly<Record<Effect['is'], number>>;
  /** Names of people by outcome. */
  readonly who: Readonly<Record<Effect['is'], readonly string[]>>;
  /** Policies that leave the outcome of some people unknown, those that affect the most people first. */
  readonly doubts: readonly UndecidedPolicy[];
}

export interface UndecidedPolicy {
  readonly policy: string;
  /** What is not known, of anyone; empty: whether what it asks for is met. */
  readonly reasons: readonly Reason[];
  /** Number of people whose outcome is unknown because of it. */
  readonly people: number;
}

/** The outcome of one kind of sign-in for each of many people. */
export function evaluateEveryone(
  people: readonly WhatIfPerson[],
  policies: readonly CaPolicyRow[],
  circumstances: Circumstances,
  directory: Directory,
): EveryoneOutcomes {
  const whatIf = new WhatIf(policies, circumstances, directory);
  const who: Record<Effect['is'], string[]> = { free: [], asked: [], blocked: [], unknown: [] };
  const doubts = new Map<CaPolicyRow, { readonly reasons: Set<Reason>; people: number }>();
  for (const person of people) {
    const outcome = whatIf.outcome(person);
    who[outcome].push(person.name);
    if (outcome !== 'unknown') continue;
    for (const { policy, reasons } of whatIf.doubts(person)) {
      const known = doubts.get(policy) ?? { reasons: new Set(), people: 0 };
      for (const reason of reasons) known.reasons.add(reason);
      known.people += 1;
      doubts.set(policy, known);
    }
  }
  return {
    people: people.length,
    outcomes: {
      free: who.free.length,
      asked: who.asked.length,
      blocked: who.blocked.length,
      unknown: who.unknown.length,
    },
    who,
    doubts: [...doubts]
      .map(([policy, of]) => ({ policy: policy.name, reasons: [...of.reasons], people: of.people }))
      .sort((a, b) => b.people - a.people),
  };
}
// Guide: G6.2-04 G6.2-08
