import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { later } from '../people/testing.ts';
import { sendPolicyReminders } from './reminders.ts';
import { type PolicyOffice, policyOffice } from './testing/office.ts';

/** Tobin and Wren have left according to the roster and hold seats all the same. */
const HERE = ['ana', 'ben', 'kit', 'membership', 'noor'].map((name) => `${name}@alder.example.org`);
const WREN = 'wren@alder.example.org';
const PLAN = { on: true, firstAfter: 2, every: 7, most: 2, daysOff: [] as string[] };

anyEngine('reminders of the policy', (engine) => {
  let office: PolicyOffice;
  beforeAll(async () => {
    office = await policyOffice(engine);
    expect((await office.publish()).status).toBe(201);
  });
  afterAll(() => office.bylaw.close());

  const now = (at: string) => later(office.bylaw, at);
  const look = () => sendPolicyReminders(office.bylaw.services);
  const sentTo = () => {
    const to = office.bylaw.outbox.map((mail) => mail.to).sort();
    office.bylaw.outbox.length = 0;
    return to;
  };
  const plan = async (more: object = {}) => {
    const { version } = (await office.overview()).reminders;
    return office.hr.call('PUT', office.at('/reminder-schedule'), { ...PLAN, version, ...more });
  };
  const deliveries = async (): Promise<Json[]> =>
    (await office.hr.call('GET', office.at('/deliveries'))).body.items;

  test('are off until someone sets them, and go out once on the day that the page names', async () => {
    await look();
    expect(sentTo()).toEqual([]);
    expect((await office.overview()).reminders).toMatchObject({ on: false, next: null, version: 0 });
    expect((await plan({ most: 0 })).status).toBe(400);
    expect((await plan()).body).toMatchObject({ ...PLAN, version: 1, changed: { by: 'Hanna HR' } });
    expect((await plan({ version: 0 })).status).toBe(409);
    // 24 November is a Tuesday, 26 November Thanksgiving: two days after it is no working day.
    expect((await office.overview()).reminders.next).toEqual({ on: '2026-11-27', people: HERE.length });
    for (const at of ['2026-11-26T16:00:00Z', '2026-11-27T04:00:00Z']) {
      await now(at);
      await look();
      expect(sentTo(), at).toEqual([]);
    }
    await now('2026-11-27T16:00:00Z');
    await Promise.all([look(), look()]);
    expect(sentTo()).toEqual(HERE);
    await look();
    expect(sentTo()).toEqual([]);
    const [first, ...others] = await deliveries();
    expect(others).toHaveLength(HERE.length - 1);
    expect(first).toMatchObject({
      label: '1',
      why: 'schedule',
      by: 'Bylaw, automatically',
      state: 'sent',
      failure: null,
    });
    const log = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/audit?action=policy.remind`,
    );
    expect(log.body.items).toMatchObject([{ actor: { name: 'Bylaw, automatically' } }]);
    const { items } = await office.coverage();
    expect(items.find((one: Json) => one.address === HERE[0])).toMatchObject({
      left: false,
      next: '2026-12-04',
      asked: { times: 1 },
    });
    expect(items.find((one: Json) => one.name === 'Wren Castellane')).toMatchObject({
      left: true,
      next: null,
      asked: null,
    });
  });

  test('stop at an acknowledgement or at the allowed maximum, and say which mail failed', async () => {
    const page = await office.openPage();
    await office.sign(page, HERE[0] ?? '', 'Ana Ruiz');
    await plan({ daysOff: ['2026-12-04'] });
    await now('2026-12-04T16:00:00Z');
    await look();
    sentTo();
    await now('2026-12-07T16:00:00Z');
    const { services } = office.bylaw;
    const { mail } = services;
    const broken = {
      ...services,
      mail: {
        ...mail,
        configured: () => mail.configured(),
        send: async () => Promise.reject(new Error('550 No such mailbox')),
      },
    };
    await sendPolicyReminders(broken);
    const failed = await deliveries();
    expect(failed.filter(({ state }) => state === 'failed')).toHaveLength(HERE.length - 1);
    expect((await office.overview()).reminders).toMatchObject({
      failed: HERE.length - 1,
      next: { on: '2026-12-08' },
    });
    expect((await office.coverage()).items[0].asked.failure).toContain('550 No such mailbox');
    // What failed is tried the next working day, and was no mail that counts.
    await now('2026-12-08T16:00:00Z');
    await look();
    expect(sentTo()).toEqual(HERE.slice(1));
    expect((await office.overview()).reminders).toMatchObject({ failed: 0, next: null });
    // By hand, too, nobody who has left is asked, unless someone names them.
    await now('2026-12-09T18:00:00Z');
    const asked = (more: object) => office.hr.call('POST', office.at('/reminders'), more);
    expect((await asked({})).body).toEqual({ sent: HERE.length - 1, failed: 0, waiting: 0 });
    expect(sentTo()).toEqual(HERE.slice(1));
    expect((await asked({ addresses: [WREN] })).body).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(sentTo()).toEqual([WREN]);
    await now('2027-01-12T16:00:00Z');
    await look();
    expect(sentTo()).toEqual([]);
    const csv = (await office.hr.call('GET', office.at('/deliveries/export?format=csv'))).bytes.toString();
    expect(csv).toContain('550 No such mailbox');
  });
});
// Guide: G8-17 GA-14
