import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Store } from '../open.ts';
import { eachEngine } from '../testing.ts';
import { currentVerdicts, storedVerdicts } from './current.ts';

const stored = (store: Store, control: string, reason: string) =>
  store.write(['a'], (tx) =>
    tx
      .insertInto('verdicts')
      .values({
        client_id: 'a',
        id: randomUUID(),
        control_id: control,
        state: 'fail',
        reason,
        body: JSON.stringify({ control, state: 'fail', reason }),
        digest: '',
        body_digest: '',
        since: new Date('2026-05-04T08:09:10.123Z'),
        until: null,
        decided_day: '2026-05-04',
        good_until: null,
        due: null,
      })
      .execute(),
  );

eachEngine('verdicts kept as they are stored', (engine) => {
  it('are read as those of the database, each alone and all, whatever stands in them', async () => {
    const store = await engine.open();
    try {
      await store.write('system', (tx) =>
        tx
          .insertInto('clients')
          .values({ id: 'a', slug: 'a', name: 'a', profile: '{}', settings: '{}', created_at: new Date() })
          .execute(),
      );
      const read = () =>
        store.read(['a'], async (tx) => ({
          kept: await storedVerdicts(tx, 'a'),
          current: await currentVerdicts(tx, 'a'),
        }));
      expect((await read()).kept.all()).toEqual([]);
      const reasons = {
        'CLA-ACC-10': 'Zoë says:\n\tCLA-ACC-1\t"no"\r\n',
        'CLA-ACC-1': '\n{"control":"CLA-ACC-2"}\n',
        'CLA-ACC-11': '日本 🦊\u2028\\n',
      };
      for (const [control, reason] of Object.entries(reasons)) await stored(store, control, reason);
      const { kept, current } = await read();
      expect(kept.all()).toEqual(current);
      for (const [control, reason] of Object.entries(reasons))
        expect(kept.on(control)).toEqual({
          verdict: { control, state: 'fail', reason, code: '', params: {}, asks: [] },
          since: new Date('2026-05-04T08:09:10.123Z'),
        });
      expect(kept.on('CLA-ACC')).toBeUndefined();
      expect(kept.on('CLA-ACC-2')).toBeUndefined();
    } finally {
      await store.close();
    }
  });
});
