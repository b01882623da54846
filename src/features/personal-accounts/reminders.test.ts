import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testConsole } from '#server/testing/console.ts';
import { openStore } from '#store/open.ts';
import { anyEngine } from '#store/testing.ts';
import { sendDueReminders } from './reminders.ts';
import { at, SETTINGS, type TestCampaign, testCampaign } from './testing.ts';

anyEngine('reminders', (engine) => {
  let it: TestCampaign;
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  const look = () => sendDueReminders(it.bylaw.services);
  const reminded = () =>
    it.bylaw.outbox
      .filter(({ subject }) => subject.startsWith('A second note'))
      .map(({ to }) => to)
      .sort();
  const settings = async (more: object = {}) => {
    const { settings: now } = await it.list();
    const answer = await it.call('PUT', '/settings', {
      ...SETTINGS,
      reminders: true,
      version: now.version,
      ...more,
    });
    expect(answer.status).toBe(200);
  };

  describe('by one process', () => {
    beforeEach(async () => {
      it = await testCampaign({ store: await engine.open() });
      closing.push(() => it.bylaw.close());
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim', 'noor']);
      await it.call('POST', '/messages', { kind: 'first', how: 'mail', accounts: [at('kim'), at('noor')] });
    });

    test('are off until someone switches them on, and wait for the days that were set', async () => {
      await it.now('2026-12-08T15:00:00Z');
      await look();
      expect(reminded()).toEqual([]);
      await settings({ remindAfter: 15 });
      await look();
      expect(reminded()).toEqual([]);
      await settings({ remindAfter: 14 });
      await look();
      await look();
      expect(reminded()).toEqual([at('kim'), at('noor')]);
      const log = (
        await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/audit?action=personal_accounts.remind`)
      ).body.items;
      expect(log).toHaveLength(4);
      expect(log[0].actor.name).toBe('Bylaw, automatically');
    });

    test('stop when the holder answers, the state changes or there were enough', async () => {
      await settings({ remindAfter: 1, maxReminders: 2 });
      await it.call('POST', '/answer', { accounts: [at('noor')], answer: 'will_close' });
      for (const day of ['25', '26', '27', '30']) await it.now(`2026-11-${day}T15:00:00Z`).then(look);
      expect(reminded()).toEqual([at('kim'), at('kim')]);
      const { items } = await it.list();
      expect(items.map((one: Record<string, unknown>) => [one.account, one.messages])).toEqual([
        [at('kim'), 3],
        [at('noor'), 1],
      ]);
    });

    test('stop with a closing that someone states, and rest at night and at weekends', async () => {
      await settings({ remindAfter: 1 });
      await it.call('POST', '/say', { accounts: [at('noor')], state: 'said_closed' });
      // 03:00 in New York, and a Saturday.
      for (const moment of ['2026-11-26T08:00:00Z', '2026-11-28T15:00:00Z']) await it.now(moment).then(look);
      expect(reminded()).toEqual([]);
      await it.now('2026-11-30T15:00:00Z').then(look);
      expect(reminded()).toEqual([at('kim')]);
    });

    test('that fail count for their interval, leave the account as it was, and are shown', async () => {
      await settings({ remindAfter: 5 });
      await it.now('2026-11-30T15:00:00Z');
      const send = vi
        .spyOn(it.bylaw.services.mail, 'send')
        .mockRejectedValue(new Error('The mail server cannot be reached.'));
      await look();
      await look();
      expect(send).toHaveBeenCalledTimes(2);
      send.mockRestore();
      const [kim] = (await it.list()).items;
      expect(kim).toMatchObject({
        messages: 1,
        message: { kind: 'reminder', outcome: 'failed', why: 'The mail server cannot be reached.' },
      });
      await it.now('2026-12-04T15:00:00Z').then(look);
      expect(reminded()).toEqual([]);
      await it.now('2026-12-07T15:00:00Z').then(look);
      expect(reminded()).toEqual([at('kim'), at('noor')]);
    });
  });

  test('by two processes at once go out once each', async () => {
    const place = await engine.place();
    const open = () => openStore({ dataDir: place.dataDir, databaseUrl: place.databaseUrl });
    const store = await open();
    it = await testCampaign({ store });
    closing.push(() => it.bylaw.close());
    await it.call('PUT', '/settings', { ...SETTINGS, version: 1, reminders: true, remindAfter: 1 });
    await it.bring('2026-11-20', ['kim', 'noor', 'omar']);
    await it.call('POST', '/messages', {
      kind: 'first',
      how: 'mail',
      accounts: ['kim', 'noor', 'omar'].map(at),
    });
    // The embedded database belongs to one process, so two concurrent runs in it stand for two processes.
    const other = engine.kind === 'embedded' ? it.bylaw : await testConsole({ store: await open() });
    if (other !== it.bylaw) closing.push(() => other.close());
    const day = new Date('2026-11-27T15:00:00Z');
    await it.now(day.toISOString());
    other.setNow(day);
    await Promise.all([look(), sendDueReminders(other.services), look(), sendDueReminders(other.services)]);
    const all = [...new Set([it.bylaw.outbox, other.outbox])].flat();
    expect(
      all
        .filter(({ subject }) => subject.startsWith('A second note'))
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['kim', 'noor', 'omar'].map(at));
  });
});
// Guide: G4.2-03
