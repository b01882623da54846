import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importOn } from '../retention/testing.ts';

/** The finding on the lockdown of connectors, by what the log tells. */
anyEngine('CLA-CON-03 and CLA-CON-33', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  it('names the connectors in use and who called them, until the journal states the lockdown', async () => {
    const client = await bylaw.client('Ash Guild');
    const control = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-CON-03`)).body;
    const call = { at: '2026-11-20T09:00:00.000Z', connector: 'asana', connectorName: 'Asana' };
    await bylaw.services.activityLog.append(client.id, [
      anActivity({ ...call, id: 'a', person: 'ann@example.org' }),
      anActivity({ ...call, id: 'b', person: 'bob@example.org' }),
      // A call that was refused is no use of a connector.
      anActivity({ ...call, id: 'd', connector: 'notion', connectorName: 'Notion', outcome: 'rejected' }),
      anActivity({ ...call, id: 'c', connector: null, connectorName: null, tool: 'Read' }),
    ]);
    await bylaw.services.verdicts.refresh(client.id);
    const before = await control();
    expect(before.state).toBe('cannot_read');
    expect(before.items).toMatchObject([
      {
        label: 'Asana',
        detail: 'Called by ann@example.org and bob@example.org; the last call on Nov 20, 2026.',
      },
    ]);
    // Use that nobody approved is worse than not knowing whether anything is open.
    const inUse = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-CON-33`)).body;
    const critical = async () => {
      const { doNow } = (await bylaw.owner.call('GET', `/clients/${client.slug}/home`)).body;
      return doNow.flatMap(({ severity, controls }: Json) =>
        severity === 'critical' ? controls.map(({ id }: Json) => id) : [],
      );
    };
    expect(await inUse()).toMatchObject({
      state: 'fail',
      severity: 'critical',
      reason: expect.stringContaining('Asana (by ann@example.org and bob@example.org)'),
      items: [
        { label: 'Asana', detail: 'Used by ann@example.org and bob@example.org; last on Nov 20, 2026.' },
      ],
    });
    expect(await critical()).toContain('CLA-CON-33');
    const other = await bylaw.client('Birch Guild');
    await bylaw.services.verdicts.refresh(other.id);
    const quiet = (await bylaw.owner.call('GET', `/clients/${other.slug}/controls/CLA-CON-33`)).body;
    expect([quiet.state, quiet.reason]).toEqual([
      'cannot_read',
      expect.stringContaining('no source shows a connector in use so far'),
    ]);
    bylaw.setNow(TEST_NOW);
    await importOn(bylaw, client, '2026-11-24', [
      {
        name: 'journal.yaml',
        bytes: 'lockdown: { on: 2026-11-01, by: Mara }\nfirstInvitation: 2026-11-02\n',
      },
    ]);
    expect(await control()).toMatchObject({ state: 'pass', items: [] });
    expect((await inUse()).state).toBe('not_applicable');
    expect(await critical()).not.toContain('CLA-CON-33');
  });

  it('fails CLA-CON-30 with the first call of a connector that nobody approved, also after the lockdown', async () => {
    const client = await bylaw.client('Cedar Guild');
    await importOn(bylaw, client, '2026-11-24', [
      { name: 'charter.yaml', bytes: 'connectors: []\n' },
      {
        name: 'journal.yaml',
        bytes: 'lockdown: { on: 2026-11-01, by: Mara }\nfirstInvitation: 2026-11-02\n',
      },
    ]);
    const used = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-CON-30`)).body;
    expect((await used()).state).toBe('cannot_read');
    const call = { at: '2026-11-20T09:00:00.000Z', person: 'ann@example.org', connector: 'asana' };
    await bylaw.services.activityLog.append(client.id, [
      anActivity({ ...call, id: 'refused', outcome: 'rejected' }),
    ]);
    expect((await used()).state).toBe('cannot_read');
    await bylaw.services.activityLog.append(client.id, [
      anActivity({ ...call, id: 'made', connectorName: 'Asana' }),
    ]);
    expect(await used()).toMatchObject({ state: 'fail', reason: expect.stringContaining('Asana') });
  });
});
// Guide: G2.2-18
