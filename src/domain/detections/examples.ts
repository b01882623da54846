import { type Activity, CATEGORIES } from '../activity/activity.ts';
import { addDays } from '../model/day.ts';
import { HOUR_MS, type HourCount } from './absence.ts';
import type { PersonDay } from './baseline.ts';
import type { Enrichment } from './enrich.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import type { DetectionEvent } from './fields.ts';
import { type Example, type ExampleEvent, timespanMs } from './sigma.ts';
import { EXAMPLE_AT, UNSTATED } from './unstated.ts';

const OWN = new Set([
  'source',
  'surface',
  'type',
  'category',
  'person',
  'organization',
  'session',
  'prompt',
  'ip',
  'connector',
  'tool',
  'effect',
  'outcome',
  'model',
]);

/** The events of an example. What it does not state is unknown; its other fields are the source's own. */
export function exampleEvents({ events }: Pick<Example, 'events'>): DetectionEvent[] {
  return events.flatMap((event, index) => {
    const start = Date.parse(event.at ?? EXAMPLE_AT);
    const every = event.every === undefined ? 1_000 : timespanMs(event.every);
    return Array.from({ length: event.repeat ?? 1 }, (_, n) =>
      oneEvent(event, start + n * every, `example_${index}_${n}`),
    );
  });
}

function oneEvent(event: ExampleEvent, at: number, id: string): DetectionEvent {
  const {
    at: _at,
    repeat: _repeat,
    every: _every,
    bylaw,
    actor,
    connector_name: connectorName,
    user_agent: userAgent,
    ...rest
  } = event;
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => OWN.has(key)));
  const detail = Object.fromEntries(Object.entries(rest).filter(([key]) => !OWN.has(key)));
  const category = CATEGORIES.find((one) => one === own.category) ?? 'other';
  const activity: Activity = {
    ...UNSTATED,
    id,
    at: new Date(at).toISOString(),
    actor: { ...UNSTATED.actor, ...(actor as object | undefined) },
    connectorName:
      typeof connectorName === 'string' ? connectorName : ((own.connector as string | undefined) ?? null),
    userAgent: typeof userAgent === 'string' ? userAgent : null,
    ...(own as Partial<Activity>),
    category,
    detail,
  };
  return { activity, bylaw: { ...NOTHING_KNOWN, ...(bylaw as Partial<Enrichment> | undefined) } };
}

/** Day on which the days of an example end: the judged one. */
export const EXAMPLE_DAY = EXAMPLE_AT.slice(0, 10);

/** The person-days of an example of a baseline. The person is the first; for hours the numbers are bits of the day. */
export function exampleDays({ days = [], others = [] }: Example, hours: boolean): PersonDay[] {
  return [days, ...others].flatMap((counts, who) =>
    counts.map((count, index): PersonDay => {
      const day = addDays(EXAMPLE_DAY, index - counts.length + 1);
      return {
        person: `person${who}@example.org`,
        day,
        messages: hours ? 0 : count,
        calls: hours ? 0 : count,
        hours: hours ? count : 0,
      };
    }),
  );
}

/** The events of an example as counts of hours. */
export function exampleHours(example: Pick<Example, 'events'>): HourCount[] {
  return exampleEvents(example).map(({ activity }) => ({
    source: activity.source,
    surface: activity.surface,
    category: activity.category,
    person: activity.person,
    connector: activity.connector,
    hour: Math.floor(Date.parse(activity.at) / HOUR_MS) * HOUR_MS,
    events: 1,
  }));
}
