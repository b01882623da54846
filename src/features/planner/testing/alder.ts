import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

export const DEFENDER = 'add_on:defender_suite_business_premium';
export const PURVIEW = 'add_on:purview_suite_business_premium';

/** A console for a test file, with a new client for each test, a technician who plans and an auditor who only reads. */
export function plannerOfAlder() {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let technician: TestPerson;
  let auditor: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  beforeEach(async () => {
    client = await bylaw.client('Alder Society', {
      claudeSeats: 70,
      staffCount: 61,
      swg: 'none',
      siem: 'none',
    });
    technician = await bylaw.person('technician', client.id, 'Dana Whitlock');
    auditor = await bylaw.person('auditor', client.id, 'Ana Auditor');
  });
  afterAll(() => bylaw.close());

  const path = (rest = '') => `/clients/${client.slug}/planner${rest}`;
  const get = async (rest = '', who: TestPerson = auditor) => {
    const answer = await who.call('GET', path(rest));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const quote = (purchase: string, more: object, who = technician) =>
    who.call('PUT', path(`/quotes/${encodeURIComponent(purchase)}`), more);
  const compare = (sets: string, goal?: string) =>
    get(`/compare?sets=${encodeURIComponent(sets)}${goal === undefined ? '' : `&goal=${goal}`}`);
  async function records(): Promise<{ action: string; before: unknown; after: unknown; reason: unknown }[]> {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return rows.map(({ body }) => JSON.parse(body));
  }
  return {
    get bylaw() {
      return bylaw;
    },
    get client() {
      return client;
    },
    /** Replaces the client for the rest of a test. */
    set client(other) {
      client = other;
    },
    get technician() {
      return technician;
    },
    get auditor() {
      return auditor;
    },
    path,
    /** The planner's answer, to the auditor unless another person is given. */
    get,
    /** Stores a quote. */
    quote,
    compare,
    /** The client's audit log, in order. */
    records,
  };
}
