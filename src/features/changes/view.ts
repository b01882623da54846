import { mayBecome } from '#domain/changes/states.ts';
import {
  type ChangeRow,
  type ChangeStepRow,
  findChange,
  stepsOf,
  undoingChanges,
} from '#store/changes/changes.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';

/** Everyone who worked on a change before its approval. */
export function handsIn(row: Pick<ChangeRow, 'planned_by' | 'approvals'>): readonly string[] {
  return [row.planned_by, ...row.approvals.map(({ by }) => by)];
}

/** Why this person cannot approve a change; null if they can. */
export function whyNotApprove({ actor }: HandlerContext, row: ChangeRow, accounts: Accounts): string | null {
  return accounts.whyNotSecond(actor.userId, handsIn(row), 'You planned this change');
}

export function viewOf(
  context: HandlerContext,
  row: ChangeRow,
  steps: readonly ChangeStepRow[],
  accounts: Accounts,
  { writes, undone }: { readonly writes: boolean; readonly undone: boolean },
) {
  const { can, client, now } = context;
  const edit = can('charter.edit', client.id);
  const why = row.state === 'planned' ? whyNotApprove(context, row, accounts) : null;
  const { today } = present(now, client.timezone);
  return {
    id: row.id,
    target: row.target,
    subject: row.subject,
    title: row.title,
    state: row.state,
    reason: row.reason,
    plan: row.plan_sha256,
    steps: row.plan.steps.map((step, at) => {
      const done = steps.find((one) => one.at === at);
      return {
        what: step.what,
        name: step.name,
        body: step.body,
        before: step.before,
        done: steps.length === 0 ? null : done?.state === 'done',
        id: done?.made_id ?? null,
      };
    }),
    measured: row.plan.measured,
    until: row.until_day,
    ended: wasDone(row, steps) && row.until_day !== null && row.until_day < today && !undone,
    alone: row.alone,
    undone,
    atOnce: row.plan.backAtOnce === true,
    undoes: row.undoes,
    undoable: row.plan.back !== null && row.state === 'verified',
    planned: { by: row.planned_by_name, at: row.planned_at.toISOString() },
    approvals: row.approvals.map(({ byName, at }) => ({ by: byName, at })),
    applied:
      row.applied_at === null ? null : { by: row.applied_by_name ?? '', at: row.applied_at.toISOString() },
    verified: row.verified_at?.toISOString() ?? null,
    receipt: row.receipt_sha256,
    lacks: [...(row.lacks ?? [])],
    writes,
    version: row.version,
    may: {
      approve: row.state === 'planned' && can('charter.approve', client.id) && why === null,
      why,
      carryOut: edit && row.state === 'approved',
      withdraw: edit && mayBecome(row.state, 'withdrawn'),
      undo:
        edit &&
        row.plan.back !== null &&
        !undone &&
        (row.state === 'verified' ||
          ((row.alone || row.plan.backAtOnce === true) && row.state === 'waiting')),
    },
  };
}
/** Whether any part of a change may be in effect: people reported it, or a step was sent. */
function wasDone(row: ChangeRow, steps: readonly ChangeStepRow[]): boolean {
  return row.applied_at !== null && (row.state !== 'failed' || steps.some(({ sent_at }) => sent_at !== null));
}
export type ChangeView = ReturnType<typeof viewOf>;

export async function showChange(context: HandlerContext, id: string): Promise<ChangeView> {
  const { client, read, services } = context;
  const accounts = await accountsOf(services);
  const { row, steps, undoing } = await read(async (tx) => ({
    row: await findChange(tx, client.id, id),
    steps: await stepsOf(tx, client.id, id),
    undoing: await undoingChanges(tx, client.id, id),
  }));
  if (row === undefined) throw notFound();
  return viewOf(context, row, steps, accounts, {
    writes: await writesFor(context, row.target),
    undone: undoing.some(({ state }) => state === 'verified'),
  });
}

/** Whether Bylaw itself can currently apply changes of a system for this client. */
export async function writesFor({ services, client, now }: HandlerContext, target: string): Promise<boolean> {
  const writes = services.changeTargets.find(({ id }) => id === target)?.writes;
  return (
    writes !== undefined &&
    (await writes.may({ services, client: { id: client.id, timezone: client.timezone }, now }))
  );
}

/** The conflict that names who changed it meanwhile. */
export function editConflict(row: Pick<ChangeRow, 'changed_by_name' | 'changed_at' | 'version' | 'state'>) {
  return conflict(
    `${row.changed_by_name} changed this meanwhile: it is now ${row.state}. Look at it again.`,
    {
      by: row.changed_by_name,
      at: row.changed_at,
      version: row.version,
    },
  );
}

/** The change, at the version that the person saw and in one of the states; otherwise throws a conflict. */
export async function changeAt(
  tx: Tx,
  { client }: HandlerContext,
  { change, version }: { readonly change: string; readonly version: number },
  states: readonly ChangeRow['state'][],
): Promise<ChangeRow> {
  const row = await findChange(tx, client.id, change);
  if (row === undefined) throw notFound();
  if (row.version !== version || !states.includes(row.state)) throw editConflict(row);
  return row;
}

export function subjectOf(row: Pick<ChangeRow, 'id' | 'title'>) {
  return { kind: 'change', id: row.id, name: row.title };
}

export function announce(
  { services, client }: Pick<HandlerContext, 'services' | 'client'>,
  id: string,
): void {
  services.events.publish({ client: client.id, topic: 'changes', id });
}
