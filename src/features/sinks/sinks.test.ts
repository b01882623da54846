import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type Collected, startCollector } from '../../../sandbox/siem/collector.ts';
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

  it('can be tried out, paused, let go on and removed', async () => {
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

  it('whose token was revoked waits for somebody, and goes on once it is mended', async () => {
    const hec = await startHec({ tokens: ['other'] });
    const { client, path, sink, shown, toDo, receives } = await splunkAt(bylaw, hec.url);
    expect(await receives()).toBe('cannot_read');
    await append(bylaw, client, 'a', 'b');
    await settle(bylaw, client);
    expect(await toDo()).toEqual([expect.stringMatching(/“The SIEM” take events again: .*Copy the token/)]);
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

  it('that refuses everything stops instead of setting the whole log aside', async () => {
    const hec = await startHec({ fault: () => ({ status: 422, body: 'no' }) });
    const { client, shown, letters } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, ...Array.from({ length: 60 }, (_, n) => `e${n}`));
    await settle(bylaw, client);
    expect(await shown()).toMatchObject({ state: 'stopped', says: expect.stringContaining('in a row') });
    expect((await letters()).total).toBe(25);
    await hec.close();
  });

  it('is one process’s at a time, and another’s after that one died', async () => {
    const hec = await startHec();
    const { client } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a');
    const held = (until: string) =>
      bylaw.services.store.write([client.id], (tx) =>
        tx.updateTable('activity_sink_states').set({ lease_by: 'another', lease_until: until }).execute(),
      );
    await held('2999-01-01T00:00:00Z');
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

describe('a failed delivery', () => {
  it('can be read, mended and sent again, or let go, each on the record', async () => {
    const hec = await startHec({ isBad: ({ event }) => JSON.stringify(event).includes('poison') });
    const { client, letters } = await splunkAt(bylaw, hec.url);
    const bad = (id: string) => anActivity({ id, tool: 'poison' });
    await bylaw.services.activityLog.append(client.id, [bad('p1'), anActivity({ id: 'good' }), bad('p2')]);
    await settle(bylaw, client);
    const { items } = await letters();
    const letterOf = (seq: number) => items.find(({ firstSeq }: { firstSeq: number }) => firstSeq === seq);
    const path = `/clients/${client.slug}/failed-deliveries/${letterOf(1).id}`;
    const opened = (await bylaw.owner.call('GET', path)).body;
    expect(opened.events).toMatchObject([{ stream: 'activities', activity: { id: 'p1', tool: 'poison' } }]);
    const refused = await bylaw.owner.call('POST', `${path}/replay`, { version: opened.version });
    expect(refused.body).toMatchObject({ accepted: false, letter: { state: 'waiting' } });
    const { version } = refused.body.letter;
    const [event] = opened.events;
    const repair = (changed: object) =>
      bylaw.owner.call('PUT', path, {
        version,
        events: [{ ...event, activity: { ...event.activity, ...changed } }],
      });
    expect((await repair({ id: 'other' })).status).toBe(422);
    expect((await repair({ category: 'nonsense' })).body.message).toMatch(/activity.category/);
    const repaired = await repair({ tool: 'outlook_search' });
    expect(repaired.body).toMatchObject({ editedBy: 'Olive Owner' });
    const again = await bylaw.owner.call('POST', `${path}/replay`, { version: repaired.body.version });
    expect(again.body).toMatchObject({ accepted: true, letter: { state: 'replayed' } });
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['good', 'p1']);
    const second = letterOf(3);
    const dropped = await bylaw.owner.call(
      'POST',
      `/clients/${client.slug}/failed-deliveries/${second.id}/drop`,
      {
        version: second.version,
        reason: 'Not of use there.',
      },
    );
    expect(dropped.body).toMatchObject({ state: 'dropped', settledWhy: 'Not of use there.' });
    expect(await letters()).toMatchObject({ counts: { waiting: 0, replayed: 1, dropped: 1 } });
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit`);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['sinks.replay', 'sinks.repair', 'sinks.drop']),
    );
    await hec.close();
  });

  it('is sent again with all others, once what was wrong there is mended', async () => {
    let strict = true;
    const hec = await startHec({ isBad: () => strict });
    const { client, path, letters, toDo } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a', 'b', 'c');
    await settle(bylaw, client);
    expect((await letters()).counts.waiting).toBe(3);
    expect(await toDo()).toEqual([expect.stringMatching(/“The SIEM” refused: 3 failed deliveries wait/)]);
    strict = false;
    const answer = await bylaw.owner.call('POST', `${path}/replay`, {});
    expect(await toDo()).toEqual([]);
    expect(answer.body).toMatchObject({ replayed: 3, waiting: 0 });
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['a', 'b', 'c']);
    await hec.close();
  });
});

describe('a collector that rejects events without naming them', () => {
  async function collectorWith(isRejected: (record: Collected) => boolean) {
    const collector = await startCollector({ isRejected });
    const client = await bylaw.client(`Client ${Math.random().toString(36).slice(2, 8)}`);
    const added = await bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, {
      kind: 'otlp',
      name: 'The collector',
      settings: { url: collector.url },
      filter: ALL,
    });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    const letters = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/failed-deliveries?state=waiting`)).body.items;
    const replay = () =>
      bylaw.owner.call('POST', `/clients/${client.slug}/sinks/${added.body.id}/replay`, {});
    const times = () => Map.groupBy(collector.records, ({ attributes }) => String(attributes['bylaw.id']));
    return { collector, client, letters, replay, times, sink: added.body };
  }
  const ids = Array.from({ length: 40 }, (_, n) => `e${n}`);

  it('loses none of them: sending again names those that are bad, and sends no other more than once again', async () => {
    let bad = ['e3', 'e17', 'e18'];
    const { collector, client, letters, replay, times } = await collectorWith(({ attributes }) =>
      bad.includes(String(attributes['bylaw.id'])),
    );
    await append(bylaw, client, ...ids);
    await settle(bylaw, client);
    await append(bylaw, client, 'later');
    await settle(bylaw, client);
    expect(await letters()).toMatchObject([{ count: 40, unnamed: 3 }]);
    const first = await replay();
    expect(first.body).toMatchObject({
      replayed: 0,
      says: expect.stringContaining('37 events were taken and 3'),
    });
    expect(await letters()).toMatchObject([{ count: 3, unnamed: 0 }]);
    bad = [];
    expect((await replay()).body).toMatchObject({ replayed: 1, waiting: 0 });
    const came = times();
    expect([...came.keys()].sort()).toEqual([...ids, 'later'].sort());
    expect([...came.values()].every((records) => records.length <= 2)).toBe(true);
    await collector.close();
  });

  it('holds fewer good events back with the bad ones, the more often it does so', async () => {
    const { collector, client, letters } = await collectorWith(
      ({ attributes }) => Number(attributes['bylaw.seq']) % 500 === 7,
    );
    await append(bylaw, client, ...Array.from({ length: 600 }, (_, n) => `n${n}`));
    await settle(bylaw, client);
    const found: { count: number; unnamed: number }[] = await letters();
    expect(
      found.map(({ count, unnamed }) => [count, unnamed]).toSorted(([a], [b]) => (a ?? 0) - (b ?? 0)),
    ).toEqual([
      [63, 1],
      [500, 1],
    ]);
    await collector.close();
  });

  it('is stopped where it rejects everything', async () => {
    const { collector, client, letters } = await collectorWith(() => true);
    await append(bylaw, client, ...Array.from({ length: 900 }, (_, n) => `n${n}`));
    await settle(bylaw, client);
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/sinks`);
    expect(body.items[0]).toMatchObject({ state: 'stopped', says: expect.stringContaining('in a row') });
    expect(await letters()).toHaveLength(25);
    await collector.close();
  });
});
