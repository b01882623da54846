import { z } from 'zod';
import type { SourceStream, StreamContext } from '../../source.ts';
import { activityReader } from '../activity.ts';
import type { AnthropicClient } from '../client.ts';
import { FEED_BEGIN, type FeedPlace, readFeed } from '../feed.ts';

const text = z.string().nullable();
const placeSchema: z.ZodType<FeedPlace> = z.object({
  newest: text,
  begun: text,
  completeTo: text,
  sweep: z.object({ from: text, to: z.string(), after: text, reached: text }).nullable(),
  longSweepAt: text,
  recording: z.object({ on: z.boolean(), at: z.string() }).nullable(),
});

/** Reads the feed from a position and yields each page with the following position. */
async function* read({ client, place, catalogue, clock }: StreamContext<AnthropicClient>) {
  const begin = placeSchema.safeParse(place).data ?? FEED_BEGIN;
  const toActivity = activityReader(catalogue);
  let unusable = 0;
  for await (const step of readFeed(client, begin, clock)) {
    const receivedAt = clock();
    const activities = step.items.flatMap((item) => toActivity(item, receivedAt) ?? []);
    const dropped = step.items.length - activities.length;
    unusable += dropped;
    yield {
      activities,
      place: step.place,
      // Without an entry, its period is not complete.
      complete: dropped > 0 ? null : step.complete,
      unrecorded: step.unrecorded,
      recording: step.place.recording,
      ...(unusable > 0
        ? {
            says: `${unusable} entries of the feed have no id or type and could not be kept, so their time does not count as read.`,
          }
        : {}),
    };
  }
}

const common = {
  title: 'Activity feed',
  scopes: ['read:compliance_activities'],
  everyMinutes: 1,
  everyTenant: true,
  read,
};

/** Who did what in a Claude Enterprise organization and those linked to it. */
export const activityFeed: SourceStream<AnthropicClient> = {
  ...common,
  id: 'feed',
  kinds: ['activities'],
  keyKinds: ['access'],
  ledger: 'compliance_feed',
};

/** The same for a Console organization, with its admin key. */
export const consoleFeed: SourceStream<AnthropicClient> = {
  ...common,
  id: 'console_feed',
  title: 'Activity feed of the Console organization',
  keyKinds: ['admin'],
  ledger: 'console_feed',
};
