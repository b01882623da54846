import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { OWN_DOMAIN, type TestDeployment, testDeployment } from '../deployment/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { later } from '../people/testing.ts';
import { closeProvenDrift } from './prove.ts';

let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
});
afterAll(() => on.bylaw.close());

test('from the lockdown until a charter names connectors, any connected connector is drift', async () => {
  const { bylaw, me } = on;
  const { slug, id } = await bylaw.client('Zero Guild', { claudePlan: 'enterprise', domains: [OWN_DOMAIN] });
  const at = (rest: string) => `/clients/${slug}${rest}`;
  const drift = async () => (await me.call('GET', at('/drift'))).body;
  const departs = async () => (await drift()).items.map((one: Json) => [one.key, one.charter, one.observed]);
  const state = async (control: string) => (await me.call('GET', at(`/controls/${control}`))).body.state;
  const table = async (day: string, ...lines: string[]) => {
    await later(bylaw, `${day}T18:00:00Z`);
    const bytes = ['Connector,Action,State,Enabled', ...lines, ''].join('\n');
    const { stored } = await importing(bylaw, me, slug).all([{ name: `connectors ${day}.csv`, bytes }]);
    expect([stored.status, stored.body.message]).toEqual([201, undefined]);
  };
  const work = async () =>
    (await me.call('GET', at('/work'))).body.items.filter((one: Json) => one.kind === 'drift');

  expect(await drift()).toMatchObject({ baseline: null, observed: { why: /charter/ } });
  await on.lockDown(slug, '2026-11-20');
  // Nothing was read, so there is no drift, but nothing is reported as conforming either.
  expect(await drift()).toMatchObject({
    items: [],
    same: 0,
    charter: null,
    baseline: { on: '2026-11-20', by: me.name },
    observed: { why: /connectors table/ },
  });
  expect(await state('CLA-CON-04')).toBe('cannot_read');

  await table('2026-11-25', 'SharePoint,,,no', 'Asana,,,yes');
  expect(await departs()).toEqual([['asana', 'None', 'On']]);
  const [left] = (await drift()).items;
  expect(left).toMatchObject({ urgency: 'urgent', controls: ['CLA-CON-04'], acceptable: true });
  expect(left.words).toContain('the lockdown of Nov 20, 2026 applies');
  expect(await state('CLA-CON-04')).toBe('fail');
  expect((await drift()).unread.map((one: Json) => one.label)).toEqual([
    'Desktop extensions',
    'Local MCP servers',
  ]);

  // Findings on computers are drift, too, and each has a task with an owner and a day.
  for (const control of ['CLA-CON-15', 'CLA-CON-16']) {
    const seen = { control, holds: false, seen: '2026-11-25', note: 'One is installed.' };
    expect((await me.call('POST', at('/attestations'), seen)).status).toBe(201);
  }
  const all = (await drift()).items;
  expect(all.map((one: Json) => one.key).sort()).toEqual([
    'asana',
    'baseline/desktop-extensions',
    'baseline/local-servers',
  ]);
  const technician = await bylaw.person('technician', id, 'Tara Tech');
  const [first] = all;
  const past = await me.call('POST', at('/drift/restore'), {
    deviation: first.key,
    observed: first.observed,
    reason: 'Left over',
    due: '2026-11-01',
  });
  expect([past.status, past.body.message]).toEqual([
    422,
    expect.stringMatching(
      /^The day by which it is put back, Nov 1, 2026, has passed. Today is Nov 2\d, 2026/,
    ),
  ]);
  for (const { key: deviation, observed } of all) {
    const wanted = { deviation, observed, reason: 'Left over', owner: technician.email, due: '2026-11-27' };
    const put = await me.call('POST', at('/drift/restore'), wanted);
    expect(put.body, JSON.stringify(put.body)).toMatchObject({
      state: 'restoring',
      decision: { owner: { name: 'Tara Tech', user: technician.id }, due: '2026-11-27' },
    });
  }
  expect(await work()).toHaveLength(3);
  expect((await work()).find((one: Json) => one.title === 'Put back: Asana')).toMatchObject({
    due: '2026-11-27',
    owner: { name: 'Tara Tech' },
    href: `/c/${slug}/connectors/drift?panel=asana`,
  });

  await table('2026-11-26', 'SharePoint,,,no', 'Asana,,,no');
  const gone = (control: string) =>
    me.call('POST', at('/attestations'), { control, holds: true, seen: '2026-11-26', note: 'All gone.' });
  expect((await gone('CLA-CON-16')).status).toBe(201);
  await closeProvenDrift(bylaw.services);
  expect(await state('CLA-CON-04')).toBe('pass');
  expect((await work()).map((one: Json) => one.title)).toEqual(['Put back: Desktop extensions']);
  expect((await gone('CLA-CON-15')).status).toBe(201);
  await closeProvenDrift(bylaw.services);
  expect(await work()).toEqual([]);
  expect((await drift()).history.map((one: Json) => `${one.key} ${one.outcome}`).sort()).toEqual([
    'asana proven',
    'baseline/desktop-extensions proven',
    'baseline/local-servers proven',
  ]);

  // It rests on one person's attestation, so the person who both decided and attested is named.
  expect((await drift()).history.find((one: Json) => one.key === 'baseline/local-servers').words).toContain(
    `${me.name}, who decided this, also recorded the statement that shows it.`,
  );

  // What appears later is drift from the same empty baseline, and a charter resolves it.
  await table('2026-11-28', 'SharePoint,,,yes', 'Asana,,,no');
  expect((await departs()).find(([key]: string[]) => key === 'microsoft365_sharepoint')).toEqual([
    'microsoft365_sharepoint',
    'None',
    'On',
  ]);
  const wanted = { deviation: 'microsoft365_sharepoint', observed: 'On', reason: 'Staff want it' };
  const drafted = await technician.call('POST', at('/drift/charter'), wanted);
  expect(drafted.status, JSON.stringify(drafted.body)).toBe(201);
  const draft = (await me.call('GET', at(`/charter/drafts/${drafted.body.draft}`))).body;
  expect(JSON.stringify(draft)).toContain('SharePoint');
  await on.nameOwner({ id }, { connectors: [] });
  expect(await drift()).toMatchObject({ baseline: null, charter: 1 });
  expect((await departs())[0]).toEqual(['microsoft365_sharepoint', 'Not approved', 'On']);
});
// Guide: G2.2-16
