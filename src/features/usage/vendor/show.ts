import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { Rows } from '#domain/model/kinds.ts';
import { countedLines } from '#domain/rules/visibility/usage.ts';
import type { Tx } from '#store/open.ts';
import { spansOf } from '#store/sources/spans.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import type { People } from '../../people/index.ts';
import { readProfile } from '../../shared/profile.ts';
import { ledgersOf } from '../../sources/index.ts';
import type { UsageContext } from '../asking.ts';
import { onceReader } from '../once.ts';
import { addDays, daysFrom, type Range, type Span } from '../range.ts';
import { isReported, REPORTED_BY, reportedWeeks } from '../reported.ts';
import { askedOf, peopleHere } from '../show.ts';
import { total } from '../sums.ts';
import { vendorConnectors } from './connectors.ts';
import { type VendorDays, vendorDays } from './days.ts';
import { vendorModels } from './models.ts';
import type { vendorPeriod, vendorSchema } from './schemas.ts';
import { differenceOf, statedOf, sumOrNull } from './stated.ts';

type Vendor = z.input<typeof vendorSchema>;
/** The ledger of the interface that reports what the vendor counts. */
const ANALYTICS = 'analytics';
/** A day is reckoned up at 10:00 UTC of the next one. */
const READY_HOURS = 34;
/** More days than these are no picture. */
const MAX_DAYS = 84;

/** What Anthropic counts itself, beside what the log has of the same days. Nothing of it is in any other figure. */
export async function showVendor(context: UsageContext, range: Range): Promise<Vendor> {
  const people = await peopleHere(context);
  return context.read(async (tx) => {
    const { span } = await askedOf(context, tx, range, people);
    return vendorOf(context, tx, people, span);
  });
}

export async function vendorOf(
  { client, services, now }: UsageContext,
  tx: Tx,
  people: People,
  span: Span,
): Promise<Vendor> {
  const to = DateTime.fromJSDate(now, { zone: 'utc' }).minus({ hours: READY_HOURS }).toFormat('yyyy-MM-dd');
  const from = span.from.slice(0, 8).concat('01');
  const days = daysFrom(from, to < span.to ? to : span.to);
  const spans = await spansOf(tx, client.id, ANALYTICS);
  const reported = await vendorDays(tx, client.id, days, spans);
  const period = { from: `${span.from}T00:00:00.000Z`, to: `${addDays(to, 1)}T00:00:00.000Z` };
  const ledger =
    period.from >= period.to
      ? undefined
      : (await ledgersOf(services.sources, tx, client.id, period)).find(({ source }) => source === ANALYTICS);
  const { claudePlan: plan } = await readProfile(tx, client.id);
  const offered = plan === 'enterprise';
  const once = await onceReader(tx, client.id, services.catalogue, { from });
  const log = await once.counts('surface_day', { from, to: span.to }, REPORTED_BY);
  const sent = log.filter(chatty);
  const week = { from: span.lastWeek, to: addDays(span.lastWeek, 6) };
  const persons = (await once.counts('day', week, ['start', 'person', 'surface'])).filter(chatty);
  const calls = await once.counts('connector_day', { from: span.from, to: span.to }, [
    'start',
    'connector',
    'effect',
    'outcome',
  ]);
  const weeks = await once.counts('person_week', { from: span.from }, ['start', 'person']);
  const logReports = isReported(services.catalogue, sent, 'message');
  const inLog = reportedWeeks(services.catalogue, log);
  const newest = [...reported.users.keys()].sort().at(-1) ?? null;
  return {
    range: span.range,
    from: span.from,
    to: span.to,
    lastWeek: span.lastWeek,
    zone: client.timezone,
    offered,
    says:
      newest !== null || reported.readAt !== null ? null : whyNothing(offered, ledger?.connected ?? false),
    newest,
    readAt: reported.readAt?.toISOString() ?? null,
    whole: ledger?.spans.every(({ gap }) => gap === null) ?? false,
    gaps: (ledger?.spans ?? []).flatMap(({ from: since, to: until, says }) =>
      says === null ? [] : { from: since, to: until, says },
    ),
    ...periodsOf(reported, logReports ? sent : null, span, days),
    people: peopleOf(reported, persons, people, daysFrom(week.from, week.to), logReports),
    connectors: vendorConnectors(
      reported,
      calls,
      { people, catalogue: services.catalogue, logReports: isReported(services.catalogue, log, 'tool_call') },
      days.filter((day) => day >= span.from),
    ),
    models: vendorModels(
      reported,
      people,
      days.filter((day) => day >= span.from),
    ),
    adoption: adoptionOf(reported, weeks, people, span, inLog.use),
  };
}

function whyNothing(offered: boolean, connected: boolean): string {
  if (!offered)
    return 'Anthropic’s own figures are available only on the Enterprise plan, through its Analytics API; this plan has none that a program can read.';
  return connected
    ? 'The Analytics API is connected, but no day of this period has been read yet. A day’s figures are complete the next morning.'
    : 'Anthropic’s own figures are not connected. To get them, connect an access key with read:analytics under Connections > Sources.';
}

/** Where the vendor counts messages: in chat and in Cowork. */
const chatty = ({ surface }: OnceCounted): boolean => surface === 'chat' || surface === 'cowork';

function periodsOf(
  reported: VendorDays,
  sent: readonly OnceCounted[] | null,
  span: Span,
  over: readonly string[],
): Pick<Vendor, 'days' | 'weeks' | 'months'> {
  const byDay = Map.groupBy(sent ?? [], ({ start }) => start ?? '');
  const last = over.at(-1) ?? '';
  const period = (start: string, all: readonly string[]): z.input<typeof vendorPeriod> => {
    const own = all.filter((day) => reported.users.has(day));
    const rows = own.flatMap((day) => countedLines(reported.users.get(day) ?? []));
    const messages = own.length === 0 ? null : statedOf(rows.map((row) => row.messages));
    const log =
      own.length === 0 || sent === null
        ? null
        : total(
            own.flatMap((day) => byDay.get(day) ?? []),
            (count) => count.messages,
          );
    return {
      start,
      reported: own.length,
      of: all.filter((day) => day <= last).length,
      messages,
      chat: own.length === 0 ? null : sumOrNull(rows.map((row) => row.chatMessages ?? null)),
      cowork: own.length === 0 ? null : sumOrNull(rows.map((row) => row.coworkMessages ?? null)),
      log,
      difference: differenceOf(messages, log),
    };
  };
  const monthDays = daysFrom(span.from.slice(0, 8).concat('01'), span.to);
  return {
    days: daysFrom(span.from, span.to)
      .slice(-MAX_DAYS)
      .map((day) => period(day, [day])),
    weeks: span.weeks.map((week) => period(week, daysFrom(week, addDays(week, 6)))),
    months: [...Map.groupBy(monthDays, (day) => day.slice(0, 7))].map(([month, days]) => period(month, days)),
  };
}

function peopleOf(
  reported: VendorDays,
  persons: readonly OnceCounted[],
  people: People,
  week: readonly string[],
  logReports: boolean,
): Vendor['people'] {
  const own = week.filter((day) => reported.users.has(day));
  const keyOf = (person: string | null) => (person === null ? null : people.of(person).key);
  const rows = Map.groupBy(
    own.flatMap((day) => countedLines(reported.users.get(day) ?? [])),
    ({ email }) => keyOf(email),
  );
  const log = Map.groupBy(
    persons.filter(({ start }) => own.includes(start ?? '')),
    ({ person }) => keyOf(person),
  );
  const names = new Map(
    [...[...rows.values()].flat().map(({ email }) => email), ...persons.map(({ person }) => person)].flatMap(
      (person) => (person === null ? [] : [[people.of(person).key, people.of(person).name]]),
    ),
  );
  return {
    reported: own.length,
    of: week.length,
    items: [...new Set([...rows.keys(), ...log.keys()])]
      .map((key) => {
        // Whom the vendor does not list on days that it has reported sent nothing by its count.
        const counted = own.length === 0 ? null : statedOf((rows.get(key) ?? []).map((row) => row.messages));
        const many = logReports ? total(log.get(key) ?? [], (count) => count.messages) : null;
        return {
          key,
          name: key === null ? 'Not reported' : (names.get(key) ?? key),
          messages: counted,
          log: many,
          difference: differenceOf(counted, many),
        };
      })
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

function adoptionOf(
  reported: VendorDays,
  weeks: readonly OnceCounted[],
  people: People,
  span: Span,
  reportedInLog: ReadonlySet<string>,
): Vendor['adoption'] {
  const newest = [...reported.summaries.values()].toSorted((a, b) => (a.on < b.on ? -1 : 1)).at(-1) ?? null;
  const byWeek = Map.groupBy(weeks, ({ start }) => start ?? '');
  return {
    newest: newest && summaryOf(newest),
    weeks: span.weeks.map((start) => {
      const vendor = reported.summaries.get(addDays(start, 6))?.activeInWeek ?? null;
      const log = reportedInLog.has(start) ? activeOf(byWeek.get(start) ?? [], people) : null;
      return { start, vendor, log, difference: vendor === null || log === null ? null : vendor - log };
    }),
  };
}

function activeOf(counts: readonly OnceCounted[], people: People): number {
  return new Set(
    counts.flatMap(({ person, usesReported }) =>
      person !== null && usesReported > 0 ? [people.of(person).key] : [],
    ),
  ).size;
}

function summaryOf(row: Rows['analytics_summaries']) {
  const { on, assignedSeats, pendingInvites, activeOnDay, activeInWeek, activeInMonth } = row;
  return { day: on, seats: assignedSeats, invites: pendingInvites, activeOnDay, activeInWeek, activeInMonth };
}
// Guide: G5.1-00 G5.1-01 G5.1-02 G5.2-01
