import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { startWorkflow, type Workflow } from '../../../../sandbox/teams/workflow.ts';
import { runJobs } from '../../retention/testing.ts';
import { audit, DAILY, NOW, TOMORROW } from './testing.ts';

anyEngine('a channel in Teams', (engine) => {
  let bylaw: TestConsole;
  let far: Workflow;
  let tess: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open(), now: NOW });
    far = await startWorkflow();
    tess = await bylaw.person('technician', null, 'Tess [x](https://evil.example)');
  });
  afterAll(async () => {
    await far.close();
    await bylaw.close();
  });
  beforeEach(() => bylaw.setNow(NOW));

  const path = (slug: string) => `/clients/${slug}/reminders`;
  const show = async (slug: string): Promise<Json> => (await bylaw.owner.call('GET', path(slug))).body;
  const set = (slug: string, body: object, by: TestPerson = bylaw.owner) =>
    by.call('PUT', `${path(slug)}/teams`, { ...DAILY, ...body });
  const cards = () => runJobs(bylaw, /remind channels/);
  /** Moves the clock; the owner stays signed in. */
  async function at(now: Date): Promise<void> {
    bylaw.setNow(now);
    const expires_at = new Date(now.getTime() + 3_600_000);
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('sessions').set({ last_seen_at: now, expires_at }).execute(),
    );
  }
  /** A client with one task that is overdue and a channel of its own, looked at a day later. */
  async function overdue(name: string) {
    const client = await bylaw.client(name);
    const work = `/clients/${client.slug}/work`;
    const { version } = (await bylaw.owner.call('GET', work)).body.recurring[0];
    const task = {
      version,
      active: true,
      months: null,
      reason: null,
      owner: 'Greta Holm',
      due: '2026-11-02',
    };
    expect((await bylaw.owner.call('PUT', `${work}/recurring/monthly_look`, task)).status).toBe(200);
    expect((await set(client.slug, { address: far.address })).status).toBe(200);
    await at(TOMORROW);
    return client;
  }
  async function remove(slug: string): Promise<void> {
    const { version } = await show(slug);
    await bylaw.owner.call('DELETE', `${path(slug)}/teams`, { version });
  }

  test('gets a card with counts and a link that the far side can show, once a day', async () => {
    const client = await overdue('Alder **Society** [x](https://evil.example) \u202E');
    const before = far.runs.length;
    await Promise.all([cards(), cards()]);
    await cards();
    const runs = far.runs.slice(before);
    expect(runs.map(({ state, why }) => [state, why])).toEqual([['Succeeded', null]]);
    const card = runs[0]?.card as Json;
    expect(card).toMatchObject({
      type: 'AdaptiveCard',
      version: '1.4',
      actions: [{ type: 'Action.OpenUrl', url: `${bylaw.services.config.origin}/c/${client.slug}/work` }],
    });
    const text = JSON.stringify(card);
    expect(text).toMatch(/1 overdue and \d+ waiting for someone|1 overdue/);
    expect(text).not.toMatch(/month of use|Greta|evil\.example|\u202E|CLA-/u);
    // What Teams reads as Markdown is ours alone.
    const markdown = card.body.filter(({ type }: Json) => type === 'TextBlock').map((one: Json) => one.text);
    expect(markdown).toEqual([expect.stringMatching(/^\d+ pieces? of work (is|are) due$/)]);
    expect((await show(client.slug)).teams).toMatchObject({
      host: new URL(far.address).host,
      last: { state: 'sent', on: '2026-11-25' },
      lastSent: { count: expect.any(Number) },
      lastFailure: null,
      next: '2026-11-26',
    });
    expect((await audit(bylaw, client.id, 'reminders.card')).map(({ after }) => after)).toMatchObject([
      { day: '2026-11-25', state: 'sending' },
      { day: '2026-11-25', state: 'sent', status: 202 },
    ]);
    await remove(client.slug);
  });

  test('is told what is due only where the client allows it, and never more than fits', async () => {
    const client = await overdue('Named Guild');
    const names = { allowed: true, reason: 'Priya Raman' };
    await bylaw.owner.call('PUT', `${path(client.slug)}/names`, names);
    await cards();
    const run = far.runs.at(-1);
    expect(run?.state).toBe('Succeeded');
    expect(JSON.stringify(run?.card)).toContain('Review a month of use (overdue since Nov 2, 2026)');
    expect(run?.bytes).toBeLessThan(28_000);
    await remove(client.slug);
  });

  test.each([
    [
      404,
      { status: 404, body: '{"error":{"code":"WorkflowNotFound"}}' },
      'failed',
      'workflow no longer exists',
    ],
    [401, { status: 401 }, 'failed', 'does not let Bylaw trigger it'],
    [400, { status: 400, body: 'Bad\r\nthing \u202E?sig=abc' }, 'failed', 'It said: Bad thing ?sig=…'],
    [302, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'failed', 'leads elsewhere'],
    [503, { status: 503 }, 'unknown', 'is not known'],
    ['a broken line', { status: 'broken' }, 'unknown', 'is not known'],
  ] as const)('says what became of it at %s, and does not send it twice', async (_, answer, state, says) => {
    const client = await overdue(`Guild of ${state} ${says.length}`);
    const before = far.requests;
    far.answerNext(answer);
    await cards();
    await cards();
    expect(far.requests - before).toBe(1);
    const { teams } = await show(client.slug);
    expect(teams.last).toMatchObject({ state, says: expect.stringContaining(says) });
    expect(teams).toMatchObject({ lastSent: null, lastFailure: { why: expect.stringContaining(says) } });
    expect(JSON.stringify(teams)).not.toMatch(/\u202E|sig=abc/u);
    await remove(client.slug);
  });

  test('waits as long as the workflow says, tries again, and gives up in the end', async () => {
    const client = await overdue('Guild of Patience');
    const later = (seconds: number) => new Date(TOMORROW.getTime() + seconds * 1000);
    const state = async () => (await show(client.slug)).teams;
    const before = far.requests;
    far.answerNext({ status: 429, headers: { 'retry-after': '600' } });
    await cards();
    expect(await state()).toMatchObject({
      last: { state: 'throttled', says: expect.stringContaining('called too often') },
      retryAt: later(600).toISOString(),
    });
    await at(later(599));
    await cards();
    expect(far.requests - before).toBe(1);
    await at(later(601));
    await Promise.all([cards(), cards()]);
    expect(far.requests - before).toBe(2);
    expect(await state()).toMatchObject({ last: { state: 'sent' }, retryAt: null });
    // The next day nobody has time for it, with dates, nonsense and nothing as the wait.
    await at(new Date('2026-11-26T12:30:00Z'));
    const waits = ['Thu, 26 Nov 2026 12:40:00 GMT', 'soon', '999999999', '0', '60'];
    far.answerNext(...waits.map((wait) => ({ status: 429, headers: { 'retry-after': wait } })));
    for (let tries = 0; tries < 7; tries += 1) {
      await cards();
      const { retryAt } = await state();
      if (retryAt !== null) await at(new Date(retryAt));
    }
    expect(far.requests - before).toBe(7);
    expect((await state()).last).toMatchObject({ state: 'failed' });
    await remove(client.slug);
  });

  test('is tried out with a card, and the far side’s answer is shown', async () => {
    const { slug, id } = await bylaw.client('Tried Guild');
    const tried = () => tess.call('POST', `${path(slug)}/teams/test`, {});
    expect((await tried()).body.message).toContain('No channel is set up');
    expect((await set(slug, { address: far.address, rhythm: 'never' }, tess)).status).toBe(200);
    const good = await tried();
    expect(good.body).toMatchObject({ accepted: true, status: 202, answer: null });
    expect(good.body.says).toContain('Check the channel');
    expect(far.runs.at(-1)).toMatchObject({ state: 'Succeeded' });
    expect(JSON.stringify(far.runs.at(-1)?.card)).toContain('Tess [x](https: / / evil. example)');
    const wrong = far.address.replace(/sig=.*/, 'sig=wrong');
    await set(slug, { version: 1, address: wrong, rhythm: 'never' }, tess);
    expect((await tried()).body).toMatchObject({
      accepted: false,
      status: 401,
      says: expect.stringContaining('Let “Anyone” trigger it'),
      answer: expect.stringContaining('Shared Access scheme'),
    });
    expect(await audit(bylaw, id, 'reminders.test_teams')).toMatchObject([
      { after: { outcome: 'accepted', status: 202 }, actor: { id: tess.id } },
      { after: { outcome: 'refused', status: 401 } },
    ]);
  });

  test('takes an address of a workflow only, keeps it sealed, and tells nobody', async () => {
    const { slug, id } = await bylaw.client('Sealed Guild');
    const workflow =
      'https://prod-12.westus.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=SECRET';
    const refusals: [string, string][] = [
      ['nothing', 'That is not an address'],
      ['http://prod-12.westus.logic.azure.com/?sig=SECRET', 'has to start with https'],
      ['https://alder.webhook.office.com/webhookb2/SECRET', 'Microsoft has retired'],
      ['https://evil.example/?sig=SECRET', 'is not a host of Teams workflows'],
      ['https://logic.azure.com.evil.example/?sig=SECRET', 'is not a host of Teams workflows'],
      ['https://a:SECRET@x.logic.azure.com/?sig=1', 'contains a name or password'],
      ['https://prod-12.westus.logic.azure.com/workflows/SECRET', 'has no signature'],
      ['', 'There is no address yet'],
    ];
    for (const [address, says] of refusals) {
      const { status, body } = await set(slug, { address });
      expect([address, status, body.message]).toEqual([address, 422, expect.stringContaining(says)]);
      expect(body.message).not.toContain('SECRET');
    }
    const stored = await set(slug, { address: workflow });
    expect(stored.body.teams).toMatchObject({ host: 'prod-12.westus.logic.azure.com', rhythm: 'daily' });
    const quicker = await set(slug, { address: workflow });
    expect([quicker.status, quicker.body.data]).toMatchObject([409, { by: 'Olive Owner', version: 1 }]);
    expect((await set(slug, { version: 1, rhythm: 'weekly', weekday: 4 })).body.teams).toMatchObject({
      rhythm: 'weekly',
      weekday: 4,
      next: '2026-11-26',
    });
    const rows = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('teams_channels').selectAll().execute(),
      await tx.selectFrom('audit_log').selectAll().execute(),
    ]);
    expect(JSON.stringify([rows, stored.body])).not.toContain('SECRET');
    const { outbound } = (await bylaw.owner.call('GET', '/settings')).body;
    expect(outbound).toContainEqual({
      host: 'prod-12.westus.logic.azure.com',
      for: 'Teams: reminders of 1 client',
    });
    const auditor = await bylaw.person('auditor', id);
    expect((await auditor.call('GET', path(slug))).body.can).toEqual({ edit: false });
    expect((await set(slug, { version: 2, address: workflow }, auditor)).status).toBe(403);
    expect((await bylaw.owner.call('DELETE', `${path(slug)}/teams`, { version: 1 })).status).toBe(409);
    expect((await bylaw.owner.call('DELETE', `${path(slug)}/teams`, { version: 2 })).body).toMatchObject({
      teams: null,
      version: 0,
    });
    expect((await audit(bylaw, id, 'reminders.set_teams')).map(({ after }) => after)).toEqual([
      { host: 'prod-12.westus.logic.azure.com', rhythm: 'daily', weekday: 1, addressChanged: true },
      { host: 'prod-12.westus.logic.azure.com', rhythm: 'weekly', weekday: 4, addressChanged: false },
    ]);
    expect(await audit(bylaw, id, 'reminders.remove_teams')).toHaveLength(1);
  });
});
// Guide: G2.2-34
