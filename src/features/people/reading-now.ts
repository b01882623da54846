import { cached } from '#store/cache.ts';
import { Packed } from '#store/packed.ts';
import type { ClientRef, Services } from '../context.ts';
import { present } from '../shared/moment.ts';
import type { PeopleReading } from './reading.ts';

interface Known {
  readonly differences: number;
  readonly reading: Packed<PeopleReading>;
}

interface Asking {
  readonly services: Pick<Services, 'store' | 'verdicts'>;
  readonly now: Date;
}
type Asked = Pick<ClientRef, 'id' | 'timezone'>;

/** The current comparison of a client's people; null if the client was removed. */
export async function readingNow(context: Asking, client: Asked): Promise<PeopleReading | null> {
  return (await known(context, client))?.reading.read() ?? null;
}

/** Number of rows in the list with which the people page opens; null if the client was removed. */
export async function differencesNow(context: Asking, client: Asked): Promise<number | null> {
  return (await known(context, client))?.differences ?? null;
}

/**
 * Cached, because it needs all facts of a client, which rarely change, and every page shows the number of differences.
 */
async function known({ services, now }: Asking, client: Asked): Promise<Known | null> {
  const { today } = present(now, client.timezone);
  return cached(services.store, [client.id], { key: `people ${today}` }, async () => {
    const run = await services.verdicts.run(client.id, 'peopleKept', undefined);
    return run && { differences: run.result.differences, reading: new Packed(run.result.reading) };
  });
}
