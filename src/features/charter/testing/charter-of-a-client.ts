import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { TestEngine } from '#store/testing.ts';
import { later } from '../../people/testing.ts';

/** A console for a test file, with a new client for each test and people who may draft and approve. */
export function charterOfAClient(engine: TestEngine) {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let technician: TestPerson;
  let admin: TestPerson;
  let second: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client();
    technician = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    second = await bylaw.person('client_admin', client.id, 'Berta Board');
  });
  afterAll(() => bylaw.close());

  const path = (rest = '') => `/clients/${client.slug}/charter${rest}`;
  const draftPath = (id: string, rest = '') => path(`/drafts/${id}${rest}`);
  const CELLS = [
    { connector: 'SharePoint', action: 'Delete item', permission: 'blocked' },
    {
      connector: 'SharePoint',
      action: 'Search content',
      permission: 'allow',
      justification: 'Public drawings',
    },
  ];

  async function begin(cells: readonly object[] = CELLS, who = technician) {
    const { status, body } = await who.call('POST', path('/cells'), {
      title: 'First charter',
      reason: 'We begin',
      cells,
    });
    expect([status, body.message]).toEqual([201, undefined]);
    return body as { draft: string; version: number };
  }
  async function show(id: string, who = admin) {
    const { status, body } = await who.call('GET', draftPath(id));
    expect(status).toBe(200);
    return body;
  }
  async function propose(id: string, who = technician) {
    const { version } = await show(id, who);
    const answer = await who.call('POST', draftPath(id, '/propose'), { version });
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  }
  async function approve(id: string, who = admin, note?: string) {
    const { version } = await show(id, who);
    return who.call('POST', draftPath(id, '/approve'), { version, ...(note === undefined ? {} : { note }) });
  }
  async function inForce(cells: readonly object[] = CELLS) {
    const { draft } = await begin(cells);
    await propose(draft);
    const answer = await approve(draft);
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  }
  async function verdictOf(control: string) {
    await bylaw.services.verdicts.ensureCurrent([client.id]);
    return bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('verdicts')
        .select(['state', 'reason'])
        .where('client_id', '=', client.id)
        .where('control_id', '=', control)
        .where('until', 'is', null)
        .executeTakeFirstOrThrow(),
    );
  }
  async function records() {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return rows.map(({ body }) => JSON.parse(body));
  }
  return {
    path,
    draftPath,
    CELLS,
    begin,
    show,
    propose,
    approve,
    inForce,
    verdictOf,
    records,
    pick: ({ draft, version }: { draft: string; version: number }) => ({ draft, version }),
    get bylaw() {
      return bylaw;
    },
    get client() {
      return client;
    },
    get technician() {
      return technician;
    },
    get admin() {
      return admin;
    },
    get second() {
      return second;
    },
  };
}
