import { describe, expect, it } from 'vitest';
import { type SourceFacts, statusOf } from './status.ts';

const facts = (given: Partial<SourceFacts>): SourceFacts => ({
  given: 'yes',
  readable: true,
  stream: null,
  arrives: 'file',
  newest: null,
  keepsDays: null,
  today: '2026-11-25',
  ...given,
});
const stateOf = (given: Partial<SourceFacts>) => statusOf(facts(given)).state;

describe('the status of a source', () => {
  it('is collecting only if something reads it or sends it now', () => {
    expect(stateOf({ arrives: 'asked', stream: { reads: true, readOn: null } })).toBe('collecting');
    expect(stateOf({ arrives: 'asked', stream: { reads: false, readOn: '2026-11-25' } })).toBe('stopped');
    expect(stateOf({ arrives: 'sent', newest: '2026-11-20' })).toBe('collecting');
    expect(stateOf({ arrives: 'sent', newest: '2026-11-17' })).toBe('stopped');
    expect(stateOf({ newest: '2026-11-25' })).toBe('in_files');
  });

  it('says what the plan and licenses lack, and what is not read', () => {
    expect(stateOf({ given: 'no' })).toBe('not_given');
    expect(stateOf({ given: 'unknown' })).toBe('nothing_yet');
    expect(stateOf({ given: 'no', newest: '2026-01-01' })).toBe('in_files');
    expect(stateOf({ readable: false })).toBe('not_read');
    expect(stateOf({ readable: false, given: 'no' })).toBe('not_given');
  });

  it('warns before the source drops what was not read, counted from the last reading', () => {
    const kept = (newest: string, given: Partial<SourceFacts> = {}) => {
      const { losesOn, loss } = statusOf(facts({ newest, keepsDays: 90, ...given }));
      return [losesOn, loss];
    };
    expect(kept('2026-11-01')).toEqual(['2027-01-30', null]);
    expect(kept('2026-09-10')).toEqual(['2026-12-09', 'soon']);
    expect(kept('2026-08-01')).toEqual(['2026-10-30', 'lost']);
    // An old newest event is no loss if the source has been read to the end since.
    expect(kept('2026-08-01', { stream: { reads: true, readOn: '2026-11-25' } })).toEqual([
      '2027-02-23',
      null,
    ]);
    expect(kept('2026-08-01', { keepsDays: null })).toEqual([null, null]);
  });
});
// Guide: G1.2-08 G5-00
