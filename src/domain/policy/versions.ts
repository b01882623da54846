/** Determines which version of a policy is in force. Numbers count material changes, revisions minor ones. */
export interface Numbered {
  readonly number: number;
  readonly revision: number;
  /** First day on which it is in force, in the client's time zone. */
  readonly effectiveOn: string;
}

/** "3", or "3.1" for a revision, which need not be acknowledged again. */
export function versionLabel({ number, revision }: Pick<Numbered, 'number' | 'revision'>): string {
  return revision === 0 ? String(number) : `${number}.${revision}`;
}

/** The version in force on a day; null: none yet. */
export function inForce<T extends Numbered>(versions: readonly T[], today: string): T | null {
  return versions.filter(({ effectiveOn }) => effectiveOn <= today).sort(newestFirst)[0] ?? null;
}

/** First day from which an acknowledgement counts for this version number. */
export function acknowledgedSince(versions: readonly Numbered[], number: number): string | null {
  return versions.find((one) => one.number === number && one.revision === 0)?.effectiveOn ?? null;
}

export function newestFirst(a: Numbered, b: Numbered): number {
  return b.number - a.number || b.revision - a.revision;
}

/**
 * Number and revision of the next version.
 *
 * @param stated Version that the charter states for a policy not published here. Numbers continue after it, so that no
 *   number is used for two texts.
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
