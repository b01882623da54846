import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type PolicyDraftRow = Selectable<Database['policy_drafts']>;
export type PolicyStepRow = Selectable<Database['policy_steps']>;

/** Drafts of a client's policy, newest first. */
export async function policyDrafts(tx: Tx, clientId: string): Promise<PolicyDraftRow[]> {
  return tx
    .selectFrom('policy_drafts')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findPolicyDraft(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<PolicyDraftRow | undefined> {
  return tx
    .selectFrom('policy_drafts')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Adds a draft; false: another one is open. */
export async function insertPolicyDraft(
  tx: Tx,
  row: Insertable<Database['policy_drafts']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('policy_drafts')
    .values(row)
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Updates a draft if its version is still the given one, and increments the version; otherwise returns null. */
export const changePolicyDraft = versioned('policy_drafts');

/** Appends to the history of a draft. */
export async function addPolicyStep(
  tx: Tx,
  row: Omit<Insertable<Database['policy_steps']>, 'seq'>,
): Promise<void> {
  const steps = await policyStepsOf(tx, row.client_id, row.policy_draft_id);
  await tx
    .insertInto('policy_steps')
    .values({ ...row, seq: (steps.at(-1)?.seq ?? 0) + 1 })
    .execute();
}

/** History of a draft, in order. */
export async function policyStepsOf(tx: Tx, clientId: string, draftId: string): Promise<PolicyStepRow[]> {
  return tx
    .selectFrom('policy_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('policy_draft_id', '=', draftId)
    .orderBy('seq')
    .execute();
}
