import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../open.ts';
import { eachEngine } from '../testing.ts';
import { addAlertStep, changeAlert } from './alerts.ts';
import { alertChangesBehind, numberAlertChanges, readAlertChanges } from './forward.ts';
import { insertAlerts, putSpans } from './spans.ts';

const AT = Date.parse('2026-11-24T14:00:00Z');
const LEVELS = ['high'];

function span(id: string, count = 1) {
  return {
    id,
    detection: 'r',
    group: id,
    first: AT,
    last: AT + count,
    count,
    firstActivity: 'a',
    sample: {},
    outlier: null,
  };
}

eachEngine('changes of alerts', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await store.write('system', (tx) =>
      tx
        .insertInto('clients')
        .values({
          id: 'anna',
          slug: 'anna',
          name: 'anna',
          profile: '{}',
          settings: '{}',
          created_at: new Date(),
        })
        .execute(),
    );
  });
  afterAll(() => store.close());

  const raise = (id: string, state = 'open') =>
    store.write(['anna'], (tx) =>
      insertAlerts(tx, 'anna', [{ ...span(id), level: 'high', state, silence: null }], new Date(AT)),
    );
  const decide = (id: string, version: number, state: string, act: string) =>
    store.write(['anna'], async (tx) => {
      await changeAlert(tx, 'anna', id, version, { state });
      const by = { note: null, done_by: 'u', done_by_name: 'Olive' };
      await addAlertStep(tx, { client_id: 'anna', alert_id: id, act, ...by, done_at: new Date(AT) });
    });
  const number = () => store.write(['anna'], (tx) => numberAlertChanges(tx, 'anna'));
  const read = (after: number, limit = 100) =>
    store.read(['anna'], async (tx) => {
      const { changes, through } = await readAlertChanges(tx, 'anna', { after, limit, levels: LEVELS });
      const reported = changes.map(({ number: at, version, act, alert }) => [
        at,
        alert.id,
        version,
        act,
        alert.state,
      ]);
      return { reported, through };
    });

  it('are numbered in the order in which they were made, once, by as many as do so at a time', async () => {
    await raise('one');
    await raise('two');
    await decide('one', 1, 'benign', 'benign');
    const behind = await store.read(['anna'], (tx) =>
      alertChangesBehind(tx, 'anna', { after: 0, limit: 100, levels: LEVELS }),
    );
    expect(behind.count).toBe(3);
    await Promise.all([number(), number(), number()]);
    const first = [
      [1, 'one', 1, 'raised', 'open'],
      [2, 'two', 1, 'raised', 'open'],
      [3, 'one', 2, 'benign', 'benign'],
    ];
    expect(await read(0)).toEqual({ reported: first, through: 3 });
    await decide('one', 2, 'open', 'reopened');
    await decide('one', 3, 'open', 'note');
    await number();
    expect((await read(0)).reported).toEqual([...first, [4, 'one', 3, 'reopened', 'open']]);
    expect(await read(1, 2)).toEqual({ reported: first.slice(1), through: 3 });
  });

  it('tell a count in steps, and alerts that nobody has to look at once someone does', async () => {
    const { through: before } = await read(0);
    for (const count of [2, 2, 3, 100, 101, 102])
      await store.write(['anna'], (tx) => tx.executeQuery(putSpans(tx, 'anna', [span('two', count)])));
    await raise('quiet', 'silenced');
    await number();
    expect((await read(before)).reported.map(([, id, , act]) => [id, act])).toEqual([
      ['two', 'counted'],
      ['two', 'counted'],
      ['two', 'counted'],
    ]);
    await decide('quiet', 1, 'open', 'reopened');
    await number();
    expect((await read(before)).reported.at(-1)).toEqual([before + 4, 'quiet', 1, 'reopened', 'open']);
  });

  it('of one instant keep the order in which they were written', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `together ${n}`);
    const { through } = await read(0);
    await store.write(['anna'], async (tx) => {
      const alerts = ids.map((id) => ({ ...span(id), level: 'high', state: 'open', silence: null }));
      await insertAlerts(tx, 'anna', alerts, new Date(AT));
      await tx.executeQuery(
        putSpans(
          tx,
          'anna',
          ids.map((id) => span(id, 9)),
        ),
      );
    });
    await number();
    const { reported } = await read(through);
    expect(reported.map(([, id, version, act]) => `${act} ${id} as ${version}`)).toEqual([
      ...ids.map((id) => `raised ${id} as 1`),
      ...ids.map((id) => `counted ${id} as 2`),
    ]);
  });
});
