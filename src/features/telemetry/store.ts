import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import { errorCode, StoreProblem } from '#store/engine/problems.ts';
import type { Services } from '../context.ts';

/** Limit of attempts to find the activities that the database refuses; then all that are left are refused. */
const MAX_SEARCHES = 200;

/**
 * Adds activities to a client's log and returns how many were refused. If it throws, some may have been stored; after a
 * retry, each event is still counted once.
 */
export async function storeActivities(
  { activityLog, log }: Pick<Services, 'activityLog' | 'log'>,
  clientId: string,
  activities: readonly Activity[],
  texts: readonly ActivityText[],
): Promise<number> {
  let searches = 0;
  let stored = 0;
  /** An error in Bylaw itself. Whether it is thrown depends on whether anything was stored. */
  let own: unknown = null;

  /** Adds what it can, bisecting to isolate what the database refuses. Returns how many were refused. */
  async function add(some: readonly Activity[]): Promise<number> {
    try {
      await activityLog.append(clientId, some, textsOf(some, texts));
      stored += some.length;
      return 0;
    } catch (error) {
      if (!isForGood(error)) throw error;
      searches += 1;
      if (some.length === 1 || searches > MAX_SEARCHES) {
        if (errorCode(error) === null) own = error;
        log.error({ err: error, client: clientId }, 'an event of telemetry could not be stored');
        return some.length;
      }
      const middle = Math.ceil(some.length / 2);
      return (await add(some.slice(0, middle))) + (await add(some.slice(middle)));
    }
  }

  const refused = await add(activities);
  // If nothing at all was stored, the events are probably not the cause.
  if (own !== null && stored === 0) throw own;
  return refused;
}

/** The texts of some activities of a request; there are rarely any. */
function textsOf(some: readonly Activity[], texts: readonly ActivityText[]): readonly ActivityText[] {
  if (texts.length === 0) return texts;
  const mine = new Set(some.map(({ at, id }) => `${at} ${id}`));
  return texts.filter(({ at, id }) => mine.has(`${at} ${id}`));
}

/** Classes of PostgreSQL error codes that refuse the value itself, so that a retry cannot succeed. */
const VALUES = /^(?:22|23|54)/;

/** Whether a retry would fail as well: because of the values, or because of a bug in Bylaw. */
function isForGood(error: unknown): boolean {
  if (error instanceof StoreProblem) return false;
  const code = errorCode(error);
  return code === null || VALUES.test(code);
}
