import { z } from 'zod';
import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';

const record = z.looseObject({
  actor: z.looseObject({ name: z.string() }),
  after: z.looseObject({ bytes: z.number() }),
});

/** The last backup that was made, by the audit log; null where none ever was. Whether it still exists nobody knows. */
export async function lastBackup(
  tx: Tx,
): Promise<{ readonly at: string; readonly by: string; readonly bytes: number } | null> {
  const row = await tx
    .selectFrom('audit_log')
    .select(['at', 'body'])
    .where('client_id', '=', WORKSPACE)
    .where('action', '=', 'backup.make')
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  if (row === undefined) return null;
  const parsed = record.safeParse(JSON.parse(row.body));
  if (!parsed.success) return null;
  return { at: row.at.toISOString(), by: parsed.data.actor.name, bytes: parsed.data.after.bytes };
}
