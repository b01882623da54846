import type { Entry } from '#domain/personal-accounts/register.ts';
import { cached } from '#store/cache.ts';
import type { ClientRef, HandlerContext, Services } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { RegisterReading } from './reading.ts';

/** The current register. Shared, so it must not be changed. */
export async function registerNow(
  { services, now }: { readonly services: Services; readonly now: Date },
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<RegisterReading> {
  const { today } = present(now, client.timezone);
  const reading = await cached(
    services.store,
    [client.id],
    { key: `personal accounts ${today}`, weight: 5 },
    async () => (await services.verdicts.run(client.id, 'personalAccounts', undefined))?.result ?? null,
  );
  if (reading === null) throw notFound();
  return reading;
}

/**
 * The entry of an address.
 *
 * @param key Normalized address.
 */
export function entryOf({ entries }: RegisterReading, key: string): Entry | undefined {
  return entries.find((entry) => entry.key === key);
}

export function nameOf({ names }: RegisterReading, entry: Entry): string | null {
  return entry.name ?? names.get(entry.key) ?? null;
}

/** Day of the request in the client's time zone. */
export function todayOf({ now, client }: Pick<HandlerContext, 'now' | 'client'>): string {
  return present(now, client.timezone).today;
}
