import { type Hours, inNormalHours } from '../model/local-time.ts';
import { type Profile, profileSchema, WEEKDAYS } from '../model/profile.ts';

/** What of a client's profile decides what its activities are compared with. */
export interface WatchedProfile {
  readonly domains: readonly string[];
  readonly holidays: readonly string[];
  /** null: none are stated, and nobody works outside them. */
  readonly normalHours: Hours | null;
  readonly timezone: string;
}

const watchedOf = ({ domains, holidays, normalHours, timezone }: Profile): WatchedProfile => ({
  domains,
  holidays,
  normalHours: normalHours ?? null,
  timezone,
});

/** Some parts of it; left out or undefined: not these. */
export type SomeWatched = { readonly [Part in keyof WatchedProfile]?: WatchedProfile[Part] | undefined };

/** A profile with some of what is watched in place of its own. */
export function withWatched(
  profile: Profile,
  { domains, holidays, normalHours, timezone }: SomeWatched,
): Profile {
  return profileSchema.parse({
    ...profile,
    domains: domains ?? profile.domains,
    holidays: holidays ?? profile.holidays,
    normalHours: (normalHours === undefined ? profile.normalHours : normalHours) ?? undefined,
    timezone: timezone ?? profile.timezone,
  });
}

/** The next profile as far as it counts while the parts of it that are held wait. */
export function withoutHeld(before: Profile, after: Profile, held: SomeWatched): Profile {
  const was = watchedOf(before);
  return withWatched(after, {
    domains: held.domains && was.domains,
    holidays: held.holidays && was.holidays,
    normalHours: held.normalHours === undefined ? undefined : was.normalHours,
    timezone: held.timezone && was.timezone,
  });
}

/**
 * The parts of the next profile with which rules would find less: more domains of one's own, a day off that counts again,
 * hours that reach further or are no longer stated, and another clock for hours that are stated. Days before today do not
 * count: no day that is over is judged again.
 */
export function loosenedProfile(before: Profile, after: Profile, today: string): SomeWatched {
  const was = watchedOf(before);
  const next = watchedOf(after);
  return {
    ...(next.domains.some((one) => !was.domains.includes(one)) ? { domains: next.domains } : {}),
    ...(was.holidays.some((day) => day >= today && !next.holidays.includes(day))
      ? { holidays: next.holidays }
      : {}),
    ...(reachesFurther(was.normalHours, next.normalHours) ? { normalHours: next.normalHours } : {}),
    ...(was.normalHours !== null && was.timezone !== next.timezone ? { timezone: next.timezone } : {}),
  };
}

/** Any day: in a week without days off only the weekday counts. */
const A_DAY = '2026-01-05';

function reachesFurther(was: Hours | null, next: Hours | null): boolean {
  if (was === null) return false;
  if (next === null) return true;
  return WEEKDAYS.some((weekday) =>
    Array.from({ length: 1440 }, (_, minute) => ({ day: A_DAY, weekday, minute })).some(
      (at) => inNormalHours(at, next, []) && !inNormalHours(at, was, []),
    ),
  );
}
