import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type AnnouncementRow = Selectable<Database['announcement_mails']>;

/** Announcement mails sent or attempted, ordered by address. */
export async function announcementMails(tx: Tx, clientId: string): Promise<AnnouncementRow[]> {
  return tx
    .selectFrom('announcement_mails')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('address')
    .execute();
}

interface Claim {
  readonly address: string;
  readonly name: string | null;
  readonly evidence: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** Begins a mail to an address; false: one was sent or is being sent. A failed one can be begun again. */
export async function claimAnnouncement(tx: Tx, clientId: string, claim: Claim): Promise<boolean> {
  const row = {
    name: claim.name,
    evidence: claim.evidence,
    state: 'sending',
    why: null,
    begun_by: claim.by.id,
    begun_by_name: claim.by.name,
    begun_at: claim.at,
    ended_at: null,
  };
  const done = await tx
    .insertInto('announcement_mails')
    .values({ client_id: clientId, address: claim.address, ...row })
    .onConflict((on) =>
      on.columns(['client_id', 'address']).doUpdateSet(row).where('announcement_mails.state', '=', 'failed'),
    )
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) === 1;
}

/** Records the outcome of a mail; `why` null: the mail server accepted it. */
export async function endAnnouncement(
  tx: Tx,
  clientId: string,
  address: string,
  end: { readonly why: string | null; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('announcement_mails')
    .set({ state: end.why === null ? 'sent' : 'failed', why: end.why, ended_at: end.at })
    .where('client_id', '=', clientId)
    .where('address', '=', address)
    .where('state', '=', 'sending')
    .execute();
}
