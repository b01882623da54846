import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type DraftRow = Selectable<Database['charter_drafts']>;
export type StepRow = Selectable<Database['charter_steps']>;
export type ApprovalRow = Selectable<Database['charter_approvals']>;

/** Drafts of a client's charter, newest first, without their values, which are large. */
export async function allDrafts(tx: Tx, clientId: string): Promise<Omit<DraftRow, 'value'>[]> {
  return tx
    .selectFrom('charter_drafts')
    .select([
      'id',
      'client_id',
      'title',
      'reason',
      'origin',
      'base_version',
      'state',
      'round',
      'created_by',
      'created_by_name',
      'created_at',
      'changed_by',
      'changed_by_name',
      'changed_at',
      'proposed_by',
      'proposed_by_name',
      'proposed_at',
      'ended_by',
      'ended_by_name',
      'ended_at',
      'ended_reason',
      'document_version',
      'version',
    ])
    .where('client_id', '=', clientId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findDraft(tx: Tx, clientId: string, id: string): Promise<DraftRow | undefined> {
  return tx
    .selectFrom('charter_drafts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest open draft (draft or proposed) from `origin`. */
export async function openDraftFrom(tx: Tx, clientId: string, origin: string): Promise<DraftRow | undefined> {
  return tx
    .selectFrom('charter_drafts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('origin', '=', origin)
    .where('state', 'in', ['draft', 'proposed'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}

export async function insertDraft(tx: Tx, row: Insertable<Database['charter_drafts']>): Promise<void> {
  await tx.insertInto('charter_drafts').values(row).execute();
}

/** Appends to the history of a draft. */
export async function addStep(
  tx: Tx,
  row: Omit<Insertable<Database['charter_steps']>, 'seq'>,
): Promise<void> {
  const last = await tx
    .selectFrom('charter_steps')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('client_id', '=', row.client_id)
    .where('charter_draft_id', '=', row.charter_draft_id)
    .executeTakeFirst();
  await tx
    .insertInto('charter_steps')
    .values({ ...row, seq: Number(last?.seq ?? 0) + 1 })
    .execute();
}

/** History of a draft, in order. */
export async function stepsOf(tx: Tx, clientId: string, draftId: string): Promise<StepRow[]> {
  return tx
    .selectFrom('charter_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('charter_draft_id', '=', draftId)
    .orderBy('seq')
    .execute();
}

/** Adds an approval; false: this person already approved this round. */
export async function addApproval(tx: Tx, row: Insertable<Database['charter_approvals']>): Promise<boolean> {
  const added = await tx
    .insertInto('charter_approvals')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'charter_draft_id', 'round', 'approved_by']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Approvals of a draft, of every round, oldest first. */
export async function approvalsOfDraft(tx: Tx, clientId: string, draftId: string): Promise<ApprovalRow[]> {
  return tx
    .selectFrom('charter_approvals')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('charter_draft_id', '=', draftId)
    .orderBy('approved_at')
    .orderBy('approved_by')
    .execute();
}

/** Updates a draft if its version is still the given one, and increments the version; otherwise returns null. */
export const changeDraft = versioned('charter_drafts');
