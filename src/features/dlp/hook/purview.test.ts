import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { wrongWith } from '../../../../sandbox/microsoft/contract.ts';
import {
  type MicrosoftSimulator,
  PROMPT_ASKER,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { importOn } from '../../retention/testing.ts';
import { writeAllowed } from '../checks/allowed.ts';
import { MAX_ASKED } from './purview.ts';

/** Purview as a second opinion of the inference hook: asked only where someone said so, and only ever stricter. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BLOCKED = 'Project Nightjar starts on Monday.';
const HARMLESS = 'Summarize the minutes.';

let microsoft: MicrosoftSimulator;
let bylaw: TestConsole;
beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => TEST_NOW });
  bylaw = await testConsole({ microsoft: microsoft.url });
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

const { tenant, application, secret } = PROMPT_ASKER;
let calls = 0;

/** A client with a hook that has its secret, and what it did. */
async function hookOf(at: TestConsole, name: string) {
  const client = await at.client(name, { claudePlan: 'enterprise' });
  await importOn(at, client, '2026-11-24', [
    { name: 'charter.yaml', bytes: 'contentChecks: { blockUnchecked: true }\n' },
  ]);
  const path = `/clients/${client.slug}`;
  const show = async () => (await at.owner.call('GET', `${path}/dlp/hook`)).body;
  const set = async (wanted: object) =>
    at.owner.call('PUT', `${path}/dlp/hook`, { version: (await show()).version, mode: 'watch', ...wanted });
  await set({});
  await set({ secret: SECRET });
  const url = new URL((await show()).hook.address).pathname;
  const ask = async (words: string, email = String(microsoft.tenant.users[0]?.userPrincipalName)) => {
    calls += 1;
    const id = `msg_${calls}`;
    const payload = JSON.stringify({
      type: 'prompt',
      request_id: 'req_abc123',
      tenant_id: '11111111-1111-1111-1111-111111111111',
      actor: { type: 'user', id: 'user_01AbCdEf', email_address: email },
      source: { application: 'claude-ai' },
      session_id: '22222222-2222-2222-2222-222222222222',
      model: 'claude-sonnet-4-5',
      messages: [{ role: 'user', content: [{ type: 'text', text: words }] }],
      metadata: {},
    });
    const { body } = await at.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(TEST_NOW.getTime() / 1000)),
        'webhook-signature': new Webhook(SECRET).sign(id, TEST_NOW, payload),
      },
      payload,
    });
    await writeAllowed(at.services);
    const { items } = (await at.owner.call('GET', `${path}/dlp/checks`)).body;
    // All are of one instant, so that the newest is the one that was not there before.
    const check = items.find(({ reference }: Json) => !seen.has(reference));
    for (const { reference } of items) seen.add(reference);
    return { action: body.action, reason: body.deny_reason, check };
  };
  const seen = new Set<string>();
  const connect = () =>
    at.owner.call('POST', `${path}/sources`, {
      vendor: 'microsoft',
      credential: { use: 'prompts', cloud: 'global', tenant, application, secret },
    });
  return { client, path, show, set, ask, connect };
}
const sent = () => microsoft.requests.filter((one) => one.endsWith('/processContent')).length;

it('sends nothing until someone turns it on, which takes the application; says before what it means', async () => {
  const { client, path, show, set, ask, connect } = await hookOf(bylaw, 'Alder');
  expect(await show()).toMatchObject({
    hook: { purview: false },
    purview: { application: 'none', answers: [] },
  });
  expect(await set({ purview: true })).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('Connect the application that asks Purview') },
  });
  const { vendors } = (await bylaw.owner.call('GET', `${path}/sources`)).body;
  const { keys } = vendors.find(({ vendor }: Json) => vendor === 'microsoft');
  expect(keys.find(({ kind }: Json) => kind === 'prompts')).toMatchObject({
    says: expect.stringContaining('Microsoft bills it'),
  });
  const elsewhere = await bylaw.owner.call('POST', `${path}/sources`, {
    vendor: 'microsoft',
    credential: { use: 'prompts', cloud: 'china', tenant, application, secret },
  });
  expect([elsewhere.status, elsewhere.body.message]).toEqual([
    422,
    expect.stringContaining('only in its global cloud'),
  ]);
  const connected = await connect();
  expect(connected.status, JSON.stringify(connected.body)).toBe(201);
  expect((await show()).purview.application).toBe('ready');
  const before = microsoft.requests.length;
  expect(await ask(BLOCKED)).toMatchObject({
    action: 'allow',
    check: { verdict: 'allowed', purview: null },
  });
  expect(microsoft.requests.length).toBe(before);

  // Watching: what a policy blocks is written down and passes.
  expect((await set({ purview: true })).body).toMatchObject({ hook: { purview: true, mode: 'watch' } });
  expect(await ask(BLOCKED)).toMatchObject({
    action: 'allow',
    check: { verdict: 'flagged', because: 'purview', purview: 'blocked', found: [], clauses: [] },
  });
  expect(await ask(HARMLESS)).toMatchObject({
    action: 'allow',
    check: { verdict: 'allowed', because: null, purview: 'allowed' },
  });

  // Refusing: it stays on where nothing is said of it, and the person reads why.
  expect((await set({ mode: 'enforce' })).body.hook).toMatchObject({ purview: true, mode: 'enforce' });
  const denied = await ask(BLOCKED);
  expect(denied).toMatchObject({
    action: 'deny',
    reason: expect.stringContaining('Microsoft Purview'),
    check: { verdict: 'denied', because: 'purview', purview: 'blocked' },
  });
  expect(denied.reason).toContain(denied.check.reference);
  expect(await ask(HARMLESS)).toMatchObject({ action: 'allow', check: { purview: 'allowed' } });
  // The account is looked up once, and the documented form is kept.
  expect(microsoft.requests.filter((one) => one === 'GET /users')).toHaveLength(1);
  expect(microsoft.exchanges.flatMap(wrongWith)).toEqual([]);

  // Never looser, and nothing leaves that is decided already.
  let count = sent();
  expect(await ask('His SSN is 433-85-6478.')).toMatchObject({
    action: 'deny',
    check: { verdict: 'denied', because: 'content', purview: null },
  });
  expect(sent()).toBe(count);
  // Of a long one no part is taken for the whole.
  expect(await ask('The committee met. '.repeat(MAX_ASKED / 19 + 1))).toMatchObject({
    action: 'allow',
    check: { purview: 'not_answered' },
  });
  expect(sent()).toBe(count);
  expect(await ask(BLOCKED, 'nobody@elsewhere.example')).toMatchObject({
    action: 'allow',
    check: { verdict: 'allowed', purview: 'no_account' },
  });
  expect(sent()).toBe(count);

  // No answer that says anything: the own verdict counts.
  microsoft.purview.fails = true;
  expect(await ask(BLOCKED)).toMatchObject({ action: 'allow', check: { purview: 'not_answered' } });
  microsoft.purview.fails = false;
  microsoft.failNext({ status: 503, method: 'POST' });
  expect(await ask(BLOCKED)).toMatchObject({ action: 'allow', check: { purview: 'not_answered' } });
  microsoft.failNext({ status: 429, method: 'POST', headers: { 'retry-after': '2' } });
  expect(await ask(BLOCKED)).toMatchObject({ action: 'allow', check: { purview: 'not_answered' } });
  // Its limit is kept, and then it is asked again.
  await expect.poll(async () => (await ask(BLOCKED)).action).toBe('deny');

  microsoft.purview.licensed = 'no_plan';
  expect(await ask(BLOCKED)).toMatchObject({ action: 'allow', check: { purview: 'not_licensed' } });
  microsoft.purview.licensed = 'yes';
  count = sent();
  expect(await ask(BLOCKED)).toMatchObject({ action: 'allow', check: { purview: 'not_licensed' } });
  expect(sent()).toBe(count);
  const { connections } = (await bylaw.owner.call('GET', `${path}/sources`)).body;
  expect(connections).toMatchObject([{ state: 'connected' }]);

  const { answers } = (await show()).purview;
  const said = Object.fromEntries(answers.map((one: Json) => [one.answer, one.prompts]));
  expect(said).toMatchObject({ blocked: 3, allowed: 2, no_account: 1, not_licensed: 2 });
  expect(said.not_answered).toBeGreaterThanOrEqual(4);
  const { rows } = await bylaw.services.store.read('system', (tx) =>
    sql<{ whole: string }>`select a::text as whole from "activities" a`.execute(tx),
  );
  for (const { whole } of rows) expect(whole).not.toMatch(/Nightjar|minutes|committee/u);
  const acts = (await bylaw.owner.call('GET', `${path}/audit?action=dlp.hook.set`)).body.items;
  const records = await Promise.all(
    acts.map(({ seq }: Json) => bylaw.owner.call('GET', `${path}/audit/records/${seq}`)),
  );
  const differences = records.flatMap(({ body }: Json) => body.differences);
  expect(differences).toContainEqual({ path: ['purview'], is: 'changed', before: false, after: true });

  // It is part of a guard: whoever wants to disconnect it turns that off first, which a second person approves.
  const [{ connection, version }] = connections;
  const away = await bylaw.owner.call('DELETE', `${path}/sources/${connection}`, { version });
  expect([away.status, away.body.message]).toEqual([422, expect.stringContaining('at the hook first')]);

  // Lost with the key that sealed it: nothing is asked, and the page says so.
  await bylaw.services.store.write([client.id], (tx) =>
    tx.deleteFrom('source_connections').where('id', '=', connection).execute(),
  );
  await expect.poll(async () => (await ask(BLOCKED)).check.purview).toBe('not_answered');
  expect((await show()).purview.application).toBe('none');
  expect(sent()).toBe(count);
});

it('answers Claude in time where Purview does not', async () => {
  await using hurried = await hurriedConsole();
  const { set, ask, connect } = await hookOf(hurried.bylaw, 'Birch');
  expect((await connect()).status).toBe(201);
  await set({ mode: 'enforce', purview: true });
  await expect.poll(async () => (await ask(BLOCKED)).action).toBe('deny');
  const held = Promise.withResolvers<void>();
  microsoft.holds = held.promise;
  expect(await ask(BLOCKED)).toMatchObject({
    action: 'allow',
    check: { verdict: 'allowed', purview: 'not_answered' },
  });
  held.resolve();
  microsoft.holds = null;
  await expect.poll(async () => (await ask(BLOCKED)).action).toBe('deny');
});

/** A console whose hook waits two seconds for Purview. */
async function hurriedConsole() {
  const hurried = await testConsole({ microsoft: microsoft.url, guardMs: 3_000 });
  return { bylaw: hurried, [Symbol.asyncDispose]: () => hurried.close() };
}
// Guide: G7.2-16
