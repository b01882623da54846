import type { Profile } from '../model/profile.ts';
import type { Calendar } from './baseline.ts';
import type { Dated } from './in-force.ts';

/** The parts of a client's profile that activities are judged by. */
export type JudgingSettings = Pick<Profile, 'domains' | 'holidays' | 'normalHours'>;

export function judgingSettings({ domains, holidays, normalHours }: Profile): JudgingSettings {
  return { domains, holidays, ...(normalHours === undefined ? {} : { normalHours }) };
}

/**
 * Gives the calendar of a day: that of the settings that were in force when it began, so that a change counts from the
 * next day on and changes no day before. Hours that were not stated yet are not known: the first that were stated count
 * for the time before them, too.
 *
 * @param settings The oldest first; there is one at least.
 * @param dayOf The day of an instant in the client's zone.
 */
export function calendarsOf(
  settings: readonly Dated<JudgingSettings>[],
  dayOf: (at: string) => string,
): (day: string) => Calendar {
  const firstHours = settings.find(({ value }) => value.normalHours !== undefined)?.value.normalHours;
  let stated = false;
  const calendars = settings.map(({ from, value: { normalHours, holidays } }, index) => {
    stated ||= normalHours !== undefined;
    return {
      // Of the day in which it began the one before still holds.
      after: index === 0 ? '' : dayOf(new Date(Date.parse(from) - 1).toISOString()),
      calendar: { normalHours: (stated ? normalHours : firstHours) ?? null, holidays },
    };
  });
  const known = new Map<string, Calendar>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const found = calendars.findLast(({ after }) => after < day)?.calendar ?? {
      normalHours: null,
      holidays: [],
    };
    if (known.size > 5_000) known.clear();
    known.set(day, found);
    return found;
  };
}
