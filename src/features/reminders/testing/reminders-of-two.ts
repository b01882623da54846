import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { TestEngine } from '#store/testing.ts';
import { runJobs } from '../../retention/testing.ts';

/** Tuesday, 10:00 in New York, where the clients are. */
export const NOW = new Date('2026-11-24T15:00:00Z');
export const TOMORROW = new Date('2026-11-25T15:00:00Z');
/** Contained in every title and reason of what is due: no message may contain it unless the client allows it. */
export const CONTENT = 'Greta keeps a personal account';
/** A console with work due at two clients, and the person it is assigned to. */
export function remindersOfTwo(engine: TestEngine) {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string; name: string };
  let harrow: { id: string; slug: string; name: string };
  let tess: TestPerson;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open(), now: NOW });
    alder = await bylaw.client('Alder Society');
    harrow = await bylaw.client('Harrow Guild');
    tess = await bylaw.person('technician', null, 'Tess Tamarin');
    await due(alder.slug, 'deploy', '2026-11-02');
    await due(alder.slug, 'later', '2026-12-01');
    await due(harrow.slug, 'deploy', '2026-11-30');
    // The mails about what was assigned are sent in the background; they must not arrive during a test.
    const announced = async () =>
      (await audit('reminders.assigned')).reduce((sum, { after }) => sum + after.assigned, 0);
    await vi.waitFor(async () => expect(await announced()).toBe(3), 60_000);
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    vi.restoreAllMocks();
    await at(NOW);
    bylaw.outbox.length = 0;
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('reminder_digests').set({ rhythm: 'never' }).execute(),
    );
  });

  /** Moves the clock; sessions stay valid. */
  async function at(now: Date): Promise<void> {
    bylaw.setNow(now);
    const expires_at = new Date(now.getTime() + 3_600_000);
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('sessions').set({ last_seen_at: now, expires_at }).execute(),
    );
  }

  /** Recurring tasks of the catalogue, by their names in the tests. */
  const TASKS = { deploy: 'monthly_look', later: 'connector_list' } as const;
  async function due(
    slug: string,
    task: keyof typeof TASKS,
    day: string | null,
    owner: string | null = tess.email,
  ): Promise<void> {
    const path = `/clients/${slug}/work`;
    const { recurring } = (await bylaw.owner.call('GET', path)).body;
    const { version } = recurring.find((one: Json) => one.id === TASKS[task]);
    const answer = await bylaw.owner.call('PUT', `${path}/recurring/${TASKS[task]}`, {
      version,
      active: true,
      months: null,
      reason: null,
      owner,
      due: day,
    });
    expect(answer.status).toBe(200);
  }

  const mine = async (by: TestPerson): Promise<Json> => (await by.call('GET', '/me/reminders')).body;
  const set = (by: TestPerson, body: object) => by.call('PUT', '/me/reminders', body);
  const digests = () => runJobs(bylaw, /remind people of due work/);
  const audit = async (action: string): Promise<Json[]> => {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx
        .selectFrom('audit_log')
        .select(['body', 'client_id'])
        .where('action', '=', action)
        .orderBy('seq')
        .execute(),
    );
    return rows.map(({ body, client_id }) => ({ ...JSON.parse(body), chain: client_id }));
  };
  return {
    at,
    TASKS,
    due,
    mine,
    set,
    digests,
    audit,
    get bylaw() {
      return bylaw;
    },
    get alder() {
      return alder;
    },
    get harrow() {
      return harrow;
    },
    get tess() {
      return tess;
    },
  };
}
