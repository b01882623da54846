import { findAddress, STATE_BEFORE } from './addresses.ts';
import { iban, passes } from './checks.ts';
import { type CellPlace, type Columns, tableColumns } from './columns.ts';
import { type CompiledRules, type NumberRule, plainValue } from './compile.ts';
import { findExact } from './exact.ts';
import type { Because, Finding, Rank, ScanResult } from './finding.ts';
import { Hits } from './hits.ts';
import { scanKeywords, Tried } from './keyword-rules.ts';
import { findMails } from './mails.ts';
import type { DlpRule, RuleOf } from './rules.ts';
import { settled } from './settled.ts';

export interface ScanOptions {
  /** Polled during the scan; true: the time is up. */
  readonly stop?: () => boolean;
  /** Headings and positions of cells, if the text was made from a table; otherwise tables are detected. */
  readonly columns?: Columns;
}

/** Maximum number of findings after which scanning stops: by then, it is a member list. */
const MAX_FINDINGS = 100_000;
/** Characters between two polls of the clock. */
const PART = 65_536;

/**
 * Everything in a text that a rule finds with at least medium confidence. The time is linear in the length of the
 * text.
 */
export function scan(text: string, rules: CompiledRules, options: ScanOptions = {}): ScanResult {
  const plain = plainText(text);
  const columns = options.columns ?? tableColumns(plain, rules);
  const found: Finding[] = [];
  const ranks = new Map<Finding, Rank>();
  const add = (finding: Finding, rank?: Rank) => {
    if (finding.confidence === 'low') return;
    found.push(finding);
    if (rank !== undefined) ranks.set(finding, rank);
  };
  const stop = () => found.length > MAX_FINDINGS || options.stop?.() === true;
  const tried = new Tried();
  let scanned = scanNumbers(plain, rules, columns, stop, add);
  for (let from = 0; from < scanned; from += PART) {
    if (stop()) scanned = from;
    else scanKeywords(plain, Math.max(0, from - 64), Math.min(scanned, from + PART + 64), rules, tried, add);
  }
  if (rules.mail !== null) findMails(plain, scanned, rules.mail, add);
  for (const pattern of rules.memberNumbers)
    memberNumbers(plain.slice(0, scanned), pattern, rules.memberRule, add);
  for (const finding of columns.cells(scanned)) add(finding);
  if (rules.exact !== null) findExact(plain, scanned, rules.exact.list, rules.exact.rule, add);
  const findings = settled(found, rules, ranks).filter(
    ({ start, end }) => rules.allowed.size === 0 || !rules.allowed.has(plainValue(plain.slice(start, end))),
  );
  const hits = new Hits();
  hits.add(plain, findings, rules);
  return { findings, counts: hits.counts, scanned };
}

/** Rules whose hits in a text reach the threshold; never those that are only shown. */
export function alarming({ counts }: Pick<ScanResult, 'counts'>, rules: CompiledRules): readonly string[] {
  return [...counts]
    .filter(([rule, count]) => count >= rules.atLeast(rule) && rules.rules.get(rule)?.lookOnly !== true)
    .map(([rule]) => rule);
}

/** Non-Latin-1 characters: V8 knows without searching that a one-byte string has none. */
const UNUSUAL = /[\u200b-\u200d\u2007\u2009-\u2015\u202f\u2060\u2212\ufeff\uff0d\uff10-\uff19]/u;
const NO_BREAK = '\u00a0';
const SOFT_HYPHEN = '\u00ad';
const UNUSUAL_ALL = new RegExp(`${UNUSUAL.source}|[${NO_BREAK}${SOFT_HYPHEN}]`, 'gu');

/** Replaces typographic spaces, hyphens and digits with plain ones; offsets do not change. */
function plainText(text: string): string {
  if (!text.includes(NO_BREAK) && !text.includes(SOFT_HYPHEN) && !UNUSUAL.test(text)) return text;
  return text.replace(UNUSUAL_ALL, (char) => {
    const code = char.charCodeAt(0);
    if (code >= 0xff10 && code <= 0xff19) return String.fromCharCode(code - 0xff10 + 48);
    return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xff0d ? '-' : ' ';
  });
}

/**
 * Five digits or more with single separators between them; longer ones are matched in parts. With the first five
 * written out, regular expression engines skip text without them twice as fast.
 */
const DIGITS = /\d[ .-]?\d[ .-]?\d[ .-]?\d[ .-]?\d(?:[ .-]?\d){0,396}/gu;

function scanNumbers(
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
  { rule, near, not, notAlone, aloneForm }: NumberRule,
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

/** Country, check digits, letters and digits of the bank before a run of digits in the middle of an IBAN. */
const IBAN_BEFORE = /(?<![\p{L}\d])[A-Z]{2}(?:\d{2}[ -]?[A-Z](?:[ -]?[A-Z\d]){0,7}[ -]?)?$/iu;

/** Characters before an IBAN to search for its name, which is required in lower case, because hashes look the same. */
const IBAN_NAMED = 40;

/** A country, two digits, then groups of letters and digits with the country's length. */
function ibanAt(
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

function memberNumbers(
  text: string,
  pattern: RegExp,
  rule: DlpRule | null,
  add: (finding: Finding) => void,
): void {
  if (rule === null) return;
  for (const match of text.matchAll(pattern))
    add({
      rule: rule.id,
      group: rule.group,
      start: match.index,
      end: match.index + match[0].length,
      confidence: 'high',
      because: { check: 'form', near: null, heading: null, distance: null },
    });
}
