import { expect, it } from 'vitest';
import type { Parsed } from '../file-kind.ts';
import { type FoundReading, settleReadings } from './readings.ts';

const DAY = '2026-11-24';
const found = (sha256: string, time: string, from: 'name' | 'saved' = 'name'): FoundReading => ({
  source: { file: `grants-${time}.json`, bytes: 2, sha256, modified: new Date(`${DAY}T${time}:00Z`) },
  parsed: {
    kind: 'permission_grants',
    ...{ rows: [], complete: true, observedOn: null, mapping: [], unmapped: [], notes: [] },
  } as Parsed,
  byHand: false,
  notes: [],
  dated: { day: DAY, from },
});
const outcomes = (...all: readonly FoundReading[]) =>
  settleReadings(all, null, 'UTC', DAY).reports.map(({ outcome }) => outcome);

it('counts a list again if another one of the same day said something else in between', () => {
  const [bad, good, badAgain] = [found('bad', '09:00'), found('good', '10:00'), found('bad', '11:00')];
  expect(outcomes(bad, good, badAgain)).toEqual(['taken', 'taken', 'taken']);
  expect(outcomes(bad, good, badAgain, found('bad', '12:00'), found('good', '13:00'))).toEqual([
    ...['taken', 'taken', 'taken'],
    ...['ignored', 'taken'],
  ]);
  // Nothing else was said in between, or nobody knows when the file was made.
  expect(outcomes(bad, badAgain, found('good', '12:00'))).toEqual(['taken', 'ignored', 'taken']);
  expect(outcomes(bad, good, found('bad', '11:00', 'saved'))).toEqual(['taken', 'taken', 'ignored']);
});

it('does not call the look-up of one domain replaced by a newer one of another', () => {
  const lookedUp = (domain: string, day: string): FoundReading => {
    const { parsed, ...rest } = found(domain + day, '09:00');
    return {
      ...rest,
      parsed: { ...parsed, kind: 'dns', rows: [{ file: '', row: 1, domain }] } as unknown as Parsed,
      dated: { day, from: 'name' },
    };
  };
  const [old, other, again] = [
    lookedUp('alder.example.org', '2026-11-20'),
    lookedUp('birch.example.org', '2026-11-22'),
    lookedUp('Alder.example.org', '2026-11-24'),
  ];
  expect(outcomes(old, other)).toEqual(['taken', 'taken']);
  expect(outcomes(old, other, again)).toEqual(['replaced', 'taken', 'taken']);
});
