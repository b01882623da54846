import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { detectionSchema } from '#domain/detections/sigma.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { openZip } from '#sources/exports/read/zip.ts';
import { insertConnection } from '#store/sources/connections.ts';
import { addSpans } from '#store/sources/spans.ts';
import { setStreams } from '#store/sources/streams.ts';
import { anyEngine } from '#store/testing.ts';
import { sweepMatches } from '../detections/sweep.ts';

/** Alerts and detections over HTTP, as a client's technician meets them. */

anyEngine('alerts', (engine) => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    alder = await bylaw.client('Alder Society', { domains: ['example.org'], claudePlan: 'enterprise' });
  });
  afterAll(() => bylaw.close());

  const get = async (path: string) => (await bylaw.owner.call('GET', `/clients/${alder.slug}/${path}`)).body;
  const call = (method: string, path: string, body: object) =>
    bylaw.owner.call(method, `/clients/${alder.slug}/${path}`, body);
  const add = (...list: Activity[]) => bylaw.services.activityLog.append(alder.id, list);
  let n = 0;
  const event = (type: string, minute: number, more: Partial<Activity> = {}) =>
    anActivity({
      id: `a${n++}`,
      at: new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString(),
      type,
      category: 'settings',
      source: 'compliance_feed',
      actor: { type: 'user_actor', id: 'u1', email: 'owner@example.org', name: 'Ona Admin' },
      person: 'owner@example.org',
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
      ...more,
    });

  describe('an alert', () => {
    it('says who did what, shows the events and what to do, and is announced once it is there', async () => {
      const reported: unknown[] = [];
      const stop = bylaw.services.events.subscribe((one) => reported.push(one.topic));
      await add(event('org_cowork_act_without_asking_mode_enabled', 0));
      stop();
      expect(reported).toContain('alerts');
      const { items, counts, total } = await get('alerts');
      expect(items).toMatchObject([
        {
          code: 'AL-0001',
          level: 'critical',
          state: 'open',
          words: 'Ona Admin let Cowork act without asking.',
        },
      ]);
      expect([total, counts.open]).toEqual([1, 1]);
      const alert = await get(`alerts/${items[0].id}`);
      expect(alert.events).toMatchObject([
        {
          type: 'org_cowork_act_without_asking_mode_enabled',
          title: 'Cowork’s “act without asking” mode switched on',
        },
      ]);
      expect(alert.playbook.length).toBeGreaterThan(0);
      expect(alert.steps).toMatchObject([{ act: 'raised' }]);
    });

    it('calls tools by the titles of the catalogue, and one that it does not know by its own name', async () => {
      const pine = await bylaw.client('Pine Guild', { domains: ['example.org'], claudePlan: 'enterprise' });
      const set = (mcp_server_name: string, tool_name: string) =>
        event('mcp_tool_policy_updated', 0, {
          detail: { mcp_server_name, tool_name, max_permission: 'allow' },
        });
      await bylaw.services.activityLog.append(pine.id, [
        set('Microsoft 365 Outlook', 'outlook_calendar_search'),
        set('Asana', '*'),
        set('Taskline', 'pour_tea'),
      ]);
      const { items } = (await bylaw.owner.call('GET', `/clients/${pine.slug}/alerts?detection=CLA-DET-09`))
        .body;
      const said = (tool: string) =>
        `Ona Admin set ${tool} to run without asking; no charter says whether it may.`;
      expect(items.map(({ words }: { words: string }) => words).sort()).toEqual([
        said('every tool of Asana'),
        said('pour_tea of Taskline'),
        said('“Search calendar” of Microsoft 365 Outlook'),
      ]);
      const { facts } = (await bylaw.owner.call('GET', `/clients/${pine.slug}/alerts/${items[0].id}`)).body;
      expect(facts.map(([name]: [string]) => name)).toEqual(expect.arrayContaining(['Connector', 'Tool']));
    });

    it('of high or critical severity is work with a day until it is settled, and stands on Home once', async () => {
      const ofAlerts = (items: { kind: string }[]) => items.filter(({ kind }) => kind === 'alert');
      expect(ofAlerts((await get('work')).items)).toMatchObject([
        { key: 'alerts', title: 'Look into the open alerts: 1 critical', due: '2026-11-25' },
      ]);
      const home = await get('home');
      expect(home.doNow.filter(({ verb }: { verb: string }) => verb === 'alert')).toMatchObject([
        { key: 'alerts', detail: 'The most severe: Ona Admin let Cowork act without asking.' },
      ]);
      expect(ofAlerts(home.work.items)).toEqual([]);
      expect(home.work.inDoNow).toBeGreaterThan(0);
    });

    it('is settled with a reason, opens again when more comes, and leaves a record', async () => {
      const [{ id }] = (await get('alerts')).items;
      const { version } = await get(`alerts/${id}`);
      const done = await call('POST', `alerts/${id}/settle`, { version, as: 'benign', note: 'A trial.' });
      expect(done.body).toMatchObject({ state: 'benign', settled: { by: bylaw.owner.name } });
      expect((await get('alerts')).items).toEqual([]);
      expect((await get('work')).items.some(({ kind }: { kind: string }) => kind === 'alert')).toBe(false);
      expect((await get('alerts?state=settled')).items).toHaveLength(1);
      const stale = await call('POST', `alerts/${id}/settle`, { version, as: 'real', note: 'Late.' });
      expect(stale.status).toBe(409);
      await add(event('org_cowork_act_without_asking_mode_enabled', 5));
      expect((await get('alerts')).items).toMatchObject([{ id, state: 'open', count: 2 }]);
      const again = await get(`alerts/${id}`);
      expect(again.steps.map(({ act }: { act: string }) => act)).toEqual(['raised', 'benign', 'grew']);
      const audit = await get('audit');
      expect(JSON.stringify(audit)).toContain('alerts.settle');
    });

    it('can be silenced for one thing until a day, and not for ever', async () => {
      const link = (minute: number) => event('org_invite_link_generated', minute);
      await add(link(0));
      const one = (await get('alerts?detection=CLA-DET-30')).items[0];
      const { version } = await get(`alerts/${one.id}`);
      const silence = (until: string) =>
        call('POST', `alerts/${one.id}/silence`, {
          version,
          scope: 'detection',
          until,
          note: 'An open day.',
        });
      expect((await silence('2027-11-24')).status).toBe(422);
      expect((await silence('2026-11-01')).status).toBe(422);
      expect((await silence('2026-12-01')).body).toMatchObject({ state: 'benign' });
      await add(event('org_invite_link_generated', 90 + 60));
      expect((await get('alerts?detection=CLA-DET-30')).items).toEqual([]);
      const [quiet] = (await get('alerts?detection=CLA-DET-30&state=all')).items;
      expect(quiet).toMatchObject({ state: 'silenced' });
      const { silences } = await get('detections');
      expect(silences).toMatchObject([{ detection: 'CLA-DET-30', until: '2026-12-01' }]);
      const ended = await call('POST', `detection-silences/${silences[0].id}/end`, { reason: 'It is over.' });
      expect(ended.status).toBe(201);
      expect((await get('detections')).silences).toEqual([]);
    });

    it('cannot be called harmless by the person it is about, alone, with others or by silence', async () => {
      const ona = await bylaw.person('technician', alder.id, 'Ona Admin');
      const act = (verb: string, body: object) =>
        ona.call('POST', `/clients/${alder.slug}/alerts/${verb}`, body);
      const [{ id, version }] = (await get('alerts')).items;
      const benign = { as: 'benign', note: 'Nothing happened.' };
      const tries = [
        await act(`${id}/settle`, { version, ...benign }),
        await act('settle', { alerts: [{ id, version }], groups: [], ...benign }),
        await act(`${id}/silence`, {
          version,
          scope: 'same',
          until: '2026-12-01',
          note: 'Nothing happened.',
        }),
        await act(`${id}/silence`, {
          version,
          scope: 'detection',
          until: '2026-12-01',
          note: 'Nothing happened.',
        }),
      ];
      for (const { status, body } of tries)
        expect([status, body.message]).toEqual([403, expect.stringMatching(/^AL-0001 is about you\./u)]);
      expect(await get(`alerts/${id}`)).toMatchObject({ state: 'open', version });
      const asked = await act(`${id}/settle`, { version, as: 'follow_up', note: 'Look at what I did.' });
      expect(asked.body).toMatchObject({ state: 'follow_up' });
    });

    it('is exported as the page shows it', async () => {
      const file = await bylaw.owner.call('GET', `/clients/${alder.slug}/alerts/export?state=all&format=csv`);
      expect(file.bytes.toString()).toContain('Ona Admin let Cowork act without asking.');
      expect(file.bytes.toString()).toContain(',Critical,');
    });
  });

  /** A connection whose ledger is the activity feed's, as a key makes it. */
  const connect = () =>
    bylaw.services.store.write([alder.id], async (tx) => {
      await insertConnection(tx, {
        client_id: alder.id,
        id: 'connection',
        vendor: 'anthropic',
        key_kind: 'access',
        key_sealed: 'sealed',
        key_hint: 'sk-ant…abcd',
        scopes: '[]',
        tenants: '[]',
        parent: 'parent',
        state: 'connected',
        problem: null,
        recording: 'on',
        recording_at: TEST_NOW,
        tested_at: TEST_NOW,
        connected_by_name: 'Olive Owner',
        connected_at: TEST_NOW,
      });
      await setStreams(tx, alder.id, 'connection', ['feed'], TEST_NOW);
    });

  describe('a detection', () => {
    const detection = async (id: string) =>
      (await get('detections')).items.find((one: { id: string }) => one.id === id);

    it('says where it cannot work, and why', async () => {
      const works = async (id: string) => (await detection(id)).works;
      // Its events came by an import: what nobody brings is not seen.
      expect(await works('CLA-DET-36')).toMatchObject({
        can: 'unknown',
        why: expect.stringContaining('not connected'),
      });
      await connect();
      expect(await works('CLA-DET-36')).toMatchObject({
        can: 'unknown',
        why: expect.stringContaining('not complete at the moment'),
      });
      const whole = (from: string, to: string) =>
        bylaw.services.store.write([alder.id], (tx) =>
          addSpans(tx, alder.id, 'compliance_feed', [{ from, to, gap: null, mendable: true }]),
        );
      await whole('2026-11-20T00:00:00.000Z', '2026-11-24T14:55:00.000Z');
      expect(await works('CLA-DET-36')).toEqual({ can: 'yes', why: null, plan: null });
      expect((await works('CLA-DET-06')).why).toMatch(/needs a charter in force/);
      expect((await works('CLA-DET-16')).why).toMatch(/staff roster/);
      expect((await works('CLA-DET-02')).why).toMatch(/No source/);
      const team = await bylaw.client('Birch Guild', { claudePlan: 'team' });
      const list = (await bylaw.owner.call('GET', `/clients/${team.slug}/detections`)).body.items;
      const sso = list.find((one: { id: string }) => one.id === 'CLA-DET-36');
      expect(sso.works).toMatchObject({
        can: 'no',
        why: expect.stringContaining('Claude Enterprise'),
        plan: 'enterprise',
      });
    });

    it('cannot fire with five people, and says so', async () => {
      const client = await bylaw.client('Cedar Circle', { domains: ['example.org'] });
      const day = (person: string, messages: number) =>
        Array.from({ length: messages }, () =>
          event('user_prompt', 0, { source: 'otlp', category: 'message', person: `${person}@example.org` }),
        );
      await bylaw.services.activityLog.append(client.id, [
        ...day('a', 19),
        ...['b', 'c', 'd', 'e'].flatMap((one) => day(one, 1)),
      ]);
      const list = (await bylaw.owner.call('GET', `/clients/${client.slug}/detections`)).body.items;
      const average = list.find((one: { id: string }) => one.id === 'CLA-DET-02');
      expect(average.works.why).toMatch(/fewer than 6 active people, and there were 5 people/);
    });

    it('compares no one before enough days were counted for its history, and says so (G7.1-05)', async () => {
      const client = await bylaw.client('Dogwood League', { domains: ['example.org'] });
      const path = `/clients/${client.slug}/detections`;
      const average = async () =>
        (await bylaw.owner.call('GET', path)).body.items.find(
          (one: { id: string }) => one.id === 'CLA-DET-02',
        );
      const alerts = async () =>
        (await bylaw.owner.call('GET', `/clients/${client.slug}/alerts?detection=CLA-DET-02&state=all`)).body;
      const DAY = 24 * 60;
      const day = (person: string, messages: number, back: number) =>
        Array.from({ length: messages }, () =>
          event('user_prompt', -back * DAY, {
            source: 'otlp',
            category: 'message',
            person: `${person}@example.org`,
          }),
        );
      const others = (back: number) =>
        ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].flatMap((one) => day(one, 2, back));
      const append = (...events: ReturnType<typeof day>) =>
        bylaw.services.activityLog.append(client.id, events);
      expect(await average()).toMatchObject({
        on: true,
        byDefault: true,
        number: { value: 5, min: 2, max: 20 },
        history: { value: 7, shipped: 7, min: 0, max: 60 },
      });
      // Three days of history: a day of eighteen against nine of two, five times and more, is not judged yet.
      await append(...others(5), ...others(4), ...day('a', 20, 3), ...others(3), ...others(2));
      expect((await average()).works).toMatchObject({
        can: 'no',
        why: expect.stringMatching(
          /^It cannot work yet: days have been counted since Nov 19, 2026, .* until 7 days have passed\. The first day that it evaluates is Nov 26, 2026\.$/,
        ),
      });
      expect((await alerts()).total).toBe(0);
      const change = (body: object) =>
        bylaw.owner.call('PUT', `${path}/CLA-DET-02`, { reason: 'We began in October.', ...body });
      expect((await change({ version: 0, history: 61 })).body.message).toMatch(/from 0 to 60/);
      expect(
        (await bylaw.owner.call('PUT', `${path}/CLA-DET-45`, { version: 0, history: 3, reason: 'So be it.' }))
          .status,
      ).toBe(400);
      expect((await change({ version: 0, history: 2 })).body).toMatchObject({
        version: 1,
        number: { value: 5 },
        history: { value: 2, shipped: 7 },
      });
      expect((await average()).works.can).not.toBe('no');
      const tried = (await bylaw.owner.call('GET', `${path}/CLA-DET-02/try?history=3`)).body;
      expect(tried.total).toBe(0);
      // From then on: a day more of the same, just above five times, and one at five times exactly.
      await append(...day('a', 19, 1), ...others(1), ...day('a', 18, 0), ...others(0));
      const [alert, ...more] = (await alerts()).items;
      expect(more).toEqual([]);
      expect(alert.words).toMatch(
        /^a@example\.org sent 19 messages on Nov 23, 2026, above 18\.5, .* average of 3\.7 among 10 people\.$/,
      );
    });

    it('is tuned within bounds and switched off, with a reason, and counts from then on', async () => {
      const change = (body: object) =>
        call('PUT', 'detections/CLA-DET-45', { reason: 'Few people.', ...body });
      expect((await change({ version: 0, number: 2 })).status).toBe(400);
      expect((await change({ version: 0, number: 3.5 })).status).toBe(400);
      expect((await change({ version: 0, number: 3 })).body).toMatchObject({
        version: 1,
        number: { value: 3, shipped: 10 },
      });
      expect((await change({ version: 0, on: false })).status).toBe(409);
      const failed = (minute: number) =>
        event('sso_login_failed', minute, { category: 'sign_in', ip: '203.0.113.9' });
      await add(failed(1), failed(2), failed(3));
      expect((await get('alerts?detection=CLA-DET-45')).items).toMatchObject([
        { count: 3, words: '3 sign-ins failed from 203.0.113.9 within 2 minutes.' },
      ]);
      // There is someone else to ask, and a detection that is off finds less.
      const { proposed } = (await change({ version: 1, on: false })).body;
      const tess = await bylaw.person('technician', alder.id, 'Tess Tech');
      const off = await tess.call('POST', `/clients/${alder.slug}/detections/CLA-DET-45/approve`, {
        proposal: proposed.id,
      });
      expect(off.body).toMatchObject({ on: false, version: 2 });
      await add(failed(4));
      expect((await get('alerts?detection=CLA-DET-45')).items).toMatchObject([{ count: 3 }]);
    });

    it('is tried on what is there, switched off or not, without leaving a trace', async () => {
      const before = (await get('alerts?state=all')).total;
      const tried = await get('detections/CLA-DET-45/try?number=4');
      expect(tried).toMatchObject({ total: 1, items: [{ count: 4 }], cut: false });
      expect(tried.looked).toBeGreaterThan(4);
      expect((await get('detections/CLA-DET-45/try?number=5')).total).toBe(0);
      expect((await get('alerts?state=all')).total).toBe(before);
    });

    it('is a Sigma rule that Sigma’s own schema allows, together with the rules it correlates', async () => {
      const file = await bylaw.owner.call('GET', `/clients/${alder.slug}/detections/sigma`);
      const documents = parseAllDocuments(file.bytes.toString()).map((one) => one.toJS());
      expect(documents.length).toBeGreaterThan(40);
      const names = new Set(documents.map(({ name }) => name));
      for (const one of documents) {
        expect(detectionSchema.safeParse(one).error).toBeUndefined();
        for (const base of one.correlation?.rules ?? []) expect(names).toContain(base);
      }
      // The archive holds the same, a file each.
      const zip = await bylaw.owner.call('GET', `/clients/${alder.slug}/detections/sigma?format=zip`);
      const entries = await openZip(zip.bytes, { what: 'archive', bytes: 10_000_000 });
      const files = await Promise.all(entries.map(async (entry) => (await entry.read()).toString()));
      expect(files.map((text) => parse(text).id).sort()).toEqual(documents.map(({ id }) => id).sort());
      // YAML 1.1 reads a plain "on" as true.
      expect(files.some((text) => /^\s*(?:on|off):/m.test(text))).toBe(false);
      // It is off here.
      expect(documents.map(({ bylaw: own }) => own.id)).not.toContain('CLA-DET-45');
    });
  });

  it('keeps matches that made no alert for a month only, and those of alerts', async () => {
    const count = () =>
      bylaw.services.store.read([alder.id], (tx) =>
        tx
          .selectFrom('activity_match_chunks')
          .select(['hot', 'detection'])
          .where('client_id', '=', alder.id)
          .execute(),
      );
    await add(event('org_user_deleted', 0, { at: '2026-10-01T09:00:00.000Z', category: 'membership' }));
    const before = await count();
    await sweepMatches(bylaw.services);
    const after = await count();
    expect(before.length - after.length).toBe(1);
    expect(after.filter(({ hot }) => hot)).toHaveLength(before.filter(({ hot }) => hot).length);
  });
});
// Guide: G0-00 G0-06 G5.1-06 G5.3-06 G5.4-04 G5.5-03 G7.1-04 G7.1-05 G7.1-06
