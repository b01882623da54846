import { type Hours, inNormalHours } from '../model/local-time.ts';
import { type Profile, profileSchema, WEEKDAYS } from '../model/profile.ts';

/** The parts of a client's profile that its activities are compared with. */
export interface WatchedProfile {
  readonly domains: readonly string[];
  readonly holidays: readonly string[];
  /** null: none are stated, so nothing counts as outside them. */
  readonly normalHours: Hours | null;
  readonly timezone: string;
}

const watchedOf = ({ domains, holidays, normalHours, timezone }: Profile): WatchedProfile => ({
  domains,
  holidays,
  normalHours: normalHours ?? null,
  timezone,
});

/** Some of these parts; undefined: not included. */
export type SomeWatched = { readonly [Part in keyof WatchedProfile]?: WatchedProfile[Part] | undefined };

/** The profile with some watched parts replaced. */
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

/** The next profile as it takes effect while the held parts keep their previous values. */
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
 * The parts of the next profile that would make detections find less: more own domains, a removed holiday, longer or
 * removed hours, or another time zone while hours are stated. Holidays before today are ignored, since past days are
 * not evaluated again.
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

/** Any day will do: without holidays, only the weekday matters. */
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
