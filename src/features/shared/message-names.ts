import { z } from 'zod';
import type { Tx } from '#store/open.ts';

/** Whether messages about a client may name what is due. Off until someone allows it, who is recorded. */
export const messageNames = z.object({
  names: z.boolean().default(false),
  reason: z.string().nullable().default(null),
  by: z.string().nullable().default(null),
  at: z.string().nullable().default(null),
});

/** The whole of `clients.settings`; settings that are not about messages are preserved. */
export const settingsOfMessages = z.looseObject({ messages: messageNames.prefault({}) });

/** The clients whose messages may name what is due. Unreadable settings allow nothing. */
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
