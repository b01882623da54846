import { DateTime } from 'luxon';
import { z } from 'zod';
import type { TextRemoval } from '#store/activity/texts.ts';
import type { Tx } from '#store/open.ts';
import { type HoldRow, holdsOf } from '#store/usage/holds.ts';
import type { ActivityRemoval, CountRemoval } from '#store/usage/remove.ts';
import type { People } from '../../people/index.ts';
import { settingsPart } from '../settings-part.ts';

/** Retention of activities and their counts, in months. */
export const ACTIVITY_KEEP = ['3', '6', '13', '25', '37', '61', 'forever'] as const;
export const activityKeep = z
  .enum(ACTIVITY_KEEP)
  .describe('Months after they happened; forever: permanently');
type ActivityKeep = z.infer<typeof activityKeep>;

/** Maximum retention of text in days if a charter permits storing it; the charter can only shorten it. */
export const TEXT_KEEP = ['1', '3', '7', '14', '30', '60', '90'] as const;
export const textKeep = z
  .enum(TEXT_KEEP)
  .describe(
    'Maximum days after it happened; the charter decides whether text is kept at all, and may set fewer days',
  );

/** A client's retention settings for activities. Counts are kept at least as long as their events. */
export const activityRetention = z.object({
  events: activityKeep.default('forever'),
  counts: activityKeep.default('forever'),
  texts: textKeep.default('14'),
  version: z.number().int().default(1),
});
export type ActivityRetention = z.infer<typeof activityRetention>;

export const { read: readActivityRetention, write: writeActivityRetention } = settingsPart<ActivityRetention>(
  'activityRetention',
  activityRetention,
);

/** Maximum days for which a text is kept, whatever the charter allows. */
export function textLimit({ texts }: Pick<ActivityRetention, 'texts'>): number {
  return Number(texts);
}

/** Texts whose retention has ended at an instant. */
export function pastTexts(
  keep: Pick<ActivityRetention, 'texts'>,
  { now, held }: { readonly now: Date; readonly held: readonly string[] },
): TextRemoval {
  return { now, before: new Date(now.getTime() - textLimit(keep) * 86_400_000), held };
}

/** Whether a hold is in force on a day of the client's time zone: until it is lifted, or through its last day. */
export function isOn(hold: Pick<HoldRow, 'until_day' | 'lifted_at'>, today: string): boolean {
  return hold.lifted_at === null && (hold.until_day === null || hold.until_day >= today);
}

/** Addresses and ids of everyone on hold today, with all others that reconciliation attributes to them. */
export async function heldPeople(tx: Tx, clientId: string, people: People, today: string): Promise<string[]> {
  const on = (await holdsOf(tx, clientId)).filter((hold) => isOn(hold, today));
  const named = on.flatMap(({ person }) => (person === null ? [] : [person]));
  return [...new Set(named.flatMap((person) => [person, ...people.addressesOf(people.of(person).key)]))];
}

/** The limit before which data is removed today; null: kept permanently. */
export function pastTime(
  { events, counts }: Pick<ActivityRetention, 'events' | 'counts'>,
  { today, zone, held }: { readonly today: string; readonly zone: string; readonly held: readonly string[] },
): { readonly events: ActivityRemoval | null; readonly counts: CountRemoval | null } {
  const first = (keep: ActivityKeep) =>
    keep === 'forever' ? null : DateTime.fromISO(today, { zone }).minus({ months: Number(keep) });
  const [event, count] = [first(events), first(counts)];
  return {
    events: event === null ? null : { before: event.startOf('day').toJSDate(), held },
    counts: count === null ? null : { before: count.toFormat('yyyy-MM-dd'), held },
  };
}

/** Whether events would be kept longer than their counts, so that pages would lack the counts. */
export function outlives({ events, counts }: Pick<ActivityRetention, 'events' | 'counts'>): boolean {
  return ACTIVITY_KEEP.indexOf(counts) >= ACTIVITY_KEEP.indexOf(events);
}
