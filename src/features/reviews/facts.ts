import { alertLevel } from '#domain/detections/alert-words.ts';
import { addMonths } from '#domain/model/day.ts';
import type { ReviewDeck, ReviewFact, ReviewItem, ReviewTemplate } from '#domain/model/review.ts';
import type { AccountFacts, LogFacts, PeopleFacts, ReviewFacts } from '#domain/reviews/types.ts';
import { callsBetween } from '#store/reviews/reviews.ts';
import { openFolds } from '../alerts/index.ts';
import type { HandlerContext } from '../context.ts';
import { verdictsNow } from '../controls/index.ts';
import { dayBounds } from '../detections/index.ts';
import { journeysNow } from '../journeys/index.ts';
import { membersOn, readingNow } from '../people/index.ts';
import { isOpen, registerNow } from '../personal-accounts/index.ts';
import { notFound } from '../problems.ts';
import { connectorNames } from '../shared/connector-names.ts';
import { present } from '../shared/moment.ts';
import {
  comparedPeople,
  connectorLists,
  defenderAlerts,
  filesNow,
  NO_CONNECTORS,
  NO_DEFENDER,
  NO_FILES,
  openExceptions,
  settledAlerts,
} from './lists.ts';

/** Current facts that pre-fill the items of a review of the time since `from`. */
export async function reviewFacts(
  context: HandlerContext,
  from: string,
  items: readonly ReviewItem[],
): Promise<ReviewFacts> {
  const { services, client, now } = context;
  const { today } = present(now, client.timezone);
  const { current } = await verdictsNow(context);
  const lists = new Set<string>(items.flatMap(({ escalates, also }) => [...escalates, ...also]));
  // Reads only what the items need: a monthly review needs none of the quarterly tables.
  const asks = (...some: ReviewFact[]) => some.some((one) => lists.has(one));
  const { connectors, opened } = asks('connector_list', 'actions_confirmed', 'action_states', 'exceptions')
    ? await connectorLists(context)
    : NO_CONNECTORS;
  const { changes, scopes } = asks('permission_changes', 'app_scopes') ? await filesNow(context) : NO_FILES;
  return {
    today,
    from,
    verdicts: new Map(current.map(({ verdict }) => [verdict.control, verdict])),
    titles: new Map(services.catalogue.controls.map(({ id, title }) => [id, title])),
    people: await peopleFacts(context),
    accounts: await accountFacts(context),
    log: await logFacts(context, from, today),
    alerts: await openAlerts(context),
    settled: asks('settled_alerts') ? await settledAlerts(context, from) : [],
    defender: asks('defender_alerts') ? await defenderAlerts(context, from) : NO_DEFENDER,
    connectors,
    changes,
    scopes,
    exceptions: asks('exceptions') ? [...(await openExceptions(context)), ...opened] : [],
  };
}

async function peopleFacts(context: HandlerContext): Promise<PeopleFacts> {
  const reading = await readingNow(context, context.client);
  if (reading === null) throw notFound();
  // People whom only Entra shows to have left; none if a current roster lists who works here.
  const { entra } = await journeysNow(context, context.client);
  return {
    membersOn: membersOn(reading),
    blocked: reading.blocked?.why ?? null,
    ...comparedPeople(reading),
    leavers: [
      ...reading.rows
        .filter(({ place }) => place === 'has_left')
        .map(({ id, key, name, roster }) => ({
          from: 'roster' as const,
          key: key ?? id,
          name,
          lastDay:
            roster
              .flatMap(({ endsOn }) => endsOn ?? [])
              .sort()
              .at(-1) ?? null,
        })),
      ...entra.leaving.map(({ key, name, day }) => ({
        from: 'entra_users' as const,
        key,
        name,
        lastDay: day,
      })),
    ],
  };
}

async function accountFacts(context: HandlerContext): Promise<AccountFacts> {
  const { entries, reports, gap, names } = await registerNow(context, context.client);
  return {
    reportOn: reports[0]?.day ?? null,
    gap: gap?.why ?? null,
    open: entries.filter(isOpen).map((entry) => ({
      key: entry.key,
      name: entry.name ?? names.get(entry.key) ?? null,
      listedFrom: entry.cameBack ?? entry.firstSeen,
      usedForWork: entry.usedForWork,
    })),
  };
}

async function logFacts(
  { client, read, services }: HandlerContext,
  from: string,
  today: string,
): Promise<LogFacts> {
  const zone = client.timezone;
  const { events, calls, unknown, writes } = await read((tx) =>
    callsBetween(
      tx,
      client.id,
      new Date(dayBounds(from, zone).from),
      new Date(dayBounds(today, zone).to + 1),
    ),
  );
  const nameOf = connectorNames(services.catalogue);
  // Two sources may report the same call, so each line uses the source that reports the most.
  const lines = Map.groupBy(writes, ({ connector, tool, person }) =>
    JSON.stringify([connector, tool, person]),
  );
  return {
    events: events > 0,
    calls,
    unknown,
    writes: [...lines.values()].flatMap((rows) => {
      const max = rows.toSorted((a, b) => b.calls - a.calls)[0];
      const last = rows.map(({ last }) => last).sort((a, b) => b.getTime() - a.getTime())[0];
      return max === undefined || last === undefined
        ? []
        : [
            {
              connector: max.connector,
              name: max.connector === null ? null : nameOf(max.connector, null),
              tool: max.tool,
              person: max.person,
              calls: max.calls,
              lastOn: present(last, zone).today,
            },
          ];
    }),
  };
}

async function openAlerts({ client, services, read }: HandlerContext): Promise<ReviewFacts['alerts']> {
  const { catalogue } = services;
  const rows = await read((tx) => openFolds(tx, catalogue, client.id));
  return rows.map(({ detection: id, subject, level, open }) => {
    const detection = catalogue.detections.find(({ bylaw }) => bylaw.id === id);
    const title = detection?.title ?? id;
    return {
      key: `${id} ${subject ?? ''}`.trim(),
      title: subject === null ? title : `${title}: ${subject}`,
      level: alertLevel(level),
      alerts: open,
      guide: detection?.bylaw.guide ?? [],
    };
  });
}

/** First day that a review covers if there is no earlier review: one interval ago. */
export function firstDay(kind: ReviewDeck, today: string): string {
  return addMonths(today, kind === 'monthly' ? -1 : -3);
}

/** The catalogue's template for a kind of review. */
export function templateOf({ services }: Pick<HandlerContext, 'services'>, kind: ReviewDeck): ReviewTemplate {
  const found = services.catalogue.reviews.reviews.find((one) => one.kind === kind);
  if (found === undefined) throw notFound('The catalogue has no review of this kind.');
  return found;
}
