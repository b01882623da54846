import { type JudgingSettings, judgingSettings } from '#domain/detections/calendars.ts';
import type { Dated } from '#domain/detections/in-force.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { Tx } from '../open.ts';

/** Start of the first known settings, which also apply to everything before them. */
const ALWAYS = new Date(0);

/**
 * Records the settings that detections use, if a change of the profile changes them. Call it in the transaction that
 * changes the profile.
 */
export async function recordSettings(
  tx: Tx,
  clientId: string,
  { before, after, now }: { readonly before: Profile; readonly after: Profile; readonly now: Date },
): Promise<void> {
  const [old, next] = [before, after].map((profile) => JSON.stringify(judgingSettings(profile)));
  if (old === next || old === undefined || next === undefined) return;
  await tx
    .insertInto('client_judged_settings')
    .values({ client_id: clientId, from_at: ALWAYS, value: old })
    .onConflict((there) => there.doNothing())
    .execute();
  await tx
    .insertInto('client_judged_settings')
    .values({ client_id: clientId, from_at: now, value: next })
    .onConflict((there) => there.columns(['client_id', 'from_at']).doUpdateSet({ value: next }))
    .execute();
}

/** Settings that a client's activities were judged by, oldest first. `profile` is the current one. */
export async function settingsSince(
  tx: Tx,
  clientId: string,
  profile: Profile,
): Promise<Dated<JudgingSettings>[]> {
  const rows = await tx
    .selectFrom('client_judged_settings')
    .select(['from_at', 'value'])
    .where('client_id', '=', clientId)
    .orderBy('from_at')
    .execute();
  if (rows.length === 0) return [{ from: ALWAYS.toISOString(), value: judgingSettings(profile) }];
  return rows.map(({ from_at, value }) => ({ from: from_at.toISOString(), value }));
}
