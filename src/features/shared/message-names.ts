import { z } from 'zod';
import type { Tx } from '#store/open.ts';

/** Whether messages about a client may say what is due. Off until someone says who allowed it. */
export const messageNames = z.object({
  names: z.boolean().default(false),
  reason: z.string().nullable().default(null),
  by: z.string().nullable().default(null),
  at: z.string().nullable().default(null),
});

/** Everything in `clients.settings`; what is not of messages stays as it is. */
export const settingsOfMessages = z.looseObject({ messages: messageNames.prefault({}) });

/** Those of the clients whose messages may say what is due. What cannot be read allows nothing. */
export async function namesAllowed(tx: Tx, clientIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (clientIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('clients')
    .select(['id', 'settings'])
    .where('id', 'in', clientIds)
    .execute();
  return new Set(
    rows.flatMap(({ id, settings }) =>
      settingsOfMessages.safeParse(settings).data?.messages.names === true ? [id] : [],
    ),
  );
}
