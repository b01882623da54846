import type { Reading } from '../model/reading.ts';
import { domainOf } from '../people/names.ts';

/**
 * Kinds that are asked for one thing at a time, so that several files of one day are parts and no contradiction: the
 * assignments of one application each, the DNS answer of one domain each, the accounts of one domain each, the settings of
 * one organization each.
 */
export function thingOf(reading: Reading): ReadonlySet<string> | null {
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

/**
 * Whether one of several readings may be the last page of an answer of which another is a page; of a kind that is asked
 * for one thing at a time, only one about the same thing may.
 */
export function isFinished(page: Reading, readings: readonly Reading[]): boolean {
  const things = thingOf(page);
  return (
    things === null ||
    readings.some((other) => {
      const others = other.complete ? thingOf(other) : null;
      return others !== null && (things.size === 0 || !things.isDisjointFrom(others));
    })
  );
}

/** Whether no two of the readings are about the same thing. */
export function speakOfDifferentThings(readings: readonly Reading[]): boolean {
  const seen = new Set<string>();
  for (const reading of readings) {
    const things = thingOf(reading);
    if (!things || !seen.isDisjointFrom(things)) return false;
    for (const thing of things) seen.add(thing);
  }
  return true;
}
