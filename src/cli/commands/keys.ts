import { openKeys } from '#features/keys/open-keys.ts';
import { replaceLost, rotate } from '#features/keys/rotate.ts';
import { onStore, type PlaceFlags, placeOf } from '../place.ts';
import { Problem } from '../problem.ts';
import type { Terminal } from '../terminal.ts';

/** `bylaw keys rotate`: seals everything with a new key and deletes the old one. */
export async function rotateKeysCommand(flags: PlaceFlags, terminal: Terminal): Promise<number> {
  const settings = placeOf(flags);
  const fromEnvironment = settings.key !== null;
  if (fromEnvironment && settings.key?.split(/[\s,]+/).length === 1)
    throw new Problem(
      'BYLAW_KEY holds one key, and it cannot be changed from here. Create a new one with “openssl rand -base64 32”, put it before the old one (“new,old”), and run this again.',
    );
  const done = await onStore(settings, terminal, async (store) => {
    const ring = await openKeys(store, settings, new Date());
    return rotate(store, ring, { fromEnvironment, clock: () => new Date() });
  });
  terminal.out(
    `Everything is now encrypted with the key ${done.key}: ${done.resealed} ${done.resealed === 1 ? 'secret was' : 'secrets were'} encrypted again.`,
  );
  if (done.removed.length > 0)
    terminal.out(
      fromEnvironment
        ? `Nothing refers to ${done.removed.join(', ')} anymore: take the old key out of BYLAW_KEY and start again.`
        : `The old key ${done.removed.join(', ')} was removed from ${settings.keyFile}.`,
    );
  terminal.out(
    'Keep a copy of the new key separate from the backups. Older backups need the key that was in use when they were made.',
  );
  return 0;
}

/** `bylaw keys replace-lost`: discards what nobody can open anymore, so that the server starts again. */
export async function replaceLostKeyCommand(flags: PlaceFlags, terminal: Terminal): Promise<number> {
  const settings = placeOf(flags);
  const done = await onStore(settings, terminal, (store) => replaceLost(store, settings, new Date()));
  if (done.givenUp.length === 0) {
    terminal.out('Every sealed secret can be opened with the current key. Nothing was changed.');
    return 0;
  }
  terminal.out(`The key ${done.key} seals from now on. Given up, to be entered or set up again:`);
  for (const words of done.givenUp) terminal.out(`  ${words}`);
  return 0;
}
