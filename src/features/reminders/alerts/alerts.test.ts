import { afterAll, beforeAll, expect, test } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { startWorkflow, type Workflow } from '../../../../sandbox/teams/workflow.ts';
import { audit, DAILY, NOW } from '../teams/testing.ts';
import { sendCriticalAlerts } from './send.ts';

/** Critical alerts reach those who asked for it, by mail and in Teams, without a word on what anyone did. */
anyEngine('notices of critical alerts', (engine) => {
  let bylaw: TestConsole;
  let far: Workflow;
  let tess: TestPerson;
  let client: { id: string; slug: string };
  let n = 0;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open(), now: NOW });
    far = await startWorkflow();
    client = await bylaw.client('Alder [x](https://evil.example)', { claudePlan: 'enterprise' });
    tess = await bylaw.person('technician', client.id, 'Tess');
    await add('org_cowork_act_without_asking_mode_enabled', -120);
  });
  afterAll(async () => {
    await far.close();
    await bylaw.close();
  });

  const path = () => `/clients/${client.slug}/alert-notices`;
  const minutes = (after: number) => new Date(NOW.getTime() + after * 60_000);
  /** A critical alert of the detection for this type, raised now. */
  const add = (type: string, at: number) =>
    bylaw.services.activityLog.append(client.id, [
      anActivity({
        id: `n${n++}`,
        at: minutes(at).toISOString(),
        type,
        category: 'settings',
        source: 'compliance_feed',
        actor: { type: 'user_actor', id: 'u1', email: 'olive@example.org', name: 'Olive Owner' },
        person: 'olive@example.org',
        connector: null,
        connectorName: null,
        tool: null,
        effect: null,
      }),
    ]);
  const look = (at: number) => {
    bylaw.setNow(minutes(at));
    return sendCriticalAlerts(bylaw.services);
  };

  test('come once for a group to people who asked for them since, with how many and where', async () => {
    bylaw.setNow(minutes(1));
    const asked = await tess.call('PUT', `${path()}/mine`, { on: true });
    expect(asked.body).toMatchObject({
      mine: { on: true, to: tess.email, last: null },
      mail: true,
      teams: null,
    });
    await look(2);
    // What was open before is nothing new.
    expect(bylaw.outbox).toEqual([]);
    await add('org_deletion_requested', 2);
    await Promise.all([look(3), look(3)]);
    expect(bylaw.outbox).toHaveLength(1);
    const [mail] = bylaw.outbox;
    expect(mail?.to).toBe(tess.email);
    expect(mail?.subject).toBe('Bylaw: 1 critical alert');
    expect(mail?.text).toContain(`/c/${client.slug}/alerts?level=critical`);
    expect(mail?.text).not.toMatch(/Olive|olive@|evil\.example|deleted/);
    await look(4);
    expect(bylaw.outbox).toHaveLength(1);
    expect((await tess.call('GET', path())).body.mine.last).toMatchObject({ state: 'sent', why: null });
    const records = await audit(bylaw, client.id, 'reminders.critical_alerts');
    expect(records.map(({ after }) => after.state)).toEqual(['sending', 'sent']);
  });

  test('are tried again where the mail could not be handed over', async () => {
    const refused = {
      ...bylaw.services,
      mail: { ...bylaw.services.mail, send: async () => Promise.reject(new Error('It is full.')) },
    };
    bylaw.setNow(minutes(10));
    await add('primary_owner_transferred', 9);
    const before = bylaw.outbox.length;
    await sendCriticalAlerts(refused);
    const state = (await tess.call('GET', path())).body.mine.last;
    expect(state).toMatchObject({ state: 'failed', why: 'It is full.' });
    await look(11);
    expect(bylaw.outbox).toHaveLength(before);
    await look(13);
    expect(bylaw.outbox).toHaveLength(before + 1);
  });

  test('reach the Teams channel if that was asked for, and no one who may not see alerts', async () => {
    bylaw.setNow(minutes(20));
    expect((await bylaw.owner.call('PUT', `${path()}/teams`, { on: true })).status).toBe(422);
    await bylaw.owner.call('PUT', `/clients/${client.slug}/reminders/teams`, {
      ...DAILY,
      address: far.address,
    });
    const auditor = await bylaw.person('auditor', client.id);
    expect((await auditor.call('PUT', `${path()}/teams`, { on: true })).status).toBe(403);
    expect((await bylaw.owner.call('PUT', `${path()}/teams`, { on: true })).body.teams).toMatchObject({
      on: true,
    });
    const staff = await bylaw.person('staff', client.id);
    expect((await staff.call('PUT', `${path()}/mine`, { on: true })).status).toBe(403);
    await add('org_cowork_act_without_asking_mode_enabled', 21);
    await look(22);
    expect(far.runs).toHaveLength(1);
    expect(far.runs[0]).toMatchObject({ state: 'Succeeded' });
    const card = JSON.stringify(far.runs[0]?.card);
    expect(card).toContain('alerts?level=critical');
    expect(card).not.toMatch(/Olive|evil\.example/);
    await look(23);
    expect(far.runs).toHaveLength(1);
  });
});
// Guide: G5.1-06 G7.1-04
