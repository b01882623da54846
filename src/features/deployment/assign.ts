import { findAssignment } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { notifyOfAssigned, queueAssignedNotices } from '../mail/index.ts';
import {
  type AssignmentView,
  assignmentView,
  assignmentWords,
  assignTask,
  resolveOwner,
  usersWithAccess,
} from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { deploymentJourney, JOURNEY } from './status.ts';

interface Assign {
  readonly task: string;
  readonly version: number;
  readonly owner: string | null;
  readonly due: string | null;
}

/**
 * Gives a task an owner and a due day. A past day is accepted: work may be assigned late, and then shows as overdue.
 */
export async function assign(context: HandlerContext, input: Assign): Promise<AssignmentView> {
  const { services, client, actor, now } = context;
  const task = deploymentJourney(services.catalogue).tasks.find(({ id }) => id === input.task);
  if (task === undefined)
    throw notFound('The deployment has no task with this name. “deployment show” lists all of them.');
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
    if (after.owner_user !== (before?.owner_user ?? null))
      await queueAssignedNotices(tx, context, [after.owner_user]);
    await recorder.record({
      subject: { kind: 'deployment_task', id: task.id, name: task.title },
      before: assignmentWords(before),
      after: assignmentWords(after),
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: task.id });
  notifyOfAssigned(services);
  const row = await context.read((tx) => findAssignment(tx, client.id, JOURNEY, task.id));
  return assignmentView(row, await usersWithAccess(context));
}

// Guide: G0-03
