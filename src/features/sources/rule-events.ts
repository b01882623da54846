import { groupKey, isRuleEvent } from '#domain/activity/rule-events.ts';
import { announceRuleEvents, storeRuleEvents } from '#store/activity/rule-events.ts';
import type { Services } from '../context.ts';
import type { Stage } from '../shared/services/activity-log.ts';

/** Notes which of the events that are new to the log decisions look at. */
export const ruleEventStage: Stage = {
  name: 'events that rules read',
  prepare: ({ clientId, activities }) => {
    const places = activities.flatMap((one, place) => (isRuleEvent(one) ? [{ one, place }] : []));
    return ({ tx, firstNumber }) =>
      storeRuleEvents(
        tx,
        clientId,
        places.map(({ one, place }) => ({
          at: one.at,
          id: one.id,
          seq: firstNumber + place,
          once: groupKey(one),
        })),
      );
  },
};

/**
 * Has a client decided again where events came that rules read. Asked at the end of a reading and not with each batch,
 * so that catching up a year of events decides once. Killed before, the next reading does it.
 */
export async function decideOnEvents(services: Services, clientId: string): Promise<void> {
  const news = await services.store.write([clientId], async (tx) => {
    if (!(await announceRuleEvents(tx, clientId))) return false;
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
    return true;
  });
  if (news) await services.verdicts.refresh(clientId);
}
