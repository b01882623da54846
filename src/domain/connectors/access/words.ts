/** Words about access, the same on pages, in commands and in files. Imports nothing, so the browser can load it. */

/**
 * State of a gate. `open`, `asks`, `closed` and `unknown` apply to the organization and to sign-in. The third gate does
 * not open or close: `own` means the person's own rights, `account` those of one account shared by everyone.
 */
export const GATE_STATES = ['open', 'asks', 'closed', 'unknown', 'own', 'account'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** What the gates add up to for one action, from least to most reach. */
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
 * Combines the first two gates. One closed gate is enough; an unknown one is never taken for yes or no. Rights in the
 * system only narrow the result, by an extent that no source shows, so they are left out.
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
 * Combines many actions into one result: the widest known, and `cannot` only if all of them cannot. Show the counts
 * beside it, so that unknown actions stay visible.
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
