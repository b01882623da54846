import { remembered } from '#store/remember.ts';
import { present } from '../assess/moment.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import type { PeopleReading } from './reading.ts';

/** The comparison of a client's people as it stands now; null where the client is gone. Shared: never changed. */
export async function readingNow(
  { services, now }: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<PeopleReading | null> {
  const { today } = present(now, client.timezone);
  // It needs a client's whole facts, which change seldom; every page asks for the number of differences.
  return remembered(services.store, [client.id], { key: `people ${today}`, weight: 5 }, async () => {
    const run = await services.verdicts.run(client.id, 'people', undefined);
    return run?.result ?? null;
  });
}
