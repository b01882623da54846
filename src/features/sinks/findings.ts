import { type SinkFinding, sinkFindings } from '#domain/forwarding/findings.ts';
import type { Tx } from '#store/open.ts';
import { waitingDeliveryCount } from '#store/sinks/failed-deliveries.ts';
import {
  findSink,
  putSinkStatus,
  type SinkRow,
  type SinkStateRow,
  sinkCursors,
  sinkStates,
  sinksOf,
} from '#store/sinks/sinks.ts';
import type { HandlerContext, Services } from '../context.ts';
import { STREAM_LIST, scopeOf } from './streams.ts';

interface Of {
  readonly clientId: string;
  readonly sinkId: string;
}

/** Problems of a client's sinks that someone has to fix, for its Home. */
export async function brokenSinks({
  client,
  read,
}: Pick<HandlerContext, 'client' | 'read'>): Promise<readonly SinkFinding[]> {
  return (await read((tx) => sinksOf(tx, client.id))).flatMap(({ findings }) => findings);
}

/** Records problems of a sink, and that it delivers, if that changed, within the caller's transaction. */
export async function recordFindings(
  tx: Tx,
  services: Pick<Services, 'catalogue' | 'actionTitles'>,
  of: Of,
  now: Date,
): Promise<boolean> {
  const next = await changedStatus(tx, services, of, now);
  if (next === null) return false;
  await putSinkStatus(tx, of.clientId, of.sinkId, next);
  return true;
}

/** The same after a pass: writes only changes, and then notifies open pages and requests an evaluation. */
export async function recordFindingsAfterPass(services: Services, of: Of): Promise<void> {
  const { store, clock, events, verdicts } = services;
  const now = clock();
  const scope = scopeOf(of.clientId, STREAM_LIST);
  const changed = await store.read(scope, (tx) => changedStatus(tx, services, of, now));
  if (changed === null) return;
  const wrote = await store.write(scope, async (tx) => {
    if (!(await recordFindings(tx, services, of, now))) return false;
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', of.clientId)
      .execute();
    return true;
  });
  if (!wrote) return;
  events.publish({ client: of.clientId, topic: 'work', id: of.sinkId });
  await verdicts.refresh(of.clientId);
}

/** Minimum milliseconds between two records that a sink delivers. */
const DELIVERED_INTERVAL_MS = 12 * 3_600_000;

/** Current state of a sink; null: as stored. */
async function changedStatus(
  tx: Tx,
  services: Pick<Services, 'catalogue' | 'actionTitles'>,
  { clientId, sinkId }: Of,
  now: Date,
): Promise<{ readonly findings: readonly SinkFinding[]; readonly deliveredAt: Date | null } | null> {
  const row = await findSink(tx, clientId, sinkId);
  if (row === undefined) return null;
  const state = (await sinkStates(tx, clientId)).get(sinkId);
  const findings = await findingsOf(tx, services, row, state, now);
  const accepted = state?.accepted_at ?? null;
  const before = row.delivered_at;
  const stale =
    accepted !== null && (before === null || accepted.getTime() - before.getTime() >= DELIVERED_INTERVAL_MS);
  if (same(findings, row.findings) && !stale) return null;
  return { findings, deliveredAt: stale ? accepted : before };
}

async function findingsOf(
  tx: Tx,
  services: Pick<Services, 'catalogue' | 'actionTitles'>,
  row: SinkRow,
  state: SinkStateRow | undefined,
  now: Date,
): Promise<readonly SinkFinding[]> {
  const oldest = row.paused ? null : await waitsSince(tx, services, row);
  return sinkFindings(
    {
      id: row.id,
      name: row.name,
      paused: row.paused,
      state: state?.state ?? 'working',
      failed: state?.failed_says ?? null,
      // Events from before it was created, or while it was paused, could not have been sent then.
      waitsSince: oldest === null || oldest > row.changed_at ? oldest : row.changed_at,
      failedDeliveries: await waitingDeliveryCount(tx, row.client_id, row.id),
    },
    now,
  );
}

async function waitsSince(
  tx: Tx,
  services: Pick<Services, 'catalogue' | 'actionTitles'>,
  row: SinkRow,
): Promise<Date | null> {
  const cursors = await sinkCursors(tx, row.client_id);
  // Only counts are read from a client here, never its name.
  const client = { id: row.client_id, name: '' };
  let oldest: Date | null = null;
  for (const stream of STREAM_LIST) {
    if (!stream.wanted(row.filter)) continue;
    const after = cursors.find((one) => one.sink_id === row.id && one.stream === stream.name)?.seq ?? 0;
    const behind = await stream.behind(tx, { services, client, after, limit: 1, filter: row.filter });
    if (behind.oldest !== null && (oldest === null || behind.oldest < oldest)) oldest = behind.oldest;
  }
  return oldest;
}

/** Whether two lists of findings are equal. The database does not preserve the order of an object's keys. */
function same(a: readonly SinkFinding[], b: readonly SinkFinding[]): boolean {
  const words = (list: readonly SinkFinding[]) =>
    list.map(({ key, title, says }) => `${key}\n${title}\n${says}`).join('\n\n');
  return words(a) === words(b);
}
