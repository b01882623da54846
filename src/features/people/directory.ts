import type { z } from 'zod';
import { cached } from '#store/cache.ts';
import { directoryEvents } from '#store/people/directory-events.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { directorySchema } from './directory-schema.ts';

/** Days of activity that are counted. */
const DAYS = 30;

/**
 * Claude's members compared with the directory's people, whether the directory removes people, and what it has done.
 */
export async function showDirectory(
  context: HandlerContext,
): Promise<Omit<z.input<typeof directorySchema>, 'nextCursor'>> {
  const { services, client, now } = context;
  const key = `directory and members ${present(now, client.timezone).today}`;
  const reading = await cached(services.store, [client.id], { key, weight: 1 }, async () => {
    const run = await services.verdicts.run(client.id, 'peopleDirectory', undefined);
    return run?.result ?? null;
  });
  if (reading === null) throw notFound();
  const since = new Date(now.getTime() - DAYS * 86_400_000);
  const events = await context.read((tx) => directoryEvents(tx, client.id, since));
  return {
    ...reading,
    items: reading.items.map((one) => ({ ...one })),
    total: reading.items.length,
    activity: events.map(({ type, count, last }) => ({ type, count, last: last.toISOString() })),
  };
}
// Guide: G1.1-08
