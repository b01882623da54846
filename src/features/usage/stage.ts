import type { Store, Tx } from '#store/open.ts';
import { countActivities } from '#store/usage/count.ts';
import { rollUpStatement, rollUpZone, zoneQuery } from '#store/usage/roll-up.ts';
import type { Stage } from '../activity/stages.ts';
import { zoneOf } from '../verdicts/service.ts';

/** The zone in which a client's days were counted last: nearly always the one in which they will be counted next. */
const lastZones = new WeakMap<Store, Map<string, string>>();

/** Counts what is added to the log, so that no page ever has to read the log to count it. */
export const rollUpStage: Stage = {
  name: 'roll up',
  asks: (tx, clientId) => [zoneQuery(tx, clientId).compile()],
  begin: ({ services: { store }, clientId, activities }) => {
    const zones = lastZones.get(store) ?? new Map<string, string>();
    lastZones.set(store, zones);
    const last = zones.get(clientId);
    const counted = last === undefined ? null : countActivities(activities, last);
    return async ({ tx, answers, later }) => {
      const [known] = (answers[0]?.rows ?? []) as { readonly zone: string }[];
      const zone = known?.zone ?? (await rollUpZone(tx, clientId, () => clientZone(tx, clientId)));
      zones.set(clientId, zone);
      const counts = counted !== null && zone === last ? counted : countActivities(activities, zone);
      if (counts.length > 0) later(rollUpStatement(tx, clientId, counts));
    };
  },
};

/** A client's own time zone. */
export async function clientZone(tx: Tx, clientId: string): Promise<string> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  return zoneOf(row?.profile);
}
