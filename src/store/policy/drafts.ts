import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type PolicyDraftRow = Selectable<Database['policy_drafts']>;
export type PolicyStepRow = Selectable<Database['policy_steps']>;

/** Drafts of a client's policy, the newest first. */
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

/** Adds a draft; false where another one is open. */
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

/** Changes a draft that is still at this version, and counts the version up; null where it is not. */
export const changePolicyDraft = versioned('policy_drafts');

/** Writes down what was done with a draft; it follows whatever was done before. */
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

/** Everything that was done with a draft, in order. */
export async function policyStepsOf(tx: Tx, clientId: string, draftId: string): Promise<PolicyStepRow[]> {
  return tx
    .selectFrom('policy_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('policy_draft_id', '=', draftId)
    .orderBy('seq')
    .execute();
}
