import { isWithin } from '#store/clock.ts';
import { LAST_USE_INTERVAL_MS } from '#store/identity/sessions.ts';
import { findDigest } from '#store/reminders/digests.ts';
import { type FeedRow, feedOf, markFeedRead } from '#store/reminders/feeds.ts';
import type { Services } from '../context.ts';
import { type BehindSecret, behindSecret } from '../shared/behind-secret.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { dueFor, viewerNow } from './due.ts';

export type FeedAnswer =
  | { readonly kind: 'calendar'; readonly calendar: Calendar }
  | Exclude<BehindSecret<object>, { readonly kind: 'found' }>;

/**
 * The calendar at a secret address: what its owner may see now, whatever they could see when the address was created.
 * If they can no longer sign in, the answer is the same as for an address that never existed.
 */
export async function readFeed(services: Services, secret: string, ip: string): Promise<FeedAnswer> {
  const behind = await behindSecret(services, { secret, ip }, async (tx, { hash }) => {
    const feed = await feedOf(tx, hash);
    const viewer = feed === null ? null : await viewerNow(tx, feed.user_id);
    if (feed === null || viewer === null) return null;
    return { feed, viewer, ownOnly: (await findDigest(tx, feed.user_id))?.own_only ?? true };
  });
  if (behind.kind !== 'found') return behind;
  const { found, now } = behind;
  const { feed, viewer, ownOnly } = found;
  const due = await dueFor(services, viewer, { ownOnly });
  const { origin } = services.config;
  const calendar = await calendarOf({ due, userId: viewer.id, origin, now });
  await recordRead(services, feed, now);
  return { kind: 'calendar', calendar };
}

/** Records the last read at most once a minute. If that fails, the calendar is answered anyway. */
async function recordRead({ store, log }: Services, feed: FeedRow, now: Date): Promise<void> {
  if (feed.last_read_at !== null && isWithin(feed.last_read_at, now, LAST_USE_INTERVAL_MS)) return;
  try {
    await store.write('system', (tx) => markFeedRead(tx, feed.user_id, now));
  } catch (error) {
    log.warn({ err: error, user: feed.user_id }, 'the last reading of a calendar could not be noted');
  }
}
