import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anActivity } from '../activity/testing.ts';
import { cases } from '../testing/cases.ts';
import { compileRule } from './compile.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import { MODIFIERS, SigmaError } from './modifiers.ts';
import type { SigmaRule } from './sigma.ts';

/**
 * The modifiers of the Sigma specification 2.1.0 (https://github.com/SigmaHQ/sigma-specification, read 2026-11-28),
 * each with what it matches and what it does not, and a second evaluator that shares no code with the first.
 */
type Scalar = string | number | boolean | null;
type Detail = Record<string, unknown>;

function fires(selection: unknown, detail: Detail, condition = 'selection', more: object = {}): boolean {
  const detection = { selection, condition, ...more };
  return compileRule({ detection } as unknown as SigmaRule).test({
    activity: anActivity({ detail }),
    bylaw: NOTHING_KNOWN,
  });
}
const b64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');

const MATRIX: Readonly<
  Record<string, readonly [key: string, wanted: unknown, value: unknown, is: boolean][]>
> = {
  'without one': [
    ['a', 'read-only', 'Read-Only', true],
    ['a', 'x-*-z', 'X-y-Z', true],
    ['a', 'x-*-z', 'x-z', false],
    ['a', '*-secret-?', 'my-secret-1', true],
    ['a', 'one/two.*', 'one/two.three', true],
    ['a', 'Ĳ*', 'ĳs', true],
    ['a', '?', '😀', true],
    ['a', '\\*', '*', true],
    ['a', '\\*', 'x', false],
    ['a', 'a\\**', 'a*b', true],
    ['a', 'a\\**', 'ab', false],
    ['a', 'a\\?', 'a?', true],
    ['a', 'a\\\\*', 'a\\b', true],
    ['a', 'a\\\\*', 'a*', false],
    ['a', 'a\\\\\\*', 'a\\*', true],
    ['a', 'a\\\\\\*', 'a\\b', false],
    ['a', 'a\\b', 'a\\b', true],
    ['a', 'a\\\\b', 'a\\b', true],
    ['a', 'a\\\\\\\\b', 'a\\\\b', true],
    ['a', '', '', true],
    ['a', '', 'x', false],
    ['a', '', [''], true],
    ['a', null, undefined, true],
    ['a', null, '', false],
    ['a', false, false, true],
    ['a', 7, '7', true],
  ],
  contains: [
    ['a|contains', '-rf', 'rm -RF /', true],
    ['a|contains', 'a-*-b', 'x a-1-b y', true],
    ['a|contains', '.', 'ab', false],
    ['a|contains', 'x', ['a', 'bxb'], true],
  ],
  startswith: [
    ['a|startswith', 'a-*c', 'a-bcd', true],
    ['a|startswith', 'b', 'ab', false],
  ],
  endswith: [
    ['a|endswith', 'b-?', 'ab-c', true],
    ['a|endswith', 'a', 'ab', false],
  ],
  all: [
    ['a|contains|all', ['a', '-b'], 'x-b a', true],
    ['a|all|contains', ['a', 'c'], 'ab', false],
    ['a|re|all', ['^a', 'b$'], 'ab', true],
  ],
  exists: [
    ['a|exists', true, null, true],
    ['a|exists', true, '', true],
    ['a|exists', true, undefined, false],
    ['a|exists', false, undefined, true],
    ['a|exists', false, null, false],
  ],
  cased: [
    ['a|cased', 'Ab', 'Ab', true],
    ['a|cased', 'Ab', 'ab', false],
    ['a|contains|cased', 'A-*', 'xa-b', false],
  ],
  neq: [
    ['a|neq', ['x', 'y'], 'x', false],
    ['a|neq', ['x', 'y'], 'y', false],
    ['a|neq', ['x', 'y'], 'z', true],
    ['a|neq', 5, 5, false],
    ['a|neq', 5, '6', true],
    ['a|neq', 'x', ['w', 'x'], false],
    ['a|contains|neq', ['x', 'y'], 'axb', false],
    ['a|cidr|neq', ['10.0.0.0/8', '192.0.2.0/24'], '192.0.2.1', false],
    ['a|cidr|neq', ['10.0.0.0/8', '192.0.2.0/24'], '203.0.113.1', true],
  ],
  windash: [
    ['a|windash|contains', ' -f ', 'x /f y', true],
    ['a|windash|contains', ' -f ', 'x —f y', true],
    ['a|windash|contains', ' /f ', 'x ―f y', true],
    ['a|windash|contains', ' –f ', 'x -f y', true],
    ['a|windash', '-a /b', '/a -b', true],
    ['a|windash', '-a-b', '/a/b', false],
    ['a|windash', '-a-b', '/a-b', true],
    ['a|windash|contains|all', ['-a', '-b'], '/b –a', true],
    ['a|windash|startswith', '-f*x', '/f1x', true],
  ],
  re: [
    ['a|re', '^a-b$', 'a-b', true],
    ['a|re', '^A', 'a', false],
    ['a|re', '^.$', '\n', false],
    ['a|re', '^b$', 'a\nb', false],
    ['a|re', 'user\\-agent\\/\\d{2,}', 'user-agent/12', true],
  ],
  i: [['a|re|i', '^A-B$', 'a-b', true]],
  m: [['a|re|m', '^b$', 'a\nb', true]],
  s: [['a|re|s', '^a.b$', 'a\nb', true]],
  'i, m and s': [['a|re|i|m|s', '^B.C$', 'a\nb\nc', true]],
  base64: [
    ['a|base64', 'secret-é', b64('secret-é'), true],
    ['a|base64|contains', 'foobar', `x ${b64('foobar')} y`, true],
    ['a|base64', 'a\\*', b64('a*'), true],
  ],
  base64offset: [
    ['a|base64offset|contains', 'secret', b64('the secret is'), true],
    ['a|base64offset|contains', 'secret', b64('a secret is'), true],
    ['a|base64offset|contains', 'secret', b64('my secret is'), true],
    ['a|base64offset|contains', 'secret', b64('my sacred is'), false],
  ],
  utf16le: [['a|utf16le|base64offset|contains', 'Get-Item', b64('x; Get-Item y', 'utf16le'), true]],
  wide: [['a|wide|base64offset|contains', 'Get-Item', b64('; Get-Item y', 'utf16le'), true]],
  utf16be: [
    [
      'a|utf16be|base64offset|contains',
      'Get',
      Buffer.from('Get', 'utf16le').swap16().toString('base64'),
      true,
    ],
  ],
  utf16: [['a|utf16|base64', 'Get', b64('\ufeffGet', 'utf16le'), true]],
  lt: [
    ['a|lt', 5, 4, true],
    ['a|lt', 5, 5, false],
    ['a|lt', 5, '', false],
  ],
  lte: [['a|lte', 5, '5.0', true]],
  gt: [
    ['a|gt', 5, '5.5', true],
    ['a|gt', 5, '0x10', false],
  ],
  gte: [
    ['a|gte', 0, null, false],
    ['a|gte', 5, [1, 9], true],
  ],
  cidr: [
    ['a|cidr', '10.0.0.0/8', '10.9.8.7', true],
    ['a|cidr', '10.0.0.0/8', '11.0.0.1', false],
    ['a|cidr', '0.0.0.0/0', '203.0.113.1', true],
    ['a|cidr', '203.0.113.7', '203.0.113.7', true],
    ['a|cidr', '203.0.113.7', '203.0.113.70', false],
    ['a|cidr', '2001:db8::/32', '2001:DB8:1::1', true],
    ['a|cidr', '10.0.0.0/8', '::ffff:10.1.1.1', true],
    ['a|cidr', '10.0.0.0/8', '10.1.1', false],
    ['a|cidr', '10.0.0.0/8', '10.1.1.1.evil.example', false],
    ['a|cidr', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.1.1', true],
  ],
  fieldref: [
    ['a|fieldref', 'b', 'Other', true],
    ['a|fieldref', 'b', 'another', false],
    ['a|fieldref', 'nowhere', 'other', false],
    ['a|fieldref|neq', 'b', 'another', true],
    ['a|fieldref|neq', 'b', 'other', false],
    ['a|fieldref|endswith', 'b', 'another', true],
    ['a|fieldref|cased', 'b', 'Other', false],
  ],
};

describe('the modifiers of Sigma', () => {
  it.each(Object.entries(MATRIX).flatMap(([, rows]) => rows))(
    '%s: %j for %j: %s',
    (key, wanted, value, is) => {
      const detail: Detail = value === undefined ? { b: 'other' } : { a: value, b: 'other' };
      expect(fires({ [key]: wanted }, detail)).toBe(is);
    },
  );

  it('are all in the matrix', () => {
    const { comparisons, encodings, flags } = MODIFIERS;
    for (const one of [...comparisons, ...encodings, ...flags]) expect(Object.keys(MATRIX)).toContain(one);
  });

  it.each(Object.keys(MODIFIERS.refused))('are refused by name if Bylaw does not support them: %s', (name) =>
    expect(() => fires({ [`a|${name}`]: 1 }, {})).toThrow(new RegExp(`\\b${name} is not supported`)),
  );

  it.each<[string, unknown, RegExp]>([
    ['a|contain', 'x', /contain is not known/],
    ['a|i', 'x', /\bi has no meaning/],
    ['a|contains|s', 'x', /\bs has no meaning/],
    ['a|re|cased', 'x', /cased has no meaning/],
    ['a|re|windash', 'x', /windash has no meaning/],
    ['a|cidr|cased', '10.0.0.0/8', /cased has no meaning/],
    ['a|gt|neq', 5, /neq has no meaning/],
    ['a|exists|all', true, /all has no meaning/],
    ['a|contains|startswith', 'x', /do not go together/],
    ['a|contains|base64', 'x', /base64 has to stand before contains/],
    ['a|base64|wide', 'x', /wide has to stand before base64/],
    ['a|wide|contains', 'x', /needs base64/],
    ['a|all|neq', ['x', 'y'], /do not go together/],
    ['a|contains|all', 'x', /two values or more/],
    ['a|contains', null, /give a text/],
    ['a|startswith', true, /give a text/],
    ['a|base64', 'x*', /cannot be encoded/],
    ['a|exists', 'yes', /true or false/],
    ['a|gte', '5', /give a number/],
    ['a|cidr', '10.0.0.0/', /is no network/],
    ['a|cidr', '10.0.0.1/8', /is no network/],
    ['a|cidr', 'everywhere', /is no network/],
    ['a|re', '(', /no regular expression/],
    ['a|re', 'a\\Z', /\\Z is not supported/],
    ['a|re', '[[:alpha:]]', /not supported/],
    ['a|fieldref', 'b*', /name of a field/],
    ['|exists', true, /needs a field/],
  ])('are refused by name if they do not go together: %s of %j', (key, wanted, says) => {
    expect(() => fires({ [key]: wanted }, {})).toThrow(SigmaError);
    expect(() => fires({ [key]: wanted }, {})).toThrow(says);
  });
});

describe('words without a field', () => {
  const detail = { command: { line: 'Copy "Secret-Plan" --to usb' }, tags: ['red', 'blue'], count: 12 };
  it.each<[unknown, boolean]>([
    [['secret-plan'], true],
    [['nothing', 'usb'], true],
    [['copy "'], true],
    [['nothing'], false],
    [{ '|all': ['secret', 'blue'] }, true],
    [{ '|all': ['secret', 'green'] }, false],
    [{ '|all': ['s*t-plan', 'cop?'] }, true],
    [{ '|re': '--to\\s+usb$' }, true],
    [{ '|endswith': 'usb' }, true],
    [{ '|contains|neq': ['green', 'usb'] }, false],
  ])('%j: %s', (selection, is) => expect(fires(selection, detail)).toBe(is));

  it('are also matched against the fields that every activity has', () => {
    const { detection } = { detection: { selection: ['203.0.113.9'], condition: 'selection' } };
    const activity = anActivity({ ip: '203.0.113.9' });
    const { test } = compileRule({ detection } as unknown as SigmaRule);
    expect(test({ activity, bylaw: NOTHING_KNOWN })).toBe(true);
  });
});

/** The second evaluator: slow, recursive, and without regular expressions. */
type Glyph = { readonly star?: true; readonly one?: true; readonly of?: string };
function glyphs(pattern: string, cased: boolean, windash: boolean): Glyph[] {
  const letters = Array.from(pattern);
  const isWord = (letter: string | undefined) => letter !== undefined && /^\w$/.test(letter);
  const out: Glyph[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    const next = letters[index + 1];
    if (letter === '\\' && next !== undefined && '*?\\'.includes(next)) {
      out.push({ of: next });
      index += 1;
    } else if (letter === '*') out.push({ star: true });
    else if (letter === '?') out.push({ one: true });
    else if (windash && '-/–—―'.includes(letter) && !isWord(letters[index - 1]) && isWord(next))
      out.push({ of: '-/–—―' });
    else out.push({ of: cased ? letter : letter.toLowerCase() });
  }
  return out;
}
function globs(pattern: readonly Glyph[], text: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text.length === 0;
  if (head.star) return text.some((_l, index) => globs(rest, text.slice(index))) || globs(rest, []);
  const [letter, ...others] = text;
  return (
    letter !== undefined && (head.one === true || head.of?.includes(letter) === true) && globs(rest, others)
  );
}
const STAR: Glyph = { star: true };
function naive(key: string, wanted: readonly Scalar[], value: unknown): boolean {
  const [, ...names] = key.split('|');
  const has = (name: string) => names.includes(name);
  const values = Array.isArray(value) ? value : [value];
  const one = (want: Scalar): boolean => {
    if (has('exists')) return (value !== undefined) === want;
    if (want === null) return value === null || value === undefined;
    return values.some((single) => {
      if (!['string', 'number', 'boolean'].includes(typeof single)) return false;
      const text = String(single);
      if (has('cidr')) return inNetwork(String(want), text);
      const pattern = glyphs(String(want), has('cased'), has('windash'));
      const whole = [
        ...(has('contains') || has('endswith') ? [STAR] : []),
        ...pattern,
        ...(has('contains') || has('startswith') ? [STAR] : []),
      ];
      return globs(whole, Array.from(has('cased') ? text : text.toLowerCase()));
    });
  };
  if (has('neq')) return wanted.every((want) => !one(want));
  return has('all') ? wanted.every(one) : wanted.some(one);
}
const binary = (address: string) =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
function inNetwork(network: string, address: string): boolean {
  const [base = '', length = '32'] = network.split('/');
  return binary(address).startsWith(binary(base).slice(0, Number(length)));
}

describe('compared with a second evaluator', () => {
  const letter = fc.constantFrom('a', 'A', 'b', '-', '/', '–', ' ', '*', '?', '\\', '.', '+', '[', '😀');
  const word = fc.array(letter, { maxLength: 7 }).map((letters) => letters.join(''));
  const place = fc.constantFrom('', '|contains', '|startswith', '|endswith');
  const flags = fc.subarray(['|cased', '|windash']).map((some) => some.join(''));
  const value = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.constantFrom(null, undefined, 7, true));

  it('finds the same texts', () => {
    fc.assert(
      fc.property(
        place,
        flags,
        fc.constantFrom('', '|all', '|neq'),
        fc.array(word, { minLength: 2, maxLength: 3 }),
        value,
        (how, more, list, wanted, given) => {
          const key = `a${how}${more}${list}`;
          const detail: Detail = given === undefined ? {} : { a: given };
          expect(fires({ [key]: wanted }, detail)).toBe(naive(key, wanted, given));
        },
      ),
      { numRuns: cases(2_000) },
    );
  });

  it('matches a text with the pattern made from it', () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.nat(), (text, from, to) => {
        const letters = Array.from(text);
        const [start, end] = [from % (letters.length + 1), to % (letters.length + 1)].toSorted(
          (a, b) => a - b,
        );
        const plain = (some: readonly string[]) => some.join('').replace(/[*?\\]/g, '\\$&');
        const pattern = `${plain(letters.slice(0, start))}*${plain(letters.slice(end))}`;
        expect(fires({ a: pattern }, { a: text })).toBe(true);
      }),
    );
  });

  it('finds the same addresses', () => {
    const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        octets,
        fc.integer({ min: 0, max: 32 }),
        octets,
        fc.boolean(),
        (base, length, other, near) => {
          const bits = binary(base.join('.')).slice(0, length).padEnd(32, '0');
          const start = [0, 8, 16, 24].map((at) => Number.parseInt(bits.slice(at, at + 8), 2));
          const network = `${start.join('.')}/${length}`;
          const address = (near ? [...start.slice(0, 3), other[3]] : other).join('.');
          expect(fires({ 'a|cidr': network }, { a: address })).toBe(naive('a|cidr', [network], address));
        },
      ),
    );
  });

  it('reads the same conditions', () => {
    const names = ['one', 'two', 'three_a', 'three_b'];
    type Tree = { readonly text: string; readonly value: (on: ReadonlySet<string>) => boolean };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(...names).map((name): Tree => ({ text: name, value: (on) => on.has(name) })),
        fc.constantFrom<Tree>(
          { text: '1 of three_*', value: (on) => on.has('three_a') || on.has('three_b') },
          { text: 'all of three_*', value: (on) => on.has('three_a') && on.has('three_b') },
          { text: '1 of them', value: (on) => on.size > 0 },
          { text: 'ALL OF THEM', value: (on) => on.size === names.length },
        ),
        tie('tree').map((of): Tree => ({ text: `not (${of.text})`, value: (on) => !of.value(on) })),
        fc.tuple(tie('tree'), tie('tree')).map(
          ([a, b]): Tree => ({
            text: `(${a.text}) and (${b.text})`,
            value: (on) => a.value(on) && b.value(on),
          }),
        ),
        fc.tuple(tie('tree'), tie('tree')).map(
          ([a, b]): Tree => ({
            text: `((${a.text}) or (${b.text}))`,
            value: (on) => a.value(on) || b.value(on),
          }),
        ),
      ),
    }));
    const selections = Object.fromEntries(names.map((name) => [name, { [name]: 'on' }]));
    fc.assert(
      fc.property(tree, fc.subarray(names), ({ text, value: is }, on) => {
        const detection = { ...selections, condition: text };
        const { test } = compileRule({ detection } as unknown as SigmaRule);
        const detail = Object.fromEntries(on.map((name) => [name, 'on']));
        expect(test({ activity: anActivity({ detail }), bylaw: NOTHING_KNOWN })).toBe(is(new Set(on)));
      }),
    );
  });
});
