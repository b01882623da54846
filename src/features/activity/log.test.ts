import { expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { testConsole } from '#server/testing/console.ts';
import type { Services } from '../context.ts';
import type { Stage } from '../shared/services/activity-log.ts';
import { createActivityLog } from './log.ts';

const log = () =>
  createActivityLog(() => {
    throw new Error('nothing is added here');
  }, []) satisfies Services['activityLog'];
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

it('makes activities ready one after the other, each in a turn of its own', async () => {
  const { inTurn } = log();
  const seen: string[] = [];
  const work = (name: string) =>
    inTurn(async () => {
      seen.push(`${name} begins`);
      await aTurn();
      seen.push(`${name} ends`);
      return name;
    });
  const all = Promise.all(['a', 'b', 'c'].map(work));
  expect(seen).toEqual([]);
  expect(await all).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('goes on after one that could not be read', async () => {
  const { inTurn } = log();
  const broken = inTurn(async () => {
    throw new Error('cut off');
  });
  const next = inTurn(async () => 'whole');
  await expect(broken).rejects.toThrow('cut off');
  expect(await next).toBe('whole');
});

it('lets a transaction that has its answers go on first', async () => {
  const bylaw = await testConsole();
  const client = await bylaw.client();
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const slow: Stage = {
    name: 'slow',
    begin: () => ({
      statements: [],
      finish: async () => {
        reached.resolve();
        await released.promise;
      },
    }),
  };
  const own = createActivityLog(() => bylaw.services, [slow]);
  const adding = own.append(client.id, [anActivity({ id: 'one' })]);
  await reached.promise;
  let ran = false;
  const turn = own.inTurn(async () => {
    ran = true;
  });
  await aTurn();
  await aTurn();
  expect(ran).toBe(false);
  released.resolve();
  await turn;
  expect(ran).toBe(true);
  expect(await adding).toEqual({ added: 1, known: 0 });
  await bylaw.close();
});
