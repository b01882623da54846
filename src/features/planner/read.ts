import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Quote } from '#domain/planner/cost.ts';
import { dayWords, lowerFirst } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import { allQuotes, type QuoteRow } from '#store/planner/quotes.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { Gap } from './gaps.ts';
import { countsWords, pricesOf } from './money.ts';
import type { ColumnView, GoalView, PathSetView, TrackView } from './schemas.ts';
import { parseSets, setsText } from './sets.ts';
import { shownQuote } from './shown-quote.ts';
import type { PlannerPaths, PlannerToday } from './tasks.ts';

export interface Wanted {
  readonly sets?: string | undefined;
  readonly goal?: string | undefined;
}

/** Number of sets that Bylaw proposes if none were chosen. */
const PROPOSED = 3;

export function plannerDay({ client, now }: HandlerContext): string {
  return present(now, client.timezone).today;
}

async function quotesOf(context: HandlerContext): Promise<readonly QuoteRow[]> {
  const { services, client, scope } = context;
  return cached(services.store, scope, { key: 'quotes' }, () =>
    context.read((tx) => allQuotes(tx, client.id)),
  );
}

/**
 * Runs a task in the deciding thread, so that no page waits, and caches the result until data of the client, such as a
 * quote, changes.
 *
 * @param key Identifies the question.
 */
async function asked<T>(
  context: HandlerContext,
  key: string,
  run: (quotes: readonly Quote[]) => Promise<{ readonly result: T } | null>,
): Promise<T> {
  const name = `planner ${plannerDay(context)} ${key}`;
  return cached(context.services.store, context.scope, { key: name, weight: 3 }, async () => {
    const done = await run(quotesFor(await quotesOf(context)));
    if (done === null) throw notFound();
    return done.result;
  });
}

/** In the domain's form. */
export function quotesFor(rows: readonly QuoteRow[]): Quote[] {
  return rows.map((row) => ({
    purchase: row.purchase,
    usdPerMonth: row.usd_cents / 100,
    by: row.entered_by_name,
    on: row.quoted_on,
  }));
}

export function todayOf(context: HandlerContext): Promise<PlannerToday> {
  const { services, client } = context;
  return asked(context, 'today', (quotes) => services.verdicts.run(client.id, 'plannerToday', { quotes }));
}

/** How far plan and licenses could cover each risk today. */
export function reachOf(context: HandlerContext): Promise<ColumnView['risks']> {
  const { services, client } = context;
  return asked(context, 'reach', () => services.verdicts.run(client.id, 'plannerReach', undefined));
}

/** What plan and licenses lack today. */
export function gapsOf(context: HandlerContext): Promise<readonly Gap[]> {
  const { services, client } = context;
  return asked(context, 'gaps', () => services.verdicts.run(client.id, 'plannerGaps', undefined));
}

export function pathsOf(context: HandlerContext): Promise<PlannerPaths> {
  const { services, client } = context;
  return asked(context, 'paths', (quotes) => services.verdicts.run(client.id, 'plannerPaths', { quotes }));
}

export async function showPlanner(context: HandlerContext) {
  const [found, rows] = [await todayOf(context), await quotesOf(context)];
  return {
    today: found.today,
    devices: found.devices,
    seats: found.seats,
    staff: found.staff,
    controls: [...found.controls],
    offers: [...found.offers],
    goals: [...found.goals],
    minimum: found.minimum,
    first: found.first,
    differences: [...found.differences],
    tracks: tracksOf(context.services.catalogue),
    quotes: rows.map((row) => shownQuote(row, found.offers)),
    day: plannerDay(context),
  };
}

function tracksOf({ capabilities, licenses }: Catalogue): TrackView[] {
  const byId = new Map(capabilities.map((capability) => [capability.id, capability]));
  return licenses.tracks.flatMap(({ capability: id, title, says, removes, instead }) => {
    const vendor = byId.get(id)?.vendor;
    if (vendor === undefined) return [];
    return {
      capability: id,
      title,
      says,
      removes: removes.map((one) => ({ capability: one, title: byId.get(one)?.title ?? one })),
      instead: [...instead],
      vendor: {
        says: vendor.says,
        asOf: vendor.asOf,
        sources: vendor.sources.map(({ title, url, read }) => ({ title, url, read })),
      },
    };
  });
}

export async function showPaths(context: HandlerContext) {
  const { sets, risks, paths, channels, frontier } = await pathsOf(context);
  return {
    sets,
    risks,
    paths: paths.map((path) => ({ ...path, dearer: [...path.dearer], unpriced: [...path.unpriced] })),
    channels: [...channels],
    frontier: [...frontier],
  };
}

/** Sets compared with today; without a choice, sets are proposed. */
export async function comparePurchases(context: HandlerContext, wanted: Wanted) {
  const given = wanted.sets === undefined ? null : parseSets(wanted.sets);
  if (typeof given === 'string') throw badRequest(given);
  const { goals, offers } = await todayOf(context);
  const goal = goalOf(goals, wanted.goal);
  // All sets are evaluated only if the cheapest or next ones are needed.
  const paths = goal === null && given !== null ? null : await pathsOf(context);
  const sets = given ?? proposed(paths, goals, goal);
  const text = setsText(sets);
  const { services, client } = context;
  const found = await asked(context, `compare ${text}`, (quotes) =>
    services.verdicts.run(client.id, 'plannerCompare', { sets, quotes }),
  );
  const way = goal === null ? undefined : paths?.paths.find((path) => path.goal === goal.goal);
  const cheapest = way?.cheapest ?? null;
  const columns = found.sets.map((column) => ({ ...column, cheapest: isSet(column, cheapest) }));
  const per = new Map(offers.map((offer) => [offer.id, offer.per]));
  return {
    goal,
    goalWords: goal === null || way === undefined ? null : wayWords(goal, way),
    sets: text,
    suggested: given === null,
    today: found.today,
    columns,
    risks: [...found.risks],
    seats: found.seats,
    staff: found.staff,
    prices: pricesOf([found.today, ...columns], per),
    day: plannerDay(context),
  };
}

export type Comparison = Awaited<ReturnType<typeof comparePurchases>>;

function goalOf(goals: readonly GoalView[], wanted: string | undefined): GoalView | null {
  if (wanted === undefined) return null;
  const goal = goals.find((one) => one.goal === wanted);
  if (goal === undefined)
    throw badRequest(
      `“${wanted}” is no goal of the catalogue. Goals are: ${goals.map((one) => one.goal).join(', ')}.`,
    );
  return goal;
}

function isSet(column: ColumnView, set: PathSetView | null): boolean {
  if (set === null || set.purchases.length === 0 || column.purchases.length === 0) return false;
  const ids = (list: readonly { readonly id: string }[]) =>
    list
      .map(({ id }) => id)
      .sort()
      .join();
  return ids(column.purchases) === ids(set.purchases);
}

/** Proposed sets: the cheapest for the goal, then the frontier, then the first way to each other goal not reached. */
function proposed(
  found: PlannerPaths | null,
  goals: readonly GoalView[],
  goal: GoalView | null,
): readonly (readonly string[])[] {
  if (found === null) return [];
  const open = new Set(goals.filter(({ has }) => has !== 'yes').map((one) => one.goal));
  const first = (path: PlannerPaths['paths'][number]) => path.cheapest ?? path.unpriced[0] ?? null;
  const ways = found.paths.filter((path) => open.has(path.goal) && path.goal !== goal?.goal).map(first);
  const own = found.paths.filter((path) => path.goal === goal?.goal).map(first);
  const texts = [...own, ...found.frontier, ...ways].flatMap((set) => set?.sets ?? []);
  return [...new Set(texts)]
    .filter((text) => text !== '')
    .slice(0, PROPOSED)
    .map((text) => text.split(','));
}

function wayWords(
  goal: GoalView,
  { cheapest, unpriced, unpricedTotal }: PlannerPaths['paths'][number],
): string {
  if (goal.has === 'yes') return 'It is already reached today; nothing has to be bought for it.';
  const [first] = unpriced;
  if (cheapest === null)
    return first === undefined
      ? 'No purchase that Bylaw knows of reaches it for this client.'
      : `No set whose price is known reaches it. ${first.name} would; enter the quote for what has no price.`;
  const words = `The cheapest way with a known price: ${cheapest.name}, ${cheapest.cost.month} each month.`;
  if (first === undefined) return words;
  const more = unpricedTotal === 1 ? 'One more set reaches it' : `${unpricedTotal} more sets reach it`;
  return `${words} ${more} and ${unpricedTotal === 1 ? 'has' : 'have'} no price yet, for example ${lowerFirst(first.name)}; a quote may make it cheaper.`;
}

/** One line for files, with the goal and the numbers of people. */
export function aboutWords({ goal, seats, staff, day }: Comparison): string {
  return `${goal === null ? 'No goal chosen' : `Goal: ${goal.title}`}. ${countsWords({ seats, staff })}. US dollars, before tax. ${dayWords(day)}.`;
}
// Guide: G1.1-12 G1.1-14 G4.4-08
