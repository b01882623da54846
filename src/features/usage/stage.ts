import type { CompiledQuery } from 'kysely';
import type { Store, Tx } from '#store/open.ts';
import { countActivities } from '#store/usage/count.ts';
import { rollUpStatement, rollUpZone, zoneQuery } from '#store/usage/roll-up.ts';
import { zoneOf } from '../shared/moment.ts';
import { NotReady, type Stage } from '../shared/services/activity-log.ts';

/** The zone in which a client's days were counted last: nearly always the one in which they will be counted next. */
const lastZones = new WeakMap<Store, Map<string, string>>();

/** Counts what is added to the log, so that no page ever has to read the log to count it. */
export const rollUpStage: Stage = {
  name: 'roll up',
  asks: (tx, clientId) => [zoneQuery(tx, clientId).compile()],
  begin: ({ services: { store }, tx, clientId, activities }) => {
    const zones = lastZones.get(store) ?? new Map<string, string>();
    lastZones.set(store, zones);
    const last = zones.get(clientId);
    const statementsIn = (zone: string): CompiledQuery[] => {
      const counts = countActivities(activities, zone);
      return counts.length === 0 ? [] : [rollUpStatement(tx, clientId, counts)];
    };
    return {
      statements: last === undefined ? [] : statementsIn(last),
      finish: async ({ answers, later }) => {
        const [known] = (answers[0]?.rows ?? []) as { readonly zone: string }[];
        const zone = known?.zone ?? (await rollUpZone(tx, clientId, () => clientZone(tx, clientId)));
        zones.set(clientId, zone);
        if (last === undefined) for (const statement of statementsIn(zone)) later(statement);
        else if (zone !== last)
          throw new NotReady(`the days of client ${clientId} are counted in ${zone} now`);
      },
    };
  },
};

/** A client's own time zone. */
export async function clientZone(tx: Tx, clientId: string): Promise<string> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  return zoneOf(row?.profile);
}
