import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type StaffReportRow = Selectable<Database['staff_reports']>;

/** All reports of a client's staff, newest first. */
export async function staffReports(tx: Tx, clientId: string): Promise<StaffReportRow[]> {
  return tx
    .selectFrom('staff_reports')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findStaffReport(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<StaffReportRow | undefined> {
  return tx
    .selectFrom('staff_reports')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertStaffReport(tx: Tx, row: Insertable<Database['staff_reports']>): Promise<void> {
  await tx.insertInto('staff_reports').values(row).execute();
}

/** Updates a report if its version is still the given one; otherwise returns null. */
export const changeStaffReport = versioned('staff_reports');

/** Incidents opened from staff reports, newest first. */
export async function incidentsOfReports(tx: Tx, clientIds: readonly string[]) {
  return tx
    .selectFrom('incidents')
    .select(['client_id', 'id', 'number', 'drill', 'origin_id'])
    .where('client_id', 'in', clientIds)
    .where('origin', '=', 'staff')
    .where('origin_id', 'is not', null)
    .orderBy('opened_at', 'desc')
    .execute();
}

/** Reports of these clients that nobody has acted on. */
export async function waitingReports(tx: Tx, clientIds: readonly string[]) {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('staff_reports as r')
    .select(['r.client_id', 'r.id', 'r.reference', 'r.kind', 'r.received_at'])
    .where('r.client_id', 'in', clientIds)
    .where('r.closed_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('incidents as i')
            .select('i.id')
            .whereRef('i.client_id', '=', 'r.client_id')
            .whereRef('i.origin_id', '=', 'r.id')
            .where('i.origin', '=', 'staff')
            .where('i.drill', '=', false),
        ),
      ),
    )
    .orderBy('r.received_at')
    .execute();
}
