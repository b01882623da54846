import { expect, it } from 'vitest';
import { shortDay } from '#domain/text/words.ts';
import { statusWords } from './words.ts';

type Status = Parameters<typeof statusWords>[0];

const proved = (...seen: readonly (readonly [kind: string, day: string])[]) =>
  ({
    state: 'proved',
    task: { proof: seen.map(([kind]) => kind) },
    waitsFor: [],
    overridden: false,
    proof: seen.map(([kind, observedOn]) => ({
      state: 'pass',
      items: [],
      evidence: [{ kind, file: 'a file', observedOn, says: '' }],
    })),
  }) as unknown as Status;

it.each([
  ['a statement alone', [['attestations', '2026-11-24']], 'Attested only, Nov 24, 2026'],
  [
    'a file and a later statement',
    [
      ['usage', '2026-11-20'],
      ['attestations', '2026-11-24'],
    ],
    'Proved by the usage of Nov 20, 2026',
  ],
] as const)('a task that rests on %s says so', (_, seen, words) => {
  expect(statusWords(proved(...seen), () => 0)).toContain(words.slice(0, 12));
  expect(statusWords(proved(...seen), () => 0)).toContain(words.slice(-11));
});

it('a line omits the year for a day of this year, and for no other', () => {
  const short = (day: string) => shortDay(day, '2026-11-28');
  const line = (day: string) => statusWords(proved(['attestations', day]), () => 0, short);
  expect(line('2026-11-24')).toBe('Attested only, Nov 24');
  expect(line('2025-11-24')).toBe('Attested only, Nov 24, 2025');
});
// Guide: G2.2-31
