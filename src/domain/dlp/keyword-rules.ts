import {
  entropy,
  isCutShort,
  isPlaceholder,
  looksGenerated,
  looksLikeKey,
  looksLikePassword,
  looksLikeWords,
} from './bodies.ts';
import type { CompiledRules, KeywordRule } from './compile.ts';
import type { EncodedRuns } from './encoded.ts';
import type { Because, Finding, Rank } from './finding.ts';
import { findGenerated } from './generated.ts';
import { eachLongRun } from './long-runs.ts';

type Add = (finding: Finding, rank?: Rank) => void;

/**
 * Remembers per rule what was last tried in a text, so that endless repetition is tried once. There are several passes
 * over keywords: what one tried further on does not apply to earlier positions.
 */
export class Tried {
  /** Start and end of a matched value. */
  readonly #values = new Map<string, { readonly from: number; readonly end: number }>();
  /**
   * Positions at which a rule matches nothing that reaches the keyword at `at` or a later one; the end is exclusive.
   */
  readonly #barren = new Map<string, { readonly from: number; readonly end: number; readonly at: number }>();

  isWithin(rule: string, start: number): boolean {
    const last = this.#values.get(rule);
    return last !== undefined && start >= last.from && start < last.end;
  }

  value(rule: string, from: number, end: number): void {
    this.#values.set(rule, { from, end });
  }

  /** The next position from `from` that was not tried in vain for a keyword at `start`. */
  next(rule: string, from: number, start: number): number {
    const last = this.#barren.get(rule);
    return last !== undefined && start >= last.at && from >= last.from && from < last.end ? last.end : from;
  }

  /** Records that no position in [from, end) matches for a keyword at `start`. */
  nothing(rule: string, from: number, end: number, start: number): void {
    const last = this.#barren.get(rule);
    const goesOn = last !== undefined && start >= last.at && from >= last.from && from <= last.end;
    this.#barren.set(
      rule,
      goesOn ? { from: last.from, end: Math.max(last.end, end), at: start } : { from, end, at: start },
    );
  }
}

/** Maximum length of a value that may be a name; longer ones are not searched again. */
const SHORT = 48;

/** Characters before a long run to search for a keyword. */
const REACH = 80;

/** Tries the rules of each keyword at its positions. */
export function scanKeywords(
  text: string,
  from: number,
  to: number,
  rules: CompiledRules,
  { tried, runs, add }: { readonly tried: Tried; readonly runs: EncodedRuns; readonly add: Add },
): void {
  const at = (word: string, start: number) => {
    for (const one of rules.keywords.get(word) ?? []) {
      if (one.by === 'token') token(text, start, one, tried, add);
      else if (one.by === 'assigned') assigned(text, start, one, add);
      else pattern(text, start, one, tried, add);
    }
  };
  rules.words.each(text, from, to, at);
  let done = from;
  let named = from;
  eachLongRun(text, from, to, (start, end) => {
    runs.add(start, end);
    const begin = Math.max(done, start - REACH);
    rules.longWords.each(text, begin, end, at);
    // Keywords at the end of this run may belong to the next one.
    done = Math.max(begin, end - 2);
    if (!hasDigit(text, start, end)) return;
    if (rules.generated !== null) findGenerated(text, start, rules.generated, add);
    const first = Math.max(named, start - REACH);
    rules.names.each(text, first, end, at);
    named = Math.max(first, end - 2);
  });
}

function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

const WORD = /[\p{L}\d]/u;
/** Characters of the beginning of a key from which on no word has it inside by chance. */
const LONG_PREFIX = 10;
const reason = (check: Because['check'], near: string | null = null): Because => ({
  check,
  near,
  heading: null,
  distance: near === null ? null : 0,
});

/** Characters before a value in which a user name may be. */
const USER_WITHIN = 160;
const USER_BEFORE =
  /(?:user(?:[_-]?(?:name|id))?|login|database|(?<![a-z])db|name)["']?\s{0,3}[:=]\s{0,3}["']?$/iu;

/** Whether a value is the name of the user or database before it, as in examples. */
function isNameOfUser(text: string, at: number, value: string): boolean {
  if (value.length > 32 || !/^[a-z][\w-]*$/iu.test(value)) return false;
  const before = text.slice(Math.max(0, at - USER_WITHIN), at);
  for (let place = before.lastIndexOf(value); place > 0; place = before.lastIndexOf(value, place - 1))
    if (
      !/[\w-]/u.test(before.charAt(place + value.length)) &&
      USER_BEFORE.test(before.slice(Math.max(0, place - 24), place))
    )
      return true;
  return false;
}

function token(
  text: string,
  start: number,
  one: Extract<KeywordRule, { by: 'token' }>,
  tried: Tried,
  add: Add,
): void {
  const { rule, start: prefix } = one;
  // Starts within a value that was already tried.
  if (tried.isWithin(rule.id, start)) return;
  const before = start > 0 ? text.charAt(start - 1) : ' ';
  if (!text.startsWith(prefix, start) || rule.notAfter?.includes(before)) return;
  // A long beginning is one in the middle of a word, too: two values were pasted without a blank between them.
  if (WORD.test(before) && prefix.length < LONG_PREFIX) return;
  const end = endOfToken(text, start, one, tried);
  if (end === null || isCutShort(text, end) || looksLikeWords(text.slice(start + prefix.length, end))) return;
  add(
    {
      rule: rule.id,
      group: rule.group,
      start,
      end,
      confidence: 'high',
      because: reason('prefix'),
    },
    { distance: 0, word: prefix.length },
  );
}

/**
 * Where a token with this start ends: at the known length, or at the end of a generated value of another length; null:
 * it is not a token.
 */
function endOfToken(
  text: string,
  start: number,
  { rule, start: prefix, body, more, anyLength }: Extract<KeywordRule, { by: 'token' }>,
  tried: Tried,
): number | null {
  const from = start + prefix.length;
  body.lastIndex = from;
  const known = body.exec(text)?.[0] ?? '';
  if (known !== '') {
    tried.value(rule.id, start, from + known.length);
    more.lastIndex = from + known.length;
    if (!more.test(text) && entropy(known) >= rule.entropy && !isPlaceholder(known))
      return from + known.length;
  }
  if (anyLength === null) return null;
  anyLength.lastIndex = from;
  const value = anyLength.exec(text)?.[0] ?? '';
  if (value.length > SHORT) tried.value(rule.id, start, from + value.length);
  return value !== '' && looksGenerated(value) ? from + value.length : null;
}

function assigned(
  text: string,
  start: number,
  one: Extract<KeywordRule, { by: 'assigned' }>,
  add: Add,
): void {
  const { rule, name, value } = one;
  if (start > 0 && /[a-z]/u.test(text.charAt(start - 1)) && /[a-z]/u.test(text.charAt(start))) return;
  value.lastIndex = start + name.length;
  const match = value.exec(text);
  const [from, to] = match?.indices?.[1] ?? match?.indices?.[2] ?? [0, 0];
  const found = text.slice(from, to);
  if (to === 0 || entropy(found) < rule.entropy || isPlaceholder(found) || !/\d/u.test(found)) return;
  if (rule.secret === 'key' && !looksLikeKey(found)) return;
  // Both are pieces of one path: `example.org/room/splunk-for-logs-x8fj2k4rqp`.
  if (
    /\/[\w.-]*$/u.test(text.slice(Math.max(0, start - USER_WITHIN), start)) &&
    /^[\w.-]*$/u.test(text.slice(start, from))
  )
    return;
  add(
    {
      rule: rule.id,
      group: rule.group,
      start: from,
      end: to,
      confidence: 'high',
      because: reason('name', name),
    },
    // A generic name has lower precedence than a specific form.
    { distance: rule.secret === undefined ? 0 : 2, word: name.length },
  );
}

function pattern(
  text: string,
  start: number,
  one: Extract<KeywordRule, { by: 'pattern' }>,
  tried: Tried,
  add: Add,
): void {
  const { rule, pattern: expression, keyword } = one;
  // Starts within a value that was already tried.
  if (tried.isWithin(rule.id, start)) return;
  const first = Math.max(0, start - rule.before);
  let from = tried.next(rule.id, first, start);
  let barren = from;
  while (from <= start) {
    expression.lastIndex = from;
    const match = expression.exec(text);
    // The first group is the text that was skipped; without a match, that is every possible start.
    const place = match?.indices?.[1]?.[1] ?? from + rule.before + 1;
    barren = place;
    if (match === null || place > start) break;
    if (expression.lastIndex <= start) {
      barren = place + 1;
      from = tried.next(rule.id, barren, start);
      continue;
    }
    const [at, end] = match.indices?.find((each, group) => group > 1 && each !== undefined) ?? [
      place,
      expression.lastIndex,
    ];
    const value = text.slice(at, end);
    // A default, like the user of the same name on the line before.
    if (rule.group === 'credential' && isNameOfUser(text, at, value)) return;
    const isOne =
      rule.secret === undefined ||
      (rule.secret === 'key' ? looksLikeKey(value) && !isCutShort(text, end) : looksLikePassword(value));
    // A short value may be the name of the next one: `token = env.TOKEN || "…"`.
    tried.value(rule.id, start, isOne || value.length > SHORT ? end : Math.max(at, start + 1));
    if (!isOne) return;
    // A keyword within the finding is not beside it: the finding's own form is the reason.
    const isBeside = start + keyword.length <= at || start >= end;
    const near = isBeside ? text.slice(start, start + keyword.length).toLowerCase() : null;
    add(
      {
        rule: rule.id,
        group: rule.group,
        start: at,
        end,
        confidence: 'high',
        because: reason(isBeside ? 'form' : 'own_form', near),
      },
      // A generic form has lower precedence than a provider's own.
      { distance: rule.secret === undefined || !isBeside ? 0 : 1, word: keyword.length },
    );
    return;
  }
  tried.nothing(rule.id, first, barren, start);
}
