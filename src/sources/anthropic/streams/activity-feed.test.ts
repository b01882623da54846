import { expect, it } from 'vitest';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { activityFeed } from './activity-feed.ts';

const event = (minute: number, more: object = {}) => ({
  id: `activity_${minute}`,
  created_at: `2026-11-22T10:${minute}:00Z`,
  actor: { type: 'user_actor', email_address: 'mara@alder.example.org' },
  type: 'claude_chat_created',
  ...more,
});

/** Activities of the feed within an hour, and the period that counts as read. */
async function read(data: readonly object[]) {
  const context = {
    client: { get: async () => ({ data, has_more: false, first_id: 'activity_10', last_id: 'activity_30' }) },
    place: null,
    granted: new Set<string>(),
    catalogue: sharedCatalogue(),
    clock: () => new Date('2026-11-22T12:00:00Z'),
    charter: {},
    content: null,
  };
  const batches = [];
  for await (const batch of activityFeed.read(context)) batches.push(batch);
  return batches;
}

it('calls no time complete if one of its entries could not be kept', async () => {
  const whole = await read([event(10), event(20), event(30)]);
  expect(whole.some(({ complete }) => complete != null)).toBe(true);
  for (const odd of [{ id: null }, { type: '' }, { id: undefined, type: 7 }]) {
    const part = await read([event(10), event(20, odd), event(30)]);
    expect(part.at(-1)?.says).toContain('does not count as read');
    expect(part.filter(({ complete }) => complete != null)).toEqual([]);
    expect(part.at(-1)?.activities).toHaveLength(2);
  }
});
