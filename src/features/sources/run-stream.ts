import { randomUUID } from 'node:crypto';
import { SourceProblem } from '#sources/problem.ts';
import type { LiveSource, StreamFacts } from '#sources/source.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { type ConnectionRow, findConnection } from '#store/sources/connections.ts';
import { claimStream, type StreamRow } from '#store/sources/streams.ts';
import { charterOf, contentNow } from '../charter/index.ts';
import type { Services } from '../context.ts';
import { rememberRequest } from './own-keys.ts';
import { decideOnEvents } from './rule-events.ts';
import { CLAIM_MS, MINUTE, StreamReading } from './stream-reading.ts';
import { credentialIn, openVendor, renewedIn, vendorNamed } from './vendor.ts';

/** Identifies this process among others that read the same streams. */
const PROCESS = randomUUID();

type Key = Pick<StreamRow, 'client_id' | 'source_connection_id' | 'stream'>;

export interface StreamRun {
  /** Outcome: read to the end, interrupted to be continued, or failed; null: another process has the stream. */
  readonly end: 'ok' | 'more' | 'failed' | null;
  /** Activities that were new to the log. */
  readonly added: number;
  readonly problem: SourceProblem | null;
}

/**
 * Reads one stream of a connection from its stored position. What is read is stored in the log, or as a reading,
 * before the position is; after an interruption, the next run reads a little again and loses nothing.
 *
 * @param deadline when to stop for others; the next run continues
 */
export async function runStream(
  services: Services,
  key: Key,
  deadline: number = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): Promise<StreamRun> {
  const run = await readStream(services, key, deadline, signal);
  if (run.end !== null) await decideOnEvents(services, key.client_id);
  return run;
}

async function readStream(
  services: Services,
  key: Key,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<StreamRun> {
  const { store, clock, events } = services;
  const claim = `${PROCESS}/${randomUUID()}`;
  const row = await store.write([key.client_id], (tx) =>
    claimStream(tx, key, { by: claim, now: clock(), until: new Date(clock().getTime() + CLAIM_MS) }),
  );
  const connection =
    row &&
    (await store.read([key.client_id], (tx) => findConnection(tx, key.client_id, key.source_connection_id)));
  if (row === null || connection === null || connection.key_sealed === null)
    return { end: null, added: 0, problem: null };
  const vendor = vendorNamed(services, connection.vendor);
  const stream = vendor.live.streams.find(({ id }) => id === key.stream);
  if (stream === undefined) return { end: null, added: 0, problem: null };
  const run = new StreamReading(services, connection, row, { vendor, stream }, claim);
  try {
    const source = openVendor(services, vendor, {
      credential: credentialIn(services, vendor.live, connection) ?? {},
      parent: connection.parent,
      renewed: renewedIn(services, vendor.live, connection),
      answered: (requestId) => rememberRequest(connection, requestId),
      ...(signal === undefined ? {} : { signal }),
    });
    const batches = source.read(stream.id, {
      place: row.place,
      granted: new Set(
        connection.scopes.filter(({ state }) => state === 'granted').map(({ scope }) => scope),
      ),
      catalogue: services.catalogue,
      clock,
      ...(await store.read([key.client_id], async (tx) => ({
        charter: charterOf(await newestCharter(tx, key.client_id)),
        content: await contentNow(tx, key.client_id, clock()),
      }))),
    });
    let more = false;
    for await (const batch of batches) {
      if (!(await run.keep(batch))) return { end: null, added: run.added, problem: null };
      if (clock().getTime() >= deadline || signal?.aborted === true) {
        more = true;
        break;
      }
    }
    await run.end({
      state: more ? 'reading' : 'ok',
      says: run.says,
      next: more ? clock() : new Date(clock().getTime() + stream.everyMinutes * MINUTE),
    });
    return { end: more ? 'more' : 'ok', added: run.added, problem: null };
  } catch (error) {
    const problem =
      error instanceof SourceProblem
        ? error
        : new SourceProblem(
            'unreadable',
            'It could not be read because of an internal error; the server log has details.',
            { cause: error },
          );
    if (!(error instanceof SourceProblem))
      services.log.error({ err: error, client: key.client_id, stream: key.stream }, 'a source was not read');
    await run.fail(problem);
    return { end: 'failed', added: run.added, problem };
  } finally {
    events.publish({ client: key.client_id, topic: 'sources', id: key.source_connection_id });
  }
}

/** The streams of a credential: those of its kind with at least one available scope. */
export function streamsFor(
  live: LiveSource,
  keyKind: string,
  scopes: ConnectionRow['scopes'],
): readonly StreamFacts[] {
  const usable = new Set(scopes.filter(({ state }) => state !== 'missing').map(({ scope }) => scope));
  return live.streams.filter(
    (stream) =>
      stream.keyKinds.some((kind) => kind === keyKind) && stream.scopes.some((scope) => usable.has(scope)),
  );
}
