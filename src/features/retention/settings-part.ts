import type { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';

/**
 * Reads and writes one part of `clients.settings` and leaves the rest unchanged. `lock` locks the client until the
 * transaction ends. Both throw NOT_FOUND if the client does not exist.
 */
export function settingsPart<Part>(key: string, schema: z.ZodType<Part>) {
  return {
    read: async (tx: Tx, clientId: string, { lock = false }: { lock?: boolean } = {}): Promise<Part> =>
      schema.parse((await settingsOf(tx, clientId, lock))[key] ?? {}),
    write: async (tx: Tx, clientId: string, part: Part): Promise<void> => {
      const settings = await settingsOf(tx, clientId, true);
      await tx
        .updateTable('clients')
        .set({ settings: JSON.stringify({ ...settings, [key]: part }) })
        .where('id', '=', clientId)
        .execute();
    },
  };
}

async function settingsOf(tx: Tx, clientId: string, lock: boolean): Promise<Record<string, unknown>> {
  const query = tx.selectFrom('clients').select('settings').where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  return row.settings as Record<string, unknown>;
}
