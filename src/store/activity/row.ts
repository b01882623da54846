import type { Selectable } from 'kysely';
import {
  type Activity,
  type ActivityActor,
  NO_AMOUNTS,
  type StoredActivity,
} from '#domain/activity/activity.ts';
import type { ActivityRest, ActivityTables } from '../schema/activity.ts';

const NOBODY: ActivityActor = { type: null, id: null, email: null, name: null };

/** What of an activity has no column of its own. What is null is left out: most of it is, and each byte is written twice. */
export function restOf(activity: Activity): ActivityRest {
  const { claimedAt, actor, organisation, session, prompt, ip, userAgent, connectorName, amounts, detail } =
    activity;
  return {
    ...(claimedAt === null ? {} : { claimedAt }),
    actor: stated(actor),
    ...(organisation === null ? {} : { organisation }),
    ...(session === null ? {} : { session }),
    ...(prompt === null ? {} : { prompt }),
    ...(ip === null ? {} : { ip }),
    ...(userAgent === null ? {} : { userAgent }),
    ...(connectorName === null ? {} : { connectorName }),
    amounts: stated(amounts),
    detail,
  };
}

function stated<T extends object>(whole: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const key in whole) {
    const value = whole[key];
    if (value !== null && value !== undefined) kept[key] = value;
  }
  return kept;
}

/** An activity of its row. */
export function activityOf(row: Selectable<ActivityTables['activities']>): StoredActivity {
  const { client_id: _client, received_at, at, rest, ...columns } = row;
  return {
    ...(columns as Pick<Activity, 'source' | 'surface' | 'category' | 'effect' | 'outcome'> & typeof columns),
    claimedAt: rest.claimedAt ?? null,
    actor: { ...NOBODY, ...rest.actor },
    organisation: rest.organisation ?? null,
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
