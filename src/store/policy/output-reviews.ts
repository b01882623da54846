import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type OutputReviewersRow = Selectable<Database['output_reviewers']>;
export type OutputReviewRow = Selectable<Database['output_reviews']>;

/** Designated reviewers for each use. `lock` locks the rows until the transaction ends. */
export async function outputReviewers(
  tx: Tx,
  clientId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<OutputReviewersRow[]> {
  const found = tx.selectFrom('output_reviewers').selectAll().where('client_id', '=', clientId);
  return (lock ? found.forUpdate() : found).execute();
}

/** Replaces the reviewers at `version`; false: they are at another version. */
export async function putOutputReviewers(
  tx: Tx,
  { people, version, ...row }: OutputReviewersRow,
): Promise<boolean> {
  const values = { ...row, people: JSON.stringify(people), version: version + 1 };
  const stored = await tx
    .insertInto('output_reviewers')
    .values(values)
    .onConflict((on) =>
      on.columns(['client_id', 'use']).doUpdateSet(values).where('output_reviewers.version', '=', version),
    )
    .executeTakeFirst();
  return Number(stored.numInsertedOrUpdatedRows) === 1;
}

/** All recorded reviews, newest first. */
export async function outputReviews(tx: Tx, clientId: string): Promise<OutputReviewRow[]> {
  return tx
    .selectFrom('output_reviews')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('reviewed_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertOutputReview(tx: Tx, row: Insertable<Database['output_reviews']>): Promise<void> {
  await tx.insertInto('output_reviews').values(row).execute();
}
