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
  const only = async (rule: string, state = 'all') => {
    const { items } = await get(`alerts?rule=${rule}&state=${state}`);
    expect(items).toHaveLength(1);
    return items[0];
  };
  const settle = (by: TestPerson, { id, version }: { id: string; version: number }) =>
    by.call('POST', `/clients/${alder.slug}/alerts/${id}/settle`, { version, as: 'benign', note: 'Known.' });

  it('is theirs where it names only their account’s id, or their mailbox with a tag', async () => {
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

  it('is theirs where a later event of somebody else’s alert is', async () => {
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

  it('is open in spite of a silence that they made of the whole rule', async () => {
    const type = 'org_cowork_otlp_settings_updated';
    const weaker = (minute: number, email: string) => ({
      ...event(type, minute, { email }, email),
      detail: { new_otlp_endpoint: 'https://x.example' },
    });
    await add(weaker(-6000, 'bea@example.org'));
    const first = await only('CLA-DET-35', 'open');
    const silenced = await ona.call('POST', `/clients/${alder.slug}/alerts/${first.id}/silence`, {
      version: first.version,
      scope: 'rule',
      until: '2026-12-20',
      note: 'Bea sets it up.',
    });
    expect(silenced.status).toBe(201);
    // Later, so that it is an alert of its own.
    await add(weaker(-4000, 'bea@example.org'));
    const states = async () =>
      (await get('alerts?rule=CLA-DET-35&state=all')).items
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

  it('is of a rule that they neither switch off nor tune, and may switch on', async () => {
    await add(event('org_invite_link_generated', 20, { email: mailbox() }, mailbox()));
    const rule = 'CLA-DET-30';
    const change = (by: TestPerson, version: number, on: boolean) =>
      by.call('PUT', `/clients/${alder.slug}/detections/${rule}`, { version, on, reason: 'Too many.' });
    const own = await change(ona, 0, false);
    expect([own.status, own.body.message]).toEqual([
      403,
      expect.stringMatching(/is about you\. Someone else has to switch this rule off or tune it\.$/u),
    ]);
    expect((await change(bylaw.owner, 0, false)).status).toBe(200);
    expect((await change(ona, 1, true)).status).toBe(200);
  });
});
