import type { Insertable, Selectable } from 'kysely';
import { OPEN_STATES } from '#domain/changes/states.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type ChangeRow = Selectable<Database['changes']>;
export type ChangeStepRow = Selectable<Database['change_steps']>;

/** Changes of a client, newest first. */
export async function allChanges(tx: Tx, clientId: string): Promise<ChangeRow[]> {
  return tx
    .selectFrom('changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('planned_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findChange(tx: Tx, clientId: string, id: string): Promise<ChangeRow | undefined> {
  return tx
    .selectFrom('changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The open change of a subject; undefined: none. */
export async function openChange(
  tx: Tx,
  clientId: string,
  target: string,
  subject: string,
): Promise<ChangeRow | undefined> {
  return tx
    .selectFrom('changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('target', '=', target)
    .where('subject', '=', subject)
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirst();
}

/** Changes about one subject at some targets, planned since an instant, oldest first. */
export async function changesAbout(
  tx: Tx,
  clientId: string,
  {
    targets,
    subject,
    since,
  }: { readonly targets: readonly string[]; readonly subject: string; readonly since: Date },
): Promise<ChangeRow[]> {
  if (targets.length === 0) return [];
  return tx
    .selectFrom('changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('target', 'in', [...targets])
    .where('subject', '=', subject)
    .where('planned_at', '>=', since)
    .orderBy('planned_at')
    .orderBy('id')
    .execute();
}

/** Inserts a change unless its subject already has an open one; false: it has. */
export async function insertChange(tx: Tx, row: Insertable<Database['changes']>): Promise<boolean> {
  const added = await tx
    .insertInto('changes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Updates a change if its version is still the given one, and increments the version; otherwise returns null. */
export const changeChange = versioned('changes');

/** Changes that the server has to continue: those waiting for an observation, and interrupted ones. */
export async function unfinishedChanges(
  tx: Tx,
  now: Date,
): Promise<readonly Pick<ChangeRow, 'client_id' | 'id' | 'state'>[]> {
  return tx
    .selectFrom('changes')
    .select(['client_id', 'id', 'state'])
    .where((eb) =>
      eb.or([
        eb('state', '=', 'waiting'),
        eb.and([
          eb('state', '=', 'applying'),
          eb.or([eb('held_until', 'is', null), eb('held_until', '<', now)]),
        ]),
      ]),
    )
    .execute();
}

/**
 * Changes that end by themselves, whose last day may be over somewhere or that were applied only in part, and that
 * nothing has undone yet. Requires a scope that sees all clients.
 */
export async function endingChanges(
  tx: Tx,
  now: Date,
): Promise<readonly Pick<ChangeRow, 'client_id' | 'id'>[]> {
  // The date is furthest ahead at UTC+14.
  const day = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
  return (
    tx
      .selectFrom('changes as c')
      .select(['c.client_id', 'c.id'])
      .where('c.alone', '=', true)
      .where('c.until_day', 'is not', null)
      .where((eb) =>
        eb.or([
          eb.and([eb('c.until_day', '<', day), eb('c.state', 'in', ['waiting', 'verified', 'withdrawn'])]),
          eb('c.state', '=', 'failed'),
        ]),
      )
      // If the server began no step and nobody reported one as done, there is nothing to undo.
      .where('c.applied_at', 'is not', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('changes as u')
              .select('u.id')
              .whereRef('u.client_id', '=', 'c.client_id')
              .whereRef('u.undoes', '=', 'c.id')
              .where('u.state', '=', 'verified'),
          ),
        ),
      )
      .execute()
  );
}

/** Changes that undo a given one, newest first. */
export async function undoingChanges(tx: Tx, clientId: string, id: string): Promise<ChangeRow[]> {
  return tx
    .selectFrom('changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('undoes', '=', id)
    .orderBy('planned_at', 'desc')
    .execute();
}

/** Records that people were notified that a change did not end. */
export async function recordNotified(
  tx: Tx,
  { client_id, id }: Pick<ChangeRow, 'client_id' | 'id'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('changes')
    .set({ told_at: at })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .execute();
}

export async function stepsOf(tx: Tx, clientId: string, changeId: string): Promise<ChangeStepRow[]> {
  return tx
    .selectFrom('change_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('change_id', '=', changeId)
    .orderBy('at')
    .execute();
}

/** Records that a step begins, before anything is sent, and returns its row. A step begun before keeps its row. */
export async function beginStep(tx: Tx, row: Insertable<Database['change_steps']>): Promise<ChangeStepRow> {
  await tx
    .insertInto('change_steps')
    .values(row)
    .onConflict((conflict) => conflict.columns(['client_id', 'change_id', 'at']).doNothing())
    .execute();
  return tx
    .selectFrom('change_steps')
    .selectAll()
    .where('client_id', '=', row.client_id)
    .where('change_id', '=', row.change_id)
    .where('at', '=', row.at)
    .executeTakeFirstOrThrow();
}

/** Extends the lease on a change being applied, and records why it waits; false: another process holds it. */
export async function holdChange(
  tx: Tx,
  { client_id, id }: Pick<ChangeRow, 'client_id' | 'id'>,
  held: Date | null,
  until: Date,
  says: readonly string[] | null = null,
): Promise<boolean> {
  const mine = await tx
    .updateTable('changes')
    .set({ held_until: until, lacks: says === null ? null : JSON.stringify(says) })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('state', '=', 'applying')
    .where('held_until', held === null ? 'is' : '=', held)
    .returning('id')
    .executeTakeFirst();
  return mine !== undefined;
}

export async function recordStep(
  tx: Tx,
  { client_id, change_id, at }: Pick<ChangeStepRow, 'client_id' | 'change_id' | 'at'>,
  values: Partial<Pick<ChangeStepRow, 'state' | 'made_id' | 'found' | 'done_at' | 'sent_at' | 'looks'>>,
): Promise<void> {
  await tx
    .updateTable('change_steps')
    .set(values)
    .where('client_id', '=', client_id)
    .where('change_id', '=', change_id)
    .where('at', '=', at)
    .execute();
}
