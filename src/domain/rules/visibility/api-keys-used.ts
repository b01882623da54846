import { addDays } from '../../model/day.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords, names } from '../../text/words.ts';
import { detailText } from '../connectors/events.ts';
import { endDays, endedKeys } from './api-key-makers.ts';

/** Fields in which an event identifies the key that acted. */
const USED = ['actor.api_key_id', 'actor.admin_api_key_id'];
/** A key that acted within this many days before the list was made should be in it. */
const LOOKBACK_DAYS = 31;

export interface UsedKey {
  readonly id: string;
  /** The last day on which it acted. */
  readonly on: string;
  readonly evidence: Evidence;
}

/** Events that change a key, with the field that identifies it. */
const CHANGED: Readonly<Record<string, string>> = {
  admin_api_key_updated: 'admin_api_key_id',
  platform_api_key_updated: 'api_key_id',
  scoped_api_key_updated: 'api_key_id',
};

/** Keys that were changed on or after the day of the list, not deleted since, and not settled. */
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

/** The changes to a key that an event states; null: it states none, or in unknown terms. */
function changesOf({ detail }: ActivityRow): readonly KeyChange[] | null {
  const { updates } = detail;
  if (!Array.isArray(updates) || updates.length === 0) return null;
  const changes = updates.map(changeOf);
  return changes.every((one) => one !== null) ? changes : null;
}

interface KeyChange {
  /** Scopes that the key did not have before; empty for other changes. */
  readonly added: readonly string[];
}

/** Fields of a key that do not affect what it may do. */
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
 * Approved keys that, according to events, got more scopes than they had when the charter approved them, or were
 * changed since the list in a way that is not stated.
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
    // If an event does not state the change, a list from a later day shows the result.
    if (added === null ? on < day : added.length === 0) return [];
    const words = added === null ? `${id} changed` : `${id} given ${names(added)}`;
    return [{ id, on, added, evidence: events.cite(row, `${words} on ${dayWords(on)}`) }];
  });
}

/** Keys that acted according to events, were not deleted by then, and are not listed. */
export function keysUsed(
  context: CheckContext,
  day: string,
  isListed: (id: string) => boolean,
): readonly UsedKey[] {
  const events = context.events();
  if (!events.ok) return [];
  const zone = context.profile.timezone;
  const ended = endDays(events.rows, zone);
  const since = addDays(day, -LOOKBACK_DAYS);
  const used = new Map<string, UsedKey>();
  for (const row of events.rows) {
    const id = USED.map((field) => detailText(row, field)?.toLowerCase()).find((one) => one !== undefined);
    if (id === undefined || isListed(id)) continue;
    const on = dayOf(row.at, zone);
    // A key that acts on a later day was not deleted, whatever the log says.
    if (on < since || on <= (ended.get(id) ?? '')) continue;
    used.set(id, { id, on, evidence: events.cite(row, `${id} acted on ${dayWords(on)}`) });
  }
  return [...used.values()];
}
// Guide: G1.1-10 G5.2-00
