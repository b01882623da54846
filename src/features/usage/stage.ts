import type { Tx } from '#store/open.ts';
import { countActivities } from '#store/usage/count.ts';
import { rollUpStatement, rollUpZone } from '#store/usage/roll-up.ts';
import { zoneOf } from '../shared/moment.ts';
import type { Stage } from '../shared/services/activity-log.ts';

/** Counts what is added to the log, so that no page ever has to read the log to count it. */
export const rollUpStage: Stage = {
  name: 'roll up',
  prepare:
    ({ clientId, activities }) =>
    async ({ tx, atEnd }) => {
      // Only here is it certain in which zone days are counted: counting them again holds the log.
      const zone = await rollUpZone(tx, clientId, () => clientZone(tx, clientId));
      const counts = countActivities(activities, zone);
      if (counts.length > 0) atEnd(rollUpStatement(tx, clientId, counts));
    },
};

/** A client's own time zone. */
export async function clientZone(tx: Tx, clientId: string): Promise<string> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  return zoneOf(row?.profile);
}
