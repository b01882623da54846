import type { z } from 'zod';
import type { Journey } from '#domain/model/journey.ts';
import type { HandoverRow, OverrideRow } from '#store/deployment/deployment.ts';
import type { HandlerContext } from '../context.ts';
import type { journeyStatusSchema } from './schemas.ts';
import type { overrideSchema } from './task-schemas.ts';

export type OverrideView = z.infer<typeof overrideSchema>;
export type HandoverView = z.infer<typeof journeyStatusSchema>['handovers'][number];

export const NOT_THE_SAME = 'You asked for this override yourself. A second person approves it.';

export function overrideView(
  { actor, can }: Pick<HandlerContext, 'actor' | 'can'>,
  journey: Journey,
  row: OverrideRow,
  counts: boolean,
): OverrideView {
  const at = journey.tasks.findIndex(({ id }) => id === row.task);
  const titleOf = (id: string) => journey.tasks.find((task) => task.id === id)?.title ?? id;
  const { decision } = row;
  const own = row.requested_by === actor.userId;
  return {
    id: row.id,
    task: row.task,
    number: at < 0 ? null : at + 1,
    title: titleOf(row.task),
    reason: row.reason,
    waitedFor: row.waited_for.map(titleOf),
    requested: { by: row.requested_by_name, at: row.requested_at.toISOString() },
    state: decision === null ? 'requested' : decision.approved ? 'approved' : 'refused',
    decided:
      decision === null
        ? null
        : { by: decision.decided_by_name, at: decision.decided_at.toISOString(), note: decision.reason },
    counts,
    decidable:
      decision === null && can('deployment.override') ? { ok: !own, why: own ? NOT_THE_SAME : null } : null,
  };
}

export function handoverView(row: HandoverRow): HandoverView {
  return {
    side: row.side === 'client' ? 'client' : 'msp',
    person: row.person,
    note: row.note,
    by: row.handed_by_name,
    at: row.handed_at.toISOString(),
  };
}
