import { expect, it } from 'vitest';
import { coded, startHec } from '../../../sandbox/siem/hec.ts';
import { sinkKind } from '../registry.ts';
import { anAlert, anEvent, sendAll, testMeans, VENDORS } from '../testing.ts';

const token = '11111111-2222-3333-4444-555555555555';
const open = (settings: object) => {
  const sink = sinkKind('splunk')?.open({ token, ...settings }, testMeans(VENDORS));
  if (sink === undefined) throw new Error('there is no such kind');
  return sink;
};

it('sends events with their time, index and id', async () => {
  const hec = await startHec({ indexes: ['claude'] });
  const sink = open({
    url: `${hec.url}/services/collector/event`,
    index: 'claude',
    sourcetype: 'claude:json',
  });
  expect(await sendAll(sink, [anEvent(), anAlert()])).toMatchObject({ kind: 'accepted' });
  expect(hec.events).toMatchObject([
    {
      time: Date.parse('2026-11-20T09:00:00Z') / 1000,
      index: 'claude',
      sourcetype: 'claude:json',
      source: 'bylaw:alder',
      event: { class_uid: 6003 },
      fields: { bylaw_id: 'activity_1' },
    },
    { event: { class_uid: 2004 }, fields: { bylaw_id: 'alert_7' } },
  ]);
  await hec.close();
});

it('counts events as taken only once they are indexed, where it waits for that', async () => {
  const hec = await startHec({ acknowledge: true, indexedAfter: 3 });
  expect(await sendAll(open({ url: hec.url, acknowledge: true }), [anEvent()])).toMatchObject({
    kind: 'accepted',
    says: 'Splunk has indexed the events.',
  });
  expect(await sendAll(open({ url: hec.url }), [anEvent()])).toMatchObject({
    kind: 'stopped',
    says: expect.stringContaining('Switch it on here, too'),
  });
  await hec.close();
  const without = await startHec();
  expect(await sendAll(open({ url: without.url, acknowledge: true }), [anEvent()])).toMatchObject({
    kind: 'stopped',
    says: expect.stringContaining('gives no acknowledgment'),
  });
  await without.close();
});

it('asks again for an acknowledgement whose answer failed', async () => {
  let asked = 0;
  const hec = await startHec({
    acknowledge: true,
    fault: ({ path }) => {
      if (!path.endsWith('/ack')) return null;
      asked += 1;
      return asked === 1 ? coded(9) : asked === 2 ? 'reset' : null;
    },
  });
  expect(await sendAll(open({ url: hec.url, acknowledge: true }), [anEvent()])).toMatchObject({
    kind: 'accepted',
  });
  await hec.close();
});

it.each([
  [coded(1), 'stopped'],
  [coded(4), 'stopped'],
  [coded(6, 0), 'refused'],
  [coded(7, 0), 'stopped'],
  [coded(8), 'retry'],
  [coded(9), 'retry'],
  [coded(18), 'retry'],
  [coded(26), 'retry'],
  [{ status: 413, body: '<html>too large</html>' }, 'too_large'],
  [{ status: 404, body: '{"text":"not found","code":404}' }, 'stopped'],
  [{ status: 200, body: '<html>a proxy</html>' }, 'stopped'],
  [{ status: 502, body: 'bad gateway' }, 'retry'],
  ['reset', 'retry'],
  ['half_close', 'retry'],
] as const)('takes %j for %s', async (fault, kind) => {
  const hec = await startHec({ fault: () => fault });
  expect(await sendAll(open({ url: hec.url }), [anEvent(), anEvent({}, 2)])).toMatchObject({ kind });
  await hec.close();
});
