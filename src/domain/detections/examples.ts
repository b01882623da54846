import {
  type Activity,
  type ActivityActor,
  type ActivitySource,
  CATEGORIES,
  type Category,
} from '../activity/activity.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { addDays } from '../model/day.ts';
import { HOUR_MS, type HourCount } from './absence.ts';
import type { PersonDay } from './baseline.ts';
import type { Enrichment } from './enrich.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import type { DetectionEvent } from './fields.ts';
import { SigmaError } from './modifiers.ts';
import { type Detection, type Example, type ExampleEvent, offsetMs, timespanMs } from './sigma.ts';
import { EXAMPLE_AT, UNSTATED } from './unstated.ts';

const OWN = new Set([
  'surface',
  'organization',
  'session',
  'prompt',
  'ip',
  'tool',
  'effect',
  'outcome',
  'model',
]);

/** Default actor in events of the feed or the audit log. */
const OWNER: ActivityActor = { type: 'user_actor', id: 'user_1', email: 'owner@example.org', name: null };
const FEED: ReadonlySet<unknown> = new Set(['compliance_feed', 'audit_export']);
/** Default person in events of telemetry or a gateway. */
const PERSON = 'jane@example.org';

/** Category of an event by source and type; undefined: the type is not in the catalogue. */
type CategoryOf = (source: unknown, type: unknown) => Category | undefined;

/** Builds the lookup from the types of the feed and of telemetry in the catalogue. */
export function categoriesOf({
  activityTypes,
  telemetry,
}: Pick<Catalogue, 'activityTypes' | 'telemetry'>): CategoryOf {
  const feed = new Map(
    activityTypes.flatMap(({ types }) =>
      Object.entries(types).map(([type, { category }]) => [type, category] as const),
    ),
  );
  const claude = new Map(Object.entries(telemetry.claude.events));
  return (source, type) => (FEED.has(source) ? feed : claude).get(String(type));
}

/**
 * The events of an example. `given` supplies the values that an event does not state. By default the source is the
 * first that the detection needs, the category follows from the type, and the person from the source; everything else
 * is unknown. Fields that are not Bylaw's own belong to the source.
 *
 * @throws SigmaError if the catalogue lacks a type and no category is stated, or `bylaw.` has no such field.
 */
export function exampleEvents(
  { bylaw }: Pick<Detection, 'bylaw'>,
  { events, days }: Pick<Example, 'events' | 'days'>,
  categoryOf: CategoryOf,
): DetectionEvent[] {
  if (days !== undefined) return [];
  const source = bylaw.needs.sources[0];
  return (events ?? [{}]).flatMap((stated, index) => {
    const event: ExampleEvent = { source, ...bylaw.given, ...stated };
    const start = Date.parse(EXAMPLE_AT) + (event.after === undefined ? 0 : offsetMs(event.after));
    const every = event.every === undefined ? 1_000 : timespanMs(event.every);
    return Array.from({ length: event.repeat ?? 1 }, (_, n) =>
      oneEvent(numbered(event, n), start + n * every, `example_${index}_${n}`, categoryOf),
    );
  });
}

/** Why an example cannot be read, as a sentence; null: it can. */
export function exampleProblem(...of: Parameters<typeof exampleEvents>): string | null {
  try {
    exampleEvents(...of);
    return null;
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return error.message;
  }
}

/** Replaces `{n}` in texts by the number of the repetition, from 0. */
function numbered(event: ExampleEvent, n: number): ExampleEvent {
  const fill = (value: unknown) => (typeof value === 'string' ? value.replaceAll('{n}', String(n)) : value);
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key, fill(value)]));
}

function oneEvent(event: ExampleEvent, at: number, id: string, categoryOf: CategoryOf): DetectionEvent {
  const { after: _after, repeat: _repeat, every: _every, source, type, category: stated, ...rest } = event;
  const { person, connector, connector_name: connectorName, user_agent: userAgent, ...others } = rest;
  const own: Record<string, unknown> = {};
  const detail: Record<string, unknown> = {};
  const actor: Record<string, unknown> = {};
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(others)) {
    if (key.startsWith('actor.')) actor[key.slice(6)] = value;
    else if (key.startsWith('bylaw.')) known[key.slice(6)] = value;
    else (OWN.has(key) ? own : detail)[key] = value;
  }
  for (const key of Object.keys(known))
    if (!(key in NOTHING_KNOWN)) throw new SigmaError(`states bylaw.${key}, which does not exist`);
  const category = stated === undefined ? categoryOf(source, type) : CATEGORIES.find((one) => one === stated);
  if (category === undefined)
    throw new SigmaError(`has the type ${type}, which the catalogue does not have: state a category`);
  const acting = actorOf(source, actor);
  const activity: Activity = {
    ...UNSTATED,
    ...own,
    id,
    at: new Date(at).toISOString(),
    source: source as ActivitySource,
    type: textOr(type, UNSTATED.type),
    category,
    actor: acting,
    person: person === undefined ? (FEED.has(source) ? acting.email : PERSON) : textOr(person, null),
    connector: textOr(connector, null),
    connectorName: textOr(connectorName, textOr(connector, null)),
    userAgent: textOr(userAgent, null),
    detail,
  };
  return { activity, bylaw: { ...NOTHING_KNOWN, ...(known as Partial<Enrichment>) } };
}

function actorOf(source: unknown, stated: Record<string, unknown>): ActivityActor {
  if (Object.keys(stated).length > 0) return { ...UNSTATED.actor, ...stated };
  return FEED.has(source) ? OWNER : UNSTATED.actor;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

/** Last day of an example's days: the one that is evaluated. */
export const EXAMPLE_DAY = EXAMPLE_AT.slice(0, 10);

/**
 * The person-days of an example of a baseline. The evaluated person comes first; for hours the numbers are bit sets.
 */
export function exampleDays({ days = [], others = [] }: Example, hours: boolean): PersonDay[] {
  return [days, ...others].flatMap((counts, who) =>
    counts.map((count, index): PersonDay => {
      const day = addDays(EXAMPLE_DAY, index - counts.length + 1);
      return {
        person: `person${who}@example.org`,
        day,
        messages: hours ? 0 : count,
        calls: hours ? 0 : count,
        uploads: hours ? 0 : count,
        uploadBytes: hours ? 0 : count * 1_000_000,
        hours: hours ? count : 0,
      };
    }),
  );
}

export function exampleHours(events: readonly DetectionEvent[]): HourCount[] {
  return events.map(({ activity }) => ({
    source: activity.source,
    surface: activity.surface,
    category: activity.category,
    person: activity.person,
    connector: activity.connector,
    hour: Math.floor(Date.parse(activity.at) / HOUR_MS) * HOUR_MS,
    events: 1,
  }));
}
