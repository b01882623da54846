import { type CharterChange, diffCharters } from '../charter/diff.ts';
import { type Flat, flatten, type Leaf, outerKeys, readable, unflatten } from '../charter/flat.ts';
import type { TemplateCharter } from '../model/baseline.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';

/** How a client stands to a baseline in one place. */
export interface BaselineDifference {
  /** The same for the same place of any charter. */
  readonly key: string;
  readonly area: CharterChange['area'];
  /** What it is about: "Asana: Delete tasks". */
  readonly what: string;
  /** In words; null: the client's charter does not say it. */
  readonly client: string | null;
  /** null: the baseline has no such entry. */
  readonly template: string | null;
  /** Whether the client lets Claude, or people with it, do more than the baseline. */
  readonly status: 'looser' | 'stricter' | 'other';
}

export interface Compared {
  readonly catalogue: Pick<Catalogue, 'connectors'>;
  readonly today: string;
}

/** Where a client's charter says something else than the baseline, of all that the baseline speaks of; looser first. */
export function differencesFrom(
  template: TemplateCharter,
  client: Charter,
  { catalogue, today }: Compared,
): BaselineDifference[] {
  const order = { looser: 0, stricter: 1, other: 2 } as const;
  return diffCharters(client, layOver(template, client, 'all'), catalogue, today)
    .filter((change) => !isDetailOfOwn(change))
    .map(({ key, area, what, before, after, direction }) => ({
      key,
      area,
      what: spelledOut(what),
      client: before,
      template: after,
      // What would tighten the client's charter is where it is looser now.
      status: ({ looser: 'stricter', tighter: 'looser', same: 'other' } as const)[direction],
    }))
    .sort((a, b) => order[a.status] - order[b.status]);
}

/** `*` is a sign of the YAML. */
export function spelledOut(what: string): string {
  return what.replace(/: \*$/, ': all other actions');
}

/** What is beside the actions of a connector that only the client has: the actions tell of it. */
function isDetailOfOwn({ is, key, cell }: CharterChange): boolean {
  return is === 'removed' && cell === null && key.split(' / ').length > 2 && key.startsWith('connectors / ');
}

/**
 * The client's charter with what the baseline states laid over it. `all` also takes away further entries of lists that
 * the baseline states; `adds` leaves them, since they were the client's own decision; a list of keys lays over these
 * places and no others. Throws DoesNotFit.
 */
export function layOver(
  template: TemplateCharter,
  client: Charter,
  how: 'all' | 'adds' | { readonly only: ReadonlySet<string> },
  except: ReadonlySet<string> = new Set(),
): Charter {
  const own = flatten(client);
  const wanted = flatten(template);
  const chosen = (key: string) =>
    !except.has(readable(key)) && (typeof how === 'string' || how.only.has(readable(key)));
  const leaves = new Map<string, Leaf>(own);
  for (const [key, leaf] of wanted) if (chosen(key)) withParents(leaves, wanted, key, leaf);
  if (how !== 'adds') {
    const take = (keys: readonly string[]) => {
      const gone = new Set(keys);
      for (const inner of [...leaves.keys()])
        if (gone.has(inner) || outerKeys(inner).some((outer) => gone.has(outer))) leaves.delete(inner);
    };
    take(furtherThan(wanted, own).filter(chosen));
    take(emptied(leaves, wanted, own));
  }
  const made = unflatten(leaves.values());
  // Half of a group makes no charter: then its other half comes along.
  if (made.ok) return made.charter;
  const part = made.at[0] ?? '';
  for (const [key, leaf] of wanted) if (leaf.path[0] === part) leaves.set(key, leaf);
  const again = unflatten(leaves.values());
  if (!again.ok && again.tooMany)
    throw new DoesNotFit(
      `With what the baseline adds, \`${again.at.join('.')}\` of the charter would hold more entries than fit. Remove some from the charter or from the baseline.`,
    );
  if (!again.ok) throw new Error(`a baseline cannot be laid over a charter at ${again.at.join('.')}`);
  return again.charter;
}

/** What both hold together is more than a charter may; the message is a sentence for the person who lays it over. */
export class DoesNotFit extends Error {}

/** A value inside of a list or an entry needs these to be there. */
function withParents(leaves: Map<string, Leaf>, wanted: Flat, key: string, leaf: Leaf): void {
  for (const outer of outerKeys(key)) {
    const parent = wanted.get(outer);
    if (parent !== undefined && !leaves.has(outer)) leaves.set(outer, parent);
  }
  const there = leaves.get(key);
  // What is there keeps the client's spelling; only its value follows the baseline.
  if (there === undefined) leaves.set(key, leaf);
  else if (there.is === 'value') leaves.set(key, { ...there, value: leaf.value });
}

/** Connectors that only the client has and of which every cell was taken away: nothing is approved there anymore. */
function emptied(leaves: Flat, wanted: Flat, own: Flat): string[] {
  const had = withCells(own);
  const has = withCells(leaves);
  return [...leaves].flatMap(([key, { pattern }]) =>
    pattern === 'connectors.*' && !wanted.has(key) && had.has(key) && !has.has(key) ? [key] : [],
  );
}

/** The keys of everything that a cell lies in. */
function withCells(flat: Flat): ReadonlySet<string> {
  return new Set([...flat].flatMap(([key, leaf]) => (isCell(leaf) ? outerKeys(key) : [])));
}

const isCell = ({ pattern }: Leaf): boolean => pattern === 'connectors.*.actions.*';

/** Entries and cells that a client has beyond the lists and connectors of a baseline. */
function furtherThan(wanted: Flat, own: Flat): string[] {
  const isOuter = (key: string) => {
    const leaf = wanted.get(key);
    return leaf !== undefined && (leaf.is === 'list' || leaf.pattern === 'connectors.*');
  };
  return [...own].flatMap(([key, leaf]) => {
    if (wanted.has(key)) return [];
    const isEntry = leaf.is === 'entry' || leaf.is === 'object_entry';
    if (!isEntry && !isCell(leaf)) return [];
    return outerKeys(key).some(isOuter) ? [key] : [];
  });
}
// Guide: G2.2-24 G2.2-25 G2.2-26
