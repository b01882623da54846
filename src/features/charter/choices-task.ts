import { address } from '#domain/people/names.ts';
import { byCodeUnit } from '#domain/text/order.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    charterChoices: typeof charterChoices;
  }
}

/** A possible value, with the label that people recognize. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/**
 * Values found in a client's files that a charter may name. Files of any age are used, because these are suggestions
 * and no verdict rests on them.
 */
export interface ReadChoices {
  /** Members and staff by address. */
  readonly people: Choice[];
  /** Accounts in Entra. */
  readonly accounts: Choice[];
  readonly groups: Choice[];
  readonly applications: Choice[];
  readonly apiKeys: Choice[];
  /** Conditional Access policies in report-only. */
  readonly policies: Choice[];
  /** Names of connectors that were seen in Claude. */
  readonly connectors: readonly string[];
}

/** Maximum suggestions per list; no one reads more. */
const MAX_CHOICES = 2_000;
const ANY_AGE = Number.POSITIVE_INFINITY;

/** Runs in the deciding thread, which has the rows. */
export function charterChoices({ shared }: TaskInput): ReadChoices {
  const rows = <K extends Parameters<typeof shared.read>[0]>(kind: K) => {
    const read = shared.read<K>(kind, ANY_AGE);
    return read.ok ? read.rows : [];
  };
  const people = [
    ...rows('roster').flatMap(({ name, emails }) => emails.slice(0, 1).map((email) => ({ name, email }))),
    ...rows('members').map(({ name, email }) => ({ name, email })),
  ];
  return {
    people: once(
      people.filter(({ email }) => email !== '').map(({ name, email }) => [address(email), name] as const),
    ),
    accounts: once(
      rows('entra_users').flatMap(({ upn, name }) => (upn === null ? [] : [[upn, name] as const])),
    ),
    groups: once(rows('entra_groups').map(({ id, name }) => [id ?? name, name] as const)),
    applications: once(rows('service_principals').map(({ appId, name }) => [appId, name] as const)),
    apiKeys: once(rows('api_keys').map(({ id, name }) => [id, name] as const)),
    policies: once(
      rows('ca_policies')
        .filter(({ state }) => state === 'enabledForReportingButNotEnforced')
        .map(({ name }) => [name, name] as const),
    ),
    connectors: [...new Set(rows('connectors').map(({ connector }) => connector))].sort(byCodeUnit),
  };
}

/** Each value once, with the first name found for it, ordered by name. */
function once(pairs: readonly (readonly [value: string, name: string | null])[]): Choice[] {
  const named = new Map<string, string>();
  for (const [value, name] of pairs) if (!named.has(value)) named.set(value, name ?? value);
  return [...named]
    .slice(0, MAX_CHOICES)
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => byCodeUnit(a.label, b.label) || byCodeUnit(a.value, b.value));
}
