import type { PeopleReading } from './reading.ts';

/** Day of the members file that a comparison rests on; null if there is no current one. */
export function membersOn(reading: PeopleReading | null): string | null {
  const cited = (reading?.rows ?? [])
    .filter(({ account, place }) => account !== null && place !== 'personal_account')
    .flatMap(({ evidence }) => evidence);
  // An outdated file is compared with nothing, and no one in it is listed.
  const files = reading?.blocked === null ? reading.files : [];
  const days = [...cited, ...files].filter(({ kind }) => kind === 'members').map((one) => one.observedOn);
  return days.sort().at(-1) ?? null;
}
