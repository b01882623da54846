import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { anyEngine } from '#store/testing.ts';
import type { Stage } from '../shared/services/activity-log.ts';
import { createActivityLog } from './log.ts';

anyEngine('the way into the activity log', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  const telemetry = (id: string) => anActivity({ id, source: 'otlp' });
  const fed = (id: string) => anActivity({ id, source: 'compliance_feed' });
  const stored = (client: string) =>
    bylaw.services.store.read([client], (tx) => activitiesAfter(tx, client, 0, 100));
  const logWith = (...stages: Stage[]) => createActivityLog(() => bylaw.services, stages);

  it.each([
    ['telemetry, of which the insert finds out', telemetry],
    ['a feed, of which it is asked first', fed],
  ])('counts an event once, as part of the first batch that brought it: %s', async (_what, made) => {
    const client = await bylaw.client();
    const seen: (readonly [string, number])[][] = [];
    const log = logWith({
      name: 'what a stage is given',
      prepare:
        ({ activities }) =>
        ({ firstNumber }) =>
          void seen.push(activities.map(({ id }, place) => [id, firstNumber + place] as const)),
    });
    const add = (...ids: string[]) => log.append(client.id, ids.map(made));
    expect(await add('a')).toEqual({ added: 1, known: 0 });
    const together = [add('a', 'b'), add('b', 'c', 'c'), add('d'), add('a')];
    expect(await Promise.all(together)).toEqual([
      { added: 1, known: 1 },
      { added: 1, known: 2 },
      { added: 1, known: 0 },
      { added: 0, known: 1 },
    ]);
    const inLog = await stored(client.id);
    expect(inLog.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    // What a stage saw in a transaction that was undone is seen again: what it saw last of each is what is stored.
    expect(new Map(seen.flat())).toEqual(new Map(inLog.map(({ id, seq }) => [id, seq])));
  });

  it('does what waits for the commit once, and only after the commit', async () => {
    const client = await bylaw.client();
    const heard: (readonly [string, number])[] = [];
    const log = logWith({
      name: 'told',
      prepare:
        ({ activities }) =>
        ({ onCommit }) =>
          onCommit(() => void heard.push(['committed', activities.length])),
    });
    log.onAppended((id) => void heard.push([id, 0]));
    await log.append(client.id, [telemetry('a'), telemetry('b')]);
    expect(heard).toEqual([
      ['committed', 2],
      [client.id, 0],
    ]);
    await log.append(client.id, [telemetry('a')]);
    expect(heard).toHaveLength(2);
  });

  it('prepares the next batch while one is written, and counts an event of both once', async () => {
    const client = await bylaw.client();
    const nextIsPrepared = Promise.withResolvers<void>();
    const written: string[] = [];
    const log = logWith({
      name: 'waits for the next',
      prepare: ({ activities }) => {
        const ids = activities.map(({ id }) => id).join();
        if (ids !== 'a') nextIsPrepared.resolve();
        return async () => {
          await nextIsPrepared.promise;
          written.push(ids);
        };
      },
    });
    const results = await Promise.all([
      log.append(client.id, [telemetry('a')]),
      log.append(client.id, [telemetry('a'), telemetry('b')]),
    ]);
    expect(results).toEqual([
      { added: 1, known: 0 },
      { added: 1, known: 1 },
    ]);
    expect(written).toEqual(['a', 'b']);
    expect((await stored(client.id)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(log.waiting).toBe(0);
  });

  it('writes nothing of a batch whose stage fails, and still writes the others', async () => {
    const client = await bylaw.client();
    const log = logWith({
      name: 'cannot take one',
      prepare:
        ({ activities }) =>
        async () => {
          if (activities.some(({ id }: Activity) => id === 'broken')) throw new Error('not this one');
        },
    });
    const results = await Promise.allSettled([
      log.append(client.id, [telemetry('a')]),
      log.append(client.id, [telemetry('b')]),
      log.append(client.id, [telemetry('c'), telemetry('broken')]),
      log.append(client.id, [telemetry('d')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await stored(client.id)).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(log.waiting).toBe(0);
  });
});
