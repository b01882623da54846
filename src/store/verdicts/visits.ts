import type { Tx } from '../open.ts';

/** Milliseconds without a visit after which the next one counts as new. */
const VISIT_MS = 30 * 60_000;

export interface Visit {
  /** Start of the previous visit, which showed everything up to then; null: this is the first. */
  readonly previousAt: Date | null;
  /** Start of the recorded visit; null: none yet. */
  readonly at: Date | null;
}

export async function visitOf(tx: Tx, clientId: string, userId: string): Promise<Visit> {
  const row = await tx
    .selectFrom('visits')
    .select(['previous_at', 'last_at'])
    .where('client_id', '=', clientId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return { previousAt: row?.previous_at ?? null, at: row?.last_at ?? null };
}

export function isNewVisit(visit: Visit, now: Date): boolean {
  return visit.at === null || now.getTime() - visit.at.getTime() > VISIT_MS;
}

/**
 * Starts a visit if the recorded one is over, and returns the one that applies now. Two pages loaded at once start only
 * one.
 */
export async function beginVisit(tx: Tx, clientId: string, userId: string, now: Date): Promise<Visit> {
  await tx
    .insertInto('visits')
    .values({ client_id: clientId, user_id: userId, previous_at: null, last_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['client_id', 'user_id'])
        .doUpdateSet((eb) => ({ previous_at: eb.ref('visits.last_at'), last_at: now }))
        .where('visits.last_at', '<', new Date(now.getTime() - VISIT_MS)),
    )
    .execute();
  return visitOf(tx, clientId, userId);
}
