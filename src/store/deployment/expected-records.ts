import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ExpectedRecordRow = Selectable<Database['expected_records']>;

/** TXT values that Claude shows for the client's domains, as entered by people. */
export async function expectedRecords(tx: Tx, clientId: string): Promise<ExpectedRecordRow[]> {
  return tx
    .selectFrom('expected_records')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('domain')
    .execute();
}

export async function putExpectedRecord(
  tx: Tx,
  row: Insertable<Database['expected_records']>,
): Promise<void> {
  const { client_id: _, domain: __, ...rest } = row;
  await tx
    .insertInto('expected_records')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'domain']).doUpdateSet(rest))
    .execute();
}

export async function deleteExpectedRecord(tx: Tx, clientId: string, domain: string): Promise<void> {
  await tx
    .deleteFrom('expected_records')
    .where('client_id', '=', clientId)
    .where('domain', '=', domain)
    .execute();
}
