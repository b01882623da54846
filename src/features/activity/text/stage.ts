import { contentPeriodAt } from '#domain/charter/content-kept.ts';
import { addTexts, type TextRow } from '#store/activity/texts.ts';
import { contentVersions, periodsOf } from '../../charter/index.ts';
import type { AddedBatch, Stage } from '../../shared/services/activity-log.ts';
import { lockForTexts, textPlace } from './key.ts';

/** Stores the texts that the charter allows. */
export const textStage: Stage = {
  name: 'text that the charter lets be kept',
  prepare:
    ({ texts }) =>
    async (added) => {
      if (texts.length > 0) await keep(added);
    },
};

/**
 * Texts of new events only: a deleted text does not come back. The receiver's knowledge of the charter may be some
 * seconds old, so it is checked again if there is any text.
 */
async function keep({ tx, services, clientId, now, activities, texts }: AddedBatch): Promise<void> {
  const fresh = new Set(activities.map(({ at, id }) => `${at} ${id}`));
  const periods = periodsOf(await contentVersions(tx, clientId));
  const kept = texts.filter(
    ({ at, id, charter }) => fresh.has(`${at} ${id}`) && contentPeriodAt(periods, at)?.version === charter,
  );
  if (kept.length === 0) return;
  const lock = await lockForTexts(tx, services, clientId);
  await addTexts(
    tx,
    kept.map(({ at, id, part, text, characters, person, keepUntil, charter }): TextRow => {
      const place = { client_id: clientId, at: new Date(at), id, part };
      return {
        ...place,
        locked: lock.seal(text, textPlace(place)),
        characters,
        person,
        keep_until: new Date(keepUntil),
        charter,
        stored_at: now,
      };
    }),
  );
}
