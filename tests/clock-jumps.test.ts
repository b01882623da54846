import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateOf } from '../src/features/activity/text/openings.ts';
import { failAbandonedImports } from '../src/features/imports/sweep.ts';
import { outcomeOf } from '../src/features/personal-accounts/messages/sending-rules.ts';
import { PASSWORD, visitor } from '../src/features/sign-in/testing/visitor.ts';
import { TEST_NOW, type TestConsole, testConsole } from '../src/server/testing/console.ts';
import { isWithin } from '../src/store/clock.ts';
import { addChallenge, takeChallenge } from '../src/store/identity/challenges.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let bylaw: TestConsole;
const { dana, signIn } = visitor(() => bylaw);
beforeEach(async () => {
  bylaw = await testConsole({ provesAgain: false });
});
afterEach(() => bylaw.close());
const jump = (ms: number) => bylaw.setNow(new Date(bylaw.services.clock().getTime() + ms));

/**
 * The server's clock is set back by a day, or was a day ahead and is corrected. To data stored before, both are the
 * same.
 */
describe('after the clock was set back by a day', () => {
  it('wrong guesses from before make nobody wait for a day, and wrong ones from now on still do', async () => {
    const { email } = await dana();
    const guess = async (times: number) => {
      let last = 0;
      for (let n = 0; n < times; n += 1) last = (await signIn(email, `wrong ${n}`)).status;
      return last;
    };
    expect(await guess(12)).toBe(429);
    jump(-DAY);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    expect(await guess(12)).toBe(429);
  });

  it('a proof of who someone is does not count for a day more', async () => {
    const make = () =>
      bylaw.owner.call('POST', '/me/tokens', { name: `t ${randomUUID()}`, purpose: 'mcp', forClient: null });
    expect((await make()).status).toBeLessThan(300);
    jump(-DAY);
    expect([(await make()).status, (await make()).body.code]).toEqual([403, 'PROOF_REQUIRED']);
  });

  it('the use of a session is noted again, so that it ends twelve hours after it', async () => {
    jump(-DAY);
    expect((await bylaw.owner.call('GET', '/me')).status).toBe(200);
    const seen = await bylaw.services.store.read('system', (tx) =>
      tx
        .selectFrom('sessions')
        .select('last_seen_at')
        .where('user_id', '=', bylaw.owner.id)
        .executeTakeFirstOrThrow(),
    );
    expect(new Date(seen.last_seen_at)).toEqual(bylaw.services.clock());
    jump(13 * 60 * MINUTE);
    expect((await bylaw.owner.call('GET', '/me')).status).toBe(401);
  });

  it('a link or a question that counts for minutes does not count for a day', async () => {
    const { store } = bylaw.services;
    const secret = randomUUID();
    const take = (now: Date) => store.write('system', (tx) => takeChallenge(tx, 'reset', secret, now));
    await store.write('system', (tx) =>
      addChallenge(tx, { kind: 'reset', secret, data: { a: 1 }, now: TEST_NOW, minutes: 10 }),
    );
    expect(await take(new Date(TEST_NOW.getTime() - DAY))).toBeNull();
    // The clocks of two servers on one database always differ slightly.
    expect(await take(new Date(TEST_NOW.getTime() - MINUTE))).toEqual({ a: 1 });
  });

  it('an import whose process is gone does not stay "reading"', async () => {
    const client = await bylaw.client();
    const { body } = await bylaw.owner.call('POST', `/clients/${client.slug}/imports`, {});
    const lease = (until: Date) =>
      bylaw.services.store.write('system', (tx) =>
        tx
          .updateTable('imports')
          .set({ state: 'reading', reader: 'gone', reader_until: until })
          .where('id', '=', body.id)
          .execute(),
      );
    // Leases use the database's clock, which is this machine's.
    await lease(new Date(Date.now() + 30_000));
    expect(await failAbandonedImports(bylaw.services)).toBe(0);
    await lease(new Date(Date.now() + DAY));
    expect(await failAbandonedImports(bylaw.services)).toBe(1);
  });

  it('what was begun ahead of now counts as nobody knows when, not as just now', () => {
    const ahead = new Date(TEST_NOW.getTime() + DAY);
    expect(isWithin(TEST_NOW, TEST_NOW, MINUTE)).toBe(true);
    expect(isWithin(new Date(TEST_NOW.getTime() + MINUTE), TEST_NOW, MINUTE)).toBe(true);
    expect(isWithin(ahead, TEST_NOW, MINUTE)).toBe(false);
    const message = { state: 'sending', begun_at: ahead } as Parameters<typeof outcomeOf>[0];
    expect(outcomeOf(message, TEST_NOW)).toBe('unknown');
    const agreed = { answers: [{ agree: true }, { agree: true }], asked_at: ahead };
    const opening = agreed as unknown as Parameters<typeof stateOf>[0];
    expect(stateOf(opening, TEST_NOW)).toBe('over');
    expect(stateOf({ ...opening, asked_at: TEST_NOW }, TEST_NOW)).toBe('agreed');
  });

  it('the time that a token was used last is noted', async () => {
    const made = await bylaw.owner.call('POST', '/me/tokens', {
      name: 'mine',
      purpose: 'mcp',
      forClient: null,
    });
    const use = () =>
      bylaw.inject({
        method: 'GET',
        url: '/api/v1/me',
        headers: { authorization: `Bearer ${made.body.secret}` },
      });
    expect((await use()).status).toBe(200);
    jump(-DAY);
    expect((await use()).status).toBe(200);
    const { body } = await bylaw.owner.call('GET', '/me/tokens');
    expect(body.items[0].lastUsedAt).toBe(bylaw.services.clock().toISOString());
  });
});

describe('after the clock was set forward by a day', () => {
  it('people sign in again, and guesses from before count for nothing', async () => {
    const { email } = await dana();
    for (let n = 0; n < 12; n += 1) await signIn(email, `wrong ${n}`);
    jump(DAY);
    expect((await bylaw.owner.call('GET', '/me')).status).toBe(401);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });
});

describe('what was made to open for some days while the clock was ahead', () => {
  const make = async () => {
    const owner = await bylaw.person('owner', null);
    const client = await bylaw.client(`Client ${randomUUID()}`);
    const made = async (path: string, body: object) => (await owner.call('POST', path, body)).body;
    const { secret } = await made('/me/tokens', { name: 'mine', purpose: 'mcp', forClient: null });
    const email = `${randomUUID()}@guests.example`;
    await made('/invitations', { email, name: 'G', grants: [{ role: 'auditor', forClient: client.slug }] });
    const report = await made(`/clients/${client.slug}/reports`, { title: 'Board' });
    const links = [
      `/clients/${client.slug}/reports/${report.id}/links`,
      `/clients/${client.slug}/imports/links`,
    ];
    const addresses: string[] = [];
    for (const path of links) addresses.push(new URL((await made(path, { label: 'X' })).address).pathname);
    const invited = bylaw.mailedLink(email).split('/').at(-1);
    return { secret, invited, addresses, links };
  };

  const opened = async ({ secret, invited, addresses }: Awaited<ReturnType<typeof make>>) => [
    (await bylaw.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization: `Bearer ${secret}` } }))
      .status,
    (await bylaw.nobody.call('POST', '/invitations/preview', { token: invited })).status,
    ...(await Promise.all(addresses.map((url) => bylaw.inject({ method: 'GET', url })))).map(
      ({ status }) => status,
    ),
  ];

  it('has ended, and is listed so, after a year that is put right', async () => {
    const owner = await bylaw.person('owner', null);
    jump(365 * DAY);
    const made = await make();
    expect(await opened(made)).toEqual([200, 201, 200, 200]);
    jump(-365 * DAY);
    expect(await opened(made)).toEqual([401, 404, 404, 404]);
    const states = await Promise.all(
      ['/tokens', '/invitations', ...made.links].map(
        async (path) => (await owner.call('GET', path)).body.items,
      ),
    );
    expect(states.map(([{ state }]) => state)).toEqual(['expired', 'expired', 'ended', 'ended']);
  });

  it('goes on after a day that is put right', async () => {
    jump(DAY);
    const made = await make();
    jump(-DAY);
    expect(await opened(made)).toEqual([200, 201, 200, 200]);
  });
});
