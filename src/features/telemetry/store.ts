import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import { errorCode, StoreProblem } from '#store/engine/problems.ts';
import type { Services } from '../context.ts';

/** Tries to find out which activities the database refuses. After them the rest is refused. */
const MAX_SEARCHES = 200;

/**
 * Adds activities to a client's log, and gives how many of them the log refused. Where it throws, some may be in the
 * log: sent again, each event still counts once.
 */
export async function storeActivities(
  { activityLog, log }: Pick<Services, 'activityLog' | 'log'>,
  clientId: string,
  activities: readonly Activity[],
  texts: readonly ActivityText[],
): Promise<number> {
  let searches = 0;
  let stored = 0;
  /** A mistake of this program's own, on which it depends whether anything else was taken. */
  let own: unknown = null;

  /** Adds what can be; what is refused is halved until what is wrong stands alone. Gives how many were refused. */
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
  // Where nothing at all was taken it is hardly the events.
  if (own !== null && stored === 0) throw own;
  return refused;
}

/** The texts of some activities of a request; nearly always there are none. */
function textsOf(some: readonly Activity[], texts: readonly ActivityText[]): readonly ActivityText[] {
  if (texts.length === 0) return texts;
  const mine = new Set(some.map(({ at, id }) => `${at} ${id}`));
  return texts.filter(({ at, id }) => mine.has(`${at} ${id}`));
}

/** Classes of errors of PostgreSQL with which it refuses a value, however often it comes. */
const VALUES = /^(?:22|23|54)/;

/** Whether the same activities would be refused again: their values, or a mistake of this program over them. */
function isForGood(error: unknown): boolean {
  if (error instanceof StoreProblem) return false;
  const code = errorCode(error);
  return code === null || VALUES.test(code);
}
