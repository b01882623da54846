import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { ORGANIZATION } from '../../../../sandbox/anthropic/samples.ts';
import { ACCESS_KEY, type Simulator, startAnthropic } from '../../../../sandbox/anthropic/simulator.ts';

/** Reads only the feed, which is faster if nothing else is needed. */
export const FEED_KEY = 'sk-ant-api01-feed-0002';
export const FEED_ONLY = { kind: 'access', scopes: ['read:compliance_activities'] } as const;

/** An activity as in the feed. */
export const event = (id: string, created: string, more: object = {}) => ({
  id,
  created_at: created,
  organization_id: null,
  organization_uuid: ORGANIZATION,
  actor: { type: 'user_actor', email_address: 'Mara@alder.example.org', user_id: 'user_01mara' },
  type: 'claude_chat_created',
  ...more,
});

/** What the page shows of a stream of any connection. */
export const streamOf = (
  answer: { body: { connections: { streams: { stream: string }[] }[] } },
  id: string,
) =>
  answer.body.connections.flatMap(({ streams }) => streams).find(({ stream }) => stream === id) as never as {
    state: string;
    says: string | null;
    readAt: string | null;
    complete: { from: string; to: string } | null;
  };

/** A console and a vendor for a test file, and for each test its own client, an hour after the last one's. */
export function sourcesOfAClient() {
  let bylaw: TestConsole;
  let vendor: Simulator;
  let now = TEST_NOW;
  let client: { id: string; slug: string };
  let count = 0;

  beforeAll(async () => {
    vendor = await startAnthropic({ now: () => now, limit: 100_000 });
    bylaw = await testConsole({ anthropic: vendor.url });
  });
  afterAll(async () => {
    await bylaw.close();
    await vendor.close();
  });
  beforeEach(async () => {
    count += 1;
    setNow(new Date(TEST_NOW.getTime() + count * 3_600_000));
    await bylaw.services.store.write('system', (tx) => tx.deleteFrom('source_connections').execute());
    vendor.keys.set(FEED_KEY, FEED_ONLY);
    vendor.feed.clear();
    vendor.sameForEver = false;
    vendor.organization.recording = true;
    client = await bylaw.client(`Guild ${count}`, { claudePlan: 'enterprise' });
  });

  function setNow(next: Date): void {
    now = next;
    bylaw.setNow(next);
  }

  const logged = () =>
    bylaw.services.store.read([client.id], (tx) => activitiesAfter(tx, client.id, 0, 10_000));
  const call = (method: string, rest = '', body?: unknown) =>
    bylaw.owner.call(method, `/clients/${client.slug}/sources${rest}`, body);
  return {
    get bylaw() {
      return bylaw;
    },
    get vendor() {
      return vendor;
    },
    get client() {
      return client;
    },
    get now() {
      return now;
    },
    /** Calls an operation on the client's sources as the owner. */
    call,
    later: (minutes: number) => setNow(new Date(now.getTime() + minutes * 60_000)),
    ago: (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString(),
    logged,
    fromFeed: async () =>
      (await logged()).filter(({ source }) => source === 'compliance_feed').map(({ id }) => id),
    completeness: async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/completeness?days=1&source=compliance_feed`))
        .body,
    async connect(key = ACCESS_KEY) {
      const answer = await call('POST', '', { key });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body.connections.find(({ hint }: { hint: string }) => hint.endsWith(key.slice(-4)));
    },
  };
}
