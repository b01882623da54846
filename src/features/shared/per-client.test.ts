import { expect, it } from 'vitest';
import { testConsole } from '#server/testing/console.ts';
import { perClient } from './per-client.ts';

it('forgets what is remembered of a client with the client, and nothing of others', async () => {
  const bylaw = await testConsole();
  try {
    const addresses = perClient<string>();
    const memory = addresses(bylaw.services.store);
    const [gone, kept] = [await bylaw.client('Alder Society'), await bylaw.client('Birch Society')];
    for (const { id } of [gone, kept]) memory.set(id, 'kim@example.org');
    const removed = await bylaw.owner.call('DELETE', `/clients/${gone.slug}`, { name: gone.name });
    expect(removed.status).toBe(200);
    expect([...memory.keys()]).toEqual([kept.id]);
  } finally {
    await bylaw.close();
  }
});
