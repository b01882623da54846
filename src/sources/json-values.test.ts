import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasMoreValues } from './json-values.ts';

/** Commas and opening brackets of a value as JSON, without those in its texts. */
function counted(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return 1 + Math.max(0, inner.length - 1) + inner.reduce((sum: number, one) => sum + counted(one), 0);
}

it('counts the values of a JSON text, whatever its texts hold', () => {
  const texts = fc.string({ unit: fc.constantFrom('"', '\\', '\n', ',', '[', '{', 'a'), maxLength: 8 });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      texts,
      fc.integer(),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      const text = JSON.stringify(one);
      const count = counted(one);
      expect(hasMoreValues(text, count)).toBe(false);
      if (count > 0) expect(hasMoreValues(text, count - 1)).toBe(true);
    }),
  );
});

it('counts on where a text is not closed on its line', () => {
  expect(hasMoreValues('"a,b\n[1,2]', 1)).toBe(true);
  expect(hasMoreValues('"a,b,c\\"\n[1,2]', 2)).toBe(false);
  expect(hasMoreValues('"a,b,c', 1)).toBe(false);
});
