import { OPEN_STATES } from '#domain/imports/states.ts';
import { isWaitingRequest } from '#domain/requests/status.ts';
import { allDrafts, approvalsOfDraft, stepsOf } from '#store/charter/drafts.ts';
import { waitingClaims } from '#store/claims/claims.ts';
import type { Tx } from '#store/open.ts';
import { allRequests } from '#store/requests/requests.ts';
import { authorsOf, counting } from '../charter/index.ts';
import type { WaitingDraft, WaitingException, WaitingRequest } from './do-now.ts';

export async function waitingDrafts(tx: Tx, clientId: string): Promise<WaitingDraft[]> {
  const rows = (await allDrafts(tx, clientId)).filter(({ state }) => state === 'proposed');
  return Promise.all(
    rows.map(async (row) => {
      const steps = await stepsOf(tx, clientId, row.id);
      const approvals = await approvalsOfDraft(tx, clientId, row.id);
      return {
        id: row.id,
        title: row.title,
        reason: row.reason,
        proposedByName: row.proposed_by_name ?? 'Someone',
        authors: [...authorsOf({ row, steps })],
        approvedBy: counting({ row, approvals }).map((one) => one.approved_by),
      };
    }),
  );
}

export async function waitingExceptions(tx: Tx, clientId: string): Promise<WaitingException[]> {
  const rows = await tx
    .selectFrom('exceptions')
    .select(['id', 'control_id', 'reason', 'until_day', 'requested_by', 'requested_by_name'])
    .where('client_id', '=', clientId)
    .where('state', '=', 'requested')
    .orderBy('requested_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    control: row.control_id,
    reason: row.reason,
    until: row.until_day,
    requestedBy: row.requested_by,
    requestedByName: row.requested_by_name,
  }));
}

export async function countWaitingClaims(tx: Tx, clientId: string): Promise<number> {
  return (await waitingClaims(tx, clientId)).length;
}

export async function waitingRequests(tx: Tx, clientId: string): Promise<WaitingRequest[]> {
  const rows = (await allRequests(tx, clientId)).filter(({ state }) => isWaitingRequest(state));
  return rows.toReversed().map((row) => ({
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    approvedBy: row.approvals.map(({ by }) => by),
  }));
}

export interface Draft {
  readonly id: string;
  readonly createdAt: Date;
  readonly files: number;
}

/** Imports that were started and neither stored nor discarded. */
export async function openImports(tx: Tx, clientId: string): Promise<Draft[]> {
  const rows = await tx
    .selectFrom('imports as i')
    .leftJoin('import_files as f', (join) =>
      join.onRef('f.client_id', '=', 'i.client_id').onRef('f.import_id', '=', 'i.id'),
    )
    .select((eb) => ['i.id', 'i.created_at', eb.fn.count<string>('f.id').as('files')])
    .where('i.client_id', '=', clientId)
    .where('i.state', 'in', [...OPEN_STATES])
    .groupBy(['i.id', 'i.created_at'])
    .orderBy('i.created_at')
    .execute();
  return rows.map((row) => ({ id: row.id, createdAt: row.created_at, files: Number(row.files) }));
}
