import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPythonLiteral } from './python-literal.ts';

describe('Python literals', () => {
  it.each([
    [
      "{'name': 'Jane Doe', 'uuid': 'abc-123', 'metadata': {'email_address': 'jane@example.com'}}",
      { name: 'Jane Doe', uuid: 'abc-123', metadata: { email_address: 'jane@example.com' } },
    ],
    ["{'name': 'Reece O'Sullivan', 'uuid': 'a'}", { name: "Reece O'Sullivan", uuid: 'a' }],
    [
      `{'name': "Reece O'Sullivan", 'ok': True, 'n': None, 'x': -1.5}`,
      { name: "Reece O'Sullivan", ok: true, n: null, x: -1.5 },
    ],
    [
      "{'name': 'It's a 'test', isn't it', 'b': ['x', 'y's'], 'c': ()}",
      { name: "It's a 'test', isn't it", b: ['x', "y's"], c: [] },
    ],
    [
      "{'a': 'tab\\tand \\'quote\\' and \\u00e9', 'u': UUID('1-2'), 'd': datetime.datetime(2026, 5, 1)}",
      { a: "tab\tand 'quote' and é", u: '1-2', d: 'datetime.datetime(2026, 5, 1)' },
    ],
    ['{"json": true, "n": [1, 2]}', { json: true, n: [1, 2] }],
    ['{}', {}],
  ])('%s', (text, value) => {
    expect(readPythonLiteral(text)).toEqual(value);
  });

  it.each([
    '',
    'jane@example.com',
    "{'a': ",
    "{'a' 'b'}",
    '{a: 1}',
    '['.repeat(100_000),
    "{'a': 'b'} trailing",
  ])('is nothing: %.30s', (text) => {
    expect(readPythonLiteral(text)).toBeNull();
  });

  it('reads back what Python writes for any plain text', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/['"\\]/.test(text));
    fc.assert(
      fc.property(plain, plain, (name, other) => {
        expect(readPythonLiteral(`{'name': '${name}', 'metadata': {'other': '${other}'}}`)).toEqual({
          name,
          metadata: { other },
        });
      }),
    );
  });

  it('throws on nothing', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("'", '"', '{', '}', '[', ']', ',', ':', '\\', 'a', ' ', '(', ')', '1'),
          maxLength: 60,
        }),
        (text) => void readPythonLiteral(text),
      ),
    );
  });
});
