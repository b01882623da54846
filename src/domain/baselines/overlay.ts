import { type CharterChange, diffCharters } from '../charter/diff.ts';
import { type Flat, flatten, type Leaf, outerKeys, readable, unflatten } from '../charter/flat.ts';
import type { TemplateCharter } from '../model/baseline.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';

/** Difference between a client and a baseline in one place. */
export interface BaselineDifference {
  /** Identifies the place, the same in every charter. */
  readonly key: string;
  readonly area: CharterChange['area'];
  /** What it is about: "Asana: Delete tasks". */
  readonly what: string;
  /** In words; null: not in the client's charter. */
  readonly client: string | null;
  /** null: not in the baseline. */
  readonly template: string | null;
  /** looser: the client lets Claude, or people with it, do more than the baseline. */
  readonly status: 'looser' | 'stricter' | 'other';
}

export interface Compared {
  readonly catalogue: Pick<Catalogue, 'connectors'>;
  readonly today: string;
}

/** Where a client's charter differs from the baseline, in everything that the baseline covers; looser first. */
export function differencesFrom(
  template: TemplateCharter,
  client: Charter,
  compared: Compared,
): BaselineDifference[] {
  return differencesBetween(client, overlayTemplate(template, client, 'all'), compared);
}

/** {@link differencesFrom}, given the client's charter with all of the baseline laid over it. */
export function differencesBetween(
  client: Charter,
  overlaid: Charter,
  { catalogue, today }: Compared,
): BaselineDifference[] {
  const order = { looser: 0, stricter: 1, other: 2 } as const;
  return diffCharters(client, overlaid, catalogue, today)
    .filter((change) => !isDetailOfOwn(change))
    .map(({ key, area, what, before, after, direction }) => ({
      key,
      area,
      what: spelledOut(what),
      client: before,
      template: after,
      // A change that would tighten the client's charter means that the client is looser now.
      status: ({ looser: 'stricter', tighter: 'looser', same: 'other' } as const)[direction],
    }))
    .sort((a, b) => order[a.status] - order[b.status]);
}

/** `*` is YAML syntax that readers do not know. */
export function spelledOut(what: string): string {
  return what.replace(/: \*$/, ': all other actions');
}

/** Details of a connector that only the client has; its actions already show the difference. */
function isDetailOfOwn({ is, key, cell }: CharterChange): boolean {
  return is === 'removed' && cell === null && key.split(' / ').length > 2 && key.startsWith('connectors / ');
}

/**
 * The client's charter overlaid with the baseline. `all` also removes additional entries from lists in the baseline;
 * `adds` keeps them, because they were the client's own decision; a set of keys overlays only these places. Throws
 * DoesNotFit.
 */
export function overlayTemplate(
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
  // Half of a group is not a valid charter, so the other half is taken over too.
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

/**
 * The combination exceeds the limits of a charter; the message is a sentence for the person who applies the baseline.
 */
export class DoesNotFit extends Error {}

/** Adds a value together with the list or entry that contains it. */
function withParents(leaves: Map<string, Leaf>, wanted: Flat, key: string, leaf: Leaf): void {
  for (const outer of outerKeys(key)) {
    const parent = wanted.get(outer);
    if (parent !== undefined && !leaves.has(outer)) leaves.set(outer, parent);
  }
  const there = leaves.get(key);
  // An existing entry keeps the client's spelling; only its value follows the baseline.
  if (there === undefined) leaves.set(key, leaf);
  else if (there.is === 'value') leaves.set(key, { ...there, value: leaf.value });
}

/** Connectors that only the client has and that lost all their cells, so that nothing in them is approved anymore. */
function emptied(leaves: Flat, wanted: Flat, own: Flat): string[] {
  const had = withCells(own);
  const has = withCells(leaves);
  return [...leaves].flatMap(([key, { pattern }]) =>
    pattern === 'connectors.*' && !wanted.has(key) && had.has(key) && !has.has(key) ? [key] : [],
  );
}

/** The keys of everything that contains a cell. */
function withCells(flat: Flat): ReadonlySet<string> {
  return new Set([...flat].flatMap(([key, leaf]) => (isCell(leaf) ? outerKeys(key) : [])));
}

const isCell = ({ pattern }: Leaf): boolean => pattern === 'connectors.*.actions.*';

/** The client's entries and cells that go beyond the lists and connectors of a baseline. */
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
