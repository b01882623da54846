import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string };
beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client();
});
afterAll(() => bylaw.close());

const KIM = 'kim@alder.example.org';
const asked = { person: KIM, from: '2026-11-01', to: '2026-11-24', reason: 'Counsel asks when they began.' };

it('lists the conversations of a person only with a reason, on record each time', async () => {
  await bylaw.services.activityLog.append(client.id, [
    anActivity({ id: 'k1', person: KIM, session: 's1', at: '2026-11-20T10:00:00.000Z' }),
    anActivity({ id: 'k2', person: 'ana@alder.example.org', session: 's2', at: '2026-11-20T10:00:00.000Z' }),
  ]);
  const path = `/clients/${client.slug}/conversations`;
  const ina = await bylaw.person('investigator', client.id, 'Ina Investigator');
  const records = async () =>
    (await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=conversations.look`)).body.items;
  for (const reason of [undefined, ' '])
    expect((await ina.call('POST', path, { ...asked, reason })).status).toBe(400);
  expect((await ina.call('GET', `${path}?person=${KIM}&from=2026-11-01&to=2026-11-24`)).status).toBe(405);
  expect(await records()).toEqual([]);

  const found = await ina.call('POST', path, asked);
  expect(found).toMatchObject({
    status: 201,
    body: { items: [{ id: 's1', from: ['log'] }], total: 1, asked: 'not_connected', logWhole: true },
  });
  // Nothing of it is kept for a call that comes twice: the second is a look of its own.
  expect((await ina.call('POST', path, { ...asked, to: '2026-11-02' })).body.total).toBe(0);
  expect(await records()).toMatchObject([
    { actor: { name: 'Ina Investigator' }, reason: asked.reason },
    { actor: { name: 'Ina Investigator' }, reason: asked.reason, subject: { kind: 'person', name: KIM } },
  ]);
  const [, { seq }] = await records();
  const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit/records/${seq}`);
  expect(JSON.parse(body.body).after).toEqual({
    from: asked.from,
    to: asked.to,
    conversations: 1,
    asked: 'not_connected',
  });
});

it('is closed to anyone who may not see people, and shows nothing of another client', async () => {
  const elsewhere = await bylaw.client('Harrow Guild');
  const other = await bylaw.person('investigator', elsewhere.id);
  expect((await other.call('POST', `/clients/${client.slug}/conversations`, asked)).status).toBe(404);
  const blind = await bylaw.person('investigator', client.id, 'Bo Blind');
  const denied = await bylaw.owner.call('POST', `/users/${blind.id}/grants`, {
    effect: 'deny',
    permission: 'people.read',
    forClient: client.slug,
  });
  expect(denied.status).toBe(201);
  expect((await blind.call('POST', `/clients/${client.slug}/conversations`, asked)).status).toBe(403);
  const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=conversations.look`);
  expect(body.items.map((one: { actor: { name: string } }) => one.actor.name)).not.toContain('Bo Blind');
});
// Guide: G5.2-03
