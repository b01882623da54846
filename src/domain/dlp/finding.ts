import type { Check } from './checks.ts';
import type { Confidence, DlpGroup } from './rules.ts';

/** Why something was found, as facts; sentences are made where it is shown. */
export interface Because {
  /** Check of digits that it passed. */
  readonly check: Check | 'iban' | 'prefix' | 'name' | 'form' | 'own_form' | 'member_list' | null;
  /** Word beside it that made it one, as it is in the rule. */
  readonly near: string | null;
  /** Heading of the column that it is in. */
  readonly heading: string | null;
  /** Characters between the word and it. */
  readonly distance: number | null;
}

export interface Finding {
  readonly rule: string;
  readonly group: DlpGroup;
  /** Offsets into the text, in UTF-16 units; the end is behind the last one. */
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  readonly because: Because;
}

/** How close a finding is to what made it one; of two that overlap, the closer one is kept. */
export interface Rank {
  /** Characters between its word and it. */
  readonly distance: number;
  /** Characters of the word by which it was looked for. */
  readonly word: number;
}

export interface ScanResult {
  /** By place in the text; no two overlap. */
  readonly findings: readonly Finding[];
  /** How many of each rule matter, by its id (`hits.ts`). */
  readonly counts: ReadonlyMap<string, number>;
  /** Characters that were looked at; fewer than the text has where the time was up or there were too many findings. */
  readonly scanned: number;
}

/**
 * A value without what makes it one: letters and digits become dots, but for the first characters of a token, which
 * only say whose it is, and the last two of what is long enough.
 */
export function masked(value: string, keep = 0): string {
  const chars = [...value.slice(0, 80)];
  const last = chars.length >= 8 ? chars.length - 2 : chars.length;
  return chars
    .map((char, at) => (at < keep || at >= last || !/[\p{L}\p{N}]/u.test(char) ? char : '•'))
    .join('');
}
