import { expect, it } from 'vitest';
import type { Services } from '#features/context.ts';
import { SettingsCache } from './settings-cache.ts';

const services = { store: {}, log: {} } as Pick<Services, 'store' | 'log'>;

it('reads a place once for everyone who asks at once, and not again while it is current', async () => {
  const doors = new SettingsCache<string>('a door');
  let readings = 0;
  const read = async () => {
    readings += 1;
    return 'open';
  };
  const asked = [doors.at(services, 'a', read), doors.at(services, 'a', read)];
  expect(await Promise.all(asked)).toEqual(['open', 'open']);
  expect(await doors.at(services, 'a', read)).toBe('open');
  expect(readings).toBe(1);
});

it('remembers nothing that was read before a change', async () => {
  const doors = new SettingsCache<string>('a door');
  const slow = Promise.withResolvers<string>();
  const before = doors.at(services, 'a', () => slow.promise);
  doors.forget(services);
  slow.resolve('as it was');
  expect(await before).toBe('as it was');
  expect(await doors.at(services, 'a', async () => 'as it is')).toBe('as it is');
});
