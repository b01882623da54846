import { dayIn } from '../../ui/time.ts';

interface Span {
  readonly slug: string;
  /** Time zone of the client, in which the activity log names days. */
  readonly timezone: string;
  /** Instants of the first and the last event. */
  readonly first: string;
  readonly last: string;
  /** Whose activity; undefined: that of everyone. */
  readonly person: string | undefined;
}

/** Link to the activity log on the days of an alert. */
export function activityLink({ slug, timezone, first, last, person }: Span): string {
  const query = new URLSearchParams({
    from: dayIn(timezone, new Date(first)),
    to: dayIn(timezone, new Date(last)),
    ...(person === undefined ? {} : { person }),
  });
  return `/c/${slug}/activity?${query}`;
}
