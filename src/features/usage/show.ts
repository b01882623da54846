import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { distribution, median, modelFamily } from '#domain/usage/own-past.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import { type Counted, countsOf, logSpan } from '#store/usage/read.ts';
import { charterOf } from '../charter/index.ts';
import { type People, peopleOf } from '../people/index.ts';
import { dayOf } from '../retention/index.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import type { UsageContext } from './asking.ts';
import { blindSpots } from './blind.ts';
import { connectorLines } from './connectors.ts';
import { showImported } from './imported/show.ts';
import { onceReader } from './once.ts';
import { firstWeekOf, personWeeks } from './persons.ts';
import { addDays, daysFrom, type Range, type Span, spanOfRange } from './range.ts';
import { isReported, REPORTED_BY, type ReportedWeeks, reportedWeeks } from './reported.ts';
import type { usageSchema } from './schemas.ts';
import { distinct, lastOf, sumOf, total } from './sums.ts';

type Usage = z.input<typeof usageSchema>;
/** More days than these are no picture. */
const MAX_DAYS = 84;

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
  const imported = await showImported(context, people);
  return context.read(async (tx) => {
    const { span, log } = await askedOf(context, tx, range, people);
    const days = { from: span.from.slice(0, 8).concat('01'), to: span.to };
    // Shown days, the weeks that the last one is compared with, and whole months.
    const first = [days.from, firstWeekOf(span)].toSorted()[0] ?? days.from;
    const once = await onceReader(tx, client.id, services.catalogue, { from: first });
    const came = await once.counts('surface_day', { from: first, to: days.to }, REPORTED_BY);
    const surfaceDays = came.filter(({ start }) => (start ?? '') >= days.from);
    const inRange = surfaceDays.filter(({ start }) => (start ?? '') >= span.from);
    const bySource = await countsOf(tx, client.id, 'surface_day', {}, ['source', 'surface']);
    const weeks = await once.counts('person_week', { from: firstWeekOf(span) }, ['start', 'person']);
    const calls = await once.counts('connector_day', { from: span.from, to: span.to }, [
      'source',
      'connector',
      'effect',
      'outcome',
    ]);
    const models = await once.counts('model_day', { from: span.from, to: span.to }, [
      'source',
      'category',
      'model',
    ]);
    const reported = reportedWeeks(services.catalogue, came);
    const messagesOf = (own: readonly OnceCounted[]) =>
      isReported(services.catalogue, own, 'message') ? total(own, ({ messages }) => messages) : null;
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
      ...periodsOf(surfaceDays, span, firstDay, messagesOf),
      surfaces: [...Map.groupBy(inRange, ({ surface }) => surface ?? 'unknown')].map(([surface, own]) => ({
        surface,
        messages: messagesOf(own),
        calls: isReported(services.catalogue, own, 'tool_call')
          ? total(own, ({ toolCalls }) => toolCalls)
          : null,
      })),
      people: volumesOf(weeks, people, span, reported),
      connectors: connectorLines(calls, services.catalogue, charter === null ? null : charterOf(charter)),
      models: modelLines(services.catalogue, models),
      adoption: adoptionOf(weeks, people, span, firstDay, reported),
      cost: costOf(inRange, span, firstDay),
      twice: await once.twice(span.from),
      blind: [
        ...blindSpots(
          services.catalogue.usageBlind,
          plan,
          new Set(bySource.map(({ source }) => source ?? '')),
        ).filter(({ about }) => about !== 'log'),
      ],
      imported,
    };
  });
}

async function about(tx: Tx, clientId: string, own: string): Promise<{ plan: string; zone: string }> {
  const { claudePlan } = await readProfile(tx, clientId);
  const state = await tx
    .selectFrom('activity_rollup_states')
    .select('zone')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return { plan: claudePlan, zone: state?.zone ?? own };
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

/** Messages by day, week and month. A time in which nothing came that reports them is not known to be quiet: null, never 0. */
function periodsOf(
  counts: readonly OnceCounted[],
  span: Span,
  firstDay: string | null,
  messagesOf: (own: readonly OnceCounted[]) => number | null,
): Pick<Usage, 'days' | 'weeks' | 'months'> {
  const byDay = Map.groupBy(counts, ({ start }) => start ?? '');
  const period = (start: string, days: readonly string[], end: string) => {
    const own = days.flatMap((day) => byDay.get(day) ?? []);
    return {
      start,
      messages: messagesOf(own),
      events: total(own, ({ events }) => events),
      whole: end < span.to && firstDay !== null && firstDay <= start,
    };
  };
  const all = daysFrom(span.from, span.to);
  const monthDays = daysFrom(span.from.slice(0, 8).concat('01'), span.to);
  const months = Map.groupBy(monthDays, (day) => day.slice(0, 7));
  return {
    days: all.slice(-MAX_DAYS).map((day) => period(day, [day], day)),
    weeks: span.weeks.map((week) => period(week, daysFrom(week, addDays(week, 6)), addDays(week, 6))),
    months: [...months].map(([month, days]) => ({
      ...period(`${month}-01`, days, addDays(`${month}-01`, 31).slice(0, 8).concat('01')),
      start: month,
    })),
  };
}

function volumesOf(
  counts: readonly OnceCounted[],
  people: People,
  span: Span,
  reported: ReportedWeeks,
): Usage['people'] {
  const persons = personWeeks(counts, people, span, reported).filter(({ counts: own }) =>
    own.some(({ usesReported }) => usesReported > 0),
  );
  const sent = persons.flatMap(({ week }) => week ?? []);
  const some = sent.filter((week) => week > 0);
  return {
    buckets: reported.message.has(span.lastWeek) ? distribution(sent) : [],
    median: some.length === 0 ? null : median(some),
    counted: reported.use.size === 0 ? null : persons.length,
    unusual: persons.filter(({ unusual }) => unusual === true).length,
    notCompared: persons.filter(({ unusual }) => unusual === null).length,
    noPerson: total(
      counts.filter(({ person, start }) => person === null && start === span.lastWeek),
      ({ messages }) => messages,
    ),
  };
}

/** Models by requests and tokens; each under its own name. A line of a spend report names one and reports no request. */
export function modelLines(
  catalogue: Pick<Catalogue, 'countedOnce'>,
  counts: readonly Counted[],
): Usage['models'] {
  return [...Map.groupBy(counts, ({ model }) => model ?? '')]
    .map(([model, own]) => ({
      model,
      family: modelFamily(model),
      requests: isReported(catalogue, own, 'model_request')
        ? total(
            own.filter(({ category }) => category === 'model_request'),
            ({ events }) => events,
          )
        : null,
      messages: isReported(catalogue, own, 'message') ? total(own, ({ messages }) => messages) : null,
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
  reported: ReportedWeeks,
): Usage['adoption'] {
  const byWeek = Map.groupBy(counts, ({ start }) => start ?? '');
  const active = (week: string) =>
    reported.use.has(week)
      ? new Set(
          (byWeek.get(week) ?? [])
            .filter(({ person, usesReported }) => person !== null && usesReported > 0)
            .map(({ person }) => people.of(person ?? '').key),
        ).size
      : null;
  return {
    weeks: span.weeks.map((start) => ({
      start,
      people: active(start),
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
// Guide: G5-00 G5.1-00 G5.1-01 G5.1-04 G5.1-07
