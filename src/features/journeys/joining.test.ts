import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { insertPage } from '#store/policy/pages.ts';
import { anyEngine } from '#store/testing.ts';
import { counting } from '../imports/testing/importing.ts';
import { putReading } from '../people/testing.ts';
import { type PolicyOffice, policyOffice } from '../policy/testing/office.ts';

const NIA = 'nia@alder.example.org';

anyEngine('someone who joins', (engine) => {
  let office: PolicyOffice;
  let journey: string;
  beforeAll(async () => {
    office = await policyOffice(engine);
    const { body } = await office.hr.call('POST', at(), {
      kind: 'joining',
      address: NIA,
      name: 'Nia Newcomer',
      day: '2026-12-01',
      owner: null,
    });
    journey = body.id;
  });
  afterAll(() => office.bylaw.close());

  const at = (path = '') => `/clients/${office.client.slug}/journeys${path}`;
  const show = async (): Promise<Json> => (await office.hr.call('GET', at(`/${journey}`))).body;
  const step = async (id: string): Promise<Json> => (await show()).steps.find((one: Json) => one.id === id);
  const mark = async (id: string, body: object) =>
    office.hr.call('POST', at(`/${journey}/steps/${id}/mark`), {
      version: (await step(id)).version,
      on: '2026-11-24',
      ...body,
    });
  const send = () => office.hr.call('POST', at(`/${journey}/policy`), {});

  test('gets the policy by mail once one is in force, and not twice within a day', async () => {
    expect((await send()).body.message).toBe('No version of the policy is in force. Publish one first.');
    expect((await office.publish()).status).toBe(201);
    office.bylaw.outbox.length = 0;
    const sent = await send();
    expect(sent.status, JSON.stringify(sent.body)).toBe(201);
    expect(office.bylaw.outbox.map(({ to }) => to)).toEqual([NIA]);
    expect((await show()).policyMail).toMatchObject({ outcome: 'sent', failure: null });
    expect((await send()).body.message).toBe('Nia Newcomer was asked within the last day.');
    const log = `/clients/${office.client.slug}/audit?action=journeys.send_policy`;
    expect((await office.bylaw.owner.call('GET', log)).body.items).toHaveLength(1);
  });

  test('gets a page of the approved connectors, which changes with the charter, and its delivery is recorded', async () => {
    const { bylaw, hr, client } = office;
    const sendPage = () => hr.call('POST', at(`/${journey}/connectors`), {});
    expect((await sendPage()).body.message).toMatch(/^No charter is in force/u);
    const charter = (permission: string) => ({
      name: 'charter.json',
      bytes: JSON.stringify({
        connectors: [{ name: 'Asana', actions: { 'Get task': 'allow', 'Create task': permission } }],
      }),
    });
    await counting(bylaw, client.id, [charter('ask')]);
    bylaw.outbox.length = 0;
    const { status, body } = await sendPage();
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.connectorMail).toMatchObject({ outcome: 'sent', failure: null, charter: 1, charterNow: 1 });
    const [mail] = bylaw.outbox;
    expect(mail?.to).toBe(NIA);
    const links = [...(mail?.text ?? '').matchAll(/https?:\/\/\S+/gu)].map(([link]) => new URL(link));
    expect(links.map(({ searchParams }) => searchParams.get('lang'))).toEqual(['en', 'es']);
    const page = async (lang: string) =>
      String((await bylaw.inject({ method: 'GET', url: `${links[0]?.pathname}?lang=${lang}` })).body);
    const english = await page('en');
    expect(english).toContain('Claude may: Read tasks. It asks you first for: Create tasks.');
    expect(english).toContain('<summary>How to link Asana</summary><ol><li>In Claude, signed in');
    const spanish = await page('es');
    expect(spanish).toContain('<html lang="es">');
    expect(spanish).toContain('Claude puede: Read tasks. Le pregunta antes de: Create tasks.');
    expect(spanish).toContain('<summary>Cómo conectar Asana</summary>');
    // This client's policy has no Spanish text, and the page says so.
    expect(spanish.split('id="s-never"')[0]).not.toMatch(/No one|approved|Not allowed|Sign in/u);
    await counting(bylaw, client.id, [charter('blocked')]);
    expect(await page('en')).not.toContain('Create tasks');
    expect((await show()).connectorMail).toMatchObject({ charter: 1, charterNow: 2 });
    expect((await sendPage()).body.message).toBe('Nia Newcomer was sent the page within the last day.');
    // A later page that asks for the policy revokes earlier such pages, but not this one.
    await bylaw.services.store.write([client.id], (tx) =>
      insertPage(tx, {
        client_id: client.id,
        id: 'later',
        token_hash: 'later',
        address: NIA,
        made_by: 'hr',
        made_by_name: 'Hr',
        made_at: bylaw.services.clock(),
        revoked_at: null,
      }),
    );
    expect(await page('en')).toContain('Read tasks');
    const log = `/clients/${client.slug}/audit?action=journeys.send_connectors`;
    expect((await bylaw.owner.call('GET', log)).body.items).toHaveLength(1);
  });

  test('is invited only once the policy is acknowledged, or somebody accepted with a reason that it is not', async () => {
    expect((await step('seat_given')).held).toEqual(['The acceptable use policy is acknowledged']);
    const held = await mark('seat_given', {});
    expect([held.status, held.body.message]).toEqual([
      422,
      'It is held until this is shown: The acceptable use policy is acknowledged. Where it cannot be, accept there, with a reason, that it stays undone.',
    ]);
    expect((await mark('policy_acknowledged', {})).status).toBe(201);
    expect((await mark('seat_given', {})).status).toBe(422);
    const reason = { how: 'accepted', note: 'Signed on paper; the list comes next week.' };
    expect((await mark('policy_acknowledged', reason)).status).toBe(201);
    expect((await step('seat_given')).held).toEqual([]);
    expect((await mark('seat_given', {})).status).toBe(201);
  });

  test('who has a personal account at our domain gets a task to move it, which a later report ends', async () => {
    const { store, verdicts } = office.bylaw.services;
    const report = async (rows: readonly object[], day: string) => {
      await putReading(store, office.client.id, 'domain_memberships', rows, day);
      await verdicts.refresh(office.client.id);
      return step('account_moved');
    };
    const account = { email: NIA, plan: 'pro' as const, inWorkspace: false };
    // Everyone with a seat, as in an unfiltered report.
    const others = ['ana', 'ben', 'tobin', 'wren', 'noor', 'membership', 'kit'].map((one) => ({
      email: `${one}@alder.example.org`,
      plan: 'team' as const,
      inWorkspace: true,
    }));
    expect(await report(others, '2026-11-20')).toBeUndefined();
    expect(await report([...others, account], '2026-11-21')).toMatchObject({
      state: 'open',
      due: '2026-12-15',
      code: 'account_elsewhere',
    });
    expect(await report(others.slice(0, 1), '2026-11-22')).toMatchObject({
      state: 'open',
      code: 'report_in_part',
    });
    expect(await report(others, '2026-11-23')).toMatchObject({ state: 'proved', code: 'account_closed' });
  });
});
// Guide: G7.3-02 G7.3-03 G7.3-04
