import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type WorkReminder = Selectable<Database['work_reminders']>;

/** Outcome of the mail of a reminder. */
export const REMINDER_MAILS = ['sending', 'sent', 'failed', 'not_set_up', 'declined', 'sandbox'] as const;
export type ReminderMail = (typeof REMINDER_MAILS)[number];

export async function insertReminder(tx: Tx, row: Insertable<Database['work_reminders']>): Promise<void> {
  await tx.insertInto('work_reminders').values(row).execute();
}

/** Records the outcome of a reminder's mail. */
export async function endReminderMail(
  tx: Tx,
  { client_id, id }: Pick<WorkReminder, 'client_id' | 'id'>,
  mail: ReminderMail,
): Promise<void> {
  await tx
    .updateTable('work_reminders')
    .set({ mail })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .execute();
}

export async function findReminder(tx: Tx, clientId: string, id: string): Promise<WorkReminder | null> {
  const row = await tx
    .selectFrom('work_reminders')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Reminders about a control, newest first. */
export async function remindersOfControl(
  tx: Tx,
  clientId: string,
  control: string,
  limit: number,
): Promise<WorkReminder[]> {
  return tx
    .selectFrom('work_reminders')
    .selectAll()
    .where('client_id', '=', clientId)
    .where(sql<boolean>`controls @> ${JSON.stringify([control])}::jsonb`)
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Newest reminder of each of these pieces of work, by key. */
export async function lastReminders(
  tx: Tx,
  clientId: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, WorkReminder>> {
  if (items.length === 0) return new Map();
  const rows = await tx
    .selectFrom('work_reminders')
    .selectAll()
    .distinctOn('item')
    .where('client_id', '=', clientId)
    .where('item', 'in', [...items])
    .orderBy('item')
    .orderBy('sent_at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.item, row]));
}

/** Reminders to a person since an instant, newest first, at one client or (null) at all. */
export async function remindersTo(
  tx: Tx,
  { user, client, since }: { readonly user: string; readonly client: string | null; readonly since: Date },
): Promise<WorkReminder[]> {
  return tx
    .selectFrom('work_reminders')
    .selectAll()
    .where('user_id', '=', user)
    .where('sent_at', '>', since)
    .$if(client !== null, (query) => query.where('client_id', '=', client ?? ''))
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .execute();
}
