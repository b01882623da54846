import fc from 'fast-check';
import { expect, it } from 'vitest';
import { given } from '../testing/build.ts';
import { headerLines } from './header.ts';

const { restriction } = given().catalogue.network;
const ids = (count: number) =>
  Array.from({ length: count }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);

it('names each organization once, separated by commas only, and refuses what does not fit', () => {
  const [one = ''] = ids(1);
  expect(headerLines(restriction, [one, one.toUpperCase()], null)).toEqual([
    { name: restriction.header, value: one },
  ]);
  expect(headerLines(restriction, [], null)).toEqual({ why: 'none', limit: 0 });
  expect(headerLines(restriction, ids(501), null)).toEqual({ why: 'too_many', limit: 500 });
  expect(headerLines(restriction, ids(61), 255)).toEqual({ why: 'too_long', limit: 60 });
  expect(headerLines(restriction, ids(6), 255)).toHaveLength(1);
  expect(headerLines(restriction, ids(7), 255)).toMatchObject([
    { value: expect.stringMatching(/;n=2$/) },
    {},
  ]);
});

it('stays below the limit of all headers together, and says how many organizations fit', () => {
  const lines = (count: number) => headerLines(restriction, ids(count), 16_000, 16_384);
  const fits = lines(441);
  expect(fits).toHaveLength(2);
  if ('why' in fits) return;
  expect(fits.reduce((sum, { name, value }) => sum + name.length + value.length, 0)).toBeLessThanOrEqual(
    16_384,
  );
  expect(lines(442)).toEqual({ why: 'too_long', limit: 441 });
  expect(lines(500)).toEqual({ why: 'too_long', limit: 441 });
});

it('divides a long list so that every header fits and together they name all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 60, max: 9000 }), (count, max) => {
      const lines = headerLines(restriction, ids(count), max);
      if ('why' in lines) return lines.why === 'too_long' && count > lines.limit;
      const names = lines.map(({ name }) => name);
      const listed = lines.flatMap(({ value }) => value.replace(/;n=\d+$/, '').split(','));
      const declared = /;n=(\d+)$/.exec(lines[0]?.value ?? '')?.[1] ?? '1';
      return (
        lines.every(({ value }) => value.length <= max) &&
        lines.length <= 10 &&
        Number(declared) === lines.length &&
        names.every((name, at) => name === `${restriction.header}${at === 0 ? '' : at}`) &&
        listed.join() === ids(count).join()
      );
    }),
  );
});
