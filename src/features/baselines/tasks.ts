import { permissionsOf } from '#domain/access/permissions.ts';
import type { Baseline } from '#domain/model/baseline.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { activeGrants } from '#store/access/people.ts';
import type { Tx } from '#store/open.ts';
import type { AppliedTask } from '#store/schema/baselines.ts';
import { addAssignments } from '#store/work/assignments.ts';
import { JOURNEY } from '../deployment/index.ts';
import type { OwnerRow } from '../owners/index.ts';

/** Titles of the deployment's tasks by id. */
export function taskTitles({ journeys }: Catalogue): ReadonlyMap<string, string> {
  const tasks = journeys.find(({ id }) => id === JOURNEY)?.tasks ?? [];
  return new Map(tasks.map(({ id, title }) => [id, title]));
}

/** All tasks of the deployment in order, with the title of their phase. */
export function everyTask({ journeys }: Catalogue) {
  const journey = journeys.find(({ id }) => id === JOURNEY);
  const phases = new Map(journey?.phases.map(({ id, title }) => [id, title]));
  return (journey?.tasks ?? []).map(({ id, title, phase }) => ({
    task: id,
    title,
    phase: phases.get(phase) ?? phase,
  }));
}

/**
 * Tasks with owner and due day, counted from a day in the client's time zone. Tasks not in the journey are left out.
 */
export function tasksFrom({ deployment }: Baseline, catalogue: Catalogue, today: string): AppliedTask[] {
  const titles = taskTitles(catalogue);
  return deployment
    .filter(({ task }) => titles.has(task))
    .map(({ task, by, owner, dueDays }) => ({
      task,
      by,
      owner: owner ?? null,
      due: dueDays === undefined ? null : addDays(today, dueDays),
    }));
}

export interface Giving {
  readonly clientId: string;
  readonly tasks: readonly AppliedTask[];
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
  readonly ownerOf: OwnerOf;
}

/**
 * Resolves the owner that a text names for a client: an account with access to it, or otherwise just a name or address.
 */
export type OwnerOf = (clientId: string, text: string) => OwnerRow;

/** Loads all possible owners once, for many clients of one transaction. */
export async function ownersIn(tx: Tx): Promise<OwnerOf> {
  const grants = await activeGrants(tx);
  const users = await tx.selectFrom('users').select(['id', 'name', 'email']).execute();
  const byMail = new Map(users.map((user) => [user.email.toLowerCase(), user]));
  return (clientId, text) => {
    const mail = text.includes('@') ? text.trim() : null;
    const user = mail === null ? undefined : byMail.get(mail.toLowerCase());
    const may = user !== undefined && permissionsOf(grants.get(user.id) ?? [], clientId).has('work.read');
    return may
      ? { user: user.id, name: user.name, mail: user.email }
      : { user: null, name: text.trim(), mail };
  };
}

/** Assigns deployment tasks that were not assigned before. Returns the owner of each new assignment. */
export async function giveTasks(
  tx: Tx,
  { clientId, tasks, by, now, ownerOf }: Giving,
): Promise<readonly (string | null)[]> {
  const given = await addAssignments(
    tx,
    tasks
      .filter(({ owner, due }) => owner !== null || due !== null)
      .map(({ task, owner, due }) => {
        const person = owner === null ? null : ownerOf(clientId, owner);
        return {
          client_id: clientId,
          journey: JOURNEY,
          task,
          owner_user: person?.user ?? null,
          owner_name: person?.name ?? null,
          owner_mail: person?.mail ?? null,
          due_on: due,
          changed_by: by.id,
          changed_by_name: by.name,
          changed_at: now,
        };
      }),
  );
  return given.map(({ owner_user }) => owner_user);
}
