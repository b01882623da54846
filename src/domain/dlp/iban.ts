import { iban } from './checks.ts';
import type { Finding } from './finding.ts';
import type { DlpRule } from './rules.ts';

/** Country, check digits, letters and digits of the bank before a run of digits in the middle of an IBAN. */
const IBAN_BEFORE = /(?<![\p{L}\d])[A-Z]{2}(?:\d{2}[ -]?[A-Z](?:[ -]?[A-Z\d]){0,7}[ -]?)?$/iu;

/** Characters before an IBAN to search for its name, which is required in lower case, because hashes look the same. */
const IBAN_NAMED = 40;

/** A country, two digits, then groups of letters and digits with the country's length. */
export function ibanAt(
  text: string,
  start: number,
  rule: Extract<DlpRule, { find: 'iban' }>,
  add: (finding: Finding) => void,
): void {
  const before = IBAN_BEFORE.exec(text.slice(Math.max(0, start - 16), start));
  if (before === null) return;
  const begin = start - before[0].length;
  const length = rule.lengths[text.slice(begin, begin + 2).toUpperCase()];
  if (length === undefined) return;
  let value = '';
  let end = begin;
  for (; end < text.length && value.length < length; end += 1) {
    const char = text.charAt(end);
    if (/[A-Z0-9]/iu.test(char)) value += char;
    else if (!((char === ' ' || char === '-') && value.length >= 4)) break;
  }
  if (value.length !== length || /[\p{L}\d]/u.test(text.charAt(end)) || !iban(value.toUpperCase())) return;
  const isNamed = /[a-z]/u.test(value);
  if (isNamed && !/\biban\b/iu.test(text.slice(Math.max(0, begin - IBAN_NAMED), begin))) return;
  add({
    rule: rule.id,
    group: rule.group,
    start: begin,
    end,
    confidence: 'high',
    because: { check: 'iban', near: isNamed ? 'iban' : null, heading: null, distance: null },
  });
}
