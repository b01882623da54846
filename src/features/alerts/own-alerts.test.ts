import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

/** Nobody calls harmless, or keeps out of sight, what they did themselves. */

describe('an alert about whoever decides', () => {
  let bylaw: TestConsole;
  let ona: TestPerson;
  let alder: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole();
    alder = await bylaw.client('Alder Society', { domains: ['example.org'], claudePlan: 'enterprise' });
    ona = await bylaw.person('technician', alder.id, 'Ona Admin');
  });
  afterAll(() => bylaw.close());

  const get = async (path: string) => (await bylaw.owner.call('GET', `/clients/${alder.slug}/${path}`)).body;
  const add = (...list: Activity[]) => bylaw.services.activityLog.append(alder.id, list);
  const mailbox = () => ona.email.toLowerCase();
  let n = 0;
  const event = (
    type: string,
    minute: number,
    by: Partial<Activity['actor']>,
    person: string | null = null,
  ) =>
    anActivity({
      id: `own${n++}`,
      at: new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString(),
      type,
      category: 'settings',
      source: 'compliance_feed',
      actor: { type: 'user_actor', id: null, email: null, name: null, ...by },
      person,
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
    });
  const only = async (detection: string, state = 'all') => {
    const { items } = await get(`alerts?detection=${detection}&state=${state}`);
    expect(items).toHaveLength(1);
    return items[0];
  };
  const settle = (by: TestPerson, { id, version }: { id: string; version: number }) =>
    by.call('POST', `/clients/${alder.slug}/alerts/${id}/settle`, { version, as: 'benign', note: 'Known.' });

  it('is theirs even if it names only their account’s id, or their mailbox with a tag', async () => {
    const id = 'user_01Ona';
    // Whose the id is, an event has told that names both.
    await add(event('claude_user_settings_updated', 0, { id, email: mailbox() }, mailbox()));
    await add(event('org_cowork_act_without_asking_mode_enabled', 1, { id }));
    const byId = await settle(ona, await only('CLA-DET-25', 'open'));
    expect([byId.status, byId.body.message]).toEqual([403, expect.stringContaining('is about you')]);
    const tagged = mailbox().replace('@', '+claude@');
    await add(event('org_invite_link_generated', 1, { email: tagged }, tagged));
    expect((await settle(ona, await only('CLA-DET-30', 'open'))).status).toBe(403);
    expect((await settle(bylaw.owner, await only('CLA-DET-30', 'open'))).status).toBe(201);
  });

  it('is theirs if a later event in someone else’s alert is', async () => {
    await add(
      event('inference_hooks_config_deleted', 10, { email: 'bea@example.org' }, 'bea@example.org'),
      event('inference_hooks_config_deleted', 11, { email: mailbox() }, mailbox()),
    );
    const alert = await only('CLA-DET-22', 'open');
    expect(alert.words).toContain('bea@example.org');
    expect((await settle(ona, alert)).status).toBe(403);
    const many = await ona.call('POST', `/clients/${alder.slug}/alerts/settle`, {
      alerts: [{ id: alert.id, version: alert.version }],
      groups: [],
      as: 'benign',
      note: 'Known.',
    });
    expect(many.status).toBe(403);
  });

  it('is open even if they silenced the whole detection', async () => {
    const type = 'org_cowork_otlp_settings_updated';
    const weaker = (minute: number, email: string) => ({
      ...event(type, minute, { email }, email),
      detail: { new_otlp_endpoint: 'https://x.example' },
    });
    await add(weaker(-6000, 'bea@example.org'));
    const first = await only('CLA-DET-35', 'open');
    const silenced = await ona.call('POST', `/clients/${alder.slug}/alerts/${first.id}/silence`, {
      version: first.version,
      scope: 'detection',
      until: '2026-12-20',
      note: 'Bea sets it up.',
    });
    expect(silenced.status).toBe(201);
    // Later, so that it is an alert of its own.
    await add(weaker(-4000, 'bea@example.org'));
    const states = async () =>
      (await get('alerts?detection=CLA-DET-35&state=all')).items
        .map(({ state }: { state: string }) => state)
        .sort();
    expect(await states()).toEqual(['benign', 'silenced']);
    // What joins the silenced alert is theirs.
    await add(weaker(-3998, mailbox()));
    expect(await states()).toEqual(['benign', 'open']);
    await add(weaker(-2000, mailbox()));
    expect(await states()).toEqual(['benign', 'open', 'open']);
    await add(weaker(-1000, 'bea@example.org'));
    expect(await states()).toEqual(['benign', 'open', 'open', 'silenced']);
  });

  it('belongs to a detection that they may switch on but neither switch off nor tune', async () => {
    await add(event('org_invite_link_generated', 20, { email: mailbox() }, mailbox()));
    const detection = 'CLA-DET-30';
    const change = (by: TestPerson, version: number, on: boolean) =>
      by.call('PUT', `/clients/${alder.slug}/detections/${detection}`, { version, on, reason: 'Too many.' });
    const own = await change(ona, 0, false);
    expect([own.status, own.body.message]).toEqual([
      403,
      expect.stringMatching(/is about you\. Someone else has to switch this detection off or tune it\.$/u),
    ]);
    const off = await change(bylaw.owner, 0, false);
    expect([off.status, off.body.on]).toEqual([200, true]);
    // Nor do they approve it.
    const approved = await approve(ona, detection, off.body.proposed.id);
    expect([approved.status, approved.body.message]).toEqual([
      403,
      expect.stringContaining('is about you. Someone else'),
    ]);
    const bea = await bylaw.person('technician', alder.id, 'Bea Tech');
    expect((await approve(bea, detection, off.body.proposed.id)).body.on).toBe(false);
    expect((await change(ona, 1, true)).status).toBe(200);
  });

  const put = (by: TestPerson, detection: string, body: object) =>
    by.call('PUT', `/clients/${alder.slug}/detections/${detection}`, { reason: 'Too many.', ...body });
  const approve = (by: TestPerson, detection: string, proposal: string) =>
    by.call('POST', `/clients/${alder.slug}/detections/${detection}/approve`, { proposal });
  const failed = (minute: number) =>
    anActivity({
      ...event('sso_login_failed', minute, { email: mailbox() }, mailbox()),
      category: 'sign_in',
      ip: '203.0.113.9',
    });

  it('is still raised after they loosened its detection, until someone else approves that', async () => {
    const detection = 'CLA-DET-45';
    const bea = await bylaw.person('technician', alder.id, 'Bo Tech');
    expect((await put(ona, detection, { version: 0, number: 3 })).body).toMatchObject({
      number: { value: 3 },
      proposed: null,
      version: 1,
    });
    const ways = [{ number: 50 }, { on: false }, { on: false, number: 3 }];
    for (const way of ways)
      expect((await put(ona, detection, { version: 1, ...way })).body).toMatchObject({
        on: true,
        number: { value: 3 },
        version: 1,
        proposed: { by: ona.name, may: { approve: false } },
      });
    const { items } = (await bea.call('GET', `/clients/${alder.slug}/work`)).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'detection_waits')).toMatchObject([
      { key: `detection_waits:${detection}`, mine: true },
    ]);
    const { items: detections } = await get('detections');
    const { proposed } = detections.find(({ id }: { id: string }) => id === detection);
    const own = await approve(ona, detection, proposed.id);
    expect([own.status, own.body.message]).toEqual([403, expect.stringContaining('You proposed this')]);
    const auditor = await bylaw.person('auditor', alder.id, 'Ada Audit');
    expect((await approve(auditor, detection, proposed.id)).status).toBe(403);
    // Another proposal than the one that was seen, and one twice.
    const later = (await put(ona, detection, { version: 1, number: 60 })).body.proposed;
    expect((await approve(bea, detection, proposed.id)).status).toBe(409);
    // What they did meanwhile is an alert, and then nobody puts their proposal into force.
    await add(failed(30), failed(31), failed(32));
    expect(await only(detection, 'open')).toMatchObject({ count: 3 });
    const about = await approve(bea, detection, later.id);
    expect([about.status, about.body.message]).toEqual([
      403,
      expect.stringContaining(`is about ${ona.name}, who proposed this`),
    ]);
    // A change of somebody else takes the place of what waits.
    const fresh = (await put(bea, detection, { version: 1, number: 4 })).body;
    expect((await approve(bylaw.owner, detection, later.id)).status).toBe(409);
    const twice = await Promise.all([0, 1].map(() => approve(bylaw.owner, detection, fresh.proposed.id)));
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await get('detections')).items.find(({ id }: { id: string }) => id === detection)).toMatchObject({
      number: { value: 4 },
      changed: { by: 'Bo Tech', approvedBy: bylaw.owner.name },
      proposed: null,
      version: 2,
    });
    const { items: log } = (await bylaw.owner.call('GET', `/clients/${alder.slug}/audit?limit=200`)).body;
    const acts = log.map(({ action }: { action: string }) => action);
    expect(acts.filter((action: string) => action === 'detections.approve')).toHaveLength(2);
  });

  it('can be kept away by one person only if there is no one else, and the record says so', async () => {
    const detection = 'CLA-DET-45';
    const lone = await testConsole();
    try {
      const { slug } = await lone.client('Birch Guild');
      const path = `/clients/${slug}/detections/${detection}`;
      const off = (version: number) =>
        lone.owner.call('PUT', path, { version, on: false, reason: 'Too many.' });
      expect((await off(0)).body).toMatchObject({ on: false, proposed: null });
      const { items } = (await lone.owner.call('GET', `/clients/${slug}/audit?limit=200`)).body;
      const line = items.find(({ action }: { action: string }) => action === 'detections.change');
      const { body } = await lone.owner.call('GET', `/clients/${slug}/audit/records/${line.seq}`);
      expect(JSON.parse(body.body).after).toEqual({ on: false, number: 10, history: null, alone: true });
      // One more who may not change detections is no second person; one who may is.
      await lone.person('auditor', null, 'Ada Audit');
      const on = (version: number) =>
        lone.owner.call('PUT', path, { version, on: true, reason: 'Wanted after all.' });
      await on(1);
      expect((await off(2)).body.on).toBe(false);
      await on(3);
      await lone.person('technician', null, 'Bea Tech');
      const waits = (await off(4)).body;
      expect([waits.on, waits.version]).toEqual([true, 4]);
      const dropped = await lone.owner.call('POST', `${path}/withdraw`, {
        proposal: waits.proposed.id,
        reason: 'Not needed.',
      });
      expect(dropped.body).toMatchObject({ on: true, proposed: null });
    } finally {
      await lone.close();
    }
  });
});
