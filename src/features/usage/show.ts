import type { z } from 'zod';
import { distribution, median, modelFamily } from '#domain/usage/past.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import { type Counted, countsOf, logSpan } from '#store/usage/read.ts';
import { present } from '../assess/moment.ts';
import { charterOf } from '../charter/read.ts';
import { dayOf } from '../retention/choose.ts';
import type { UsageContext } from './asking.ts';
import { blindSpots } from './blind.ts';
import { connectorLines } from './connectors.ts';
import { onceReader } from './once.ts';
import { type People, peopleOf } from './people.ts';
import { firstWeekOf, personWeeks } from './persons.ts';
import { addDays, daysFrom, type Range, type Span, spanOfRange } from './range.ts';
import type { usageSchema } from './schemas.ts';
import { distinct, lastOf, sumOf, total } from './sums.ts';

type Usage = z.input<typeof usageSchema>;
/** More days than these are no picture. */
const MOST_DAYS = 84;

/** What every part of the usage pages starts from. */
export interface Asked {
  readonly people: People;
  readonly span: Span;
  /** First and last instant of the log. */
  readonly log: { readonly first: string | null; readonly last: string | null };
}

export async function askedOf(context: UsageContext, tx: Tx, range: Range, people: People): Promise<Asked> {
  const { client, now } = context;
  const { first, last } = await logSpan(tx, client.id);
  const { today } = present(now, client.timezone);
  const day = first === null ? null : dayOf(new Date(first), client.timezone);
  return { people, span: spanOfRange(range, today, day), log: { first, last } };
}

export function peopleHere(context: UsageContext): Promise<People> {
  return peopleOf(context, context.client, { masked: !context.can('people.read', context.client.id) });
}

/** The usage page: everything from what is counted, whose size does not go by the number of events. */
export async function showUsage(context: UsageContext, range: Range): Promise<Usage> {
  const { client, services } = context;
  const people = await peopleHere(context);
  return context.read(async (tx) => {
    const { span, log } = await askedOf(context, tx, range, people);
    const days = { from: span.from.slice(0, 8).concat('01'), to: span.to };
    // Shown days, the weeks that the last one is compared with, and whole months.
    const first = [days.from, firstWeekOf(span)].toSorted()[0];
    const once = await onceReader(tx, client.id, services.catalogue, { from: first });
    const surfaceDays = await once.counts('surface_day', days, ['start', 'source', 'surface']);
    const inRange = surfaceDays.filter(({ start }) => (start ?? '') >= span.from);
    const bySource = await countsOf(tx, client.id, 'surface_day', {}, ['source', 'surface']);
    const weeks = await once.counts('person_week', { from: firstWeekOf(span) }, ['start', 'person']);
    const calls = await once.counts('connector_day', { from: span.from, to: span.to }, [
      'source',
      'connector',
      'effect',
      'outcome',
    ]);
    const models = await once.counts('model_day', { from: span.from, to: span.to }, ['category', 'model']);
    const firstDay = log.first === null ? null : dayOf(new Date(log.first), client.timezone);
    const { plan, zone } = await about(tx, client.id, client.timezone);
    const charter = await newestCharter(tx, client.id);
    return {
      zone: client.timezone,
      countedIn: zone,
      range: span.range,
      from: span.from,
      to: span.to,
      lastWeek: span.lastWeek,
      log,
      sources: sourcesOf(bySource),
      ...periodsOf(surfaceDays, span, firstDay),
      surfaces: [...Map.groupBy(inRange, ({ surface }) => surface ?? 'unknown')].map(([surface, own]) => ({
        surface,
        messages: total(own, ({ messages }) => messages),
        calls: total(own, ({ toolCalls }) => toolCalls),
      })),
      people: volumesOf(weeks, people, span),
      connectors: connectorLines(calls, services.catalogue, charter === null ? null : charterOf(charter)),
      models: modelLines(models),
      adoption: adoptionOf(weeks, people, span, firstDay),
      cost: costOf(inRange, span, firstDay),
      twice: await once.twice(span.from),
      blind: [
        ...blindSpots(
          services.catalogue.usageBlind,
          plan,
          new Set(bySource.map(({ source }) => source ?? '')),
        ).filter(({ about }) => about !== 'log'),
      ],
    };
  });
}

async function about(tx: Tx, clientId: string, own: string): Promise<{ plan: string; zone: string }> {
  const row = await tx.selectFrom('clients').select('profile').where('id', '=', clientId).executeTakeFirst();
  const state = await tx
    .selectFrom('activity_rollup_states')
    .select('zone')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  const profile = row?.profile as { claudePlan?: unknown } | undefined;
  return { plan: String(profile?.claudePlan ?? ''), zone: state?.zone ?? own };
}

function sourcesOf(counts: readonly Counted[]): Usage['sources'] {
  return [...Map.groupBy(counts, ({ source }) => source ?? 'unknown')].map(([source, own]) => ({
    source,
    surfaces: distinct(own.map(({ surface }) => surface)),
    events: total(own, ({ events }) => events),
    first: own.reduce((first, { firstAt }) => (firstAt < first ? firstAt : first), own[0]?.firstAt ?? ''),
    last: lastOf(own),
  }));
}

/** Messages by day, week and month. A time in which nothing came at all is not known to be quiet: null, and never 0. */
function periodsOf(
  counts: readonly Counted[],
  span: Span,
  firstDay: string | null,
): Pick<Usage, 'days' | 'weeks' | 'months'> {
  const byDay = Map.groupBy(counts, ({ start }) => start ?? '');
  const period = (start: string, days: readonly string[], end: string) => {
    const own = days.flatMap((day) => byDay.get(day) ?? []);
    return {
      start,
      messages: own.length === 0 ? null : total(own, ({ messages }) => messages),
      events: total(own, ({ events }) => events),
      whole: end < span.to && firstDay !== null && firstDay <= start,
    };
  };
  const all = daysFrom(span.from, span.to);
  const monthDays = daysFrom(span.from.slice(0, 8).concat('01'), span.to);
  const months = Map.groupBy(monthDays, (day) => day.slice(0, 7));
  return {
    days: all.slice(-MOST_DAYS).map((day) => period(day, [day], day)),
    weeks: span.weeks.map((week) => period(week, daysFrom(week, addDays(week, 6)), addDays(week, 6))),
    months: [...months].map(([month, days]) => ({
      ...period(`${month}-01`, days, addDays(`${month}-01`, 31).slice(0, 8).concat('01')),
      start: month,
    })),
  };
}

function volumesOf(counts: readonly OnceCounted[], people: People, span: Span): Usage['people'] {
  const persons = personWeeks(counts, people, span).filter(({ counts: own }) =>
    own.some(({ usesTold }) => usesTold > 0),
  );
  const sent = persons.map(({ week }) => week);
  const some = sent.filter((week) => week > 0);
  return {
    buckets: distribution(sent),
    median: some.length === 0 ? null : median(some),
    counted: persons.length,
    unusual: persons.filter(({ unusual }) => unusual === true).length,
    notCompared: persons.filter(({ unusual }) => unusual === null).length,
    notTold: total(
      counts.filter(({ person, start }) => person === null && start === span.lastWeek),
      ({ messages }) => messages,
    ),
  };
}

/** Models by requests and tokens; each under its own name. */
export function modelLines(counts: readonly Counted[]): Usage['models'] {
  return [...Map.groupBy(counts, ({ model }) => model ?? '')]
    .map(([model, own]) => ({
      model,
      family: modelFamily(model),
      requests: total(
        own.filter(({ category }) => category === 'model_request'),
        ({ events }) => events,
      ),
      messages: total(own, ({ messages }) => messages),
      inputTokens: sumOf(own, 'inputTokens'),
      outputTokens: sumOf(own, 'outputTokens'),
      costMicros: sumOf(own, 'costMicros'),
    }))
    .toSorted((a, b) => a.family.localeCompare(b.family, 'en') || a.model.localeCompare(b.model, 'en'));
}

function adoptionOf(
  counts: readonly OnceCounted[],
  people: People,
  span: Span,
  firstDay: string | null,
): Usage['adoption'] {
  const byWeek = Map.groupBy(counts, ({ start }) => start ?? '');
  const active = (week: string) =>
    new Set(
      (byWeek.get(week) ?? [])
        .filter(({ person, usesTold }) => person !== null && usesTold > 0)
        .map(({ person }) => people.of(person ?? '').key),
    ).size;
  return {
    weeks: span.weeks.map((start) => ({
      start,
      people: byWeek.has(start) ? active(start) : null,
      whole: start <= span.lastWeek && firstDay !== null && firstDay <= start,
    })),
    seats: people.seats,
    staff: people.staff,
    lastWeek: active(span.lastWeek),
  };
}

function costOf(counts: readonly Counted[], span: Span, firstDay: string | null): Usage['cost'] {
  const byDay = Map.groupBy(counts, ({ start }) => start ?? '');
  return {
    total: sumOf(counts, 'costMicros'),
    weeks: span.weeks.map((start) => ({
      start,
      cost: sumOf(
        daysFrom(start, addDays(start, 6)).flatMap((day) => byDay.get(day) ?? []),
        'costMicros',
      ),
      whole: start <= span.lastWeek && firstDay !== null && firstDay <= start,
    })),
    surfaces: [...Map.groupBy(counts, ({ surface }) => surface ?? 'unknown')].map(([surface, own]) => ({
      surface,
      cost: sumOf(own, 'costMicros'),
    })),
  };
}
