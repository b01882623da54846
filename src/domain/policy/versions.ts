/** What decides which version of a policy holds. Numbers count material changes, revisions those that are not. */
export interface Numbered {
  readonly number: number;
  readonly revision: number;
  /** First day of the client on which it holds. */
  readonly effectiveOn: string;
}

/** "3", or "3.1" for a revision of it that nobody has to acknowledge again. */
export function versionLabel({ number, revision }: Pick<Numbered, 'number' | 'revision'>): string {
  return revision === 0 ? String(number) : `${number}.${revision}`;
}

/** The version in force on a day; null: none is yet. */
export function inForce<T extends Numbered>(versions: readonly T[], today: string): T | null {
  return versions.filter(({ effectiveOn }) => effectiveOn <= today).sort(newestFirst)[0] ?? null;
}

/** Day on which the version was in force for the first time whose acknowledgement counts for this one. */
export function acknowledgedSince(versions: readonly Numbered[], number: number): string | null {
  return versions.find((one) => one.number === number && one.revision === 0)?.effectiveOn ?? null;
}

export function newestFirst(a: Numbered, b: Numbered): number {
  return b.number - a.number || b.revision - a.revision;
}

/**
 * Number and revision of the next version. `stated` is the version that the charter states of a policy that was not
 * published here: numbers go on after it, so that one number never means two texts.
 */
export function nextVersion(
  newest: Pick<Numbered, 'number' | 'revision'> | null,
  material: boolean,
  stated: string | null,
): Pick<Numbered, 'number' | 'revision'> {
  if (newest !== null)
    return material
      ? { number: newest.number + 1, revision: 0 }
      : { number: newest.number, revision: newest.revision + 1 };
  const before = Number(/\d{1,6}/u.exec(stated ?? '')?.[0] ?? '0');
  return { number: before + 1, revision: 0 };
}
// Guide: G8-17
