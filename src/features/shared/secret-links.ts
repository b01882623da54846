import { DateTime } from 'luxon';

/** What `newSecret` makes. Anything else is not looked up. */
export const SECRET = /^[\w-]{43}$/u;

export type LinkState = 'open' | 'ended' | 'revoked';

/** Whether a link still leads anywhere. */
export function linkState(
  link: { readonly revoked_at: Date | null; readonly expires_at: Date },
  now: Date,
): LinkState {
  return link.revoked_at !== null ? 'revoked' : link.expires_at <= now ? 'ended' : 'open';
}

/** The instant at which a link ends that is good today and for so many days of the client after it. */
export function endAfter(now: Date, days: number, zone: string): Date {
  return DateTime.fromJSDate(now, { zone })
    .startOf('day')
    .plus({ days: days + 1 })
    .toJSDate();
}

/** The last day of the client on which a link is good. */
export function lastDayOf(expiresAt: Date, zone: string): string {
  return DateTime.fromJSDate(expiresAt, { zone }).minus({ milliseconds: 1 }).toFormat('yyyy-MM-dd');
}
