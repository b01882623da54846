import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type Collected, startCollector } from '../../../sandbox/siem/collector.ts';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { ALL, append, settle, splunkAt } from './testing/splunk-sink.ts';

/** What a sink's other side refuses, set aside until someone has looked. */

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

describe('a failed delivery', () => {
  it('can be read, corrected and sent again, or discarded, each on the record', async () => {
    const hec = await startHec({ isBad: ({ event }) => JSON.stringify(event).includes('poison') });
    const { client, failedDeliveries } = await splunkAt(bylaw, hec.url);
    const bad = (id: string) => anActivity({ id, tool: 'poison' });
    await bylaw.services.activityLog.append(client.id, [bad('p1'), anActivity({ id: 'good' }), bad('p2')]);
    await settle(bylaw, client);
    const { items } = await failedDeliveries();
    const deliveryOf = (seq: number) => items.find(({ firstSeq }: { firstSeq: number }) => firstSeq === seq);
    const path = `/clients/${client.slug}/failed-deliveries/${deliveryOf(1).id}`;
    const opened = (await bylaw.owner.call('GET', path)).body;
    expect(opened.events).toMatchObject([{ stream: 'activities', activity: { id: 'p1', tool: 'poison' } }]);
    const refused = await bylaw.owner.call('POST', `${path}/replay`, { version: opened.version });
    expect(refused.body).toMatchObject({ accepted: false, delivery: { state: 'waiting' } });
    const { version } = refused.body.delivery;
    const [event] = opened.events;
    const repair = (changed: object) =>
      bylaw.owner.call('PUT', path, {
        version,
        events: [{ ...event, activity: { ...event.activity, ...changed } }],
      });
    expect((await repair({ id: 'other' })).status).toBe(422);
    expect((await repair({ category: 'nonsense' })).body.message).toMatch(/“Category” of “activity”/);
    const repaired = await repair({ tool: 'outlook_search' });
    expect(repaired.body).toMatchObject({ editedBy: 'Olive Owner' });
    const again = await bylaw.owner.call('POST', `${path}/replay`, { version: repaired.body.version });
    expect(again.body).toMatchObject({ accepted: true, delivery: { state: 'replayed' } });
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['good', 'p1']);
    const second = deliveryOf(3);
    const dropped = await bylaw.owner.call(
      'POST',
      `/clients/${client.slug}/failed-deliveries/${second.id}/drop`,
      {
        version: second.version,
        reason: 'Not of use there.',
      },
    );
    expect(dropped.body).toMatchObject({ state: 'dropped', settledWhy: 'Not of use there.' });
    expect(await failedDeliveries()).toMatchObject({ counts: { waiting: 0, replayed: 1, dropped: 1 } });
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/audit`);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['sinks.replay', 'sinks.repair', 'sinks.drop']),
    );
    await hec.close();
  });

  it('is sent again with all others, once what was wrong there is mended', async () => {
    let strict = true;
    const hec = await startHec({ isBad: () => strict });
    const { client, path, failedDeliveries, toDo } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a', 'b', 'c');
    await settle(bylaw, client);
    expect((await failedDeliveries()).counts.waiting).toBe(3);
    expect(await toDo()).toEqual([
      expect.stringMatching(/“The SIEM” refused: 3 failed deliveries are waiting/),
    ]);
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
    const failedDeliveries = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/failed-deliveries?state=waiting`)).body.items;
    const replay = () =>
      bylaw.owner.call('POST', `/clients/${client.slug}/sinks/${added.body.id}/replay`, {});
    const times = () => Map.groupBy(collector.records, ({ attributes }) => String(attributes['bylaw.id']));
    return { collector, client, failedDeliveries, replay, times, sink: added.body };
  }
  const ids = Array.from({ length: 40 }, (_, n) => `e${n}`);

  it('loses none of them: sending again names the bad, and resends no other more than once', async () => {
    let bad = ['e3', 'e17', 'e18'];
    const { collector, client, failedDeliveries, replay, times } = await collectorWith(({ attributes }) =>
      bad.includes(String(attributes['bylaw.id'])),
    );
    await append(bylaw, client, ...ids);
    await settle(bylaw, client);
    await append(bylaw, client, 'later');
    await settle(bylaw, client);
    expect(await failedDeliveries()).toMatchObject([{ count: 40, unnamed: 3 }]);
    const first = await replay();
    expect(first.body).toMatchObject({
      replayed: 0,
      says: expect.stringContaining('37 events were taken and 3'),
    });
    expect(await failedDeliveries()).toMatchObject([{ count: 3, unnamed: 0 }]);
    bad = [];
    expect((await replay()).body).toMatchObject({ replayed: 1, waiting: 0 });
    const came = times();
    expect([...came.keys()].sort()).toEqual([...ids, 'later'].sort());
    expect([...came.values()].every((records) => records.length <= 2)).toBe(true);
    await collector.close();
  });

  it('holds fewer good events back with the bad ones, the more often it does so', async () => {
    const { collector, client, failedDeliveries } = await collectorWith(
      ({ attributes }) => Number(attributes['bylaw.seq']) % 500 === 7,
    );
    await append(bylaw, client, ...Array.from({ length: 600 }, (_, n) => `n${n}`));
    await settle(bylaw, client);
    const found: { count: number; unnamed: number }[] = await failedDeliveries();
    expect(
      found.map(({ count, unnamed }) => [count, unnamed]).toSorted(([a], [b]) => (a ?? 0) - (b ?? 0)),
    ).toEqual([
      [63, 1],
      [500, 1],
    ]);
    await collector.close();
  });

  it('is stopped where it rejects everything', async () => {
    const { collector, client, failedDeliveries } = await collectorWith(() => true);
    await append(bylaw, client, ...Array.from({ length: 900 }, (_, n) => `n${n}`));
    await settle(bylaw, client);
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/sinks`);
    expect(body.items[0]).toMatchObject({ state: 'stopped', says: expect.stringContaining('in a row') });
    expect(await failedDeliveries()).toHaveLength(25);
    await collector.close();
  });
});
// Guide: G5.3-03
