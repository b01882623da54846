import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PathReportRow = Selectable<Database['path_reports']>;

/** Reports of changed menu paths, newest first. `open`: only those not yet resolved. */
export async function pathReports(tx: Tx, { open = false } = {}): Promise<PathReportRow[]> {
  return tx
    .selectFrom('path_reports')
    .selectAll()
    .$if(open, (query) => query.where('state', '=', 'open'))
    .orderBy('reported_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Reports that apply to current paths: open ones and corrections, not dismissed ones. */
export async function pathReportsThatCount(tx: Tx): Promise<PathReportRow[]> {
  return tx
    .selectFrom('path_reports')
    .selectAll()
    .where('state', '<>', 'dismissed')
    .orderBy('reported_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertPathReport(tx: Tx, row: Insertable<Database['path_reports']>): Promise<void> {
  await tx.insertInto('path_reports').values(row).execute();
}

/** Resolves a report; false: already resolved, and nothing is written. Requires the scope `system`. */
export async function resolvePathReport(
  tx: Tx,
  id: string,
  answer: {
    readonly state: 'corrected' | 'dismissed';
    readonly corrected: string | null;
    readonly note: string | null;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
    readonly on: string;
  },
): Promise<boolean> {
  const changed = await tx
    .updateTable('path_reports')
    .set((eb) => ({
      state: answer.state,
      corrected: answer.corrected,
      note: answer.note,
      resolved_by: answer.by.id,
      resolved_by_name: answer.by.name,
      resolved_at: answer.at,
      resolved_on: answer.on,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
