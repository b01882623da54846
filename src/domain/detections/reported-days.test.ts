import { expect, it } from 'vitest';
import { onceByDay, type ReportedDay } from './reported-days.ts';

const reported = (
  source: string,
  surface: string,
  calls: number,
  change: Partial<ReportedDay> = {},
): ReportedDay => ({
  person: 'jane@example.org',
  day: '2026-11-20',
  source,
  surface,
  messages: 0,
  calls,
  hours: 1,
  uploads: null,
  uploadBytes: null,
  ...change,
});

it('counts each surface once if two sources report a day, and data from only one source in full', () => {
  const days = onceByDay([
    reported('otlp', 'cowork', 7, { messages: 3, hours: 0b10 }),
    reported('sessions', 'cowork', 9, { hours: 0b100 }),
    reported('sessions', 'chat', 2, { uploads: 3, uploadBytes: 9 }),
    reported('otlp', 'cowork', 4, { person: 'kim@example.org' }),
  ]);
  expect(days).toEqual([
    {
      person: 'jane@example.org',
      day: '2026-11-20',
      messages: 3,
      calls: 11,
      hours: 0b111,
      uploads: 3,
      uploadBytes: 9,
    },
    {
      person: 'kim@example.org',
      day: '2026-11-20',
      messages: 0,
      calls: 4,
      hours: 1,
      uploads: null,
      uploadBytes: null,
    },
  ]);
});

it('takes the largest total of one source if a source does not give the surface', () => {
  const [day] = onceByDay([
    reported('sessions', 'unknown', 5),
    reported('sessions', 'cowork', 1),
    reported('otlp', 'cowork', 4),
  ]);
  expect(day?.calls).toBe(6);
});
