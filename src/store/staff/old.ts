import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** What of the records about single people of the staff is past its time: all before an instant, but not of those held. */
export interface StaffRemoval {
  /** First instant that is kept. */
  readonly before: Date;
  /** Addresses of people on hold, whose records stay. */
  readonly held: readonly string[];
}

export interface OldReport {
  readonly id: string;
  readonly reference: string;
}

/**
 * Reports that were settled before an instant: closed, or with every incident closed that was opened from them. One that
 * waits, also where only a drill was made of it, and one whose incident or drill is open are never among them.
 */
export async function oldReports(
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

/** Ids of quizzes that were passed before an instant. */
export async function oldPasses(tx: Tx, clientId: string, { before, held }: StaffRemoval): Promise<string[]> {
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

/** As one parameter: after years without a limit there may be more than a statement takes by themselves. */
const oneOf = (ids: readonly string[]) => sql<boolean>`id = any(${[...ids]}::text[])`;
