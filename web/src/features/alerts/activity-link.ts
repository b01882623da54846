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
  /** Id of the connector; undefined: with any, or without. */
  readonly connector?: string | undefined;
}

/** The value that all have; undefined if they differ or one has none, so that a filter by it would hide some. */
export function sharedValue(values: readonly (string | null)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? undefined) : undefined;
}

interface Grouped {
  readonly by: string;
  readonly subject: string | null;
  readonly people: { readonly count: number; readonly first: readonly string[] };
}

/**
 * The person whom all alerts of a group are about. A group by connector or detection may name one person and also have
 * events without any, which a filter by that person would hide.
 */
export function personOfGroup({ by, subject, people }: Grouped): string | undefined {
  const [only] = people.first;
  return by === 'person' && people.count === 1 && only === subject ? only : undefined;
}

/** Link to the activity log on the days of an alert. */
export function activityLink({ slug, timezone, first, last, person, connector }: Span): string {
  const query = new URLSearchParams({
    from: dayIn(timezone, new Date(first)),
    to: dayIn(timezone, new Date(last)),
    ...(person === undefined ? {} : { person }),
    ...(connector === undefined ? {} : { connector }),
  });
  return `/c/${slug}/activity?${query}`;
}
