import { randomUUID } from 'node:crypto';
import { parsePeriod } from '#domain/model/period.ts';
import { LIMITS } from '#sources/exports/read/limits.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { changeFile } from '#store/imports/files.ts';
import {
  changeImport,
  isReadBy,
  LEASE_SECONDS,
  renewLease,
  stateOf,
  takeLease,
} from '#store/imports/imports.ts';
import { stageObservation, stageRows } from '#store/imports/staging.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { endOf, freeMemoryMb, noMemory } from '../foreign/index.ts';
import { isMemoryTight, memoryBesideServerMb } from '../memory.ts';
import { unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { readProfile } from '../shared/profile.ts';
import { aTurn } from '../shared/turn.ts';
import type { ImportContext } from './context.ts';
import { announce, CHANGEABLE, type DraftFile, draftFiles, importOf, requireChangeable } from './find.ts';
import { keepReader, type Reader, ReaderStopped, takeReader } from './reader.ts';
import { readerPlaces } from './reader-places.ts';
import { previewWithRoom, READER_MB, readerMb, roomForReader } from './room.ts';
import type { SourceReport } from './source-report.ts';
import { unstage } from './unstage.ts';
import { pieces } from './uploads.ts';
import { isSetAside, kindWanted } from './wanted.ts';

/** Id of this process as a reader of imports. */
const READER = randomUUID();

/** Running reads of this process, so that they can be awaited. */
const underWay = new WeakMap<Services, Map<string, Promise<void>>>();

function readingsOf(services: Services): Map<string, Promise<void>> {
  const map = underWay.get(services) ?? new Map<string, Promise<void>>();
  underWay.set(services, map);
  return map;
}

/**
 * Starts reading the unread files of an import in a thread, followed by the preview. Returns once started;
 * `finishedReading` waits for the end.
 */
export async function readImport(context: ImportContext, id: string): Promise<void> {
  const { client, services } = context;
  await context.change(async (tx, recorder) => {
    requireChangeable(await importOf(tx, client.id, id, { lock: true }));
    const files = await draftFiles(tx, client.id, id);
    if (files.length === 0) throw unprocessable('There is no file in this import yet. Add one first.');
    await changeImport(tx, client.id, id, CHANGEABLE, { state: 'reading', problem: null, preview: null });
    await takeLease(tx, client.id, id, READER);
    await recorder.record({
      action: 'imports.read',
      subject: { kind: 'import', id },
      after: { files: files.map(({ name }) => name) },
    });
  });
  announce(services, client.id, id);
  const readings = readingsOf(services);
  const lease = setInterval(() => void keepLease(services, client.id, id), (LEASE_SECONDS * 1000) / 5);
  lease.unref();
  const reading = readAll(services, client.id, id).finally(() => {
    clearInterval(lease);
    readings.delete(id);
    announce(services, client.id, id);
  });
  readings.set(id, reading);
}

/** Renews this process's lease on an import. If the database is unavailable, the next renewal will do. */
async function keepLease(services: Services, clientId: string, id: string): Promise<void> {
  await services.store
    .write([clientId], (tx) => renewLease(tx, clientId, id, READER))
    .catch((error: unknown) => services.log.warn({ err: error, import: id }, 'a lease could not be renewed'));
}

/** Waits until this process has finished reading an import. */
export async function finishedReading(services: Services, id: string): Promise<void> {
  await readingsOf(services).get(id);
}

/** Services being closed: running reads are aborted, and can be started again later. */
const closing = new WeakSet<Services>();
const threads = new WeakMap<Services, Set<Reader>>();

/** Aborts all reads of this process, so that it can stop. Each is recorded and can be restarted. */
export async function stopReadings(services: Services): Promise<void> {
  closing.add(services);
  for (const thread of threads.get(services) ?? []) await thread.close();
  await Promise.all(readingsOf(services).values());
}

/** Maximum number of imports read in parallel. */
const places = readerPlaces(isMemoryTight() ? 1 : 2, memoryBesideServerMb());

function openReader(services: Services): Reader {
  const reader = takeReader();
  const open = threads.get(services) ?? new Set();
  threads.set(services, open.add(reader));
  return reader;
}

/** Maximum memory in megabytes that a read may have used for its thread to be reused. */
const SMALL_MB = READER_MB + 40;

/** The preview uses another thread, because the memory that this one took to read large files is not needed anymore. */
async function leaveReader(services: Services, reader: Reader, megabytes: number): Promise<void> {
  threads.get(services)?.delete(reader);
  if (isMemoryTight() || megabytes > SMALL_MB) await reader.close();
  else await keepReader(reader);
}

/** The import was canceled, or taken over by another process. */
class NotReading extends Error {}

class ServerStops extends Error {}

async function readAll(services: Services, clientId: string, id: string): Promise<void> {
  const { store } = services;
  const reader: { thread: Reader | null } = { thread: null };
  let place: number | null = null;
  try {
    const { files, environment } = await store.read([clientId], async (tx) => {
      const { timezone, domains } = await readProfile(tx, clientId);
      const { today } = present(services.clock(), timezone);
      return { files: await draftFiles(tx, clientId, id), environment: { timezone, domains, today } };
    });
    const megabytes = readerMb(files);
    await places.take(megabytes);
    place = megabytes;
    if (closing.has(services)) throw new ServerStops();
    for (const file of files) {
      if (file.state === 'read') continue;
      await write(services, clientId, id, async () => {});
      await unstage(services, clientId, id, file.name);
      const reports = isSetAside(file.wanted)
        ? []
        : await readOne(services, clientId, file, environment, reader);
      await write(services, clientId, id, (tx) =>
        changeFile(tx, clientId, id, file.id, { state: 'read', reports }),
      );
      announce(services, clientId, id);
    }
    if (reader.thread !== null) await leaveReader(services, reader.thread, megabytes);
    reader.thread = null;
    const { preview, facts } = await previewWithRoom(services, clientId, id);
    await write(services, clientId, id, (tx) =>
      changeImport(tx, clientId, id, ['reading'], { state: 'preview', preview, previewVersion: facts }),
    );
  } catch (error) {
    await giveUp(services, clientId, id, error);
  } finally {
    if (reader.thread !== null) threads.get(services)?.delete(reader.thread);
    await reader.thread?.close();
    if (place !== null) places.leave(place);
  }
}

interface Environment {
  readonly timezone: string;
  readonly domains: readonly string[];
  readonly today: string;
}

async function readOne(
  services: Services,
  clientId: string,
  file: DraftFile,
  environment: Environment,
  reader: { thread: Reader | null },
): Promise<readonly SourceReport[]> {
  const received = services.clock();
  if (closing.has(services)) throw new ServerStops();
  try {
    if (reader.thread === null) await roomForReader(file);
    if (file.bytes > freeMemoryMb() * 1024 * 1024) throw new ReaderStopped(endOf(noMemory()).message);
    reader.thread ??= openReader(services);
    const { stream } = await services.blobs.open(file.sha256);
    return await reader.thread.read(
      {
        name: file.name,
        bytes: file.bytes,
        modified: file.modified ?? received.toISOString(),
        saved: file.modified,
        wanted: kindWanted(file.wanted),
        columns: file.columns,
        period: file.period === null ? null : parsePeriod(file.period),
        environment,
      },
      stream,
      {
        reading: (reading) =>
          write(services, clientId, file.importId, (tx) =>
            stageObservation(tx, {
              id: reading.id,
              client_id: clientId,
              import_id: file.importId,
              kind: reading.kind,
              file: reading.file,
              sha256: reading.sha256,
              bytes: reading.bytes,
              modified: reading.modified,
              content_day: reading.contentDay,
              observed_on: environment.today,
              date_from: 'saved',
              complete: reading.complete,
              page: reading.page,
              covers: reading.covers,
              asks: reading.asks,
              by_hand: reading.byHand,
              mapping: reading.mapping,
              unmapped: reading.unmapped,
              notes: reading.notes,
              row_count: reading.rowCount,
              rows_digest: reading.rowsDigest,
            }),
          ),
        rows: (observation, part, rows) =>
          write(services, clientId, file.importId, (tx) =>
            stageRows(tx, { clientId, observation, part, rows }),
          ),
        inner: async (_, bytes) => {
          await services.blobs.put(pieces(bytes), { maxBytes: LIMITS.fileBytes });
        },
      },
    );
  } catch (error) {
    if (closing.has(services)) throw new ServerStops();
    if (!(error instanceof ReaderStopped)) throw error;
    // The thread is gone: its file is refused, and another thread reads the rest.
    reader.thread = null;
    await unstage(services, clientId, file.importId, file.name);
    return [
      {
        file: file.name,
        bytes: file.bytes,
        sha256: file.sha256,
        is: 'malformed',
        kind: null,
        problem: { message: error.message, row: null, column: null },
      },
    ];
  }
}

/** One short transaction per part, so that no page waits for an import. */
async function write<T>(
  { store }: Services,
  clientId: string,
  id: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const done = await store.write([clientId], async (tx) => {
    if (!(await isReadBy(tx, clientId, id, READER))) throw new NotReading();
    return work(tx);
  });
  // The embedded database shares this thread, so let other work run between two transactions.
  await aTurn();
  return done;
}

/** The message of an import that was being read when the server stopped. */
export const STOPPED = 'Bylaw was stopped while it read the files. Nothing was stored. Read them again.';

async function unstageCanceled(services: Services, clientId: string, id: string): Promise<void> {
  const state = await services.store.read([clientId], (tx) => stateOf(tx, clientId, id));
  if (state === null || state === 'canceled') await unstage(services, clientId, id);
}

async function giveUp(services: Services, clientId: string, id: string, error: unknown): Promise<void> {
  if (error instanceof NotReading) {
    // Data that other processes are adding is kept.
    await unstageCanceled(services, clientId, id).catch(() => undefined);
    return;
  }
  if (!(error instanceof ServerStops))
    services.log.error({ err: error, import: id }, 'the files of an import could not be read');
  const problem =
    error instanceof ServerStops
      ? STOPPED
      : error instanceof StoreProblem
        ? error.message
        : 'The files could not be read because of an internal error. Nothing was stored; the server log has details.';
  await services.store
    .write([clientId], async (tx) => {
      if (await isReadBy(tx, clientId, id, READER))
        await changeImport(tx, clientId, id, ['reading'], { state: 'failed', problem });
    })
    .catch((failed: unknown) =>
      services.log.error({ err: failed }, 'an import could not be marked as failed'),
    );
}
