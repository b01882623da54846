import type { PersonDay } from './baseline.ts';

/** What one source reports of a person's day on one surface. */
export interface ReportedDay extends PersonDay {
  readonly source: string;
  readonly surface: string;
}

/**
 * Person-days without double counting of what two sources report: for each surface the highest value from one source,
 * and if a source does not state the surface, the highest value from one source for the whole day. Hours are merged
 * from all sources.
 */
export function onceByDay(reported: readonly ReportedDay[]): PersonDay[] {
  return [...Map.groupBy(reported, ({ person, day }) => JSON.stringify([person, day])).values()].flatMap(
    (own) => {
      const [one] = own;
      if (one === undefined) return [];
      return {
        person: one.person,
        day: one.day,
        messages: max(own, ({ messages }) => messages),
        calls: max(own, ({ calls }) => calls),
        uploads: counted(own, ({ uploads }) => uploads),
        uploadBytes: counted(own, ({ uploadBytes }) => uploadBytes),
        hours: own.reduce((all, { hours }) => all | hours, 0),
      };
    },
  );
}

/** As {@link max}; null if no source counted it at that time. */
const counted = (own: readonly ReportedDay[], of: (day: ReportedDay) => number | null): number | null =>
  own.every((one) => of(one) === null) ? null : max(own, (one) => of(one) ?? 0);

function max(own: readonly ReportedDay[], of: (day: ReportedDay) => number): number {
  const reporting = own.filter((one) => of(one) > 0);
  const loose = reporting.some(({ surface }) => surface === 'unknown');
  const places = Map.groupBy(reporting, ({ surface }) => (loose ? '' : surface));
  return sum([...places.values()], (here) =>
    Math.max(...[...Map.groupBy(here, ({ source }) => source).values()].map((same) => sum(same, of))),
  );
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
