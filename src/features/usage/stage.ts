import type { Tx } from '#store/open.ts';
import { rollUp, rollUpZone } from '#store/usage/roll-up.ts';
import type { Stage } from '../activity/stages.ts';
import { zoneOf } from '../verdicts/service.ts';

/** Counts what is added to the log, so that no page ever has to read the log to count it. */
export const rollUpStage: Stage = {
  name: 'roll up',
  async run({ tx, clientId, activities }) {
    const zone = await rollUpZone(tx, clientId, () => clientZone(tx, clientId));
    await rollUp(tx, clientId, zone, activities);
  },
};

/** A client's own time zone. */
export async function clientZone(tx: Tx, clientId: string): Promise<string> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  return zoneOf(row?.profile);
}
