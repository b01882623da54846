import type { z } from 'zod';
import type { Dimension } from '#domain/usage/slices.ts';
import type { Tx } from '#store/open.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import { notFound } from '../problems.ts';
import { connectorNames } from '../shared/connector-names.ts';
import type { UsageContext } from './asking.ts';
import { type OnceReader, onceReader } from './once.ts';
import { firstWeekOf, type PersonWeeks, personWeeks, quarterOf } from './persons.ts';
import type { Range, Span } from './range.ts';
import { REPORTED_BY, type ReportedWeeks, reportedWeeks } from './reported.ts';
import type { connectorPerson, personLine, personUsage } from './schemas.ts';
import { askedOf, peopleHere } from './show.ts';
import { callsOf, distinct, lastOf, sumOf, total } from './sums.ts';

/** Everyone by name, never by how much: each against their own past, and among which quarter of peers. */
export async function listPersons(
  context: UsageContext,
  range: Range,
): Promise<{ week: string; items: z.input<typeof personLine>[]; total: number }> {
  const people = await peopleHere(context);
  const { span, counts, reported } = await context.read(async (tx) => {
    const { span } = await askedOf(context, tx, range, people);
    const once = await readerOf(context, tx, span);
    return {
      span,
      reported: await reportedOf(context, once, span),
      counts: await once.counts('person_week', { from: firstWeekOf(span) }, ['start', 'person']),
    };
  });
  const persons = personWeeks(counts, people, span, reported);
  const callsReported = span.weeks.some((week) => reported.tool_call.has(week));
  const sent = persons.map(({ week }) => week);
  const items = persons
    .map((one) => ({
      ...one.person,
      week: one.week,
      usual: one.usual,
      unusual: one.unusual,
      peers: quarterOf(one.week, sent),
      weeks: span.weeks.map((start) => ({ start, messages: one.messages.get(start) ?? null })),
      calls: callsReported ? total(inRange(one, span.from), ({ toolCalls }) => toolCalls) : null,
      lastAt: lastOf(one.counts),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { week: span.lastWeek, items, total: items.length };
}

/** Weeks from the first that is compared with on. */
function readerOf({ client, services }: UsageContext, tx: Tx, span: Span): Promise<OnceReader> {
  return onceReader(tx, client.id, services.catalogue, { from: firstWeekOf(span) });
}

async function reportedOf({ services }: UsageContext, once: OnceReader, span: Span): Promise<ReportedWeeks> {
  const periods = { from: firstWeekOf(span), to: span.to };
  return reportedWeeks(services.catalogue, await once.counts('surface_day', periods, REPORTED_BY));
}

function inRange({ counts }: PersonWeeks, from: string) {
  return counts.filter(({ start }) => (start ?? '') >= from);
}

/** One person's use: weeks, connectors, models. */
export async function showPerson(
  context: UsageContext,
  key: string,
  range: Range,
): Promise<z.input<typeof personUsage>> {
  const people = await peopleHere(context);
  const addresses = people.addressesOf(key);
  const nameOf = connectorNames(context.services.catalogue);
  return context.read(async (tx) => {
    const { span } = await askedOf(context, tx, range, people);
    const once = await readerOf(context, tx, span);
    const everyone = await once.counts('person_week', { from: firstWeekOf(span) }, ['start', 'person']);
    const reported = await reportedOf(context, once, span);
    const own = personWeeks(everyone, people, span, reported).find(({ person }) => person.key === key);
    if (own === undefined || addresses.length === 0) throw notFound();
    const since = { from: span.from };
    const calls = [];
    const models = [];
    for (const person of addresses) {
      calls.push(...(await callCounts(once, span, ['connector', 'effect', 'outcome'], { person })));
      models.push(...(await once.counts('person_model_week', since, ['model'], { person })));
    }
    return {
      ...own.person,
      addresses: distinct(own.counts.map(({ person }) => person)),
      firstAt: own.counts.map(({ firstAt }) => firstAt).toSorted()[0] ?? null,
      lastAt: lastOf(own.counts) || null,
      weeks: span.weeks.map((start) => ({
        start,
        messages: own.messages.get(start) ?? null,
        calls: reported.tool_call.has(start)
          ? total(
              own.counts.filter((count) => count.start === start),
              ({ toolCalls }) => toolCalls,
            )
          : null,
      })),
      usual: own.usual,
      unusual: own.unusual,
      connectors: [...Map.groupBy(calls, ({ connector }) => connector)].map(([id, some]) => ({
        name: id === null ? 'Claude’s own tools' : nameOf(id, null),
        ...callsOf(some),
        notCounted: total(some, ({ repeated }) => repeated),
        lastAt: lastOf(some),
      })),
      models: [...Map.groupBy(models, ({ model }) => model ?? '')].map(([model, some]) => ({
        model,
        // A line of a spend report names a model, and is no use of its own.
        events: total(some, ({ uses }) => uses),
        inputTokens: sumOf(some, 'inputTokens'),
        outputTokens: sumOf(some, 'outputTokens'),
        costMicros: sumOf(some, 'costMicros'),
      })),
    };
  });
}

/** Calls with their outcome, which the counts of people’s weeks do not say apart. */
async function callCounts(
  once: OnceReader,
  span: Span,
  by: readonly Dimension[],
  only: Partial<Record<Dimension, string>>,
): Promise<OnceCounted[]> {
  return once.counts('day', { from: span.from }, by, { ...only, category: 'tool_call' });
}

/** Who used a connector, by name, with what it did for them. */
export async function connectorPersons(
  context: UsageContext,
  connector: string,
  range: Range,
): Promise<{ items: z.input<typeof connectorPerson>[]; total: number }> {
  const people = await peopleHere(context);
  const counts = await context.read(async (tx) => {
    const { span } = await askedOf(context, tx, range, people);
    const once = await readerOf(context, tx, span);
    return callCounts(once, span, ['person', 'effect', 'outcome', 'source'], { connector });
  });
  const items = [...Map.groupBy(counts, ({ person }) => (person === null ? null : people.of(person).key))]
    .map(([key, own]) => ({
      key,
      name: key === null ? 'Not reported' : people.of(own[0]?.person ?? '').name,
      ...callsOf(own),
      notCounted: total(own, ({ repeated }) => repeated),
      lastAt: lastOf(own),
      sources: distinct(own.map(({ source }) => source)),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { items, total: items.length };
}
