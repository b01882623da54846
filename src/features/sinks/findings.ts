import { type SinkFinding, sinkFindings } from '#domain/forwarding/findings.ts';
import type { Tx } from '#store/open.ts';
import { waitingLetterCount } from '#store/sinks/dead-letters.ts';
import {
  findSink,
  putSinkFindings,
  type SinkRow,
  sinkCursors,
  sinkStates,
  sinksOf,
} from '#store/sinks/sinks.ts';
import type { HandlerContext, Services } from '../context.ts';
import { STREAM_LIST } from './streams.ts';

interface Of {
  readonly clientId: string;
  readonly sinkId: string;
}

/** What somebody has to put right about the sinks of a client, for its first page. */
export async function brokenSinks({
  client,
  read,
}: Pick<HandlerContext, 'client' | 'read'>): Promise<readonly SinkFinding[]> {
  return (await read((tx) => sinksOf(tx, client.id))).flatMap(({ findings }) => findings);
}

/** Notes what somebody has to put right about a sink, where that has changed, in a transaction of the caller's. */
export async function noteFindings(
  tx: Tx,
  services: Pick<Services, 'catalogue'>,
  { clientId, sinkId }: Of,
  now: Date,
): Promise<boolean> {
  const row = await findSink(tx, clientId, sinkId);
  if (row === undefined) return false;
  const findings = await findingsOf(tx, services, row, now);
  if (same(findings, row.findings)) return false;
  await putSinkFindings(tx, clientId, sinkId, findings);
  return true;
}

/** The same after a pass: it writes only where something has changed, and tells open pages then. */
export async function noteFindingsAfterPass(services: Services, of: Of): Promise<void> {
  const { store, clock, events } = services;
  const now = clock();
  const changed = await store.read([of.clientId], async (tx) => {
    const row = await findSink(tx, of.clientId, of.sinkId);
    return row !== undefined && !same(await findingsOf(tx, services, row, now), row.findings);
  });
  if (!changed) return;
  if (await store.write([of.clientId], (tx) => noteFindings(tx, services, of, now)))
    events.publish({ client: of.clientId, topic: 'work', id: of.sinkId });
}

async function findingsOf(
  tx: Tx,
  services: Pick<Services, 'catalogue'>,
  row: SinkRow,
  now: Date,
): Promise<readonly SinkFinding[]> {
  const oldest = row.paused ? null : await waitsSince(tx, services, row);
  const state = (await sinkStates(tx, row.client_id)).get(row.id);
  return sinkFindings(
    {
      id: row.id,
      name: row.name,
      paused: row.paused,
      state: state?.state ?? 'working',
      failed: state?.failed_says ?? null,
      // What came before it was made, or while it was paused, could not have been sent then.
      waitsSince: oldest === null || oldest > row.changed_at ? oldest : row.changed_at,
      letters: await waitingLetterCount(tx, row.client_id, row.id),
    },
    now,
  );
}

async function waitsSince(tx: Tx, services: Pick<Services, 'catalogue'>, row: SinkRow): Promise<Date | null> {
  const cursors = await sinkCursors(tx, row.client_id);
  // Only what they are counted by is asked of a client here, never its name.
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

/** Whether two lists of findings say the same. The database gives the keys of an object back in an order of its own. */
function same(a: readonly SinkFinding[], b: readonly SinkFinding[]): boolean {
  const words = (list: readonly SinkFinding[]) =>
    list.map(({ key, title, says }) => `${key}\n${title}\n${says}`).join('\n\n');
  return words(a) === words(b);
}
