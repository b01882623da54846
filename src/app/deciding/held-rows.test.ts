import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Facts } from '#features/shared/services/facts.ts';
import { heldRows } from './held-rows.ts';

const facts = (...ids: string[]) =>
  ({ observations: ids.map((id) => ({ id })), live: null }) as unknown as Facts;
const part = (rows: readonly unknown[]) => deflateSync(JSON.stringify(rows));
/** Each twice as long as what is kept. */
const LARGE = [part(['a'.repeat(10)]), part(['b'.repeat(10)])];
const rows = (...ids: string[]) => new Map(ids.map((id) => [id, LARGE]));

it('keeps the rows of a question until it is answered, however many others come meanwhile', () => {
  const held = heldRows(12);
  expect(held.ask(1, facts('one', 'two'))).toEqual(['one', 'two']);
  held.take(rows('one'));
  expect(held.ask(2, facts('three'))).toEqual(['three']);
  held.take(rows('three'));
  held.answered(2);
  held.take(rows('two'));
  expect([held.rowsOf('one'), held.rowsOf('two')].map((all) => all.length)).toEqual([2, 2]);
});

it('drops the rows of old questions once there are too many, and says that they are not here', () => {
  const held = heldRows(12);
  held.ask(1, facts('one'));
  held.take(rows('one'));
  held.answered(1);
  // What was asked for last is kept, for whoever asks the same again.
  expect(held.ask(2, facts('one'))).toEqual([]);
  held.answered(2);
  held.ask(3, facts('two'));
  held.take(rows('two'));
  held.answered(3);
  expect(held.ask(4, facts('one', 'two'))).toEqual(['one']);
  expect(() => held.rowsOf('one')).toThrow('not at hand');
});

it('keeps what fits and drops the least recently used first', () => {
  const held = heldRows(60);
  for (const [question, id] of ['one', 'two', 'three'].entries()) {
    held.ask(question, facts(id));
    held.take(rows(id));
    held.rowsOf(id);
    held.answered(question);
  }
  expect(held.ask(9, facts('one', 'two', 'three'))).toEqual(['one']);
});

it('returns every row of a reading with half a million rows', () => {
  const held = heldRows(100);
  held.ask(1, facts('many'));
  const many = Array.from({ length: 50 }, () => part(Array.from({ length: 10_000 }, () => 1)));
  held.take(new Map([['many', many]]));
  expect(held.rowsOf('many')).toHaveLength(500_000);
});
