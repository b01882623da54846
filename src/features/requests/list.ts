import { isOpenRequest, isSameConnector, isWaitingRequest } from '#domain/requests/status.ts';
import { REQUEST_STATES, type RequestState } from '#domain/requests/words.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import { dayWords } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { joinedBy } from './by-staff.ts';
import type { InClaude } from './claude-task.ts';
import { departmentsHere, departmentsOf } from './departments.ts';
import { approvedNow } from './own-requests.ts';
import { commonView, readRequest, todayOf } from './read.ts';

/** Every request, related entries in Claude's own log, and connectors that are on without a request. */
export async function listRequests(context: HandlerContext, state: RequestState | 'open' | undefined) {
  const { services } = context;
  const today = todayOf(context);
  const { observed, ...inClaude } = await readInClaude(context);
  const { approved, requests, wanting, joined } = await context.read(async (tx) => ({
    ...(await approvedNow(tx, context)),
    wanting: await departmentsOf(tx, context.client.id),
    joined: await joinedBy(tx, context.client.id),
  }));
  const read = requests.map((row) => readRequest(services.catalogue, row));
  const all = read.map((one) => ({
    ...commonView(one.row, today),
    departments: wanting.filter(({ request }) => request === one.row.id).map(({ department }) => department),
    wantedBy: Math.max(1, joined.get(one.row.id) ?? 0),
    kinds: [...one.kinds],
    blocked: isOpenRequest(one.row.state) ? one.review.blocked : null,
    approvals: one.row.approvals.length,
    approversNeeded: one.approvers.needed,
  }));
  const items = all
    .filter(
      (one) => state === undefined || (state === 'open' ? isWaitingRequest(one.state) : one.state === state),
    )
    .toSorted((a, b) => REQUEST_STATES.indexOf(a.state) - REQUEST_STATES.indexOf(b.state));
  const asked = read.filter(({ row }) => row.state !== 'refused' && row.state !== 'withdrawn');
  const places = [
    ...approved.map(({ one }) => ({ name: one.connector.name, place: one.place, where: 'charter' as const })),
    ...(observed ?? []).map((name) => ({
      name,
      place: matchConnector(name, services.catalogue),
      where: 'observed' as const,
    })),
  ].filter(({ place }) => !asked.some((one) => isSameConnector(one.place, place)));
  const unrequested: { name: string; where: 'charter' | 'observed' | 'both' }[] = [];
  for (const [index, one] of places.entries()) {
    const first = places.findIndex(({ place }) => isSameConnector(place, one.place));
    if (first !== index) continue;
    const both = places.some(({ place, where }) => where !== one.where && isSameConnector(place, one.place));
    unrequested.push({ name: one.name, where: both ? 'both' : one.where });
  }
  return {
    items,
    total: items.length,
    counts: Object.fromEntries(
      REQUEST_STATES.map((one) => [one, all.filter((row) => row.state === one).length]),
    ) as Record<RequestState, number>,
    inClaude,
    departments: await departmentsHere(context, wanting),
    unrequested: unrequested.toSorted((a, b) => a.name.localeCompare(b.name)),
    observed: observed !== null,
    today,
    may: {
      ask: context.can('requests.ask'),
      review: context.can('requests.review'),
      decide: context.can('requests.decide'),
    },
  };
}

async function readInClaude(context: HandlerContext): Promise<InClaude> {
  const { services, client } = context;
  const key = `requests in Claude ${todayOf(context)}`;
  const reading = await cached(services.store, [client.id], { key, weight: 2 }, async () => {
    const run = await services.verdicts.run(client.id, 'requestsInClaude', undefined);
    return run?.result ?? null;
  });
  if (reading === null) throw notFound();
  return reading;
}

/** Connectors that the charter in force still approves although their approval has expired. */
export async function endedApprovals(context: HandlerContext) {
  const { services } = context;
  const today = todayOf(context);
  const { approved, requests } = await context.read((tx) => approvedNow(tx, context));
  const items = approved.flatMap(({ one, until }) => {
    if (until === null || until >= today) return [];
    const row = requests.find(
      (request) =>
        request.state === 'approved' &&
        request.until_day === until &&
        isSameConnector(readRequest(services.catalogue, request).place, one.place),
    );
    return row === undefined
      ? []
      : [
          {
            request: row.id,
            name: one.connector.name,
            until,
            words: `The approval of ${one.connector.name} ended on ${dayWords(until)}. The charter still has it: remove it, or have it requested again.`,
          },
        ];
  });
  return { items, total: items.length };
}
// Guide: G3.4-03
