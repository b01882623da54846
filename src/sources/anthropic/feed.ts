import { isObject, type Json } from '../json-client.ts';
import { SourceProblem } from '../problem.ts';
import type { AnthropicClient } from './client.ts';
import { idPage } from './pages.ts';

export const FEED = '/v1/compliance/activities';
const PAGE = 5000;
const MINUTE = 60_000;
/** More recent periods may still get events that the vendor indexes late. */
const SETTLE_MS = MINUTE;
/** Each sweep overlaps the previous one, to find late rows. */
const OVERLAP_MS = 15 * MINUTE;
const LONG_OVERLAP_MS = 26 * 60 * MINUTE;
/** How often the longer overlap is used. */
const LONG_OVERLAP_INTERVAL_MS = 60 * MINUTE;

/** Position in the feed. Stored after each page, so that nothing is lost in a crash. */
export interface FeedPlace {
  /** Cursor of the newest known activity; null: none yet. */
  readonly newest: string | null;
  /** Start of the feed: its oldest activity, or when it was first found empty. Anything before is unknown. */
  readonly begun: string | null;
  /** Everything before this was swept; null: nothing yet. */
  readonly completeTo: string | null;
  /** A sweep in progress, from old to new. */
  readonly sweep: {
    readonly from: string | null;
    readonly to: string;
    readonly after: string | null;
    /** Instant of the last activity read by the sweep. */
    readonly reached: string | null;
  } | null;
  readonly longSweepAt: string | null;
  /** The last known change of recording: true on, false off; null: none in the feed. */
  readonly recording: { readonly on: boolean; readonly at: string } | null;
}

export const FEED_BEGIN: FeedPlace = {
  newest: null,
  begun: null,
  completeTo: null,
  sweep: null,
  longSweepAt: null,
  recording: null,
};

/** Result of one step. */
export interface FeedStep {
  readonly items: readonly Json[];
  /** To be stored after the items. */
  readonly place: FeedPlace;
  /** Period that is complete as of this step. */
  readonly complete: { readonly from: string; readonly to: string } | null;
  /** Period in which nothing was recorded. */
  readonly unrecorded: readonly { readonly from: string; readonly to: string }[];
  /** Whether another step would return more immediately. */
  readonly more: boolean;
}

/**
 * Reads the activity feed from a position: first what is newer than the newest known activity, by cursor; then
 * everything up to a minute ago in order, with an overlap, because the vendor indexes some rows late. After any
 * downtime, the sweep continues where it stopped. All steps can be repeated safely: the log stores each activity once.
 */
export async function* readFeed(
  client: AnthropicClient,
  from: FeedPlace,
  clock: () => Date,
): AsyncGenerator<FeedStep> {
  let place = from;
  const here = function* (step: FeedStep): Generator<FeedStep> {
    place = step.place;
    yield step;
  };
  if (place.sweep === null) yield* here(await newer(client, place, clock()));
  const seen = new Set<string>();
  let next: Promise<FeedStep> | null = null;
  while (place.sweep !== null) {
    const step: FeedStep = await (next ?? sweepOn(client, place, place.sweep));
    next = null;
    const { sweep } = step.place;
    if (sweep?.after != null) {
      if (seen.has(sweep.after)) throw stuckFeed(place.sweep.reached);
      seen.add(sweep.after);
      // Fetch the next page while this one is written.
      next = sweepOn(client, step.place, sweep);
      next.catch(() => undefined);
    }
    yield* here(step);
  }
}

/** Activities after the newest known one. If there is more than one page, the sweep reads them in order. */
async function newer(client: AnthropicClient, place: FeedPlace, now: Date): Promise<FeedStep> {
  const blank = { complete: null, unrecorded: [] };
  const sweeping = (next: FeedPlace): FeedPlace => ({ ...next, ...sweepFor(next, now) });
  if (place.newest === null) {
    const page = await idPage(client, FEED, { limit: 1 });
    // The single item is read again by the sweep.
    return { ...blank, items: [], place: sweeping({ ...place, newest: page.first }), more: true };
  }
  let page: Awaited<ReturnType<typeof idPage>>;
  try {
    page = await idPage(client, FEED, { limit: PAGE, before_id: place.newest });
  } catch (error) {
    // The vendor no longer knows the cursor: the sweep finds by time what was added since.
    if (!(error instanceof SourceProblem) || error.code !== 'refused') throw error;
    return { ...blank, items: [], place: sweeping({ ...place, newest: null }), more: true };
  }
  if (page.more && (page.first === null || page.first === place.newest)) throw stuckFeed(place.completeTo);
  if (page.more) return { ...blank, items: [], place: sweeping({ ...place, newest: null }), more: true };
  const items = page.items.toReversed();
  const { recording, unrecorded } = recordingOf(place.recording, items);
  return {
    items,
    complete: null,
    unrecorded,
    place: sweeping({ ...place, newest: page.first ?? place.newest, recording }),
    more: true,
  };
}

function sweepFor(place: FeedPlace, now: Date): Pick<FeedPlace, 'sweep' | 'longSweepAt'> {
  const to = new Date(now.getTime() - SETTLE_MS).toISOString();
  const long =
    place.longSweepAt === null || now.getTime() - Date.parse(place.longSweepAt) >= LONG_OVERLAP_INTERVAL_MS;
  const longSweepAt = long ? now.toISOString() : place.longSweepAt;
  if (place.completeTo === null)
    return { sweep: { from: null, to, after: null, reached: null }, longSweepAt };
  // The clock may have been set back; then there is nothing to sweep yet.
  if (to <= place.completeTo) return { sweep: null, longSweepAt: place.longSweepAt };
  const back = long ? LONG_OVERLAP_MS : OVERLAP_MS;
  const from = new Date(Date.parse(place.completeTo) - back).toISOString();
  return { sweep: { from, to, after: null, reached: null }, longSweepAt };
}

type Sweep = NonNullable<FeedPlace['sweep']>;

async function sweepOn(client: AnthropicClient, place: FeedPlace, sweep: Sweep): Promise<FeedStep> {
  const page = await pageOf(client, sweep);
  const last = instantOf(page.items.at(-1));
  const first = instantOf(page.items[0]);
  if (page.more && (page.last === null || page.last === sweep.after || page.items.length === 0))
    throw stuckFeed(sweep.reached);
  const { recording, unrecorded } = recordingOf(place.recording, page.items);
  const begun = place.begun ?? first ?? sweep.to;
  const since = later(sweep.reached ?? sweep.from, begun);
  const reached = later(last, sweep.reached);
  // During a sweep, the period up to its last row is complete; more rows of that very instant may be on the next page.
  const upTo = page.more ? reached : sweep.to;
  const complete = since === null || upTo === null || since >= upTo ? null : { from: since, to: upTo };
  return {
    items: page.items,
    complete,
    unrecorded,
    more: page.more,
    place: {
      ...place,
      recording,
      begun,
      completeTo: page.more ? later(place.completeTo, reached) : sweep.to,
      sweep: page.more ? { ...sweep, after: page.last, reached } : null,
    },
  };
}

async function pageOf(client: AnthropicClient, sweep: Sweep) {
  const ask = (from: string | null, after: string | null) =>
    idPage(client, FEED, {
      limit: PAGE,
      order: 'asc',
      ...(from === null ? {} : { 'created_at.gte': from }),
      'created_at.lt': sweep.to,
      ...(after === null ? {} : { after_id: after }),
    });
  try {
    return await ask(sweep.from, sweep.after);
  } catch (error) {
    if (!(error instanceof SourceProblem) || error.code !== 'refused' || sweep.after === null) throw error;
    return ask(sweep.reached ?? sweep.from, null);
  }
}

/** The feed's own statement about recording: while it is off, nothing is recorded. */
function recordingOf(before: FeedPlace['recording'], items: readonly Json[]) {
  let recording = before;
  const unrecorded: { from: string; to: string }[] = [];
  for (const item of items) {
    if (item.type !== 'org_compliance_api_settings_updated') continue;
    const at = instantOf(item);
    const on = switchedOn(item);
    if (at === null || on === null || (recording !== null && at <= recording.at)) continue;
    if (on && recording?.on === false) unrecorded.push({ from: recording.at, to: at });
    if (recording?.on !== on) recording = { on, at };
  }
  return { recording, unrecorded };
}

function switchedOn(item: Json): boolean | null {
  const values = [item.compliance_api_enabled, item.compliance_api_logging_enabled];
  if (values.includes(false)) return false;
  return values.includes(true) ? true : null;
}

export function instantOf(item: Json | undefined): string | null {
  if (!isObject(item) || typeof item.created_at !== 'string') return null;
  const time = Date.parse(item.created_at);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

export function stuckFeed(reached: string | null): SourceProblem {
  return new SourceProblem(
    'stuck',
    reached === null
      ? 'The activity feed keeps returning the same position, so it cannot be read right now.'
      : `The activity feed keeps returning the same position after ${reached}. What follows cannot be read right now.`,
  );
}
