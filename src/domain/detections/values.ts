import { cidrTest } from './cidr.ts';
import { encoded } from './encodings.ts';
import { type Modifiers, SigmaError } from './modifiers.ts';
import { hasWildcards, type Place, patternTest, plainText } from './pattern.ts';

/** Whether one value of an event matches what a rule asks for. */
export type ValueTest = (value: unknown) => boolean;
type Wanted = string | number | boolean | null;
type Limit = Extract<Modifiers['how'], 'gt' | 'gte' | 'lt' | 'lte'>;

/**
 * The test of a single value in a rule. `neq`, `all` and `fieldref` apply to the whole list and are handled elsewhere.
 */
export function valueTest(wanted: Wanted, modifiers: Modifiers): ValueTest {
  const { key, how } = modifiers;
  switch (how) {
    case 'exists':
      if (typeof wanted !== 'boolean') throw new SigmaError(`${key}: give true or false`);
      // Tests only whether the field is present, whatever its value.
      return (value) => (value !== undefined) === wanted;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compare(key, how, wanted);
    case 're':
      return expression(key, wanted, modifiers);
    case 'cidr': {
      const test = typeof wanted === 'string' ? cidrTest(wanted) : null;
      if (test === null)
        throw new SigmaError(`${key}: ${String(wanted)} is no network, for example 203.0.113.0/24`);
      return each(textTest(test));
    }
    default:
      return plain(wanted, how, modifiers);
  }
}

function compare(key: string, how: Limit, limit: Wanted): ValueTest {
  if (typeof limit !== 'number' || Number.isNaN(limit)) throw new SigmaError(`${key}: give a number`);
  return each((value) => {
    const number = numberIn(value);
    if (number === null) return false;
    if (how === 'gt') return number > limit;
    if (how === 'gte') return number >= limit;
    return how === 'lt' ? number < limit : number <= limit;
  });
}

/** A number in an event, even if its sender wrote it as text. */
function numberIn(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)
    ? Number(value)
    : null;
}

/** Escapes that mean the same in JavaScript as in PCRE. */
const SAME_ESCAPES = /^[dDwWsSbBnrtfvxu\d]$/;

function expression(key: string, wanted: Wanted, { flags }: Modifiers): ValueTest {
  if (typeof wanted !== 'string' && typeof wanted !== 'number')
    throw new SigmaError(`${key}: give a regular expression`);
  const source = String(wanted);
  // An escape that JavaScript reads as a plain letter but PCRE does not would silently never match.
  const escapes = [...source.matchAll(/\\(.)/gsu)].map(([, letter = '']) => letter);
  const strange = escapes.find((letter) => /[A-Za-z0-9]/.test(letter) && !SAME_ESCAPES.test(letter));
  if (strange !== undefined) throw new SigmaError(`${key}: \\${strange} is not supported in ${source}`);
  if (/\[\[[:.=]/.test(source))
    throw new SigmaError(`${key}: classes such as [[:alpha:]] are not supported in ${source}`);
  const marks = (['i', 'm', 's'] as const).filter((flag) => flags.has(flag)).join('');
  const made = regular(source, `${marks}u`) ?? regular(source, marks);
  if (made === null) throw new SigmaError(`${key}: ${source} is no regular expression that is supported`);
  return each(textTest((value) => made.test(value)));
}

function regular(source: string, marks: string): RegExp | null {
  try {
    return new RegExp(source, marks);
  } catch {
    return null;
  }
}

function plain(wanted: Wanted, how: Place, { key, encodings, flags }: Modifiers): ValueTest {
  const modified = how !== null || encodings.length > 0 || flags.has('windash');
  if (modified && (wanted === null || typeof wanted === 'boolean'))
    throw new SigmaError(`${key}: give a text, not ${String(wanted)}`);
  if (wanted === null) return (value) => value === null || value === undefined;
  const options = { place: how, cased: flags.has('cased'), windash: flags.has('windash') };
  const text = String(wanted);
  if (encodings.length > 0 && hasWildcards(text))
    throw new SigmaError(`${key}: a text with * or ? cannot be encoded; put a backslash before it`);
  const tests =
    encodings.length === 0
      ? [patternTest(text, options)]
      : encoded(plainText(text), encodings).map((form) => patternTest(form, options));
  return each(textTest((value) => tests.some((test) => test(value))));
}

/** A list in an event matches if any member does. */
function each(test: ValueTest): ValueTest {
  return (value) => (Array.isArray(value) ? value.some((one) => test(one)) : test(value));
}

function textTest(test: (text: string) => boolean): ValueTest {
  return (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? test(String(value))
      : false;
}

/** The texts that a value must equal, if the rule asks for nothing else; rules are indexed by them. */
export function exactTexts(
  wanted: readonly unknown[],
  { how, flags, encodings }: Modifiers,
): readonly string[] | null {
  if (how !== null || flags.size > 0 || encodings.length > 0) return null;
  const texts = wanted.filter(
    (one): one is string => typeof one === 'string' && !/[*?\\]/.test(one) && one !== '',
  );
  return texts.length === wanted.length ? texts : null;
}
