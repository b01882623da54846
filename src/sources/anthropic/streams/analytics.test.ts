import { expect, it } from 'vitest';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { analytics } from './analytics.ts';

const catalogue = sharedCatalogue();

/** Days requested for usage per person, and the positions stored on the way. */
async function readFrom(place: unknown, now: string) {
  const days: string[] = [];
  const client = {
    get: async (path: string, query: Readonly<Record<string, unknown>> = {}) => {
      if (path.endsWith('/users')) days.push(String(query.date));
      return path.endsWith('/summaries') ? { summaries: [] } : { data: [], next_page: null };
    },
  };
  const places: unknown[] = [];
  const reported: string[] = [];
  const context = {
    client,
    place,
    granted: new Set<string>(),
    catalogue,
    clock: () => new Date(now),
    charter: {},
    content: null,
  };
  for await (const batch of analytics.read(context)) {
    places.push(batch.place);
    if (batch.complete) reported.push(batch.complete.from.slice(0, 10));
  }
  return { days, places, reported };
}

it('reads the days before a new one again, since the vendor corrects them', async () => {
  const { days, places, reported } = await readFrom({ doneTo: '2026-11-20' }, '2026-11-22T12:00:00Z');
  expect(days).toEqual(Array.from({ length: 8 }, (_, index) => `2026-11-${14 + index}`));
  // Interrupted among the earlier days, it starts with them again, and no day is reported as new twice.
  expect(places.slice(0, -1)).toEqual(Array.from({ length: 7 }, () => ({ doneTo: '2026-11-20' })));
  expect(places.at(-1)).toEqual({ doneTo: '2026-11-21' });
  expect(reported).toEqual(['2026-11-21']);
});

it('asks for nothing while there is no new day', async () => {
  expect((await readFrom({ doneTo: '2026-11-21' }, '2026-11-22T12:00:00Z')).days).toEqual([]);
});
