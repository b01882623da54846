import { ORPCError } from '@orpc/server';
import { CONTROL_ASSIGNMENTS } from '#domain/work/facts.ts';
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
import { findControl } from './find.ts';

export interface Assign {
  readonly control: string;
  readonly version: number;
  readonly owner: string | null;
  readonly due: string | null;
}

/** Result of one assignment: stored, or the reason for its refusal. */
type Assigned =
  | { readonly control: string; readonly assignment: AssignmentView }
  | { readonly control: string; readonly error: Error };

/** Assigns a control to a person with a due day. Throws if refused. */
export async function assignControl(context: HandlerContext, input: Assign): Promise<AssignmentView> {
  const [one] = await assign(context, [input]);
  if (one === undefined) throw new Error('one control was to be assigned and none was');
  if ('error' in one) throw one.error;
  return one.assignment;
}

/** The same for several controls, each independent of the others. */
export async function assignControls(context: HandlerContext, wanted: readonly Assign[]) {
  const all = await assign(context, wanted);
  return {
    done: all.flatMap((one) => ('error' in one ? [] : [one])),
    refused: all.flatMap((one) => ('error' in one ? [{ control: one.control, why: one.error.message }] : [])),
  };
}

/** Owner and day do not affect the verdict: both are shown under Work as long as the control needs action. */
async function assign(context: HandlerContext, wanted: readonly Assign[]): Promise<readonly Assigned[]> {
  const { services, client, actor, now } = context;
  const ready = await Promise.all(
    wanted.map(async (one) => ({
      control: findControl(services.catalogue, one.control),
      owner: await resolveOwner(services, client.id, one.owner),
      due: one.due,
      version: one.version,
    })),
  );
  const refused = new Map<string, Error>();
  await context.change(async (tx, recorder) => {
    const owners: (string | null)[] = [];
    let changes = 0;
    for (const { control, owner, due, version } of ready) {
      try {
        const { before, after } = await assignTask(tx, {
          clientId: client.id,
          journey: CONTROL_ASSIGNMENTS,
          task: control.id,
          owner,
          due,
          by: { id: actor.userId, name: actor.name },
          now,
          version,
        });
        if (after === null) continue;
        changes += 1;
        if (after.owner_user !== (before?.owner_user ?? null)) owners.push(after.owner_user);
        await recorder.record({
          subject: { kind: 'control', id: control.id, name: control.title },
          before: assignmentWords(before),
          after: assignmentWords(after),
        });
      } catch (error) {
        if (!(error instanceof ORPCError)) throw error;
        refused.set(control.id, error);
      }
    }
    if (changes === 0) recorder.unchanged();
    else await queueAssignedNotices(tx, context, owners);
  });
  services.events.publish({ client: client.id, topic: 'work', id: null });
  notifyOfAssigned(services);
  const access = await usersWithAccess(context);
  return context.read((tx) =>
    Promise.all(
      ready.map(async ({ control }): Promise<Assigned> => {
        const error = refused.get(control.id);
        if (error !== undefined) return { control: control.id, error };
        const row = await findAssignment(tx, client.id, CONTROL_ASSIGNMENTS, control.id);
        return { control: control.id, assignment: assignmentView(row, access) };
      }),
    ),
  );
}
