import { describe, expect, it } from 'vitest';
import { dueOf, journeyState, type Mark, stepState } from './status.ts';

const TODAY = '2026-11-24';
const nothing = { is: 'unread', on: null } as const;
const shown = (is: 'done' | 'not_done', on: string) => ({ is, on });
const done: Mark = { on: '2026-11-20', how: 'done' };

describe('a step of a journey', () => {
  it.each([
    // The deadlines of guide 6.6: the day of departure, one week, two weeks.
    [0, '2026-11-24', 'open'],
    [0, '2026-11-25', 'open'],
    [0, '2026-11-23', 'overdue'],
    [7, '2026-11-17', 'open'],
    [7, '2026-11-18', 'open'],
    [7, '2026-11-16', 'overdue'],
    [14, '2026-11-10', 'open'],
    [14, '2026-11-11', 'open'],
    [14, '2026-11-09', 'overdue'],
  ])('that is due %i days after %s is %s', (days, day, state) => {
    expect(stepState(dueOf({ days }, day), null, nothing, TODAY)).toBe(state);
  });

  it('is due by calendar days, across clock changes and the end of a year', () => {
    expect(dueOf({ days: 7 }, '2026-10-29')).toBe('2026-11-05');
    expect(dueOf({ days: 14 }, '2026-12-24')).toBe('2027-01-07');
    expect(dueOf({ days: -1 }, '2027-03-01')).toBe('2027-02-28');
  });

  it('is proved only by a reading, and a mark waits for one of a later day', () => {
    expect(stepState(TODAY, null, shown('done', '2026-11-01'), TODAY)).toBe('proved');
    expect(stepState(TODAY, done, nothing, TODAY)).toBe('marked');
    expect(stepState(TODAY, done, shown('done', '2026-11-20'), TODAY)).toBe('marked');
    expect(stepState(TODAY, done, shown('done', '2026-11-21'), TODAY)).toBe('proved');
    expect(stepState(TODAY, done, shown('not_done', '2026-11-20'), TODAY)).toBe('marked');
    expect(stepState(TODAY, done, shown('not_done', '2026-11-21'), TODAY)).toBe('contradicted');
  });

  it('accepted as left undone is not a pass, and is not contradicted by what was accepted', () => {
    const accepted: Mark = { on: '2026-11-20', how: 'accepted' };
    expect(stepState(TODAY, accepted, shown('not_done', '2026-11-21'), TODAY)).toBe('accepted');
    expect(stepState(TODAY, accepted, shown('done', '2026-11-21'), TODAY)).toBe('proved');
  });

  it('holds up the whole journey until it is settled', () => {
    expect(journeyState(['proved', 'contradicted', 'overdue'])).toBe('contradicted');
    expect(journeyState(['proved', 'marked', 'open'])).toBe('open');
    expect(journeyState(['proved', 'accepted'])).toBe('accepted');
    expect(journeyState(['proved', 'not_needed'])).toBe('proved');
  });
});
// Guide: G6.6-01 G6.6-03 G6.6-04 G6.6-05
