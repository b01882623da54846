import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { alder } from '../../../sandbox/anthropic/organization.ts';
import { WRITTEN } from '../../../sandbox/anthropic/samples.ts';
import {
  ACCESS_KEY,
  MEMBERS_KEY,
  type Simulator,
  startAnthropic,
} from '../../../sandbox/anthropic/simulator.ts';
import { continueChanges } from '../changes/verify.ts';
import { beginJourneys } from '../journeys/begin.ts';
import { later, putReading } from '../people/testing.ts';
import { readSources } from '../sources/read-sources.ts';

/** Members of the Claude organization, changed through the Administration interface as approved plans say. */
let bylaw: TestConsole;
let claude: Simulator;
let now = TEST_NOW;
let technician: TestPerson;
let admin: TestPerson;
let slug: string;
let id: string;

const NINA = 'nina@alder.example.org';
const NEW = 'new@alder.example.org';

beforeAll(async () => {
  claude = await startAnthropic({ now: () => now, limit: 100_000 });
});
afterAll(() => claude.close());

const pass = async (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
  await later(bylaw, now.toISOString());
};

let count = 0;
// A console for each test: the jobs of one look at every client that it has.
beforeEach(async () => {
  count += 1;
  bylaw = await testConsole({ anthropic: claude.url, sleep: async () => undefined });
  await pass(60);
  Object.assign(claude.organization, alder());
  claude.requests.splice(0);
  ({ slug, id } = await bylaw.client(`Alder ${count}`, {
    claudePlan: 'enterprise',
    domains: ['alder.example.org'],
  }));
  technician = await bylaw.person('technician', id, `Tess ${count}`);
  admin = await bylaw.person('client_admin', id, `Ada ${count}`);
  await connect({ key: ACCESS_KEY });
  await read();
});
afterEach(() => bylaw.close());

const at = (path: string) => `/clients/${slug}${path}`;
async function connect(body: object): Promise<Json> {
  const answer = await bylaw.owner.call('POST', at('/sources'), body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}
const connectMembers = () =>
  connect({ vendor: 'anthropic', credential: { use: 'members', key: MEMBERS_KEY } });
async function read() {
  await pass(61);
  await readSources(bylaw.services);
  await bylaw.services.verdicts.refresh(id);
}
const plan = (subject: string, target = 'claude_member', by = technician) =>
  by.call('POST', at('/changes'), { target, subject, reason: 'Today is the last day' });
const act = (by: TestPerson, change: string, what: string, body: object) =>
  by.call('POST', at(`/changes/${change}/${what}`), body);
const shown = async (change: string): Promise<Json> =>
  (await technician.call('GET', at(`/changes/${change}`))).body;
async function approved(subject: string, target?: string): Promise<Json> {
  const { status, body } = await plan(subject, target);
  expect(status, JSON.stringify(body)).toBe(201);
  const { body: ok } = await act(admin, body.id, 'approve', { version: body.version, plan: body.plan });
  expect(ok.state, JSON.stringify(ok)).toBe('approved');
  return ok;
}
const carryOut = async ({ id: change, version }: Json) =>
  (await act(technician, change, 'carry-out', { version })).body;
const sent = () =>
  claude.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);
const listed = () => claude.organization.users.map(({ email }) => email);

describe('removing a member', () => {
  it('is planned, approved by another, done once even where the answer is lost, and shown by a later list', async () => {
    expect((await connectMembers()).connections.map(({ keyKind }: Json) => keyKind).sort()).toEqual([
      'access',
      'members',
    ]);
    const { body: planned } = await plan(NINA);
    expect(planned).toMatchObject({
      state: 'planned',
      writes: true,
      title: 'Remove from Claude: Nina Osei',
      steps: [{ what: 'remove_member', name: NINA, before: { status: 'active', role: 'managed' } }],
    });
    const own = await act(technician, planned.id, 'approve', { version: 1, plan: planned.plan });
    expect(own.status).toBe(403);
    expect(sent()).toEqual([]);
    await act(admin, planned.id, 'approve', { version: planned.version, plan: planned.plan });
    claude.failNext({ status: 'lost', path: '/user_03nina' });
    const { version } = await shown(planned.id);
    expect(await carryOut({ id: planned.id, version })).toMatchObject({ state: 'applying' });
    expect(listed()).not.toContain(NINA);
    await pass(5);
    await continueChanges(bylaw.services);
    expect(await shown(planned.id)).toMatchObject({ state: 'waiting', receipt: null });
    expect(sent()).toEqual(['DELETE /v1/organizations/users/user_03nina']);
    await read();
    await continueChanges(bylaw.services);
    const done = await shown(planned.id);
    expect(done).toMatchObject({ state: 'verified', receipt: expect.any(String) });
    const { body: receipt } = await technician.call('GET', at(`/evidence/${done.receipt}`));
    expect(JSON.stringify(receipt)).toContain('change');
  });

  it('withdraws a pending invitation, and is not shown as done by a list that still has it', async () => {
    const change = await approved(NEW);
    expect(change).toMatchObject({ writes: false, steps: [{ what: 'withdraw_invitation', name: NEW }] });
    // Without a key that may, people do it, and nobody's word shows it.
    expect(await carryOut(change)).toMatchObject({ state: 'waiting' });
    await read();
    await continueChanges(bylaw.services);
    await pass(24 * 60);
    await read();
    await continueChanges(bylaw.services);
    expect(await shown(change.id)).toMatchObject({ state: 'waiting', lacks: [expect.stringContaining(NEW)] });
    claude.organization.invites = [];
    await read();
    await continueChanges(bylaw.services);
    expect(await shown(change.id)).toMatchObject({ state: 'verified' });
  });

  it('refuses owners, admins, strangers and what changed since, and says the vendor’s reason', async () => {
    await connectMembers();
    const why = async (subject: string) => (await plan(subject)).body.message;
    expect(await why('mara@alder.example.org')).toMatch(/owns the organization.*handed over/);
    expect(await why('tom@alder.example.org')).toMatch(/is an admin/);
    expect(await why('nobody@alder.example.org')).toMatch(/no member and no invitation/);
    const invited = await approved(NEW);
    claude.organization.invites = [];
    claude.organization.users.push({
      ...claude.organization.users[2],
      id: 'user_04',
      email: NEW,
      role: 'user',
    });
    expect(await carryOut(invited)).toMatchObject({
      state: 'failed',
      lacks: [expect.stringContaining('accepted the invitation')],
    });
    expect(sent()).toEqual([]);
    // Someone whom the key does not list was perhaps never of its organization: nothing is called done.
    const gone = await approved(NINA);
    claude.organization.users = claude.organization.users.filter(({ email }) => email !== NINA);
    expect(await carryOut(gone)).toMatchObject({
      state: 'failed',
      lacks: [expect.stringMatching(/another organization/)],
    });
  });

  it('accepts only a key of Enterprise for it, and none of a Team plan', async () => {
    const wrong = await bylaw.owner.call('POST', at('/sources'), {
      vendor: 'anthropic',
      credential: { use: 'members', key: 'sk-ant-admin01-x' },
    });
    expect([wrong.status, wrong.body.message]).toEqual([422, expect.stringContaining('Claude Enterprise')]);
    const team = await bylaw.client(`Team ${count}`, { claudePlan: 'team' });
    const refused = await bylaw.owner.call('POST', `/clients/${team.slug}/sources`, {
      vendor: 'anthropic',
      credential: { use: 'members', key: MEMBERS_KEY },
    });
    expect(refused.status).toBe(422);
    claude.keys.set('sk-ant-api01-reads-only', { kind: 'access', scopes: ['read:members'] });
    await connect({ vendor: 'anthropic', credential: { use: 'members', key: 'sk-ant-api01-reads-only' } });
    const change = await approved(NINA);
    expect(await carryOut(change)).toMatchObject({
      state: 'failed',
      lacks: [expect.stringContaining('scope')],
    });
    expect(listed()).toContain(NINA);
  });
});

describe('inviting staff', () => {
  it('waits for the task, refuses other domains, sends each once approved, and is followed one by one', async () => {
    await connectMembers();
    const today = now.toISOString().slice(0, 10);
    const staff = (name: string, ...emails: string[]) => ({ name, emails, status: 'active' as const });
    await putReading(
      bylaw.services.store,
      id,
      'roster',
      [
        staff('Mara Ellingsworth', 'mara@alder.example.org'),
        staff('Tom Whitfield', 'tom@alder.example.org'),
        staff('Nina Osei', NINA),
        staff('Bram Oyelaran', 'bram@alder.example.org'),
        staff('Dot Ray', 'dot@private.example.net'),
      ],
      today,
    );
    await bylaw.services.verdicts.refresh(id);
    const invite = (intent: object = {}) =>
      technician.call('POST', at('/changes'), {
        target: 'claude_invitations',
        subject: 'staff',
        reason: 'They were told',
        intent,
      });
    const locked = await invite();
    expect([locked.status, locked.body.message]).toEqual([
      422,
      expect.stringMatching(/“Staff are invited”, is locked/),
    ]);
    await bylaw.services.store.write([id], (tx) =>
      insertDocument(tx, {
        id: randomUUID(),
        clientId: id,
        kind: 'journal',
        version: 1,
        value: { lockdown: { on: today, by: 'Ada', variant: 'switch' } },
        lines: {},
        file: 'journal.yaml',
        sha256: 'x',
        importId: null,
        basis: 'claim',
        at: now,
        by: 'test',
      }),
    );
    const asked = await technician.call('POST', at('/deployment/overrides'), {
      task: 'invite_staff',
      reason: 'It was begun before.',
    });
    await pass(1);
    await bylaw.owner.call('POST', at(`/deployment/overrides/${asked.body.id}/approve`), {
      reason: 'So it was.',
    });
    const outside = await invite({ 'address:dot@private.example.net': true });
    expect([outside.status, outside.body.message]).toEqual([
      422,
      expect.stringContaining('Not at a domain of the client'),
    ]);
    expect((await invite({ 'address:tom@alder.example.org': true })).body.message).toContain(
      'without a seat',
    );
    const { body: plan } = await invite();
    expect(plan, JSON.stringify(plan)).toMatchObject({
      state: 'planned',
      steps: [{ what: 'invite', name: 'bram@alder.example.org' }],
    });
    await act(admin, plan.id, 'approve', { version: plan.version, plan: plan.plan });
    claude.failNext({ status: 'lost', path: '/invites' });
    await carryOut(await shown(plan.id));
    await pass(5);
    await continueChanges(bylaw.services);
    expect(sent()).toEqual(['POST /v1/organizations/invites']);
    await read();
    await continueChanges(bylaw.services);
    expect(await shown(plan.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });
    const { items } = (await technician.call('GET', at('/deployment/invitations'))).body;
    expect(items).toMatchObject([
      { address: 'bram@alder.example.org', state: 'invited', expiresOn: expect.any(String) },
      { address: NEW, state: 'invited', invitedOn: '2026-11-20', expiresOn: '2026-12-11' },
    ]);
  });
});

describe('conversations of a person', () => {
  it('are listed with time and model but no content; what no source gives is not provided', async () => {
    const list = async (from: string, to: string): Promise<Json> =>
      (
        await technician.call('POST', at('/conversations'), {
          person: 'mara@alder.example.org',
          from,
          to,
          reason: 'Asked about by the board',
        })
      ).body;
    const shown = await list('2026-11-01', '2026-11-30');
    expect(shown).toMatchObject({ asked: 'read', logWhole: true });
    expect(shown.items.find((one: Json) => one.id === 'claude_chat_01')).toMatchObject({
      surface: 'chat',
      beganAt: '2026-11-23T10:00:00.000Z',
      models: ['claude-opus-4-6'],
      requests: null,
      tokens: null,
      from: ['claude', 'log'],
    });
    expect(JSON.stringify(shown)).not.toContain(WRITTEN);
    expect((await list('2026-10-01', '2026-10-31')).items).toEqual([]);
    claude.failNext({ status: 403, type: 'permission_error', path: '/chats' });
    const log = await list('2026-11-01', '2026-11-30');
    expect(log).toMatchObject({
      asked: 'no_answer',
      items: [{ id: 'claude_chat_01', models: null, from: ['log'] }],
    });
    expect((await list('2026-01-01', '2026-11-30')).message).toMatch(/92 days/);

    // What cannot be read of one chat hides no other, and is counted where not even that much is there.
    const [known] = claude.organization.chats;
    const odd = (id: unknown, more: object) =>
      ({ chat: { ...known?.chat, id, ...more }, messages: [] }) as (typeof claude.organization.chats)[0];
    claude.organization.chats.push(
      odd('claude_chat_02', { created_at: '2026-11-31T10:00:00Z', updated_at: 'yesterday' }),
      odd('claude_chat_03', { created_at: null, updated_at: 1_763_892_000, model: 4 }),
      odd('claude_chat_04', { created_at: {}, project_id: {} }),
      odd('claude_chat_05', { user: null }),
      odd(7, {}),
      { chat: null as never, messages: [] },
    );
    const { items, unread } = await list('2026-11-01', '2026-11-30');
    expect(items.map((one: Json) => [one.id, one.beganAt, one.lastAt]).sort()).toEqual([
      ['claude_chat_01', '2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z'],
      ['claude_chat_02', null, null],
      ['claude_chat_03', null, null],
      ['claude_chat_04', null, '2026-11-23T10:00:00.000Z'],
    ]);
    expect(unread).toBe(3);
  });
});

describe('an offboarding', () => {
  it('is closed only by a list from after the last day, and reopens when the person is back', async () => {
    const today = now.toISOString().slice(0, 10);
    await putReading(
      bylaw.services.store,
      id,
      'roster',
      [
        { name: 'Nina Osei', emails: [NINA], status: 'left', endsOn: today },
        { name: 'Mara Ellingsworth', emails: ['mara@alder.example.org'], status: 'active' },
        { name: 'Tom Whitfield', emails: ['tom@alder.example.org'], status: 'active' },
      ],
      today,
    );
    await bylaw.services.verdicts.refresh(id);
    const { body: journey } = await technician.call('POST', at('/journeys'), {
      address: NINA,
      name: 'Nina Osei',
      day: today,
      owner: null,
    });
    expect(journey.id, JSON.stringify(journey)).toEqual(expect.any(String));
    const without = await plan(NINA);
    expect([without.status, without.body.message]).toEqual([422, expect.stringContaining('not listed yet')]);
    const show = async (): Promise<Json> =>
      (await technician.call('GET', at(`/journeys/${journey.id}`))).body;
    const end = async () =>
      technician.call('POST', at(`/journeys/${journey.id}/end`), {
        version: (await show()).version,
        why: 'done',
      });
    // Its projects are listed before the person is removed, and each has an end.
    const projects = (what = '', body?: object) =>
      technician.call(
        body === undefined ? 'GET' : 'POST',
        at(`/journeys/${journey.id}/projects${what}`),
        body,
      );
    const stepOf = async () => (await show()).steps.find((one: Json) => one.id === 'projects');
    expect((await projects()).body).toMatchObject({ items: [], listed: null, readable: true });
    // Said too early on the same day: the list shows that it is not done.
    await technician.call('POST', at(`/journeys/${journey.id}/steps/projects/mark`), {
      version: 0,
      on: today,
    });
    expect(await stepOf()).toMatchObject({ state: 'marked' });
    // One that was named by hand before is the same as the one that Claude lists by that name.
    await projects('', { names: ['Annual meeting'] });
    const listedNow = (await projects('/read', {})).body;
    expect(listedNow, JSON.stringify(listedNow)).toMatchObject({
      listed: { how: 'api' },
      items: [
        { name: 'Annual meeting', private: true, outcome: null, overdue: false },
        { name: 'Member survey', private: false, outcome: null },
      ],
    });
    expect(await stepOf()).toMatchObject({ state: 'open', code: 'projects_open' });
    await projects('', { names: ['Notes of the board'] });
    const [first, second, third] = (await projects()).body.items;
    const settle = (one: Json, body: object) =>
      projects(`/${one.id}/settle`, { version: one.version, ...body });
    expect((await settle(first, { outcome: 'transferred' })).status).toBe(400);
    expect((await settle(first, { outcome: 'transferred', to: 'Tom Whitfield' })).status).toBe(201);
    expect((await settle(first, { outcome: 'archived' })).status).toBe(409);
    await settle(second, { outcome: 'archived' });
    const early2 = await technician.call('POST', at(`/journeys/${journey.id}/steps/projects/mark`), {
      version: 0,
      on: today,
    });
    expect([early2.status, early2.body.message]).toEqual([
      422,
      expect.stringMatching(/^1 project of 3 neither/),
    ]);
    expect((await settle(third, { outcome: 'lost' })).status).toBe(400);
    await settle(third, { outcome: 'lost', note: 'No one needs them' });
    expect(await stepOf()).toMatchObject({
      state: 'marked',
      words: '3 projects: 1 transferred, 1 archived, 1 accepted as lost.',
    });
    // Read again, what became of each stays.
    expect((await projects('/read', {})).body.items.map(({ outcome }: Json) => outcome)).toEqual([
      'transferred',
      'archived',
      'lost',
    ]);
    // Once the account is gone, an empty list would say nothing.
    claude.organization.users = claude.organization.users.filter(({ email }) => email !== NINA);
    await read();
    const gone = await projects('/read', {});
    expect([gone.status, gone.body.message]).toEqual([422, expect.stringContaining('no longer a member')]);
    for (const { id: step, proof, version, state } of (await show()).steps)
      if (proof !== 'seat_gone' && step !== 'projects' && state !== 'proved')
        await technician.call('POST', at(`/journeys/${journey.id}/steps/${step}/mark`), {
          version,
          how: 'accepted',
          on: today,
          note: 'Not theirs',
        });
    const early = await end();
    expect([early.status, early.body.message]).toEqual([422, expect.stringContaining('seat is removed')]);
    await pass(24 * 60);
    await read();
    const ended = await end();
    expect(ended.status, JSON.stringify(ended.body)).toBe(201);
    await pass(24 * 60);
    claude.organization.users.push({
      ...claude.organization.users[0],
      email: NINA,
      role: 'user',
      id: 'user_09',
    });
    await read();
    await beginJourneys(bylaw.services);
    const back = await show();
    expect(back).toMatchObject({ ended: null, concerns: [{ code: 'listed_again' }] });
  });
});
// Guide: G2.2-09 G5.2-03 G6.6-03 G6.6-05
