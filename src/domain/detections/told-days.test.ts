import { expect, it } from 'vitest';
import { onceByDay, type ToldDay } from './told-days.ts';

const told = (source: string, surface: string, calls: number, change: Partial<ToldDay> = {}): ToldDay => ({
  person: 'jane@example.org',
  day: '2026-11-20',
  source,
  surface,
  messages: 0,
  calls,
  hours: 1,
  ...change,
});

it('counts a day of which two sources tell once by surface, and what only one tells in full', () => {
  const days = onceByDay([
    told('otlp', 'cowork', 7, { messages: 3, hours: 0b10 }),
    told('sessions', 'cowork', 9, { hours: 0b100 }),
    told('sessions', 'chat', 2),
    told('otlp', 'cowork', 4, { person: 'kim@example.org' }),
  ]);
  expect(days).toEqual([
    { person: 'jane@example.org', day: '2026-11-20', messages: 3, calls: 11, hours: 0b111 },
    { person: 'kim@example.org', day: '2026-11-20', messages: 0, calls: 4, hours: 1 },
  ]);
});

it('takes the most that one source tells of the day where another does not say the surface', () => {
  const [day] = onceByDay([
    told('sessions', 'unknown', 5),
    told('sessions', 'cowork', 1),
    told('otlp', 'cowork', 4),
  ]);
  expect(day?.calls).toBe(6);
});
