import type { Tx } from '#store/open.ts';
import { type AssignmentRow, findAssignment, putAssignment } from '#store/work/assignments.ts';
import { conflict } from '../problems.ts';
import type { OwnerRow } from './owners.ts';

export interface NewAssignment {
  readonly clientId: string;
  /** Id of the journey and of its task. The caller has looked that they are there. */
  readonly journey: string;
  readonly task: string;
  /** null: nobody. `resolveOwner` makes one of what a person wrote. */
  readonly owner: OwnerRow | null;
  /** Day in the client's zone, YYYY-MM-DD; null: no day. */
  readonly due: string | null;
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
  /** Version that was shown to anyone who assigns, 0 where nothing stood; left out: whatever stands is replaced. */
  readonly version?: number;
}

/**
 * Gives a task of a journey to someone, with a day, within a transaction of the caller's, who records it. Throws
 * CONFLICT where someone else did so since `version`. `after` is null where nothing had to be changed.
 */
export async function assignTask(
  tx: Tx,
  given: NewAssignment,
): Promise<{ readonly before: AssignmentRow | null; readonly after: AssignmentRow | null }> {
  const { clientId, journey, task, owner, due, by, now } = given;
  const before = await findAssignment(tx, clientId, journey, task);
  const version = before?.version ?? 0;
  if (given.version !== undefined && given.version !== version) throw editConflict(before);
  const row = {
    client_id: clientId,
    journey,
    task,
    owner_user: owner?.user ?? null,
    owner_name: owner?.name ?? null,
    owner_mail: owner?.mail ?? null,
    due_on: due,
    changed_by: by.id,
    changed_by_name: by.name,
    changed_at: now,
  };
  if (same(before, row)) return { before, after: null };
  const after = await putAssignment(tx, row, version);
  if (after === null) throw editConflict(before);
  return { before, after };
}

type Kept = Pick<AssignmentRow, 'owner_user' | 'owner_name' | 'owner_mail' | 'due_on'>;

function same(before: Kept | null, row: Kept): boolean {
  return (
    (before?.owner_user ?? null) === row.owner_user &&
    (before?.owner_name ?? null) === row.owner_name &&
    (before?.owner_mail ?? null) === row.owner_mail &&
    (before?.due_on ?? null) === row.due_on
  );
}

function editConflict(before: AssignmentRow | null) {
  return conflict(
    'Someone else changed who does this task after you opened it. Look at the current version.',
    {
      by: before?.changed_by_name ?? null,
      at: before?.changed_at ?? null,
      version: before?.version ?? 0,
    },
  );
}

/** What the audit log says of an assignment. */
export function assignmentWords(row: Kept | null) {
  return row === null ? null : { owner: row.owner_name, mail: row.owner_mail, due: row.due_on };
}
