import { describe, expect, it } from 'vitest';
import { leavingState, leavingWords } from './leaving.ts';

const TODAY = '2026-11-24';
const held = (on: string) => ({ held: true, on });
const gone = (on: string) => ({ held: false, on });

describe('the removal of a leaver’s seat', () => {
  it.each([
    ['open', '2026-11-24', null, held('2026-11-20')],
    ['overdue', '2026-11-23', null, held('2026-11-20')],
    ['overdue', '2026-11-23', null, null],
    ['gone', '2026-11-23', null, gone('2026-11-20')],
    // A file of the day of the mark, or of before, neither proves nor contradicts it.
    ['claimed', '2026-11-20', '2026-11-22', null],
    ['claimed', '2026-11-20', '2026-11-22', held('2026-11-20')],
    ['claimed', '2026-11-20', '2026-11-22', held('2026-11-22')],
    ['claimed', '2026-11-20', '2026-11-22', gone('2026-11-22')],
    ['contradicted', '2026-11-20', '2026-11-22', held('2026-11-23')],
    ['gone', '2026-11-20', '2026-11-22', gone('2026-11-23')],
  ] as const)('is %s: last day %s, marked %s, the file shows %o', (state, lastDay, removedOn, seat) => {
    expect(leavingState({ lastDay, removedOn }, seat, TODAY)).toBe(state);
  });

  it('says which file still lists the seat', () => {
    expect(leavingWords({ lastDay: '2026-11-20', removedOn: '2026-11-22' }, held('2026-11-23'), TODAY)).toBe(
      'Marked as removed on 22 Nov 2026, and still holds a seat in the file of 23 Nov 2026',
    );
  });
});
