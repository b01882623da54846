import type { Selectable } from 'kysely';
import type { Activity, StoredActivity } from '#domain/activity/activity.ts';
import type { ActivityRest, ActivityTables } from '../schema/activity.ts';

/** What of an activity has no column of its own. */
export function restOf(activity: Activity): ActivityRest {
  const { claimedAt, actor, organisation, session, prompt, ip, userAgent, connectorName, amounts, detail } =
    activity;
  return {
    claimedAt,
    actor,
    organisation,
    session,
    prompt,
    ip,
    userAgent,
    connectorName,
    amounts,
    detail,
  };
}

/** An activity of its row. */
export function activityOf(row: Selectable<ActivityTables['activities']>): StoredActivity {
  const { client_id: _client, received_at, at, rest, ...columns } = row;
  return {
    ...(columns as Pick<Activity, 'source' | 'surface' | 'category' | 'effect' | 'outcome'> & typeof columns),
    ...rest,
    at: at.toISOString(),
    receivedAt: received_at.toISOString(),
  };
}
