import { expect, it } from 'vitest';
import { testConsole } from './console.ts';

it('refuses to be asked for mail within a transaction, as a real server does', async () => {
  const bylaw = await testConsole();
  const { mail, store } = bylaw.services;
  expect(await mail.configured()).toBe(true);
  await expect(store.read('system', () => mail.configured())).rejects.toThrow('inside another');
  const message = { to: 'a@alder.example.org', subject: 'Hello', text: 'Hello' };
  await expect(store.read('system', () => mail.send(message))).rejects.toThrow('inside another');
  expect(bylaw.outbox).toEqual([]);
  await mail.send(message);
  expect(bylaw.outbox).toHaveLength(1);
  await bylaw.close();
});
