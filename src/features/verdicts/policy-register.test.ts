import { describe, expect, it } from 'vitest';
import { registerReadings } from './policy-register.ts';

const moment = { today: '2026-11-24', now: '2026-11-24T15:00:00Z' };
const register = {
  published: [
    { number: 2, on: '2026-11-01' },
    { number: 1, on: '2026-09-01' },
  ],
  rows: [
    { number: 1, address: 'tobin@alder.example.org', on: '2026-09-03' },
    { number: 2, address: 'tobin@alder.example.org', on: '2026-11-02' },
    { number: 2, address: 'wren@alder.example.org', on: '2026-11-25' },
  ],
};
const stating = (version: string, published: string) => ({ policy: { version, published } });

describe('the register as a reading', () => {
  it('has who acknowledged up to the day, by address alone', () => {
    const [reading, ...others] = registerReadings(register, stating('v2', '2026-11-01'), moment);
    expect(others).toEqual([]);
    expect(reading).toMatchObject({ kind: 'acknowledgements', observedOn: '2026-11-24', complete: true });
    expect(reading?.rows.map(({ email, name, version, on }) => [email, name, version, on])).toEqual([
      ['tobin@alder.example.org', null, '1', '2026-09-03'],
      ['tobin@alder.example.org', null, '2', '2026-11-02'],
    ]);
  });

  it.each([
    ['another policy with the same number', stating('2', '2026-06-01')],
    ['a number that was never published here', stating('3', '2026-11-01')],
    ['no policy', {}],
    ['nothing', null],
  ])('says nothing where the charter states %s', (_, charter) => {
    expect(registerReadings(register, charter, moment)).toEqual([]);
  });

  it('says nothing where no policy was published here', () => {
    expect(registerReadings(null, stating('2', '2026-11-01'), moment)).toEqual([]);
  });
});
