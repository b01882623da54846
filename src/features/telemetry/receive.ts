import {
  type Encoding,
  exportResponse,
  RPC_CODE,
  type RpcCode,
  statusMessage,
} from '#sources/otlp/answer.ts';
import type { ClientOfTelemetry, LeftOut } from '#sources/otlp/context.ts';
import { type Normalized, normalize } from '#sources/otlp/normalize.ts';
import {
  countOf,
  type Decoded,
  type DecodeProblem,
  MAX_ATTRIBUTES,
  type Signal,
  UnreadableTelemetry,
} from '#sources/otlp/record.ts';
import type { CaughtTexts } from '#sources/otlp/texts.ts';
import type { Services } from '../context.ts';
import type { SpooledRequest } from '../shared/services/telemetry-spool.ts';
import { clientOfTelemetry } from './client.ts';
import { decodeHere, decodeInThread, isLarge, type Read } from './decode.ts';
import type { Admitted } from './door.ts';
import { MAX_BYTES, type Unpacked, unpack } from './inflate.ts';
import { type RefusalReason, recordRefusal } from './refusals.ts';
import { isAway } from './spool.ts';
import { storeActivities } from './store.ts';

export interface TelemetryRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly contentEncoding: string | undefined;
  readonly body: Buffer;
}

export interface TelemetryAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Seconds after which to retry; null: not specified. */
  readonly retryAfter: number | null;
}

/** Limit of activities waiting to be written. Beyond it, senders are told to retry, which they do automatically. */
const MAX_WAITING = 50_000;
const RETRY_SECONDS = 5;

/** Whether the backlog of writes has reached its limit. */
export function isBusy({
  activityLog,
  telemetrySpool,
}: Pick<Services, 'activityLog' | 'telemetrySpool'>): boolean {
  return !telemetrySpool.away && activityLog.waiting > MAX_WAITING;
}

/**
 * Processes one export request of an admitted sender. It is answered once all of it is on disk: in the database or,
 * while that is unavailable, in the spool. A sender that gets no answer retries, and each event is still counted once.
 */
export async function receiveTelemetry(
  services: Services,
  { clientId }: Admitted,
  request: TelemetryRequest,
): Promise<TelemetryAnswer> {
  const { signal, encoding } = request;
  const refuse = (status: number, code: RpcCode, reason: RefusalReason, message: string): TelemetryAnswer => {
    recordRefusal(services, clientId, signal, reason, 1);
    return refusal(encoding, status, code, message);
  };
  const receivedAt = services.clock();
  try {
    const refused = await takeIn(services, clientId, request, receivedAt);
    if (refused === 'unknown_encoding')
      return refuse(
        415,
        RPC_CODE.invalid,
        refused,
        'The body uses a compression that is not supported. Use gzip, zstd or none.',
      );
    if (refused === 'too_large') return refuse(413, RPC_CODE.invalid, refused, tooLarge());
    if (refused === 'broken')
      return refuse(
        400,
        RPC_CODE.invalid,
        'unreadable_request',
        'The body cannot be unpacked: it was cut off or is damaged.',
      );
    const rejected = [...refused.values()].reduce((sum, count) => sum + count, 0);
    return {
      status: 200,
      body: exportResponse(signal, encoding, rejected, inWords(refused)),
      retryAfter: null,
    };
  } catch (error) {
    if (error instanceof UnreadableTelemetry)
      return refuse(400, RPC_CODE.invalid, 'unreadable_request', error.message);
    services.log.error({ err: error }, 'telemetry could not be taken in');
    // Errors that may be temporary get an answer that makes the sender retry: after a 500 it gives up.
    if (!isAway(error)) return notNow(encoding);
    recordRefusal(services, clientId, signal, 'queue_full', 1);
    return databaseAway(encoding);
  }
}

type Refused = ReadonlyMap<DecodeProblem, number>;
type Unpackable = Exclude<Unpacked, Buffer>;

/** Stores a request, or spools it to disk while the database is unavailable. Returns what was refused. */
async function takeIn(
  services: Services,
  clientId: string,
  request: TelemetryRequest,
  receivedAt: Date,
): Promise<Refused | Unpackable> {
  const { telemetrySpool, activityLog } = services;
  if (!telemetrySpool.away) {
    try {
      return await telemetrySpool.patiently(async () => {
        const client = { ...(await clientOfTelemetry(services, clientId)), receivedAt };
        const made = await readIn(activityLog, request, client.content !== null, ({ decoded, caught }) =>
          slices(decoded, client, caught),
        );
        return typeof made === 'string' ? made : keep(services, clientId, request.signal, made);
      });
    } catch (error) {
      if (!isAway(error)) throw error;
      services.log.warn({ err: error }, 'the database does not answer: telemetry is kept on the disk');
    }
  }
  // Which texts the charter allows to be kept is not certain now, so no texts are spooled to disk.
  const decoded = await readIn(activityLog, request, false, (read) => read.decoded);
  if (typeof decoded === 'string') return decoded;
  if (decoded.records.length > 0 || decoded.refused.size > 0)
    await telemetrySpool.put(clientId, { signal: request.signal, receivedAt, decoded });
  return decoded.refused;
}

/** Decompresses and decodes a request, a large one outside the main thread, and passes the result to `make`. */
async function readIn<T extends object>(
  { inTurn }: Services['activityLog'],
  request: TelemetryRequest,
  texts: boolean,
  make: (read: Read) => T,
): Promise<T | Unpackable> {
  const read = await inTurn(async () => {
    const bytes = await unpack(request.body, request.contentEncoding);
    if (typeof bytes === 'string') return { is: 'refused', bytes } as const;
    if (isLarge(bytes)) return { is: 'large', bytes } as const;
    return { is: 'made', made: make(decodeHere(request, bytes, texts)) } as const;
  });
  if (read.is === 'refused') return read.bytes;
  if (read.is === 'made') return read.made;
  const decoded = await decodeInThread(request, read.bytes, texts);
  return inTurn(async () => make(decoded));
}

/** Records that are processed and stored in one turn, after which other requests get theirs. */
const SLICE = 1_000;

/** The activities of a request, computed slice by slice; the first slice is ready. */
interface Slices {
  readonly refused: ReadonlyMap<DecodeProblem, number>;
  readonly first: Normalized;
  /** Number of slices, and a function that computes each of the others. */
  readonly count: number;
  readonly make: (slice: number) => Normalized;
}

function slices(decoded: Decoded, client: ClientOfTelemetry, caught: CaughtTexts | null): Slices {
  const { records, refused } = decoded;
  const make = (slice: number) => {
    const mine = records.length <= SLICE ? records : records.slice(slice * SLICE, (slice + 1) * SLICE);
    return normalize({ records: mine, refused: new Map() }, client, caught, records);
  };
  return { refused, first: make(0), count: Math.ceil(records.length / SLICE), make };
}

/** Stores the activities of a request, and counts and returns what was refused. */
async function keep(services: Services, clientId: string, signal: Signal, read: Slices): Promise<Refused> {
  const { activityLog } = services;
  const refused = new Map(read.refused);
  const leftOut = new Map<LeftOut, number>();
  for (let slice = 0; slice < Math.max(1, read.count); slice += 1) {
    const made = slice === 0 ? read.first : await activityLog.inTurn(async () => read.make(slice));
    for (const [reason, records] of made.refused) countOf(refused, reason, records);
    for (const [reason, records] of made.leftOut) countOf(leftOut, reason, records);
    const unstorable = await storeActivities(services, clientId, made.activities, made.texts);
    if (unstorable > 0) countOf(refused, 'malformed', unstorable);
  }
  for (const [reason, records] of [...refused, ...leftOut])
    recordRefusal(services, clientId, signal, reason, records);
  return refused;
}

/** Stores a spooled request under the charter in force now. */
export async function storeSpooled(
  services: Services,
  clientId: string,
  { signal, receivedAt, decoded }: SpooledRequest,
): Promise<void> {
  const client = { ...(await clientOfTelemetry(services, clientId)), receivedAt };
  await keep(services, clientId, signal, slices(decoded, client, null));
}

/** An answer that says that nothing was accepted. */
export function refusal(encoding: Encoding, status: number, code: RpcCode, message: string): TelemetryAnswer {
  return { status, body: statusMessage(encoding, code, message), retryAfter: null };
}

/** An answer that says that nothing was accepted and that makes the sender retry. */
export function busy(
  encoding: Encoding,
  message = 'There is more coming in than can be written. Send it again later.',
): TelemetryAnswer {
  return { ...refusal(encoding, 503, RPC_CODE.unavailable, message), retryAfter: RETRY_SECONDS };
}

/** The database is unavailable and the spool is full. */
export function databaseAway(encoding: Encoding): TelemetryAnswer {
  return busy(encoding, 'The database cannot store anything right now. Send it again later.');
}

/** An internal error that may not occur on a retry. */
export function notNow(encoding: Encoding): TelemetryAnswer {
  return busy(
    encoding,
    'Bylaw could not accept this because of an internal error; its log has details. Send it again later.',
  );
}

export function tooLarge(): string {
  return `The body is larger than ${MAX_BYTES / 1024 / 1024} MB. Send smaller batches.`;
}

function inWords(refused: ReadonlyMap<DecodeProblem, number>): string {
  const parts = [...refused].map(([reason, count]) =>
    reason === 'malformed'
      ? `${count} cannot be read`
      : `${count} with more than ${MAX_ATTRIBUTES} attributes`,
  );
  return `Some records were left out: ${parts.join(', ')}. The others were accepted.`;
}
// Guide: G1.1-11 G5.3-00
