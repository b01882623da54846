import type { Tx } from '../open.ts';

/** Changes that wait for a second person, and those with an end day that no reading shows as undone. */
export async function openChanges(tx: Tx, clientIds: readonly string[]) {
  return tx
    .selectFrom('changes as c')
    .select(['c.id', 'c.client_id', 'c.target', 'c.subject', 'c.title', 'c.reason', 'c.state', 'c.until_day'])
    .select(['c.planned_by', 'c.planned_by_name'])
    .where('c.client_id', 'in', clientIds)
    .where((eb) =>
      eb.or([
        eb('c.state', '=', 'planned'),
        eb.and([
          eb('c.until_day', 'is not', null),
          eb('c.state', 'in', ['applying', 'waiting', 'verified', 'withdrawn', 'failed']),
          eb('c.applied_at', 'is not', null),
          eb.not(
            eb.exists(
              eb
                .selectFrom('changes as back')
                .select('back.id')
                .whereRef('back.client_id', '=', 'c.client_id')
                .whereRef('back.undoes', '=', 'c.id')
                .where('back.state', '=', 'verified'),
            ),
          ),
        ]),
      ]),
    )
    .orderBy('c.planned_at')
    .execute();
}
// Guide: G6.3-04
