import type { z } from 'zod';
import { type SinkState, statusOf } from '#domain/forwarding/words.ts';
import { count } from '#domain/text/words.ts';
import { SINK_KINDS, secretsOf, sinkKind } from '#sinks/registry.ts';
import type { Tx } from '#store/open.ts';
import { failedDeliveryCounts } from '#store/sinks/failed-deliveries.ts';
import { type SinkRow, type SinkStateRow, sinkCursors, sinkStates, sinksOf } from '#store/sinks/sinks.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { pendingActs } from '../shared/pending-acts.ts';
import { formOf } from './form.ts';
import type { sinkSchema } from './schemas.ts';
import { STREAM_LIST, scopeOf } from './streams.ts';

export type SinkShown = z.infer<typeof sinkSchema>;

/** So many waiting events are counted; what is more is said to be more. */
const MAX_COUNTED = 10_000;

/** Where a client's events are sent to, and what can be added. */
export async function listSinks(context: HandlerContext) {
  const { services, can } = context;
  const items = await readSinks(context);
  return {
    items,
    total: items.length,
    kinds: SINK_KINDS.map(formOf),
    defender: { ...services.catalogue.siem.defender, ...routeToDefender(items) },
    may: { edit: can('connections.edit'), workspaceAudit: can('workspace.audit', null) },
  };
}

/** One sink as it stands now. */
export async function showSink(context: HandlerContext, id: string): Promise<SinkShown> {
  const found = (await readSinks(context)).find((sink) => sink.id === id);
  if (found === undefined) throw notFound();
  return found;
}

/**
 * The client's sinks as they stand now. What waits of the workspace's audit log lies outside of what a client's own
 * reading sees.
 */
export async function readSinks(context: HandlerContext): Promise<SinkShown[]> {
  const { services, client } = context;
  const acts = await pendingActs(context);
  const shown = await services.store.read(scopeOf(client.id, STREAM_LIST), (tx) => shownSinks(tx, context));
  return shown.map((sink) => ({ ...sink, proposed: acts.get(`sink:${sink.id}`) ?? null }));
}

async function shownSinks(
  tx: Tx,
  { client, now, services }: HandlerContext,
): Promise<Omit<SinkShown, 'proposed'>[]> {
  const rows = await sinksOf(tx, client.id);
  const states = await sinkStates(tx, client.id);
  const cursors = await sinkCursors(tx, client.id);
  const failedDeliveries = await failedDeliveryCounts(tx, client.id);
  const shown: Omit<SinkShown, 'proposed'>[] = [];
  for (const row of rows) {
    const lag: SinkShown['lag'] = [];
    for (const stream of STREAM_LIST) {
      if (!stream.wanted(row.filter)) continue;
      const after = cursors.find((one) => one.sink_id === row.id && one.stream === stream.name)?.seq ?? 0;
      const behind = await stream.behind(tx, {
        services,
        client,
        after,
        limit: MAX_COUNTED + 1,
        filter: row.filter,
      });
      lag.push({
        stream: stream.name,
        count: Math.min(behind.count, MAX_COUNTED),
        more: behind.count > MAX_COUNTED,
        oldest: behind.oldest?.toISOString() ?? null,
      });
    }
    const waiting =
      failedDeliveries.find((one) => one.sink_id === row.id && one.state === 'waiting')?.count ?? 0;
    shown.push(shownOf(row, states.get(row.id), lag, waiting, now));
  }
  return shown;
}

function shownOf(
  row: SinkRow,
  state: SinkStateRow | undefined,
  lag: SinkShown['lag'],
  failedDeliveries: number,
  now: Date,
): Omit<SinkShown, 'proposed'> {
  const kind = sinkKind(row.kind);
  const oldest = lag.flatMap(({ oldest: at }) => (at === null ? [] : [at])).sort()[0] ?? null;
  const status = statusOf(
    {
      paused: row.paused,
      state: state?.state ?? 'working',
      acceptedAt: state?.accepted_at ?? null,
      oldest: oldest === null ? null : new Date(oldest),
    },
    now,
  );
  const failed = state?.failed_says ?? null;
  return {
    id: row.id,
    kind: row.kind,
    kindTitle: kind?.title ?? row.kind,
    name: row.name,
    place: row.place,
    settings: { ...row.settings },
    secretsStored: row.secrets_sealed === null || kind === undefined ? [] : [...secretsOf(kind)],
    filter: row.filter,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    state: status,
    says: saysOf(status, failed, lag),
    lag,
    acceptedAt: state?.accepted_at?.toISOString() ?? null,
    accepted: state?.accepted_count ?? 0,
    lastSays: state?.last_says ?? null,
    failedAt: state?.failed_at?.toISOString() ?? null,
    failedSays: failed,
    failedAnswer: state?.failed_answer ?? null,
    retryAt: status === 'paused' ? null : (state?.retry_at?.toISOString() ?? null),
    failures: state?.failures ?? 0,
    failedDeliveries,
  };
}

function saysOf(state: SinkState, failed: string | null, lag: SinkShown['lag']): string {
  const waiting = lag.reduce((sum, one) => sum + one.count, 0);
  const more = lag.some((one) => one.more);
  const events = `${more ? 'More than ' : ''}${count(waiting, 'event', 'events')}`;
  const waits =
    waiting === 0 ? '' : ` ${events} ${waiting === 1 ? 'waits' : 'wait'} in Bylaw’s log; nothing is lost.`;
  switch (state) {
    case 'stopped':
      return `${failed ?? 'It accepts nothing until someone acts.'}${waits}`;
    case 'retrying':
      return `${failed ?? 'The last try failed.'} Bylaw tries again automatically.${waits}`;
    case 'behind':
      return `It takes events, but more slowly than they come.${waits}`;
    case 'paused':
      return `Nothing is sent until you resume it.${waits}`;
    case 'new':
      return waiting === 0 ? 'Nothing to send yet.' : `The first events are about to be sent.${waits}`;
    case 'working':
      return waiting === 0 ? 'Everything was sent.' : `Events are being sent.${waits}`;
  }
}

/** By which sink events come to Defender. That there is one says nothing of what is set up beyond it. */
function routeToDefender(sinks: readonly SinkShown[]): { route: string | null; works: boolean } {
  const routes = sinks.filter(({ kind }) => sinkKind(kind)?.leadsToDefender === true);
  const [route] = [...routes.filter(({ state }) => state === 'working'), ...routes];
  if (route === undefined) return { route: null, works: false };
  const works = route.state === 'working';
  return {
    route: `“${route.name}” sends to ${route.kindTitle}${works ? ', which accepts events' : ', which does not accept events at the moment'}. Check in Defender whether it shows them.`,
    works,
  };
}
// Guide: G5.2-05 G5.3-04
