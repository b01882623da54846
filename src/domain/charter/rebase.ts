import type { Charter } from '../model/charter.ts';
import { ownValue } from '../model/own-value.ts';
import { cellOf, whatOf } from './diff.ts';
import { FIELDS } from './fields.ts';
import {
  applied,
  below,
  type Flat,
  flatten,
  keyOf,
  type Leaf,
  outerKeys,
  readable,
  type Step,
  steps,
  unflatten,
} from './flat.ts';
import { shownValue } from './shown-value.ts';

/** A place that the draft and the version in force both changed, in different ways. */
export interface Overlap {
  readonly key: string;
  readonly what: string;
  /** In words; null: absent. */
  readonly base: string | null;
  readonly current: string | null;
  readonly draft: string | null;
}

export interface Rebased {
  /** The version in force plus every change of the draft that does not conflict, or that was chosen. */
  readonly charter: Charter;
  /** Every conflict, resolved or not. */
  readonly overlaps: readonly Overlap[];
  /** false: the chosen changes do not form a valid charter, so the version in force is kept in all of these places. */
  readonly together: boolean;
}

/**
 * Values that only make sense together: combining one draft's name with the other's address would be a decision that no
 * one made.
 */
const UNITS: readonly string[] = [
  'governanceOwner',
  'governanceDeputy',
  'domainCapture',
  'telemetry',
  'policy',
  'ams.vendorConsulted',
  'ams.serviceAccount',
  'ams.agent',
  'connectors.*.securityReview',
  'exceptions.*',
  'invariantExceptions.*',
  'entra.approvedExclusions.*',
  'aiTools.*',
];

/**
 * Applies a draft's changes since its base to the version that took effect meanwhile. On a conflict the version in
 * force is kept and the place is listed for a decision; `keep` has the keys of the conflicts decided for the draft.
 */
export function rebase(
  base: Charter,
  draft: Charter,
  current: Charter,
  keep: ReadonlySet<string> = new Set(),
): Rebased {
  const from = flatten(base);
  const wanted = flatten(draft);
  const now = flatten(current);
  const mine = steps(from, wanted);
  const theirs = steps(from, now);
  const apart = unitsApart(mine, theirs, wanted, now);
  const all = new Set(mine.map(({ key }) => key));
  const clashes = clashesWith(theirs);
  let held = new Set(
    mine.filter((step) => apart.has(unitOf(step) ?? '') || clashes(step)).map(({ key }) => key),
  );
  const answer = (charter: Charter, together: boolean): Rebased => ({
    charter,
    together,
    overlaps: overlapsOf(
      mine.filter(({ key }) => held.has(key)),
      from,
      now,
      { base, draft, current },
    ),
  });
  for (;;) {
    const kept = new Set([...held].filter((key) => keep.has(readable(key))));
    const list = mine.filter(({ key }) => !held.has(key) || kept.has(key));
    const made = unflatten(applied(now, [...restored([...kept], wanted, now), ...list]).values());
    if (made.ok) return answer(made.charter, true);
    if (held.size === all.size) return answer(current, false);
    // Together they are not a valid charter, for example half of a group, so a person has to decide all of that part.
    const part = made.at[0] ?? '';
    const more = [...all].filter((key) => key === part || key.startsWith(below(part)));
    const grown = new Set([...held, ...more]);
    held = grown.size === held.size ? all : grown;
  }
}

function unitOf(step: Step): string | null {
  const leaf = step.after ?? step.before;
  if (leaf === null) return null;
  const unit = UNITS.find((one) => leaf.pattern === one || leaf.pattern.startsWith(`${one}.`));
  return unit === undefined ? null : keyOf(leaf.path.slice(0, unit.split('.').length));
}

/** Units that both sides changed and that now differ. */
function unitsApart(
  mine: readonly Step[],
  theirs: readonly Step[],
  wanted: Flat,
  now: Flat,
): ReadonlySet<string> {
  const touched = new Set(theirs.flatMap((step) => unitOf(step) ?? []));
  const both = new Set(mine.flatMap((step) => unitOf(step) ?? []).filter((unit) => touched.has(unit)));
  const wantedParts = partsOf(wanted);
  const nowParts = partsOf(now);
  return new Set([...both].filter((unit) => steps(wantedParts(unit), nowParts(unit)).length > 0));
}

/** Returns a lookup of everything at or below a key. */
function partsOf(flat: Flat): (key: string) => Flat {
  const parts = new Map<string, Map<string, Leaf>>();
  for (const [key, leaf] of flat)
    for (const outer of [...outerKeys(key), key]) {
      const part = parts.get(outer);
      if (part === undefined) parts.set(outer, new Map([[key, leaf]]));
      else part.set(key, leaf);
    }
  return (key) => parts.get(key) ?? new Map();
}

/**
 * Whether a step conflicts: both changed the same place differently, or one side removed what the other changed a part
 * of.
 */
function clashesWith(theirs: readonly Step[]): (mine: Step) => boolean {
  const byKey = new Map(theirs.map((step) => [step.key, step]));
  const around = new Set(theirs.flatMap(({ key, after }) => (after === null ? [] : outerKeys(key))));
  return (mine) => {
    const same = byKey.get(mine.key);
    if (same !== undefined && !Object.is(mine.after?.value, same.after?.value)) return true;
    if (mine.after === null) return around.has(mine.key);
    return outerKeys(mine.key).some((key) => byKey.get(key)?.after === null);
  };
}

/** Restores the containers of a kept value if the version in force has removed them. */
function restored(kept: readonly string[], wanted: Flat, now: Flat): readonly Step[] {
  const wantedParts = partsOf(wanted);
  const nowParts = partsOf(now);
  const outer = new Set(
    kept.flatMap((key) => {
      const path = wanted.get(key)?.path ?? [];
      return path.slice(0, -1).map((_, index) => keyOf(path.slice(0, index + 1)));
    }),
  );
  return [...outer]
    .filter((key) => nowParts(key).size === 0)
    .flatMap((key) => [...wantedParts(key)].map(([one, leaf]) => ({ key: one, before: null, after: leaf })));
}

function overlapsOf(
  held: readonly Step[],
  from: Flat,
  now: Flat,
  { base, draft, current }: { readonly base: Charter; readonly draft: Charter; readonly current: Charter },
): readonly Overlap[] {
  const words = (leaf: Leaf | undefined | null) => (leaf ? shownValue(leaf, {}) || 'There' : null);
  return held.flatMap((step): Overlap[] => {
    const leaf = step.after ?? step.before;
    if (leaf === null || leaf.is === 'list') return [];
    const cell = cellOf(leaf, current, draft);
    const label = ownValue(FIELDS, leaf.pattern)?.label ?? leaf.pattern;
    return [
      {
        key: readable(step.key),
        what: cell === null ? whatOf(leaf, label, base, draft) : `${cell.connector}: ${cell.action}`,
        base: words(from.get(step.key)),
        current: words(now.get(step.key)),
        draft: words(step.after),
      },
    ];
  });
}
