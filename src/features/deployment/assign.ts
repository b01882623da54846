import type { z } from 'zod';
import type { AssignmentRow } from '#store/work/assignments.ts';
import { findAssignment } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { assignmentWords, assignTask, peopleWith, resolveOwner, shownOwner } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import type { assignmentSchema } from './schemas.ts';
import { deploymentJourney, JOURNEY } from './standing.ts';

export type AssignmentView = z.infer<typeof assignmentSchema>;

interface Assign {
  readonly task: string;
  readonly version: number;
  readonly owner: string | null;
  readonly due: string | null;
}

/** Gives a task an owner and a day. A day that is past is taken: work may be given late, and shows as overdue. */
export async function assign(context: HandlerContext, input: Assign): Promise<AssignmentView> {
  const { services, client, actor, now } = context;
  const task = deploymentJourney(services.catalogue).tasks.find(({ id }) => id === input.task);
  if (task === undefined)
    throw notFound('The deployment has no task of this name. "deployment show" lists all of them.');
  const owner = await resolveOwner(services, client.id, input.owner);
  await context.change(async (tx, recorder) => {
    const { before, after } = await assignTask(tx, {
      clientId: client.id,
      journey: JOURNEY,
      task: task.id,
      owner,
      due: input.due,
      by: { id: actor.userId, name: actor.name },
      now,
      version: input.version,
    });
    if (after === null) return recorder.unchanged();
    await recorder.record({
      subject: { kind: 'deployment_task', id: task.id, name: task.title },
      before: assignmentWords(before),
      after: assignmentWords(after),
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: task.id });
  const row = await context.read((tx) => findAssignment(tx, client.id, JOURNEY, task.id));
  return assignmentView(row, await usersWithAccess(context));
}

/** Ids of those who can open work of the client, to say where an owner no longer can. */
export async function usersWithAccess({
  services,
  client,
}: Pick<HandlerContext, 'services' | 'client'>): Promise<ReadonlySet<string>> {
  const people = await services.store.read('system', (tx) => peopleWith(tx, client.id, 'work.read'));
  return new Set(people.map(({ id }) => id));
}

export function assignmentView(
  row: AssignmentRow | null | undefined,
  access: ReadonlySet<string>,
): AssignmentView {
  if (row == null) return { owner: null, due: null, version: 0, changed: null };
  return {
    owner: shownOwner(row, access),
    due: row.due_on,
    version: row.version,
    changed: { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}
// Guide: G0-03
