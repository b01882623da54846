import type { Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { type Ask, ask } from '../text/message.ts';

/** Keys of the entries, for kinds of which a client may have several lists at once. */
const KEYS = {
  roster: ({ emails }) => emails,
  entra_users: ({ id, upn }) => [id, upn],
  service_principals: ({ id }) => [id],
} satisfies { readonly [K in Kind]?: (row: Rows[K]) => readonly (string | null)[] };

function keysOf(readings: readonly Reading[]): readonly ReadonlySet<string>[] {
  return readings.map(
    ({ kind, rows }) =>
      new Set(
        rows.flatMap((row) => {
          const keys = (KEYS as { readonly [K in Kind]?: (row: object) => readonly (string | null)[] })[kind];
          return (keys?.(row) ?? []).flatMap((key) => (key === null ? [] : [key.toLowerCase()]));
        }),
      ),
  );
}

/** Whether lists have no entry in common, as those of two employers or two Entra tenants. */
export function listOthers(readings: readonly Reading[]): boolean {
  const lists = keysOf(readings);
  return lists.every(
    (one, at) => one.size > 0 && lists.every((other, also) => also === at || one.isDisjointFrom(other)),
  );
}

/** Fewest addresses, and smallest share of a list, that only this list has if it is of another employer. */
const MIN_OWN = 3;
const MIN_OWN_SHARE = 1 / 4;

/** Whether each list has many people whom no other has, as those of sister organizations that share some of their staff. */
function eachListsOthers(readings: readonly Reading[]): boolean {
  const lists = keysOf(readings);
  return lists.every((one, at) => {
    const own = [...one].filter((key) => !lists.some((other, also) => also !== at && other.has(key)));
    return own.length >= MIN_OWN && own.length >= one.size * MIN_OWN_SHARE;
  });
}

/**
 * What files of one day with different entries are, and what to do with them; null: they are two states of one list.
 */
export function partsOfOne(readings: readonly Reading[]): { readonly why: string; readonly ask: Ask } | null {
  const kind = readings[0]?.kind;
  if (kind === undefined || !Object.hasOwn(KEYS, kind)) return null;
  const areApart = listOthers(readings);
  if (!areApart && !(kind === 'roster' && eachListsOthers(readings))) return null;
  if (kind === 'service_principals')
    return {
      why: 'They have no object ID in common, as the lists of two Entra tenants.',
      ask: ask(
        'source',
        kind,
        'Keep the files of the Entra tenant in which people sign in to Claude, and govern each further tenant as a client of its own.',
        'one_tenant',
      ),
    };
  const options = readings.map(({ file }) => `--map "${kind}=${file}"`).join(' ');
  const [whole, part] =
    kind === 'roster' ? ['the roster', 'one employer'] : ['the list of Entra users', 'one tenant'];
  return {
    why: areApart
      ? 'They list different people.'
      : 'Each of them lists people whom no other lists, as those of sister organizations do.',
    ask: ask(
      'source',
      kind,
      `Keep the one file that lists everyone. If each lists a part, such as ${part}, say that all of them are ${whole}: choose that kind for each file when you import them together, or on the command line ${options}.`,
      'parts',
    ),
  };
}
