import type { Selectable } from 'kysely';
import {
  type Activity,
  type ActivityActor,
  NO_AMOUNTS,
  type StoredActivity,
} from '#domain/activity/activity.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { ActivityRest, ActivityTables } from '../schema/activity.ts';

const NOBODY: ActivityActor = { type: null, id: null, email: null, name: null };

/**
 * Parts of an activity without a column of their own. Nulls, the majority, are omitted, because each byte is written
 * twice.
 */
export function restOf(activity: Activity): ActivityRest {
  const { claimedAt, actor, organization, session, prompt, ip, userAgent, connectorName, amounts, detail } =
    activity;
  const who: { -readonly [K in keyof ActivityRest['actor']]: ActivityRest['actor'][K] } = stated(actor);
  if (actor.email !== null && actor.email === activity.person) who.email = true;
  // Assigned one by one: this runs for every event, and spreading optional parts would allocate an object for each.
  const rest: { -readonly [K in keyof ActivityRest]: ActivityRest[K] } = {
    actor: who,
    amounts: stated(amounts),
    detail,
  };
  if (claimedAt !== null) rest.claimedAt = claimedAt;
  if (organization !== null) rest.organization = organization;
  if (session !== null) rest.session = session;
  if (prompt !== null) rest.prompt = prompt;
  if (ip !== null) rest.ip = ip;
  if (userAgent !== null) rest.userAgent = userAgent;
  if (connectorName !== null) rest.connectorName = connectorName;
  return rest;
}

function stated<T extends object>(whole: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const key in whole) {
    const value = whole[key];
    if (value !== null && value !== undefined) kept[key] = value;
  }
  return kept;
}

/** Spellings from before November 2026, since rows of the log are never changed. */
const FORMER_TYPES: Readonly<Record<string, string>> = { other_organisation: 'other_organization' };

/** Converts a row to an activity. */
export function activityOf(row: Selectable<ActivityTables['activities']>): StoredActivity {
  const { client_id: _client, received_at, at, rest, type, ...columns } = row;
  const { email } = rest.actor;
  return {
    ...(columns as Pick<Activity, 'source' | 'surface' | 'category' | 'effect' | 'outcome'> & typeof columns),
    type: ownValue(FORMER_TYPES, type) ?? type,
    claimedAt: rest.claimedAt ?? null,
    actor: { ...NOBODY, ...rest.actor, email: email === true ? row.person : (email ?? null) },
    organization: rest.organization ?? rest.organisation ?? null,
    session: rest.session ?? null,
    prompt: rest.prompt ?? null,
    ip: rest.ip ?? null,
    userAgent: rest.userAgent ?? null,
    connectorName: rest.connectorName ?? null,
    amounts: { ...NO_AMOUNTS, ...rest.amounts },
    detail: rest.detail,
    at: at.toISOString(),
    receivedAt: received_at.toISOString(),
  };
}
