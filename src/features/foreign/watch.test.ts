import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { endOf } from './thread.ts';
import { freeMemoryMb, type Gauge, roomFor, watchMemory } from './watch.ts';

/** A machine with 512 MB, of which `taken` are in use. */
function machine(): Gauge & { taken: number } {
  const gauge = { taken: 200, usable: () => 512, used: () => gauge.taken };
  return gauge;
}
const idle = () => new Worker('setInterval(() => undefined, 1_000)', { eval: true });

it('ends only the newest thread when the process comes near the end of its memory', async () => {
  const gauge = machine();
  const first = watchMemory(idle(), gauge);
  const second = watchMemory(idle(), gauge);
  await Promise.all([once(first, 'online'), once(second, 'online')]);
  const ended = new Promise((resolve) => second.once('exit', resolve));
  const failed = once(second, 'error');
  gauge.taken = 500;
  const [error] = (await failed) as [Error];
  gauge.taken = 200;
  expect(endOf(error).code).toBe('too_much_memory');
  await ended;
  expect(first.threadId).toBeGreaterThan(0);
  await first.terminate();
});

it('waits for memory, and says so if none becomes free', async () => {
  const gauge = machine();
  gauge.taken = 450;
  expect(freeMemoryMb(gauge)).toBeLessThan(120);
  await expect(roomFor(120, gauge, 0)).rejects.toMatchObject({ code: 'busy' });
  const waiting = roomFor(120, gauge);
  gauge.taken = 200;
  await waiting;
});
