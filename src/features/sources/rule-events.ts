import { groupKey, isRuleEvent } from '#domain/activity/rule-events.ts';
import { announceRuleEvents, storeRuleEvents } from '#store/activity/rule-events.ts';
import type { Services } from '../context.ts';
import type { Stage } from '../shared/services/activity-log.ts';

/** Records which of the new events of the log are used by rules. */
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
 * Re-evaluates a client after new events that rules use. It is called at the end of a reading instead of with each
 * batch, so that a year of events causes one evaluation. If it is interrupted, the next reading does it.
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
