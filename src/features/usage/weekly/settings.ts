import { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { notFound } from '../../problems.ts';

/** Where a client's weekly usage file goes, kept in the client's settings. */
export const weeklySettings = z.object({
  on: z.boolean().default(false),
  /** Addresses that are notified. */
  recipients: z.array(z.string()).default([]),
  /** Whether the workbook goes along; else the mail carries a link only. */
  attach: z.boolean().default(false),
  /** Whether both files are also written to the client's folder on the server. */
  folder: z.boolean().default(false),
  /** Address of the SharePoint site into whose library both files are written; null: into none. */
  site: z.string().nullable().default(null),
  version: z.number().int().default(1),
});
export type WeeklySettings = z.infer<typeof weeklySettings>;

const clientSettings = z.looseObject({ usageFile: weeklySettings.prefault({}) });

/** A client's own choice; `lock` holds the client until the transaction ends. Throws NOT_FOUND. */
export async function readWeekly(
  tx: Tx,
  clientId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<WeeklySettings> {
  return (await read(tx, clientId, lock)).usageFile;
}

export async function writeWeekly(tx: Tx, clientId: string, usageFile: WeeklySettings): Promise<void> {
  const settings = await read(tx, clientId, true);
  await tx
    .updateTable('clients')
    .set({ settings: JSON.stringify({ ...settings, usageFile }) })
    .where('id', '=', clientId)
    .execute();
}

async function read(tx: Tx, clientId: string, lock: boolean): Promise<z.infer<typeof clientSettings>> {
  const query = tx.selectFrom('clients').select('settings').where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  return clientSettings.parse(row.settings);
}
