import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { Control } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { names } from '#domain/text/words.ts';

export interface Accepted {
  /** Where to look and what must be seen, where the catalogue says. */
  readonly look: string | null;
  /** Days for which a statement is valid. */
  readonly days: number;
}

/**
 * What a control does with the statement of a person. null where none of its checks reads one, so that writing one
 * down would change nothing.
 */
export function accepts(control: Control): Accepted | null {
  const reading = control.checks.filter((check) => check.reads.includes('attestations'));
  const check = reading.find((one) => one.rule === 'attested') ?? reading[0];
  if (!check) return null;
  const { look, days } = check.with;
  return {
    look: typeof look === 'string' ? look : null,
    days:
      typeof days === 'number'
        ? days
        : // The rule's own number where the catalogue gives none.
          check.rule === 'attested'
          ? ATTESTED_DAYS
          : (check.freshDays ?? DEFAULT_FRESH_DAYS),
  };
}

/** Default of the rule `attested`. */
const ATTESTED_DAYS = 90;

/** What decides a control that takes no statement, in a sentence. */
export function whyNot(control: Control): string {
  const reads = [...new Set(control.checks.flatMap((check) => check.reads))].map(wordOf);
  return `${control.id} is decided from what is read (${names(reads, 8)}), so a statement would not count there.`;
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  charter: 'the charter',
  journal: 'the journal',
  profile: 'the profile',
};

function wordOf(kind: string): string {
  return Object.hasOwn(KINDS, kind)
    ? `the ${KINDS[kind as Kind].label}`
    : (ownValue(DOCUMENTS, kind) ?? kind);
}

/** Last day on which a statement counts: its own end, and at the latest the end of the control's window. */
export function countsUntil(seen: string, expires: string | null, days: number): string {
  const window = addDays(seen, days);
  return expires !== null && expires < window ? expires : window;
}
