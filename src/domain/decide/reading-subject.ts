import type { Reading } from '../model/reading.ts';
import { address, domainOf } from '../people/names.ts';

/**
 * Kinds that are requested per subject, so that several files of one day complement rather than contradict each other:
 * assignments per application, DNS answers per domain, accounts per domain, settings per organization.
 */
export function subjectOf(reading: Reading): ReadonlySet<string> | null {
  if (reading.kind === 'app_assignments')
    return new Set((reading as Reading<'app_assignments'>).rows.map((row) => row.resourceId.toLowerCase()));
  if (reading.kind === 'domain_memberships')
    return new Set((reading as Reading<'domain_memberships'>).rows.map((row) => domainOf(row.email)));
  if (reading.kind === 'dns')
    return new Set((reading as Reading<'dns'>).rows.map((row) => row.domain.toLowerCase()));
  if (reading.kind === 'settings') {
    const { rows } = reading as Reading<'settings'>;
    const named = rows.flatMap(({ organization, ofAll }) => organization ?? ofAll ?? []);
    return rows.length > 0 && named.length === rows.length ? new Set(named) : null;
  }
  return null;
}

/** The subject of a reading; null: it does not name one. */
export type SubjectOf = (reading: Reading) => ReadonlySet<string> | null;

/**
 * Whether one of several readings may be the last page of an answer of which another is a page; for kinds requested
 * per subject, only if both have the same one.
 */
export function isFinished(page: Reading, readings: readonly Reading[], of: SubjectOf = subjectOf): boolean {
  const things = of(page);
  return (
    things === null ||
    readings.some((other) => {
      const others = other.complete ? of(other) : null;
      return others !== null && (things.size === 0 || !things.isDisjointFrom(others));
    })
  );
}

/** Whether all readings have different subjects. */
export function haveDifferentSubjects(readings: readonly Reading[], of: SubjectOf = subjectOf): boolean {
  const seen = new Set<string>();
  for (const reading of readings) {
    const things = of(reading);
    if (!things || !seen.isDisjointFrom(things)) return false;
    for (const thing of things) seen.add(thing);
  }
  return true;
}

/**
 * Why files of members are lists of several organizations or of several times, rather than pages of one (pages list
 * nobody differently and have one Primary Owner), as a sentence without its period; null: nothing shows that.
 */
export function noPagesOfOne(readings: readonly Reading[]): string | null {
  const seen = new Map<string, { readonly says: string; readonly of: Reading }>();
  let owner: { readonly key: string; readonly of: Reading } | null = null;
  for (const reading of readings) {
    if (reading.kind !== 'members') return null;
    for (const row of (reading as Reading<'members'>).rows) {
      const key = address(row.email);
      if (key === '') continue;
      // An invitation remains on one page while the account created from it is on another.
      if (row.status === 'invited') continue;
      const says = JSON.stringify({ ...row, file: '', row: 0, hidden: undefined });
      const before = seen.get(key);
      if (before !== undefined && before.of !== reading && before.says !== says)
        return `${key} is listed otherwise in another file`;
      if (before === undefined) seen.set(key, { says, of: reading });
      if (row.role !== 'primary_owner') continue;
      if (owner !== null && owner.of !== reading && owner.key !== key)
        return `${owner.key} and ${key} are both listed as Primary Owner`;
      owner ??= { key, of: reading };
    }
  }
  return null;
}
