import type { z } from 'zod';
import type { VisibilitySource } from '#domain/model/visibility.ts';
import { statusOf } from '#domain/visibility/status.ts';
import { connectionsOf } from '#store/sources/connections.ts';
import { streamsOf } from '#store/sources/streams.ts';
import { type StoredRange, storedByKind, storedBySource } from '#store/usage/stored-range.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { readSinks, type SinkShown } from '../sinks/index.ts';
import type { visibilityContract } from './contract.ts';
import type { Given } from './task.ts';

type Visibility = z.infer<NonNullable<(typeof visibilityContract.show)['~orpc']['outputSchema']>>;

const ANYONE: Given = { has: 'yes', reason: 'It needs no particular plan or license.' };
const UNKNOWN: Given = { has: 'unknown', reason: 'It is not known whether plan and licenses give it.' };

/** States of a stream that is being read or soon will be. */
const READS: ReadonlySet<string> = new Set(['new', 'reading', 'ok', 'waiting']);

/** Every source of the catalogue with its current state at a client. */
export async function showVisibility(context: HandlerContext): Promise<Omit<Visibility, 'nextCursor'>> {
  const { client, services, now, read } = context;
  const { asOf, sources } = services.catalogue.visibility;
  const capabilities = sources.flatMap(({ capability, keepsMore }) => [
    ...(capability === null ? [] : [capability]),
    ...(keepsMore === undefined ? [] : [keepsMore.capability]),
  ]);
  const ran = await services.verdicts.run(client.id, 'visibilityGiven', { capabilities });
  if (ran === null) throw notFound();
  const known = await read(async (tx) => ({
    connections: await connectionsOf(tx, client.id),
    streams: await streamsOf(tx, client.id),
    events: await storedBySource(tx, client.id),
    readings: await storedByKind(tx, client.id),
  }));
  const { today } = present(now, client.timezone);
  const day = (at: string) => (at.length === 10 ? at : present(new Date(at), client.timezone).today);
  const items = sources.map((source) => {
    const { capability, keepsMore } = source;
    const given = capability === null ? ANYONE : (ran.result[capability] ?? UNKNOWN);
    const held = heldOf(source, known, day);
    const keepsDays =
      keepsMore !== undefined && ran.result[keepsMore.capability]?.has === 'yes'
        ? keepsMore.days
        : source.keepsDays;
    const stream = streamOf(source, known, day);
    return {
      source: source.id,
      title: source.title,
      shows: source.shows,
      given: given.has,
      because: given.reason,
      arrives: source.arrives,
      how: source.how,
      lagSeconds: source.lagSeconds,
      keeps: source.keeps,
      keepsDays,
      newest: held?.newest ?? null,
      oldest: held?.oldest ?? null,
      ...statusOf({
        given: given.has,
        readable: source.kinds.length + source.log.length + source.streams.length > 0,
        stream,
        arrives: source.arrives,
        newest: held === null ? null : day(held.newest),
        keepsDays,
        today,
      }),
      sources: source.sources.map((page) => ({ ...page })),
    };
  });
  return { items, total: items.length, sinks: (await readSinks(context)).map(behindOf(now)), asOf };
}

/** How far a sink is behind at a given time. */
function behindOf(now: Date): (sink: SinkShown) => Visibility['sinks'][number] {
  return ({ id, name, kindTitle, state, lag, acceptedAt }) => {
    const [oldest] = lag
      .flatMap(({ oldest: at }) => (at === null ? [] : [Date.parse(at)]))
      .sort((a, b) => a - b);
    return {
      sink: id,
      name,
      kindTitle,
      state,
      waiting: lag.reduce((sum, one) => sum + one.count, 0),
      more: lag.some(({ more }) => more),
      behindSeconds: oldest === undefined ? null : Math.max(0, Math.round((now.getTime() - oldest) / 1000)),
      acceptedAt,
    };
  };
}

interface Known {
  readonly connections: Awaited<ReturnType<typeof connectionsOf>>;
  readonly streams: Awaited<ReturnType<typeof streamsOf>>;
  readonly events: ReadonlyMap<string, StoredRange<Date>>;
  readonly readings: ReadonlyMap<string, StoredRange<string>>;
}

type DayOf = (at: string) => string;

/** The oldest and newest stored data of a source: events by instant, readings by day. */
function heldOf({ log, kinds }: VisibilitySource, { events, readings }: Known, day: DayOf) {
  const all = [
    ...log.flatMap((source) => {
      const held = events.get(source);
      return held === undefined
        ? []
        : [{ oldest: held.oldest.toISOString(), newest: held.newest.toISOString() }];
    }),
    ...kinds.flatMap((kind) => readings.get(kind) ?? []),
  ];
  const [first, ...rest] = all;
  if (first === undefined) return null;
  return rest.reduce(
    (held, one) => ({
      oldest: day(one.oldest) < day(held.oldest) ? one.oldest : held.oldest,
      newest: day(one.newest) > day(held.newest) ? one.newest : held.newest,
    }),
    first,
  );
}

function streamOf({ streams: wanted }: VisibilitySource, { connections, streams }: Known, day: DayOf) {
  const found = streams.filter((one) => {
    const connection = connections.find(({ id }) => id === one.source_connection_id);
    return wanted.some(({ vendor, stream }) => vendor === connection?.vendor && stream === one.stream);
  });
  // A stream that the credential may not read, or that the vendor does not offer, counts as not connected.
  const own = found.filter(({ state }) => state !== 'no_scope' && state !== 'not_offered');
  const [best] = own.toSorted((a, b) => Number(READS.has(b.state)) - Number(READS.has(a.state)));
  if (best === undefined) return null;
  const connection = connections.find(({ id }) => id === best.source_connection_id);
  return {
    reads: READS.has(best.state) && connection?.state === 'connected' && connection.key_sealed !== null,
    readOn: best.read_at === null ? null : day(best.read_at.toISOString()),
  };
}
// Guide: G1.2-08 G5-00 G5.2-05
