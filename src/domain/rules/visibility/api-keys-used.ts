import { addDays } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';
import { detailText } from '../connectors/events.ts';
import { endedKeys } from './api-key-makers.ts';

/** Fields in which an event names the key that acted. */
const USED = ['actor.api_key_id', 'actor.admin_api_key_id'];
/** Days before the list in which a key that acted is expected in it. */
const BEFORE = 31;

export interface UsedKey {
  readonly id: string;
  /** The last day on which it acted. */
  readonly on: string;
  readonly evidence: Evidence;
}

/** Events that change a key, with the field that names it. */
const CHANGED: Readonly<Record<string, string>> = {
  admin_api_key_updated: 'admin_api_key_id',
  platform_api_key_updated: 'api_key_id',
  scoped_api_key_updated: 'api_key_id',
};

/** Keys that were changed on the day of the list or later, that were not deleted since and that nothing settles. */
export function keysChanged(
  context: CheckContext,
  day: string,
  isSettled: (id: string) => boolean,
): readonly UsedKey[] {
  const events = context.events();
  if (!events.ok) return [];
  const ended = endedKeys(events.rows);
  const changed = new Map<string, UsedKey>();
  for (const row of events.rows) {
    const field = ownValue(CHANGED, row.type);
    if (field === undefined) continue;
    const id = detailText(row, field)?.toLowerCase() ?? 'a key whose id the event does not give';
    const on = dayOf(row.at, context.profile.timezone);
    if (on < day || ended.has(id) || isSettled(id)) continue;
    changed.set(id, { id, on, evidence: events.cite(row, `${id} changed on ${dayWords(on)}`) });
  }
  return [...changed.values()];
}

/** Keys that acted by the events, that were not deleted since and that are not listed. */
export function keysUsed(
  context: CheckContext,
  day: string,
  isListed: (id: string) => boolean,
): readonly UsedKey[] {
  const events = context.events();
  if (!events.ok) return [];
  const ended = endedKeys(events.rows);
  const since = addDays(day, -BEFORE);
  const used = new Map<string, UsedKey>();
  for (const row of events.rows) {
    const id = USED.map((field) => detailText(row, field)?.toLowerCase()).find((one) => one !== undefined);
    if (id === undefined || ended.has(id) || isListed(id)) continue;
    const on = dayOf(row.at, context.profile.timezone);
    if (on < since) continue;
    used.set(id, { id, on, evidence: events.cite(row, `${id} acted on ${dayWords(on)}`) });
  }
  return [...used.values()];
}
// Guide: G1.1-10 G5.2-00
