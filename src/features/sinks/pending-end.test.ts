import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { ALL, append, settle, splunkAt } from './testing/splunk-sink.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** A sink that has delivered, and a second person beside the owner. */
async function delivering() {
  const hec = await startHec();
  const at = await splunkAt(bylaw, hec.url);
  await append(bylaw, at.client, 'a');
  await settle(bylaw, at.client);
  const tech = await bylaw.person('technician', at.client.id, 'Tara Tech');
  const { version } = await at.shown();
  const actions = async () => {
    const { body } = await bylaw.owner.call('GET', `/clients/${at.client.slug}/audit`);
    return body.items.map(({ action }: { action: string }) => action);
  };
  return { ...at, hec, tech, version, actions };
}

describe('a sink that delivers', () => {
  it.each(['pause', 'remove'] as const)('goes on until a second person approves: %s', async (act) => {
    const { path, hec, tech, version, shown, client, actions } = await delivering();
    const asked =
      act === 'pause'
        ? await bylaw.owner.call('POST', `${path}/pause`, { version })
        : await bylaw.owner.call('DELETE', path, { version });
    expect([asked.status, asked.body.removed ?? false]).toEqual([act === 'pause' ? 201 : 200, false]);
    const waiting = await shown();
    expect(waiting).toMatchObject({
      state: 'working',
      proposed: { act, may: { approve: false, why: expect.stringContaining('You proposed this change') } },
    });
    await append(bylaw, client, 'b');
    await settle(bylaw, client);
    expect(hec.events).toHaveLength(2);
    const { body: work } = await bylaw.owner.call('GET', `/clients/${client.slug}/work`);
    expect(JSON.stringify(work.items)).toContain('Pausing or removing a sink waits for a second person');
    const proposed = waiting.proposed.id;
    expect((await bylaw.owner.call('POST', `${path}/approve`, { proposed })).status).toBe(403);
    expect((await tech.call('POST', `${path}/approve`, { proposed: 'another' })).status).toBe(409);
    expect((await tech.call('POST', `${path}/approve`, { proposed })).body).toEqual({ act });
    expect(await shown()).toEqual(
      act === 'remove' ? undefined : expect.objectContaining({ state: 'paused', proposed: null }),
    );
    expect(await actions()).toContain('sinks.approve');
    await hec.close();
  });

  it('keeps sending if what waits is withdrawn, and is not made to send less or elsewhere by one person', async () => {
    const { path, hec, tech, version, shown, sink } = await delivering();
    await tech.call('POST', `${path}/pause`, { version });
    const proposed = (await shown()).proposed.id;
    const withdrawn = await bylaw.owner.call('POST', `${path}/withdraw`, { proposed, reason: 'Not agreed' });
    expect(withdrawn.body).toEqual({ act: 'pause' });
    expect(await shown()).toMatchObject({ state: 'working', proposed: null });
    const change = (version: number, more: object = {}) =>
      bylaw.owner.call('PUT', path, {
        version,
        name: 'The SIEM',
        settings: { url: hec.url },
        filter: { ...ALL, alerts: true, ...more },
      });
    expect((await change(sink.version)).status).toBe(200);
    const { version: now } = await shown();
    for (const less of [{ categories: ['settings'] }, { alerts: false }, { minSeverity: 'high' }]) {
      const answer = await change(now, less);
      expect([answer.status, answer.body.message], JSON.stringify(less)).toEqual([
        422,
        expect.stringContaining('Add a second sink'),
      ]);
    }
    for (const elsewhere of [
      { url: `${hec.url}/of-another` },
      { url: hec.url, index: 'of_another' },
      { url: hec.url, sourcetype: 'unseen' },
    ]) {
      const settings = { ...elsewhere, token: 'a-token-for-tests' };
      const answer = await bylaw.owner.call('PUT', path, {
        version: now,
        name: 'The SIEM',
        settings,
        filter: { ...ALL, alerts: true },
      });
      expect([answer.status, answer.body.message], JSON.stringify(elsewhere)).toEqual([
        422,
        expect.stringContaining('to another place'),
      ]);
    }
    await hec.close();
  });

  it('is removed at once where nobody else could approve, which the record says, and one that never worked by anybody', async () => {
    const hec = await startHec();
    const { client, path, sink } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a');
    await settle(bylaw, client);
    expect((await bylaw.owner.call('DELETE', path, { version: sink.version })).body).toEqual({
      removed: true,
    });
    const record = await bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('audit_log')
        .select('body')
        .where('client_id', '=', client.id)
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow(),
    );
    expect(JSON.parse(record.body)).toMatchObject({ action: 'sinks.remove', after: { alone: true } });
    const other = await splunkAt(bylaw, 'https://10.0.0.5:8088');
    await bylaw.person('technician', other.client.id, 'Tara Tech');
    const never = await bylaw.owner.call('DELETE', other.path, { version: other.sink.version });
    expect(never.body).toEqual({ removed: true });
    await hec.close();
  });
});
// Guide: G5.3-00
