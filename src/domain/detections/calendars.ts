import type { Profile } from '../model/profile.ts';
import type { Calendar } from './baseline.ts';
import type { Dated } from './in-force.ts';

/** The parts of a client's profile that activities are evaluated with. */
export type JudgingSettings = Pick<Profile, 'domains' | 'holidays' | 'normalHours'>;

export function judgingSettings({ domains, holidays, normalHours }: Profile): JudgingSettings {
  return { domains, holidays, ...(normalHours === undefined ? {} : { normalHours }) };
}

/**
 * Returns the calendar of a day: the settings in force when the day began, so that a change takes effect the next day
 * and affects no earlier one. For the time before hours were first stated, those first hours apply.
 *
 * @param settings Oldest first, at least one.
 * @param dayOf Converts an instant to a day in the client's zone.
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
      // On the day of the change, the previous settings still apply.
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
