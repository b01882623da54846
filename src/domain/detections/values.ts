import { cidrTest } from './cidr.ts';

/** Whether one value of an event is what a rule asks for. */
export type ValueTest = (value: unknown) => boolean;

export class SigmaError extends Error {
  override readonly name = 'SigmaError';
}

const HOW = [
  'contains',
  'startswith',
  'endswith',
  're',
  'cidr',
  'exists',
  'gt',
  'gte',
  'lt',
  'lte',
  'neq',
] as const;
type How = (typeof HOW)[number];
const FLAGS = ['all', 'windash', 'cased', 'i', 'm', 's'] as const;

/** The modifiers of `field|modifier|modifier`. */
export interface Modifiers {
  readonly field: string;
  readonly how: How | null;
  readonly flags: ReadonlySet<string>;
}

export function modifiersOf(key: string): Modifiers {
  const [field = '', ...names] = key.split('|');
  let how: How | null = null;
  const flags = new Set<string>();
  for (const name of names) {
    const found = HOW.find((one) => one === name);
    if (found !== undefined) {
      if (how !== null) throw new SigmaError(`${key}: ${how} and ${found} do not go together`);
      how = found;
    } else if (FLAGS.some((one) => one === name)) flags.add(name);
    else
      throw new SigmaError(
        `${key}: the modifier ${name} is not known; known are ${[...HOW, ...FLAGS].join(', ')}`,
      );
  }
  return { field, how, flags };
}

/** The test of one value that a rule states. */
export function valueTest(
  wanted: string | number | boolean | null,
  { field, how, flags }: Modifiers,
): ValueTest {
  switch (how) {
    case 'exists':
      if (typeof wanted !== 'boolean') throw new SigmaError(`${field}|exists: give true or false`);
      return (value) => isThere(value) === wanted;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compare(field, how, wanted);
    case 're':
      return expression(field, wanted, flags);
    case 'cidr':
      return each(textTest(cidrTest(String(wanted))));
    case 'neq': {
      const same = plain(wanted, null, flags);
      return (value) => !same(value);
    }
    default:
      return plain(wanted, how, flags);
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function compare(field: string, how: 'gt' | 'gte' | 'lt' | 'lte', wanted: unknown): ValueTest {
  const limit = Number(wanted);
  if (wanted === null || wanted === '' || Number.isNaN(limit))
    throw new SigmaError(`${field}|${how}: give a number`);
  return each((value) => {
    if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return false;
    const number = Number(value);
    if (how === 'gt') return number > limit;
    if (how === 'gte') return number >= limit;
    return how === 'lt' ? number < limit : number <= limit;
  });
}

function expression(field: string, wanted: unknown, flags: ReadonlySet<string>): ValueTest {
  const marks = ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('');
  try {
    const made = new RegExp(String(wanted), marks);
    return each(textTest((value) => made.test(value)));
  } catch {
    throw new SigmaError(`${field}|re: ${String(wanted)} is no regular expression`);
  }
}

function plain(wanted: unknown, how: How | null, flags: ReadonlySet<string>): ValueTest {
  if (wanted === null) return (value) => !isThere(value);
  if (wanted === '' && how === null) return (value) => value === '';
  const cased = flags.has('cased');
  const tests = (flags.has('windash') ? dashes(String(wanted)) : [String(wanted)]).map((one) =>
    wildcard(one, how, cased),
  );
  return each(textTest((value) => tests.some((test) => test(value))));
}

/** A list in an event is tested member by member. */
function each(test: ValueTest): ValueTest {
  return (value) => (Array.isArray(value) ? value.some((one) => test(one)) : test(value));
}

function textTest(test: (text: string) => boolean): ValueTest {
  return (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? test(String(value))
      : false;
}

const DASHES = ['-', '/', '–', '—', '―'];
/** Windows programs take a slash and the longer dashes for the hyphen before a flag. */
function dashes(wanted: string): string[] {
  return DASHES.map((dash) =>
    wanted.replace(/(^|\s)[-/](?=\S)/g, (_all, before: string) => `${before}${dash}`),
  );
}

/** Sigma's strings: `*` and `?` stand for anything, a backslash before them takes that away; case does not count. */
function wildcard(wanted: string, how: How | null, cased: boolean): (text: string) => boolean {
  const fold = (text: string) => (cased ? text : text.toLowerCase());
  const parts = [...wanted.matchAll(/\\[*?\\]|[*?]|[^\\*?]+|\\/g)].map(([part]) => part);
  if (!parts.some((part) => part === '*' || part === '?')) {
    const word = fold(
      parts.map((part) => (part.length > 1 && part.startsWith('\\') ? part.slice(1) : part)).join(''),
    );
    if (how === 'contains') return (text) => fold(text).includes(word);
    if (how === 'startswith') return (text) => fold(text).startsWith(word);
    if (how === 'endswith') return (text) => fold(text).endsWith(word);
    return (text) => fold(text) === word;
  }
  const body = parts
    .map((part) => {
      if (part === '*') return '[^]*';
      if (part === '?') return '[^]';
      const literal = part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
      return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    })
    .join('');
  const start = how === 'contains' || how === 'endswith' ? '' : '^';
  const end = how === 'contains' || how === 'startswith' ? '' : '$';
  const made = new RegExp(`${start}${body}${end}`, cased ? 'u' : 'iu');
  return (text) => made.test(text);
}

/** The texts that a value has to be one of, where it asks for nothing but that: what rules are looked up by. */
export function exactTexts(wanted: readonly unknown[], { how, flags }: Modifiers): readonly string[] | null {
  if (how !== null || flags.size > 0) return null;
  const texts = wanted.filter(
    (one): one is string => typeof one === 'string' && !/[*?\\]/.test(one) && one !== '',
  );
  return texts.length === wanted.length ? texts : null;
}
