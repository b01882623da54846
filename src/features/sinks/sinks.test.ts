import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { ownFolder } from './own-folder.ts';
import { ALL, append, settle, splunkAt, TOKEN } from './testing/splunk-sink.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

describe('settings', () => {
  it('keep what is secret sealed, and send it to no other host', async () => {
    const hec = await startHec();
    const { client, path, sink } = await splunkAt(bylaw, hec.url);
    const row = await bylaw.services.store.read([client.id], (tx) =>
      tx.selectFrom('sinks').selectAll().executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(row)).not.toContain(TOKEN);
    const change = (settings: object) =>
      bylaw.owner.call('PUT', path, { version: sink.version, name: 'The SIEM', settings, filter: ALL });
    const elsewhere = await change({ url: 'https://127.0.0.1:9' });
    expect([elsewhere.status, elsewhere.body.message]).toEqual([
      422,
      expect.stringContaining('Enter again: Token'),
    ]);
    const kept = await change({ url: hec.url, token: '', index: 'claude' });
    expect(kept.body).toMatchObject({ version: 2, settings: { index: 'claude' } });
    await append(bylaw, client, 'a');
    await settle(bylaw, client);
    expect(hec.events).toMatchObject([{ index: 'claude' }]);
    expect((await change({ url: hec.url })).status).toBe(409);
    const log = await bylaw.owner.call('GET', `/clients/${client.slug}/audit`);
    expect(JSON.stringify(log.body)).not.toContain(TOKEN);
    expect(log.body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['sinks.add', 'sinks.change']),
    );
    await hec.close();
  });

  it('name the field that cannot be used', async () => {
    const client = await bylaw.client('Wrong Settings');
    const add = (kind: string, settings: object) =>
      bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, { kind, name: 'x', settings, filter: ALL });
    expect((await add('splunk', { url: 'https://localhost' })).body.message).toBe('Token: it is missing.');
    expect((await add('splunk', { url: 'ftp://localhost', token: TOKEN })).body.message).toMatch(
      /^Address of the collector: Write an address/,
    );
    expect((await add('nowhere', {})).status).toBe(422);
  });

  it('lead into no private network that was not allowed', async () => {
    const { client, path, shown } = await splunkAt(bylaw, 'https://10.0.0.5:8088');
    const tried = await bylaw.owner.call('POST', `${path}/test`, {});
    expect(tried.body).toMatchObject({ accepted: false, says: expect.stringContaining('private network') });
    await append(bylaw, client, 'a');
    await settle(bylaw, client);
    expect(await shown()).toMatchObject({ state: 'stopped', failedSays: expect.stringContaining('private') });
  });
});

describe('a sink', () => {
  it('has a template for its other side, where there is one', async () => {
    const client = await bylaw.client('Template');
    const of = (kind: string) =>
      bylaw.owner.call('GET', `/clients/${client.slug}/sink-kinds/${kind}/template`);
    const { body } = await of('sentinel');
    expect(body).toMatchObject({ parameters: { workspace: {} }, outputs: { endpoint: {} } });
    expect((await of('files')).status).toBe(404);
  });

  it('can be tried out, paused, resumed and removed', async () => {
    const hec = await startHec();
    const { client, path, sink, shown } = await splunkAt(bylaw, hec.url);
    const tried = await bylaw.owner.call('POST', `${path}/test`, {});
    expect(tried.body).toMatchObject({ accepted: true, answer: '{"text":"Success","code":0}' });
    expect(hec.events[0]?.event).toMatchObject({ unmapped: { test: true } });
    expect(await shown()).toMatchObject({ accepted: 0, state: 'new' });
    const paused = await bylaw.owner.call('POST', `${path}/pause`, { version: sink.version });
    expect(paused.body.state).toBe('paused');
    await append(bylaw, client, 'a');
    expect(await settle(bylaw, client)).toEqual([]);
    expect(hec.events).toHaveLength(1);
    const resumed = await bylaw.owner.call('POST', `${path}/resume`, { version: paused.body.version });
    await settle(bylaw, client);
    expect(hec.events).toHaveLength(2);
    const removed = await bylaw.owner.call('DELETE', path, { version: resumed.body.version });
    expect(removed.body).toEqual({ removed: true });
    expect(await shown()).toBeUndefined();
    await hec.close();
  });

  it('that leads to no SIEM does not show that one receives the events', async () => {
    const client = await bylaw.client('Only Files', { siem: 'splunk' });
    const add = { kind: 'files', name: 'Archive', settings: {}, filter: ALL };
    await bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, add);
    await append(bylaw, client, 'a');
    await settle(bylaw, client);
    const [sink] = (await bylaw.owner.call('GET', `/clients/${client.slug}/sinks`)).body.items;
    expect(sink).toMatchObject({ state: 'working' });
    const control = await bylaw.owner.call('GET', `/clients/${client.slug}/controls/CLA-VIS-07`);
    expect(control.body).toMatchObject({ state: 'cannot_read' });
  });

  it('whose token was revoked waits for someone, and goes on once it is mended', async () => {
    const hec = await startHec({ tokens: ['other'] });
    const { client, path, sink, shown, toDo, receives } = await splunkAt(bylaw, hec.url);
    expect(await receives()).toBe('cannot_read');
    await append(bylaw, client, 'a', 'b');
    await settle(bylaw, client);
    expect(await toDo()).toEqual([
      expect.stringMatching(/“The SIEM” to accept events again: .*Copy the token/),
    ]);
    expect(await receives()).toBe('fail');
    expect(await shown()).toMatchObject({
      state: 'stopped',
      says: expect.stringMatching(/Invalid token.*Copy the token.*2 events wait/),
    });
    const change = {
      version: sink.version,
      name: 'x',
      settings: { url: hec.url, token: 'other' },
      filter: ALL,
    };
    await bylaw.owner.call('PUT', path, change);
    await settle(bylaw, client);
    expect(hec.events).toHaveLength(2);
    expect(await toDo()).toEqual([]);
    expect(await receives()).toBe('pass');
    await hec.close();
  });

  it('shows, stores and records no secret that the other side repeats', async () => {
    const hec = await startHec({
      fault: ({ headers }) => ({ status: 400, body: `No event for ${headers.authorization}` }),
    });
    const { path, client } = await splunkAt(bylaw, hec.url);
    const tried = await bylaw.owner.call('POST', `${path}/test`, {});
    expect(tried.body.answer).toBe('No event for Splunk …');
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit?limit=1`);
    expect(body.items[0].action).toBe('sinks.test');
    expect(JSON.stringify(body.items[0])).not.toContain('11111111-2222');
    await hec.close();
  });

  it('that refuses everything stops instead of setting the whole log aside', async () => {
    const hec = await startHec({ fault: () => ({ status: 422, body: 'no' }) });
    const { client, shown, failedDeliveries } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, ...Array.from({ length: 60 }, (_, n) => `e${n}`));
    await settle(bylaw, client);
    expect(await shown()).toMatchObject({ state: 'stopped', says: expect.stringContaining('in a row') });
    expect((await failedDeliveries()).total).toBe(25);
    await hec.close();
  });

  it('belongs to one process at a time, and to another after that one died', async () => {
    const hec = await startHec();
    const { client } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a');
    const held = (until: string) =>
      bylaw.services.store.write([client.id], (tx) =>
        tx.updateTable('activity_sink_states').set({ lease_by: 'another', lease_until: until }).execute(),
      );
    // Not further ahead than a lease can be: one beyond that is of a clock that was set back.
    await held(new Date(Date.now() + 20_000).toISOString());
    expect(await settle(bylaw, client)).toEqual([{ kind: 'not_mine' }]);
    await held('2000-01-01T00:00:00Z');
    expect(await settle(bylaw, client)).toEqual([{ kind: 'done' }]);
    expect(hec.events).toHaveLength(1);
    await hec.close();
  });
});

describe('the sandbox association', () => {
  it('has sinks with a history, whose files go with it', async () => {
    const { services, owner } = bylaw;
    const opened = (await owner.call('POST', '/sandbox', {})).body;
    await settle(bylaw, opened);
    const { body } = await owner.call('GET', `/clients/${opened.client}/sinks`);
    expect(body.items.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual([
      ['files', 'working'],
      ['syslog', 'paused'],
    ]);
    const [first] = body.items;
    expect(first.accepted).toBeGreaterThan(1_000);
    const failed = await owner.call('GET', `/clients/${opened.client}/failed-deliveries`);
    expect(failed.body.counts).toMatchObject({ waiting: 0, dropped: 1 });
    const folder = ownFolder(services.config, { clientId: opened.id, sinkId: first.id });
    expect((await readdir(folder)).length).toBeGreaterThan(0);
    expect((await owner.call('DELETE', `/clients/${opened.client}`, {})).status).toBe(200);
    expect(existsSync(folder)).toBe(false);
  });
});
// Guide: G0-06 G1.1-11 G5.2-00 G5.2-05 G5.3-00 G5.3-04 G5.3-07
