import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '#store/open.ts';
import { openTestStore } from '#store/testing.ts';
import { present } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import { createDecidingThread, type FromThread, type ThreadSource } from './thread.ts';

/** A thread that ends only when it is told to, as one does that is busy. */
class SlowThread extends EventEmitter {
  readonly threadId = 1;
  ending = false;
  readonly #end = Promise.withResolvers<number>();
  ref() {}
  unref() {}
  postMessage() {}
  terminate(): Promise<number> {
    this.ending = true;
    return this.#end.promise;
  }
  says(message: FromThread) {
    this.emit('message', message);
  }
  end() {
    this.emit('exit', 1);
    this.#end.resolve(1);
  }
}

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const FACTS = { client: { id: 'a' }, observations: [] } as unknown as Facts;
const MOMENT = present(new Date('2026-11-24T15:00:00Z'), 'UTC');
const FAILED: FromThread = { is: 'failed', id: 0, message: 'there is no such thing', stack: null };

function begun() {
  const thread = new SlowThread();
  const back: Worker[] = [];
  const source: ThreadSource = {
    idleMs: 0,
    take: () => thread as unknown as Worker,
    giveBack: async (one) => void back.push(one),
  };
  const deciding = createDecidingThread(store, source);
  const asked = deciding.run('verdicts', FACTS, MOMENT, undefined).catch((error: Error) => error.message);
  return { thread, back, deciding, asked };
}
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

it('releases its thread once nothing more is asked of it', async () => {
  const { thread, back, asked } = begun();
  thread.says(FAILED);
  expect(await asked).toBe('there is no such thing');
  await aMoment();
  expect(back).toEqual([thread]);
});

it('never gives back a thread that it ends, also where that answers before it has ended', async () => {
  const { thread, back, deciding, asked } = begun();
  const closing = deciding.close();
  expect(thread.ending).toBe(true);
  thread.says(FAILED);
  await asked;
  await aMoment();
  thread.end();
  await closing;
  expect(back).toEqual([]);
});

it('tells waiting callers that its thread has ended, and later callers that it is closed', async () => {
  const { thread, deciding, asked } = begun();
  const closing = deciding.close();
  thread.end();
  await closing;
  expect(await asked).toBe('The deciding thread ended before it answered.');
  await expect(deciding.run('verdicts', FACTS, MOMENT, undefined)).rejects.toThrow(
    'the server is shutting down',
  );
});

it('says that there is too little memory where the thread fills its share, and goes on with another', async () => {
  const deciding = createDecidingThread(store, {
    idleMs: 0,
    take: () =>
      new Worker('const all = []; for (;;) all.push(Array.from({ length: 100_000 }, Math.random));', {
        eval: true,
        resourceLimits: { maxOldGenerationSizeMb: 16 },
      }),
    giveBack: async (one) => void (await one.terminate()),
  });
  for (let time = 0; time < 2; time += 1)
    await expect(deciding.run('verdicts', FACTS, MOMENT, undefined)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringMatching(/more memory than is available.*\d+ MB.*Give it 1 GB or more/),
    });
  await deciding.close();
});
