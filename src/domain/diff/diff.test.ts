import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from './diff.ts';

const changes = (before: unknown, after: unknown) =>
  diff(before, after)
    .filter(({ is }) => is !== 'unchanged')
    .map(({ path, is, before, after }) => [path.join('.'), is, before, after]);

describe('diff', () => {
  it('names each place that differs, deep inside too', () => {
    expect(
      changes(
        { name: 'Alder', plan: { seats: 20, sso: true }, gone: { a: 1, b: [] } },
        { name: 'Alder', plan: { seats: 25, sso: true, scim: null }, note: '' },
      ),
    ).toEqual([
      ['plan.seats', 'changed', 20, 25],
      ['plan.scim', 'added', undefined, null],
      ['note', 'added', undefined, ''],
      ['gone.a', 'removed', 1, undefined],
      ['gone.b', 'removed', [], undefined],
    ]);
  });

  it('distinguishes null, missing, zero, empty and false', () => {
    expect(changes({ a: null, b: 0, c: [], d: '' }, { b: false, c: {}, d: null })).toEqual([
      ['b', 'changed', 0, false],
      ['c', 'changed', [], {}],
      ['d', 'changed', '', null],
      ['a', 'removed', null, undefined],
    ]);
  });

  it('reports a value that appears or disappears as a whole', () => {
    expect(changes(null, { a: 1, b: { c: 2 } })).toEqual([['', 'changed', null, { a: 1, b: { c: 2 } }]]);
    expect(changes({ x: undefined }, {})).toEqual([['x', 'removed', undefined, undefined]]);
  });

  it('reports which simple entries of a list were added or removed, and if only the order changed', () => {
    expect(changes({ to: ['a', 'b', 'b', 'c'] }, { to: ['b', 'c', 'd'] })).toEqual([
      ['to.2', 'added', undefined, 'd'],
      ['to.0', 'removed', 'a', undefined],
      ['to.2', 'removed', 'b', undefined],
    ]);
    expect(changes(['a', 'b'], ['b', 'a'])).toEqual([['', 'changed', ['a', 'b'], ['b', 'a']]]);
  });

  it('matches entries of a list by their id, at any position', () => {
    const before = [
      { id: 'x', n: 1 },
      { id: 'y', n: 2 },
    ];
    expect(changes(before, [{ id: 'y', n: 3 }, { id: 'x', n: 1 }, { id: 'z' }])).toEqual([
      ['id=y.n', 'changed', 2, 3],
      ['id=z.id', 'added', undefined, 'z'],
    ]);
  });

  it('is not fooled by names that objects have of their own', () => {
    const before = JSON.parse('{"__proto__": 1, "constructor": 2}');
    expect(changes(before, JSON.parse('{"toString": 3}'))).toEqual([
      ['toString', 'added', undefined, 3],
      ['__proto__', 'removed', 1, undefined],
      ['constructor', 'removed', 2, undefined],
    ]);
  });

  it('finds no difference between a value and its copy, and always one between different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(changes(one, structuredClone(one))).toEqual([]);
        if (JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))) return;
        expect(changes(one, other).length).toBeGreaterThan(0);
      }),
    );
  });

  it('gives the opposite when the sides are swapped', () => {
    const opposite = {
      added: 'removed',
      removed: 'added',
      changed: 'changed',
      unchanged: 'unchanged',
    } as const;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const there = diff(one, other).map(({ is }) => opposite[is]);
        const back = diff(other, one).map(({ is }) => is);
        expect(there.toSorted()).toEqual(back.toSorted());
      }),
    );
  });
});

/** Sorts fields, so that equal values have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 'minus zero' : value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => [name, sorted(field)]);
}
