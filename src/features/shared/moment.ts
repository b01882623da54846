import { DateTime } from 'luxon';

/** The day and time of a decision. */
export interface Moment {
  /** YYYY-MM-DD in the client's time zone. */
  readonly today: string;
  /** RFC 3339 instant in UTC. */
  readonly now: string;
}

/** A given day in full: events up to its last second in the client's time zone are included. */
export function momentOf(day: string, zone: string): Moment {
  const end = DateTime.fromISO(day, { zone }).endOf('day').toUTC();
  return { today: day, now: end.toISO({ suppressMilliseconds: true }) ?? `${day}T23:59:59Z` };
}

/** Cached per zone: every page asks for it, and time zone arithmetic is slow. */
const lately = new Map<string, { readonly minute: number; readonly moment: Moment }>();

/** The current time in the client's zone, to the minute: no day starts within a minute. */
export function present(clock: Date, zone: string): Moment {
  const minute = Math.floor(clock.getTime() / 60_000);
  const known = lately.get(zone);
  if (known?.minute === minute) return known.moment;
  const now = DateTime.fromJSDate(clock, { zone });
  const moment = {
    today: now.toISODate() ?? clock.toISOString().slice(0, 10),
    now: now.toUTC().startOf('minute').toISO({ suppressMilliseconds: true }) ?? clock.toISOString(),
  };
  lately.set(zone, { minute, moment });
  return moment;
}

/** Time zone of a stored profile; default UTC. */
export function zoneOf(profile: unknown): string {
  const zone =
    typeof profile === 'object' && profile !== null && 'timezone' in profile ? profile.timezone : null;
  return typeof zone === 'string' ? zone : 'UTC';
}
