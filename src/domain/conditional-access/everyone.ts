import type { CaPolicyRow, EntraUserRow } from '../model/kinds.ts';
import { type Directory, type EntraPerson, type Seat, userKeys } from '../rules/microsoft/directory.ts';
import type { Effect } from './effect.ts';
import { type Circumstances, WhatIf } from './what-if.ts';

/** A person of the tenant for a What If. */
export interface Someone extends EntraPerson {
  readonly seat: boolean;
}

/** Everybody who could sign in: who holds a Claude seat, and every other enabled account of the directory. */
export function everybody(
  seats: readonly Seat[] | null,
  users: readonly EntraUserRow[] | null,
): readonly Someone[] {
  const held: readonly Someone[] = (seats ?? []).map(({ key, name, keys, known: found, guest }) => ({
    key,
    name,
    keys,
    known: found,
    guest,
    seat: true,
  }));
  const known = new Set(held.flatMap(({ keys }) => [...keys]));
  const others = (users ?? []).flatMap((user): Someone[] => {
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

export interface EveryoneAnswer {
  readonly people: number;
  /** How many come to which outcome. */
  readonly outcomes: Readonly<Record<Effect['is'], number>>;
  /** Who comes to each, by name, as far as asked for. */
  readonly who: Readonly<Record<Effect['is'], readonly string[]>>;
}

/** What the policies make of one kind of sign-in for each of many people. */
export function forEverybody(
  people: readonly Someone[],
  policies: readonly CaPolicyRow[],
  circumstances: Circumstances,
  directory: Directory,
): EveryoneAnswer {
  const whatIf = new WhatIf(policies, circumstances, directory);
  const who: Record<Effect['is'], string[]> = { free: [], asked: [], blocked: [], unknown: [] };
  for (const person of people) who[whatIf.outcome(person)].push(person.name);
  return {
    people: people.length,
    outcomes: {
      free: who.free.length,
      asked: who.asked.length,
      blocked: who.blocked.length,
      unknown: who.unknown.length,
    },
    who,
  };
}
// Guide: G6.2-04 G6.2-08
