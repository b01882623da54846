import { expect, it } from 'vitest';
import { datesNothing } from './dating.ts';

it('names what the journal dates that is neither a kind nor a file, also where every object has its name', () => {
  const exported = ['members', 'Seats/members.csv', 'memebrs', 'constructor', 'toString'].map((what) => ({
    what,
    on: '2026-11-20',
  }));
  expect(datesNothing({ exported }, ['seats/members.csv'])).toEqual(['memebrs', 'constructor', 'toString']);
});
