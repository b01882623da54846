import { expect, it } from 'vitest';
import { testConsole } from '#server/testing/console.ts';
import { dueStreams, setStreams } from './streams.ts';

it('a stream waits no longer because the clock was set back', async () => {
  const bylaw = await testConsole();
  const client = await bylaw.client('Clock');
  const { store } = bylaw.services;
  const now = new Date('2026-11-24T15:00:00Z');
  const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
  await store.write('system', async (tx) => {
    await tx
      .insertInto('source_connections')
      .values({
        client_id: client.id,
        id: 'one',
        vendor: 'anthropic',
        key_kind: 'access',
        key_sealed: 'sealed',
        key_hint: 'sk-…',
        scopes: '[]',
        tenants: '[]',
        parent: 'p',
        state: 'connected',
        recording: 'unknown',
        tested_at: now,
        connected_at: now,
        connected_by_name: 'Olive',
      } as never)
      .execute();
    await setStreams(tx, client.id, 'one', ['a', 'b', 'c', 'd', 'slow', 'slower'], now);
    const set = (stream: string, values: object) =>
      tx.updateTable('activity_source_streams').set(values).where('stream', '=', stream).execute();
    await set('a', { next_at: hours(0.5), state: 'failed' });
    await set('b', { next_at: hours(20), state: 'no_scope' });
    await set('c', { next_at: hours(20), state: 'ok' });
    // Read less often than hourly, so it may wait longer than an hour, but never longer than its interval.
    await set('slow', { next_at: hours(5.9), state: 'ok' });
    await set('slower', { next_at: hours(6.1), state: 'ok' });
    await set('d', { claimed_until: hours(700), claim: 'gone' });
  });
  const slow = ['slow', 'slower'].map((stream) => ({ vendor: 'anthropic', stream, everyMs: 6 * 3_600_000 }));
  const dueAt = async (at: Date, every = slow) =>
    (await store.read('system', (tx) => dueStreams(tx, at, every))).map(({ stream }) => stream).sort();
  expect(await dueAt(now)).toEqual(['c', 'd', 'slower']);
  expect(await dueAt(hours(5.9))).toEqual(['a', 'c', 'd', 'slow']);
  expect(await dueAt(hours(-30))).toEqual(['a', 'b', 'c', 'd', 'slow', 'slower']);
  // A stream of that name at another vendor is read hourly.
  const elsewhere = slow.map((one) => ({ ...one, vendor: 'microsoft' }));
  expect(await dueAt(now, elsewhere)).toEqual(['c', 'd', 'slow', 'slower']);
  await bylaw.close();
});
