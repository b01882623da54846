import { DateTime } from 'luxon';
import { latestCreation } from '#store/clock.ts';

/** The format of `newSecret`. Anything else is not looked up. */
export const SECRET = /^[\w-]{43}$/u;

export type LinkState = 'open' | 'ended' | 'revoked';

/** Whether a link is still valid. */
export function linkState(
  link: { readonly revoked_at: Date | null; readonly made_at: Date; readonly expires_at: Date },
  now: Date,
): LinkState {
  if (link.revoked_at !== null) return 'revoked';
  return link.expires_at <= now || link.made_at > latestCreation(now) ? 'ended' : 'open';
}

/** When a link expires that is valid today and for a number of days in the client's time zone. */
export function endAfter(now: Date, days: number, zone: string): Date {
  return DateTime.fromJSDate(now, { zone })
    .startOf('day')
    .plus({ days: days + 1 })
    .toJSDate();
}

/** The last day, in the client's time zone, on which a link is valid. */
export function lastDayOf(expiresAt: Date, zone: string): string {
  return DateTime.fromJSDate(expiresAt, { zone }).minus({ milliseconds: 1 }).toFormat('yyyy-MM-dd');
}
