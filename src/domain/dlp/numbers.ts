import { findAddress, STATE_BEFORE } from './addresses.ts';
import { passes } from './checks.ts';
import type { CellPlace, Columns } from './columns.ts';
import type { CompiledRules, NumberRule } from './compile.ts';
import type { Because, Finding, Rank } from './finding.ts';
import { ibanAt } from './iban.ts';
import type { RuleOf } from './rules.ts';

/** Characters between two polls of the clock. */
const PART = 65_536;

/**
 * Five digits or more with single separators between them; longer ones are matched in parts. With the first five
 * written out, regular expression engines skip text without them twice as fast.
 */
const DIGITS = /\d[ .-]?\d[ .-]?\d[ .-]?\d[ .-]?\d(?:[ .-]?\d){0,396}/gu;

/** Finds numbers by their form, check digits and the words beside them; returns how far the time sufficed. */
export function scanNumbers(
  text: string,
  rules: CompiledRules,
  columns: Columns,
  stop: () => boolean,
  add: (finding: Finding, rank?: Rank) => void,
): number {
  DIGITS.lastIndex = 0;
  let looked = 0;
  for (let match = DIGITS.exec(text); match !== null; match = DIGITS.exec(text)) {
    if (match.index - looked > PART) {
      looked = match.index;
      if (stop()) return looked;
    }
    run(text, match.index, DIGITS.lastIndex, rules, columns, add);
  }
  return text.length;
}

/** Digits that stand in for a number: `12345678`, `0000000`. */
const FILLER = /^(?:0?1234567(?:89?)?0?|(\d)\1{6,})$/u;

const isDigit = (code: number) => code >= 48 && code <= 57;

function run(
  text: string,
  start: number,
  end: number,
  rules: CompiledRules,
  columns: Columns,
  add: (finding: Finding, rank?: Rank) => void,
): void {
  if (rules.iban !== null) ibanAt(text, start, rules.iban, add);
  let digits = 0;
  for (let at = start; at < end; at += 1) if (isDigit(text.charCodeAt(at))) digits += 1;
  if (rules.streets !== null && digits <= 9 && STATE_BEFORE.test(text.slice(Math.max(0, start - 5), start)))
    findAddress(text, start, end, rules, add);
  let window: string | null = null;
  const cell = columns.cellAt(start);
  // Words of other cells are not considered to be beside it.
  const [first, last] = cell === null ? [0, text.length] : [cell.start, cell.end];
  const from = Math.max(first, start - 240);
  for (const one of rules.numbers) {
    const { rule, pattern } = one;
    if (digits < rule.digits[0]) continue;
    const lead = Math.min(start, 2 + rule.lead);
    const slice = text.slice(start - lead, end + 3);
    if (isSpread(digits, end - start)) {
      const value = text.slice(start, end);
      const bare = value.replace(/\D/gu, '');
      if (rule.check === undefined || digits > rule.digits[1] || !passes(rule.check, bare, rule.ranges ?? []))
        continue;
      window ??= text.slice(from, Math.max(end, Math.min(last, end + 80))).toLowerCase();
      const confidence = judged(one, window, Math.max(0, start - from), value, cell);
      // Digits of a table are written like this as well.
      if (confidence !== null && (confidence.because.near ?? confidence.because.heading) !== null) {
        const { rank, ...why } = confidence;
        add({ rule: rule.id, group: rule.group, start, end, ...why }, rank);
      }
      continue;
    }
    pattern.lastIndex = 0;
    for (let match = pattern.exec(slice); match !== null; match = pattern.exec(slice)) {
      const value = match[0];
      const bare = value.replace(/\D/gu, '');
      if (bare.length < rule.digits[0] || bare.length > rule.digits[1]) continue;
      if (rule.check === undefined ? FILLER.test(bare) : !passes(rule.check, bare, rule.ranges ?? []))
        continue;
      const at = start - lead + match.index;
      window ??= text.slice(from, Math.max(end, Math.min(last, end + 80))).toLowerCase();
      const confidence = judged(one, window, Math.max(0, at - from), value, cell);
      const { near = null, heading = null } = confidence?.because ?? {};
      if (rule.check === 'card' && near === null && heading === null && isInRow(text, at, value, rule))
        continue;
      if (confidence === null) continue;
      const { rank, ...why } = confidence;
      add({ rule: rule.id, group: rule.group, start: at, end: at + value.length, ...why }, rank);
    }
  }
}

/** Whether each digit stands alone, as when someone spells a number: `4 3 3 8 5 6 4 7 8`. */
const isSpread = (digits: number, length: number) => digits >= 9 && length >= 2 * digits - 1;

/**
 * Whether four groups of digits are part of a longer sequence, as in tables of figures: one in ten passes the card
 * check by chance. A sequence of cards is cards, and one extra group is an expiry date.
 */
function isInRow(text: string, start: number, value: string, { ranges = [] }: RuleOf<'number'>): boolean {
  if (!/^(?:\d{4} ){3}\d{4}$/u.test(value)) return false;
  const end = start + value.length;
  const before =
    /(?<![\p{L}\d])(?:[\dA-F]{4} ){1,4}$/u.exec(text.slice(Math.max(0, start - 21), start))?.[0] ?? '';
  const after = /^(?: [\dA-F]{4}(?![\p{L}\d])){1,4}/u.exec(text.slice(end, end + 21))?.[0] ?? '';
  return (
    before.length + after.length >= 10 &&
    ![before, after].some(
      (side) => /^[\d ]+$/u.test(side) && passes('card', side.replaceAll(' ', ''), ranges),
    )
  );
}

/**
 * Penalty in characters for a word after a number compared with one before it: “routing number 011000015, account
 * number”.
 */
const WORD_AFTER_PENALTY = 20;

/** Characters before a number in which a word excludes it. */
const RIGHT_BEFORE = 32;

/** Confidence of a number with valid check digits, by its context; null: no finding. */
function judged(
  { rule, near, not, notAlone: notAloneSpaced, notAloneBare, aloneForm }: NumberRule,
  window: string,
  at: number,
  value: string,
  cell: CellPlace | null,
): { confidence: Finding['confidence']; because: Because; rank?: Rank } | null {
  const because = { check: rule.check ?? null, near: null, heading: null, distance: null };
  const alone = aloneForm === null || aloneForm.test(value) ? rule.alone : null;
  const heading = cell?.heading ?? null;
  if (heading !== null && rule.headings.includes(heading))
    return { confidence: 'high', because: { ...because, heading, distance: 0 } };
  const from = Math.max(0, at - rule.within);
  const before = window.slice(from, at);
  const word = near === null ? null : lastOf(near, before);
  const right = window.slice(Math.max(0, at - RIGHT_BEFORE), at);
  const other = not === null ? null : lastOf(not, right);
  // "SSN 433-85-6478. Order 219099998": the closer word decides.
  if (word !== null && other !== null && right.length - other.end < before.length - word.end) return null;
  if (word !== null)
    return {
      confidence: 'high',
      because: { ...because, near: word.text, distance: before.length - word.end },
    };
  const after =
    near === null
      ? null
      : firstOf(near, window.slice(at + value.length, at + value.length + Math.ceil(rule.within / 3)));
  if (after !== null)
    return {
      confidence: 'high',
      because: { ...because, near: after.text, distance: after.start },
      rank: { distance: after.start + WORD_AFTER_PENALTY, word: after.text.length },
    };
  if (alone === null) return null;
  const notAlone = /\D/u.test(value) ? notAloneSpaced : notAloneBare;
  // In a table, the heading can exclude it as well.
  if (notAlone !== null && (lastOf(notAlone, right) !== null || lastOf(notAlone, heading ?? '') !== null))
    return null;
  return { confidence: alone, because };
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function lastOf(pattern: RegExp, text: string): Word | null {
  let last: Word | null = null;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    last = { text: match[0], start: match.index, end: pattern.lastIndex };
  return last;
}

function firstOf(pattern: RegExp, text: string): Word | null {
  pattern.lastIndex = 0;
  const match = pattern.exec(text);
  return match === null ? null : { text: match[0], start: match.index, end: match.index + match[0].length };
}
