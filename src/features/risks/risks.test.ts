import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Answered,
  type Json,
  TEST_NOW,
  type TestConsole,
  testConsole,
} from '#server/testing/console.ts';
import { storeFacts } from '../verdicts/testing.ts';
import type { risksContract } from './contract.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

type Board = Answered<typeof risksContract.board>;
const board = async (slug: string, query = '') =>
  (await bylaw.owner.call<Board>('GET', `/clients/${slug}/risks${query}`)).body;
const risk = (body: Board, id: string) => body.items.find((one) => one.risk === id);

test('before anything is read nothing is covered, and each risk says what remains', async () => {
  const { slug } = await bylaw.client('Fresh Guild', { claudePlan: 'team', m365: 'business_basic_standard' });
  const body = await board(slug);
  expect(body.counts).toMatchObject({ covered: 0, partly: 0 });
  expect(body.items).toHaveLength(body.all);
  for (const one of body.items) expect(one.residual.length, one.risk).toBeGreaterThan(20);
  // The guide's own table comes first.
  expect(body.items.slice(0, 6).every(({ listed }) => listed)).toBe(true);
  expect(body.accounts).toMatchObject({ open: null, observedOn: null });
  const sum = Object.values(body.counts).reduce((a, b) => a + b, 0);
  expect(sum).toBe(body.all);
});

test('the sandbox association: the board says no more than the verdicts, and report-only is pending', async () => {
  const client = await bylaw.client('Alder Society', { claudeSeats: 70 });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  await bylaw.services.verdicts.refresh(client.id);
  const body = await board(client.slug);
  const controls = (await bylaw.owner.call('GET', `/clients/${client.slug}/controls`)).body.items;
  const stateOf = new Map(controls.map(({ id, state }: Json) => [id, state]));
  for (const one of body.items)
    for (const { control, state } of one.scopes.flatMap((part) => part.controls))
      expect(state, control).toBe(stateOf.get(control));
  expect(risk(body, 'new_personal_accounts')?.status).toBe('covered');
  expect(risk(body, 'personal_accounts_personal_devices')?.status).toBe('policy_only');
  const mfa = body.policies.find(({ short }) => short === 'M365-09');
  expect(mfa).toMatchObject({ state: 'pending', reason: expect.stringMatching(/^Report-only until /) });
  expect(body.accounts?.words).toMatch(/^\d+ personal accounts? listed so far, \d+ still open/);
  expect(body.accounts?.observedOn).not.toBeNull();
  // A control of several risks is counted once.
  const policy = body.scopes.find(({ scope }) => scope === 'policy');
  const ids = body.items.flatMap((one) => one.scopes[3]?.controls.map(({ control }) => control) ?? []);
  expect(Object.values(policy?.counts ?? {}).reduce((a, b) => a + b, 0)).toBe(new Set(ids).size);
  const network = await board(client.slug, '?scope=network');
  expect(network.total).toBeLessThan(network.all);
  expect(network.items.every((one) => one.scopes[1]?.state !== null)).toBe(true);
  expect((await board(client.slug, '?status=covered')).items.map((one) => one.risk)).toContain(
    'new_personal_accounts',
  );
});

test('it is exported with every control on every risk, and no cell is calculated', async () => {
  const client = await bylaw.client('=HYPERLINK("x") Guild');
  const { items } = await board(client.slug);
  const rows = items.flatMap((one) => one.scopes.flatMap((part) => part.controls)).length;
  const json = await bylaw.owner.call('GET', `/clients/${client.slug}/risks/export?format=json`);
  expect(JSON.parse(json.bytes.toString()).rows).toHaveLength(rows);
  const csv = await bylaw.owner.call('GET', `/clients/${client.slug}/risks/export?format=csv`);
  expect(csv.bytes.toString()).not.toMatch(/^"?=|,"?=/m);
});

test('someone who may not see the controls sees no board', async () => {
  const client = await bylaw.client();
  const hr = await bylaw.person('hr', client.id);
  expect((await hr.call('GET', `/clients/${client.slug}/risks`)).status).toBe(403);
});
// Guide: G1.1-14 G4-00 G4.1-01 G4.1-02 G4.1-03 G4.1-04 G4.1-05 G4.1-06 G4.1-07 G4.1-08 G4.3-02
