import type { Check } from './checks.ts';
import type { Embedded } from './encoded.ts';
import type { Confidence, DlpGroup } from './rules.ts';

/** Why something was found, as data; sentences are created for display. */
export interface Because {
  /** Check digit algorithm that it passed. */
  readonly check: Check | 'iban' | 'prefix' | 'name' | 'form' | 'own_form' | 'member_list' | null;
  /** The keyword beside it, as in the rule. */
  readonly near: string | null;
  /** Heading of its column. */
  readonly heading: string | null;
  /** Characters between keyword and finding. */
  readonly distance: number | null;
}

export interface Finding {
  readonly rule: string;
  readonly group: DlpGroup;
  /** Offsets in the text, in UTF-16 code units; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The value itself, where the text has it encoded or with characters that nobody sees. */
  readonly value?: string;
  readonly confidence: Confidence;
  readonly because: Because;
}

/** Precedence of a finding; if two overlap, the higher one is kept. */
export interface Rank {
  /** Characters between keyword and finding. */
  readonly distance: number;
  /** Length of the keyword. */
  readonly word: number;
}

export interface ScanResult {
  /** In order of position, without overlap. */
  readonly findings: readonly Finding[];
  /** Number of relevant hits by rule id (`hits.ts`). */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of characters scanned; less than the text has if the time was up or there were too many findings. */
  readonly scanned: number;
  /** Files and pictures that are in the text as Base64, which a scan does not read. */
  readonly embedded: Embedded;
}

/**
 * Redacts a value: letters and digits become dots, except for the first characters of a token, which only identify its
 * issuer, and the last two of a long value.
 */
export function masked(value: string, keep = 0): string {
  const chars = [...value.slice(0, 80)];
  const last = chars.length >= 8 ? chars.length - 2 : chars.length;
  return chars
    .map((char, at) => (at < keep || at >= last || !/[\p{L}\p{N}]/u.test(char) ? char : '•'))
    .join('');
}
