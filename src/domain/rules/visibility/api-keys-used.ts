import { addDays } from '../../model/day.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';
import { detailText } from '../connectors/events.ts';
import { endedKeys } from './api-key-makers.ts';

/** Fields in which an event names the key that acted. */
const USED = ['actor.api_key_id', 'actor.admin_api_key_id'];
/** A key that acted within this many days before the list was made should be in it. */
const LOOKBACK_DAYS = 31;

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

/** What an event says that it changed of a key; null: it does not say, or says it in words that are not known. */
function changesOf({ detail }: ActivityRow): readonly KeyChange[] | null {
  const { updates } = detail;
  if (!Array.isArray(updates) || updates.length === 0) return null;
  const changes = updates.map(changeOf);
  return changes.every((one) => one !== null) ? changes : null;
}

interface KeyChange {
  /** Scopes that the key had not before; of a change of something else none. */
  readonly added: readonly string[];
}

/** Fields of a key that say nothing of what it may do. */
const HARMLESS =
  /^(?:api_?key_?)?(?:name|description|label|expires_?at|expiration|status|is_?active|active)$/i;

function changeOf(update: unknown): KeyChange | null {
  if (typeof update !== 'object' || update === null) return null;
  const { type, field, previous_value: before, current_value: now } = update as Record<string, unknown>;
  const what = typeof type === 'string' ? type : typeof field === 'string' ? field : '';
  if (HARMLESS.test(what)) return { added: [] };
  if (!/scope/i.test(what) || !isTexts(now) || !isTexts(before)) return null;
  return { added: now.filter((scope) => !before.includes(scope)) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/**
 * Approved keys that an event shows to be given more scopes than they had when the charter approved them, or to be changed
 * since the list in a way that it does not say.
 */
export function approvedKeysChanged(
  context: Pick<CheckContext, 'events' | 'profile' | 'charterSince'>,
  day: string,
  isApproved: (id: string) => boolean,
): readonly (UsedKey & { readonly added: readonly string[] | null })[] {
  const events = context.events();
  if (!events.ok) return [];
  const ended = endedKeys(events.rows);
  const since = context.charterSince('approvedApiKeys');
  return events.rows.flatMap((row) => {
    const field = ownValue(CHANGED, row.type);
    const id = field === undefined ? undefined : detailText(row, field)?.toLowerCase();
    if (id === undefined || ended.has(id) || !isApproved(id)) return [];
    const on = dayOf(row.at, context.profile.timezone);
    if (since !== undefined && on < since) return [];
    const changes = changesOf(row);
    const added = changes?.flatMap((one) => one.added) ?? null;
    // What an event does not say, a list of a later day shows.
    if (added === null ? on < day : added.length === 0) return [];
    const words = added === null ? `${id} changed` : `${id} given ${names(added)}`;
    return [{ id, on, added, evidence: events.cite(row, `${words} on ${dayWords(on)}`) }];
  });
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
  const since = addDays(day, -LOOKBACK_DAYS);
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
