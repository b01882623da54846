import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** Which records about individual staff retention removes: all before an instant, except for people on hold. */
export interface StaffRemoval {
  /** First instant that is kept. */
  readonly before: Date;
  /** Addresses of people on hold, whose records are kept. */
  readonly held: readonly string[];
}

export interface OldReport {
  readonly id: string;
  readonly reference: string;
}

/**
 * Reports settled before an instant: closed, or with all incidents opened from them closed. Excludes reports that are
 * waiting (including those with only a drill) and those with an open incident or drill.
 */
export async function expiredReports(
  tx: Tx,
  clientId: string,
  { before, held }: StaffRemoval,
): Promise<OldReport[]> {
  const reports = await tx
    .selectFrom('staff_reports')
    .select(['id', 'reference', 'closed_at', 'address'])
    .where('client_id', '=', clientId)
    .where('received_at', '<', before)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  const incidents = Map.groupBy(
    await tx
      .selectFrom('incidents')
      .select(['origin_id', 'closed_at', 'state', 'drill'])
      .where('client_id', '=', clientId)
      .where('origin', '=', 'staff')
      .execute(),
    ({ origin_id }) => origin_id ?? '',
  );
  return reports
    .filter(({ id, closed_at, address }) => {
      if (address !== null && held.includes(address.toLowerCase())) return false;
      const own = incidents.get(id) ?? [];
      if (own.some(({ state }) => state !== 'closed')) return false;
      if (closed_at === null && !own.some(({ drill }) => !drill)) return false;
      const settled = [closed_at, ...own.map((one) => one.closed_at)].filter((at) => at !== null);
      return settled.length > 0 && settled.every((at) => at < before);
    })
    .map(({ id, reference }) => ({ id, reference }));
}

export async function removeReports(tx: Tx, clientId: string, reports: readonly OldReport[]): Promise<void> {
  if (reports.length === 0) return;
  await tx
    .deleteFrom('staff_reports')
    .where('client_id', '=', clientId)
    .where(oneOf(reports.map(({ id }) => id)))
    .execute();
}

/** Ids of quizzes passed before an instant. */
export async function expiredPasses(
  tx: Tx,
  clientId: string,
  { before, held }: StaffRemoval,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('training_attempts')
    .select(['id', 'address'])
    .where('client_id', '=', clientId)
    .where('passed', '=', true)
    .where('at', '<', before)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.filter(({ address }) => !held.includes(address.toLowerCase())).map(({ id }) => id);
}

export async function removePasses(tx: Tx, clientId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('training_attempts').where('client_id', '=', clientId).where(oneOf(ids)).execute();
}

/** Passed as one array parameter, because there may be more ids than a statement can have parameters. */
const oneOf = (ids: readonly string[]) => sql<boolean>`id = any(${[...ids]}::text[])`;
