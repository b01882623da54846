import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeExactIndex } from '#domain/dlp/exact.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { openStore } from '#store/open.ts';
import { newDirectory, newMigratedDatabase } from '#store/testing.ts';
import { importOn } from '../../retention/testing.ts';
import { writeAllowed } from '../checks/allowed.ts';
import { claimOf, isSigned } from './signature.ts';

/** As the vendor hands it out. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const SSN = '433-85-6478';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

let calls = 0;
const nextId = () => {
  calls += 1;
  return `msg_${calls}`;
};
const prompt = (content: unknown, more: object = {}) => ({
  type: 'prompt',
  request_id: 'req_abc123',
  tenant_id: '11111111-1111-1111-1111-111111111111',
  actor: { type: 'user', id: 'user_01AbCdEf', email_address: 'Alice@example.com' },
  source: { application: 'claude-ai' },
  session_id: '22222222-2222-2222-2222-222222222222',
  model: 'claude-sonnet-4-5',
  messages: [{ role: 'user', content }],
  metadata: {},
  ...more,
});
const text = (words: string) => [{ type: 'text', text: words }];

/** Signs as the reference library of Standard Webhooks does. */
function signed(body: string, { secret = SECRET, at = TEST_NOW, id = nextId() } = {}) {
  return {
    'content-type': 'application/json',
    'user-agent': 'anthropic-dlp/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

async function hookOf(name: string, { blockUnchecked = null as boolean | null, at = bylaw } = {}) {
  const client = await at.client(name, { claudePlan: 'enterprise' });
  if (blockUnchecked !== null)
    await importOn(at, client, '2026-11-24', [
      { name: 'charter.yaml', bytes: `contentChecks: { blockUnchecked: ${blockUnchecked} }\n` },
    ]);
  const { owner } = at;
  const path = `/clients/${client.slug}/dlp/hook`;
  const show = async () => (await owner.call('GET', path)).body;
  const set = async (wanted: object) =>
    owner.call('PUT', path, { version: (await show()).version, mode: 'watch', ...wanted });
  await set({});
  const url = new URL((await show()).hook.address).pathname;
  const send = (body: string, headers: Record<string, string> = signed(body)) =>
    at.inject({ method: 'POST', url, headers, payload: body });
  const ask = async (content: unknown, more: object = {}) => send(JSON.stringify(prompt(content, more)));
  const listed = async (query = '') =>
    (await owner.call('GET', `/clients/${client.slug}/dlp/checks${query}`)).body.items;
  const checks = async (query?: string) => {
    await writeAllowed(at.services);
    return listed(query);
  };
  return { client, show, set, send, ask, listed, checks };
}

it('takes the signature that Standard Webhooks publishes, and no other', () => {
  const body = Buffer.from('{"test": 2432232314}');
  const headers = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    signature: 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const now = new Date(1_614_265_330_000);
  const claimed = claimOf(headers, now);
  if (typeof claimed === 'string') throw new Error(claimed);
  expect(isSigned(claimed, body, SECRET)).toBe(true);
  expect(isSigned(claimed, Buffer.from('{"test":2432232314}'), SECRET)).toBe(false);
  expect(isSigned(claimed, body, OTHER_SECRET)).toBe(false);
  expect(claimOf(headers, new Date(now.getTime() + 301_000))).toBe('late');
  expect(claimOf(headers, new Date(now.getTime() - 301_000))).toBe('late');
  expect(claimOf({ ...headers, signature: 'v2,abc' }, now)).toBe('unsigned');
});

/** A console whose hook has no more time than the vendor gives it. */
async function hurriedConsole() {
  const bylaw = await testConsole({ guardMs: 200 });
  return { bylaw, [Symbol.asyncDispose]: () => bylaw.close() };
}

describe('the inference hook', () => {
  it('watches first, refuses once the charter says how, and keeps nothing of the content', async () => {
    const { client, show, set, ask, checks } = await hookOf('Alder', { blockUnchecked: true });
    expect((await ask(text('Hello'))).body).toEqual({ error: 'no_secret' });
    expect((await set({ secret: 'not a secret' })).status).toBe(422);
    expect((await set({ secret: SECRET })).status).toBe(200);

    expect((await ask(text('Summarize the minutes.'))).body).toEqual({ action: 'allow' });
    expect((await ask(text(`His SSN is ${SSN}.`))).body).toEqual({ action: 'allow' });
    const test = await ask(text(`SSN ${SSN}`), { source: { application: 'config-test' } });
    expect(test.body).toEqual({ action: 'allow' });

    expect((await set({ mode: 'enforce' })).status).toBe(200);
    const denied = await ask([
      { type: 'text', text: 'Summarize the report.' },
      { type: 'attachment', file_name: 'q2.pdf', media_type: 'application/pdf', text: `SSN: ${SSN}` },
      { type: 'attachment', file_name: 'photo.png', media_type: 'image/png', size_bytes: 9 },
    ]);
    expect(denied).toMatchObject({
      status: 200,
      body: { action: 'deny', reference_id: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/u) },
    });
    const { deny_reason, reference_id } = denied.body;
    expect(deny_reason).toContain('Social Security number');
    expect(deny_reason).toContain(reference_id);
    expect(deny_reason.length).toBeLessThanOrEqual(500);
    const inTool = [{ type: 'tool_use', id: 't', tool_name: 'send', input: { body: `SSN ${SSN}` } }];
    expect((await ask(inTool)).body.action).toBe('deny');
    const inResult = [{ type: 'tool_result', content: text(`SSN ${SSN}`), tool_use_id: 't' }];
    expect((await ask(inResult)).body.action).toBe('deny');

    // What passed is written within a second.
    await expect
      .poll(async () => (await show()).checks)
      .toEqual([
        { verdict: 'allowed', checks: 1, last: expect.any(String) },
        { verdict: 'denied', checks: 3, last: expect.any(String) },
        { verdict: 'flagged', checks: 1, last: expect.any(String) },
        { verdict: 'unchecked', checks: 0, last: null },
        { verdict: 'tested', checks: 1, last: expect.any(String) },
      ]);
    expect(await checks(`?reference=${reference_id.toLowerCase()}`)).toEqual([
      expect.objectContaining({
        verdict: 'denied',
        because: 'content',
        finished: true,
        found: [{ rule: 'us_ssn', title: 'Social Security number', hits: 1, fingerprints: [] }],
        clauses: [expect.objectContaining({ id: 'no_member_data' })],
        judged: null,
        surface: 'chat',
        person: expect.objectContaining({ name: expect.stringMatching(/alice/iu) }),
      }),
    ]);
    const stored = await bylaw.services.store.read([client.id], (tx) =>
      sql<{ whole: string }>`select a::text as whole from "activities" a`.execute(tx),
    );
    expect(stored.rows).toHaveLength(6);
    for (const { whole } of stored.rows) expect(whole).not.toMatch(/433-85|Summarize|q2\.pdf|photo/u);
  });

  it('raises an alert over a password or key, shows the clause, and keeps whether it was right', async () => {
    const { client, set, ask, checks } = await hookOf('Fir');
    await set({ secret: SECRET });
    const key = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    expect((await ask(text(`Use ${key} for it.`))).body).toEqual({ action: 'allow' });
    const [check] = await checks();
    expect(check).toMatchObject({
      verdict: 'flagged',
      found: [{ rule: 'github_token', hits: 1 }],
      clauses: [{ id: 'no_credentials' }],
    });
    const { owner } = bylaw;
    // The same key has the same fingerprint, which is no hash of the key that anybody could try.
    await ask(text(`Once more: ${key}.`));
    const [again, first] = await checks();
    const [fingerprint] = first.found[0].fingerprints;
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/u);
    expect(again.found[0].fingerprints).toEqual([fingerprint]);
    expect(fingerprint).not.toBe(createHash('sha256').update(key).digest('hex'));
    const alerts = await owner.call('GET', `/clients/${client.slug}/alerts`);
    expect(alerts.body.items).toMatchObject([
      { detection: 'CLA-DET-89', title: expect.stringMatching(/password or key/u) },
    ]);
    expect(JSON.stringify(alerts.body)).not.toContain(key);
    // The incident that is made of it says type and fingerprint, and its step begins with the fingerprint.
    const [{ id: alert }] = alerts.body.items;
    const { from, types } = (await owner.call('GET', `/clients/${client.slug}/incident-types?alert=${alert}`))
      .body;
    expect(types[0]).toMatchObject({ id: 'credential_exposed', proposed: true });
    expect(from.summary).toContain(`fingerprint ${fingerprint}.`);
    const wanted = {
      type: 'credential_exposed',
      title: 'A key',
      summary: from.summary,
      origin: 'alert',
      originId: alert,
    };
    const opened = await owner.call('POST', `/clients/${client.slug}/incidents`, wanted);
    expect(opened.status).toBe(201);
    const rotate = opened.body.plan.find((one: { id: string }) => one.id === 'rotate');
    expect(JSON.stringify(rotate)).toContain(fingerprint);
    expect(JSON.stringify(opened.body)).not.toContain(key);

    const path = `/clients/${client.slug}/dlp/checks/${check.reference}/judge`;
    const hr = await bylaw.person('hr', client.id);
    expect((await hr.call('POST', path, { as: 'false_alarm' })).status).toBe(403);
    const judged = await owner.call('POST', path, { as: 'false_alarm', note: 'A sample of the manual' });
    expect(judged.body.judged).toMatchObject({ as: 'false_alarm', by: owner.name });
    const labels = (await owner.call('GET', `/clients/${client.slug}/dlp/labels`)).body;
    expect(labels).toMatchObject({ decisions: 1, removed: 0 });
    expect(labels.items).toMatchObject([
      { rule: 'github_token', right: 0, falseAlarms: 1, precision: 0, proposal: null },
    ]);
    const tuned = { version: 0, off: [], memberNumbers: [], allowed: [], atLeast: { github_token: 2 } };
    const raised = await owner.call('PUT', `/clients/${client.slug}/dlp/tuning`, tuned);
    expect(raised.body.atLeast).toEqual({ github_token: 2 });
    const { rules } = (await owner.call('GET', `/clients/${client.slug}/dlp`)).body;
    expect(rules.find(({ id }: { id: string }) => id === 'github_token')).toMatchObject({ atLeast: 2 });
    const wrong = { ...tuned, version: 1, atLeast: { no_such_rule: 2 } };
    expect((await owner.call('PUT', `/clients/${client.slug}/dlp/tuning`, wrong)).status).toBe(422);
    await ask(text('Hello'));
    const [allowed] = await checks('?verdict=allowed');
    const nothing = `/clients/${client.slug}/dlp/checks/${allowed.reference}/judge`;
    expect((await owner.call('POST', nothing, { as: 'right' })).status).toBe(422);
  });

  it('takes a pattern of the client from its incident, and catches a repeat of the trial', async () => {
    const { client, set, ask, checks } = await hookOf('Elm', { blockUnchecked: true });
    await set({ secret: SECRET });
    await set({ mode: 'enforce' });
    const { owner } = bylaw;
    const path = `/clients/${client.slug}`;
    const sample = 'With elm_9f3kQ2m7Zt5w8Lr1 the portal opens.';
    const opened = await owner.call('POST', `${path}/incidents`, {
      type: 'credential_exposed',
      title: 'A portal key in a chat',
      summary: 'Staff pasted a key of the portal.',
    });
    const incident = opened.body.id;
    const trial = async (more: object = {}) =>
      (await owner.call('POST', `${path}/dlp/try`, { text: sample, incident, ...more })).body;
    expect(await trial()).toMatchObject({ found: [], stored: true });
    expect((await ask(text(sample))).body).toEqual({ action: 'allow' });

    const pattern = { title: 'Portal key', starts: 'elm_', body: 'base62', least: 12, atMost: 24 };
    expect((await trial({ patterns: [pattern] })).found).toMatchObject([{ title: 'Portal key', hits: 1 }]);
    const twice = { version: 0, off: [], memberNumbers: [], allowed: [], patterns: [pattern, pattern] };
    expect((await owner.call('PUT', `${path}/dlp/tuning`, twice)).status).toBe(422);
    const wanted = { ...twice, patterns: [pattern], incident };
    expect((await owner.call('PUT', `${path}/dlp/tuning`, wanted)).body.patterns).toEqual([pattern]);
    // Who changes something else without naming patterns leaves them as they are.
    const { patterns: _own, incident: _case, ...rest } = wanted;
    const later = await owner.call('PUT', `${path}/dlp/tuning`, { ...rest, version: 1 });
    expect(later.body.patterns).toEqual([pattern]);
    expect((await owner.call('GET', `${path}/dlp/tuning`)).body).toEqual(later.body);

    const caught = await trial();
    expect(caught.found).toEqual([{ rule: 'own_portal_key', title: 'Portal key', hits: 1 }]);
    expect(caught.channels).toContainEqual({ id: 'inference_hook', state: 'refuses' });
    expect((await ask(text(sample))).body).toMatchObject({
      action: 'deny',
      deny_reason: expect.stringContaining('Portal key'),
    });
    expect((await checks('?verdict=denied'))[0]).toMatchObject({
      found: [{ rule: 'own_portal_key', title: 'Portal key', fingerprints: [expect.any(String)] }],
      clauses: [{ id: 'no_credentials' }],
    });
    const [{ id: alert }] = (await owner.call('GET', `${path}/alerts`)).body.items;
    const { from } = (await owner.call('GET', `${path}/incident-types?alert=${alert}`)).body;
    expect(from.summary).toContain('Portal key, fingerprint ');
    const shown = await owner.call('GET', `${path}/incidents/${incident}`);
    const acts = shown.body.timeline.map(({ act }: { act: string }) => act);
    expect(acts).toEqual(
      expect.arrayContaining(['sample_missed', 'sample_caught_before', 'pattern_saved', 'sample_caught']),
    );
    const file = await bylaw.inject({
      method: 'GET',
      url: `/api/v1${path}/dlp/files/purview_package`,
      headers: { cookie: owner.cookie },
    });
    expect(file.bytes.toString('utf16le')).toContain('elm_');
    const all = JSON.stringify([shown.body, (await owner.call('GET', `${path}/audit`)).body]);
    expect(all).not.toContain('elm_9f3k');
    // One that is off can be removed, and leaves nothing that would turn off the next one of its name.
    const off = ['own_portal_key'];
    const turned = await owner.call('PUT', `${path}/dlp/tuning`, { ...rest, version: 2, off });
    expect(turned.body.off).toEqual(off);
    const gone = { ...rest, version: 3, off, patterns: [] };
    expect((await owner.call('PUT', `${path}/dlp/tuning`, gone)).body).toMatchObject({
      off: [],
      patterns: [],
    });
  });

  it('writes down who prepared which file, and raises an alert over a key in it', async () => {
    const client = await bylaw.client('Yew Guild');
    const { owner } = bylaw;
    const path = `/clients/${client.slug}`;
    const auditor = await bylaw.person('auditor', client.id);
    const secret = createHash('sha256').update('ghp_madeup').digest('hex');
    const prepared = {
      file: { name: 'members.csv', bytes: 120, sha256: 'a'.repeat(64) },
      rows: 2,
      columns: [
        { kind: 'mail', treatment: 'pseudonym', cells: 2 },
        { kind: null, treatment: 'keep', cells: 2 },
      ],
      kept: [],
      secrets: [{ rule: 'github_token', sha256: secret }],
      result: { bytes: 60, sha256: 'b'.repeat(64) },
    };
    expect((await auditor.call('POST', `${path}/dlp/prepare`, prepared)).status).toBe(403);
    const wrong = { ...prepared, secrets: [{ rule: 'us_ssn', sha256: secret }] };
    expect((await owner.call('POST', `${path}/dlp/prepare`, wrong)).status).toBe(422);
    const { body } = await owner.call('POST', `${path}/dlp/prepare`, prepared);
    expect(body.reference).toMatch(/^[0-9A-Z]{4}-/u);
    const alerts = await owner.call('GET', `${path}/alerts`);
    expect(alerts.body.items).toMatchObject([{ detection: 'CLA-DET-98' }]);
    const [check] = (await owner.call('GET', `${path}/dlp/checks?guard=browser`)).body.items;
    expect(check).toMatchObject({ reference: body.reference, verdict: 'flagged', person: expect.anything() });
    expect(check.found[0].fingerprints[0]).not.toBe(secret);
    const audit = JSON.stringify((await owner.call('GET', `${path}/audit?action=dlp.prepare`)).body);
    expect(audit).toContain('members.csv');
    expect(audit).not.toContain(secret);
    expect((await owner.call('GET', `${path}/dlp/prepare`)).body).toMatchObject({ chatRetentionDays: null });
    // Where the log takes nothing there is no reference, since nobody could find anything by it.
    const append = vi
      .spyOn(bylaw.services.activityLog, 'append')
      .mockRejectedValueOnce(new Error('The database does not answer.'));
    const lost = await owner.call('POST', `${path}/dlp/prepare`, prepared);
    append.mockRestore();
    expect([lost.status, lost.body.message]).toEqual([503, expect.stringContaining('no one was alerted')]);
    const entries = (await owner.call('GET', `${path}/audit?action=dlp.prepare`)).body.items;
    expect(entries).toHaveLength(1);
  });

  it('looks for what the client has, and leaves out what is nobody’s', async () => {
    const { client, set, ask, checks } = await hookOf('Gum');
    await set({ secret: SECRET });
    const { owner } = bylaw;
    const path = `/clients/${client.slug}/dlp/tuning`;
    const numbers = text('Ask AL-1234-B, AL-2345-C and AL-3456-D about it.');
    const nobodys = text(`Our own number is SSN ${SSN}.`);
    const found = async () =>
      (await checks()).map((one: { found: { rule: string }[] }) => one.found[0]?.rule ?? null);
    await ask(numbers);
    await ask(nobodys);
    expect((await found()).toSorted()).toEqual([null, 'us_ssn'].toSorted());

    const wanted = { version: 0, off: [], memberNumbers: ['AL-####-@'], allowed: [SSN] };
    expect((await owner.call('PUT', path, { ...wanted, memberNumbers: ['abc'] })).status).toBe(400);
    expect((await owner.call('PUT', path, { ...wanted, off: ['no_such_rule'] })).status).toBe(422);
    expect((await owner.call('PUT', path, wanted)).body).toMatchObject({
      version: 1,
      memberNumbers: ['AL-####-@'],
    });
    expect((await owner.call('PUT', path, wanted)).status).toBe(409);
    await ask(numbers);
    await ask(nobodys);
    expect((await found()).filter((rule: string | null) => rule === 'member_number')).toHaveLength(1);
    expect((await found()).filter((rule: string | null) => rule === 'us_ssn')).toHaveLength(1);

    await owner.call('PUT', path, { ...wanted, version: 1, off: ['member_number'] });
    await ask(numbers);
    expect((await found()).filter((rule: string | null) => rule === 'member_number')).toHaveLength(1);
  });

  it('finds members of the client’s own list, of which it has only an index that it does not give back', async () => {
    const { client, set, ask, checks } = await hookOf('Hazel');
    await set({ secret: SECRET });
    const { owner } = bylaw;
    const path = `/clients/${client.slug}/dlp/member-list`;
    const key = '00112233445566778899aabbccddeeff';
    const mails = ['ann@example.org', 'bob@example.org', 'kim@example.org'];
    const hashes = Buffer.from(
      makeExactIndex(
        mails.map((mail) => ['mail', mail] as const),
        key,
      ),
    );
    const wanted = {
      version: 0,
      key,
      hashes: hashes.toString('base64'),
      counts: { people: 3, values: { mail: 3 } },
    };
    const prompt = text(`Write to ${mails.join(', ')}.`);
    await ask(prompt);
    const wrong = { ...wanted, hashes: Buffer.from(hashes.toReversed()).toString('base64') };
    expect((await owner.call('PUT', path, wrong)).status).toBe(422);
    const stored = await owner.call('PUT', path, wanted);
    expect(stored.body).toMatchObject({ list: { people: 3, entries: 3 }, version: 1 });
    expect(stored.body.list.falseShare).toBeLessThan(1e-12);
    expect(JSON.stringify(stored.body)).not.toContain(key);
    expect((await owner.call('PUT', path, wanted)).status).toBe(409);
    await ask(prompt);
    const found = async () =>
      (await checks()).flatMap((one: { found: { rule: string; hits: number }[] }) => one.found);
    expect(await found()).toMatchObject([{ rule: 'known_member', hits: 3 }]);
    expect((await owner.call('DELETE', path, { version: 1 })).body).toEqual({
      list: null,
      version: 0,
      proposed: null,
    });
    await ask(prompt);
    expect(await found()).toHaveLength(1);
  });

  it('refuses forged, late, repeated and malformed calls, and says how often', async () => {
    const { show, set, send, checks } = await hookOf('Birch');
    await set({ secret: SECRET });
    const body = JSON.stringify(prompt(text('Hello')));
    const minutes = (count: number) => new Date(TEST_NOW.getTime() + count * 60_000);
    const once = signed(body);
    expect((await send(body, once)).body).toEqual({ action: 'allow' });
    const refused = [
      [await send(body, once), 409, 'repeated'],
      [await send(body, signed(body, { secret: OTHER_SECRET })), 401, 'forged'],
      [await send(body.replace('Hello', 'Hullo'), signed(body)), 401, 'forged'],
      [await send(body, { ...signed(body), 'webhook-id': 'msg_other' }), 401, 'forged'],
      [await send(body, signed(body, { at: minutes(-6) })), 401, 'late'],
      [await send(body, signed(body, { at: minutes(6) })), 401, 'late'],
      [await send(body, { 'content-type': 'application/json' }), 401, 'unsigned'],
      [await send('not json'), 400, 'unreadable'],
      [await send('{"type":"prompt"}'), 400, 'unreadable'],
      [await send(`{"messages":[{"content":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}`), 400, 'unreadable'],
    ] as const;
    for (const [answer, status, error] of refused)
      expect([answer.status, answer.body]).toEqual([status, { error }]);
    const large = `"${'a'.repeat(10 * 1024 * 1024)}"`;
    expect((await send(large)).status).toBe(413);
    expect(await checks()).toHaveLength(1);
    await expect
      .poll(async () =>
        Object.fromEntries(
          (await show()).refused.map((one: { reason: string; calls: number }) => [one.reason, one.calls]),
        ),
      )
      .toEqual({ repeated: 1, forged: 3, late: 2, unsigned: 1, unreadable: 3, too_large: 1 });
    const nowhere = await bylaw.inject({ method: 'POST', url: '/hooks/inference/nobody', payload: body });
    expect(nowhere.status).toBe(404);
  });

  it('writes down within a second what passed, and before the answer what did not', async () => {
    const { set, ask, listed } = await hookOf('Rowan');
    await set({ secret: SECRET });
    const verdicts = async () => (await listed()).map(({ verdict }: { verdict: string }) => verdict);
    await ask(text('Hello'));
    await ask(text(`SSN ${SSN}`));
    expect(await verdicts()).toEqual(['flagged']);
    await expect.poll(verdicts).toEqual(expect.arrayContaining(['flagged', 'allowed']));
  });

  it('refuses a repeated call that the process before it answered', async () => {
    const dataDir = await newDirectory();
    const before = await testConsole({ dataDir });
    const { set, send, checks } = await hookOf('Aspen', { at: before });
    await set({ secret: SECRET });
    const body = JSON.stringify(prompt(text('Hello')));
    const headers = signed(body);
    expect((await send(body, headers)).body).toEqual({ action: 'allow' });
    // The vendor's clock may be ahead of ours, as far as a call is taken.
    const ahead = signed(body, { at: new Date(TEST_NOW.getTime() + 4 * 60_000) });
    expect((await send(body, ahead)).body).toEqual({ action: 'allow' });
    const [row] = await before.services.store.read('system', (tx) =>
      tx.selectFrom('inference_hooks').select('endpoint').execute(),
    );
    await expect.poll(checks).toHaveLength(2);
    // The same database, and nothing else that the first one remembers.
    const now = new Date(TEST_NOW.getTime() + 30_000);
    const store = Object.create(before.services.store);
    const after = await testConsole({ dataDir, store, now });
    const again = (sent: Record<string, string>) =>
      after.inject({
        method: 'POST',
        url: `/hooks/inference/${row?.endpoint}`,
        headers: sent,
        payload: body,
      });
    expect((await again(headers)).body).toEqual({ error: 'repeated' });
    // What came before was read with the first call: no other one waits for the database.
    store.read = () => new Promise(() => {});
    expect((await again(ahead)).body).toEqual({ error: 'repeated' });
    delete store.read;
    expect((await again(signed(body, { at: now }))).body).toEqual({ action: 'allow' });
    await after.close();
    await before.close();
  });

  it('refuses a repeated call that another server on the same database answered', async () => {
    const databaseUrl = await newMigratedDatabase();
    const dataDir = await newDirectory();
    const server = async () =>
      testConsole({ dataDir, store: await openStore({ dataDir: null, databaseUrl }) });
    const first = await server();
    const second = await server();
    const { set, show, send, checks } = await hookOf('Linden', { at: first });
    await set({ secret: SECRET });
    const { pathname: url } = new URL((await show()).hook.address);
    const body = JSON.stringify(prompt(text('Hello')));
    const toSecond = (headers: Record<string, string>) =>
      second.inject({ method: 'POST', url, headers, payload: body });
    expect((await toSecond(signed(body))).body).toEqual({ action: 'allow' });
    // Long after both have started.
    const now = new Date(TEST_NOW.getTime() + 20 * 60_000);
    first.setNow(now);
    second.setNow(now);
    const headers = signed(body, { at: now });
    expect((await send(body, headers)).body).toEqual({ action: 'allow' });
    await expect.poll(checks).toHaveLength(2);
    expect((await toSecond(headers)).body).toEqual({ error: 'repeated' });
    await first.close();
    await second.close();
  });

  it('answers in time, as the charter says, if it cannot look through a call', async () => {
    // Ten megabytes of what takes longest: many times more than is looked through in the time there is.
    const long = text('SSN: 433 85 64 SSN 4-33-85-64 '.repeat(320_000));
    await using hurried = await hurriedConsole();
    const open = await hookOf('Cedar', { blockUnchecked: false, at: hurried.bylaw });
    await open.set({ secret: SECRET });
    await open.set({ mode: 'enforce' });
    expect((await open.ask(long)).body).toEqual({ action: 'allow' });
    const closed = await hookOf('Dogwood', { blockUnchecked: true, at: hurried.bylaw });
    await closed.set({ secret: SECRET });
    await closed.set({ mode: 'enforce' });
    const denied = await closed.ask(long);
    expect(denied.body).toMatchObject({
      action: 'deny',
      deny_reason: expect.stringContaining('could not be checked in time'),
    });
    await expect
      .poll(async () => (await open.checks()).map((one: { verdict: string }) => one.verdict))
      .toEqual(['unchecked']);
    await expect
      .poll(async () => (await closed.checks())[0])
      .toMatchObject({ verdict: 'denied', because: 'unfinished', finished: false });
    // The next one is looked through again.
    await expect.poll(async () => (await closed.ask(text('Hello'))).body).toEqual({ action: 'allow' });
  });

  it('refuses no one until the charter says what happens to what cannot be checked', async () => {
    const { client, set, show } = await hookOf('Elm');
    expect((await set({ secret: SECRET, mode: 'enforce' })).status).toBe(422);
    const { hook } = await show();
    expect(hook).toMatchObject({ mode: 'watch', hasSecret: false });
    expect((await set({ version: 7 })).status).toBe(409);
    // Without a secret nothing was ever checked by it, so no second person has to agree that it ends.
    const path = `/clients/${client.slug}/dlp/hook`;
    const { version } = await show();
    const removed = await bylaw.owner.call('DELETE', path, { version });
    expect([removed.status, removed.body.hook, removed.body.proposed ?? null]).toEqual([200, null, null]);
    const gone = await bylaw.inject({
      method: 'POST',
      url: new URL(hook.address).pathname,
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(gone.status).toBe(404);
  });
});
// Guide: G7.2-13 G7.2-16 G5.4-03 G3.3-07
