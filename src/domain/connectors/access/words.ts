/** What a person reads of access, the same on page, command and file. Needs nothing, so the browser may load it. */

/**
 * How a gate stands. `open`, `asks`, `closed` and `unknown` are for what the organization lets through and for signing
 * in. The third gate is none that opens: `own` is the person's own rights, `account` those of one account for everyone.
 */
export const GATE_STATES = ['open', 'asks', 'closed', 'unknown', 'own', 'account'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** What the gates come to for one action, from what reaches least. */
export const RESULTS = ['cannot', 'unknown', 'ask', 'allow'] as const;
export type Result = (typeof RESULTS)[number];

export const GATE_WORDS: Readonly<Record<GateState, string>> = {
  open: 'Open',
  asks: 'Asks first',
  closed: 'Closed',
  unknown: 'Unknown',
  own: 'Own rights',
  account: 'One account for all',
};

export const RESULT_WORDS: Readonly<Record<Result, string>> = {
  cannot: 'Cannot',
  unknown: 'Unknown',
  ask: 'After approval',
  allow: 'Without asking',
};

export const GATE_NAMES = {
  organization: 'The organization',
  signIn: 'Their own sign-in',
  rights: 'Rights in the system',
} as const;

/**
 * What the first two gates come to. One that is closed is enough; one that nobody can tell is never taken for a yes or
 * a no. The rights in the system narrow what is left, and no source tells how far, so they never decide here.
 */
export function resultOf(organization: GateState, signIn: GateState): Result {
  if (organization === 'closed' || signIn === 'closed') return 'cannot';
  if (signIn !== 'open') return 'unknown';
  if (organization === 'open') return 'allow';
  return organization === 'asks' ? 'ask' : 'unknown';
}

export type ResultCounts = Readonly<Record<Result, number>>;

export function countResults(results: readonly Result[]): ResultCounts {
  const counts = { cannot: 0, unknown: 0, ask: 0, allow: 0 };
  for (const result of results) counts[result] += 1;
  return counts;
}

/**
 * One word for many actions: the widest that is known; `cannot` only where each of them cannot. The counts go with it,
 * so that what nobody can tell stays to be seen.
 */
export function foldResults(results: readonly Result[]): Result {
  if (results.length === 0) return 'unknown';
  if (results.includes('allow')) return 'allow';
  if (results.includes('ask')) return 'ask';
  return results.includes('unknown') ? 'unknown' : 'cannot';
}

/** "2 without asking, 3 after approval, 21 cannot, 4 unknown". */
export function countWords(counts: ResultCounts): string {
  const parts = [
    counts.allow > 0 ? `${counts.allow} without asking` : null,
    counts.ask > 0 ? `${counts.ask} after approval` : null,
    counts.cannot > 0 ? `${counts.cannot} cannot` : null,
    counts.unknown > 0 ? `${counts.unknown} unknown` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'no action listed by name' : parts.join(', ');
}
