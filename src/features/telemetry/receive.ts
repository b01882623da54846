import {
  type Encoding,
  exportResponse,
  RPC_CODE,
  type RpcCode,
  statusMessage,
} from '#sources/otlp/answer.ts';
import type { ClientOfTelemetry } from '#sources/otlp/context.ts';
import { decodeJson } from '#sources/otlp/json.ts';
import { type Normalised, normalise } from '#sources/otlp/normalise.ts';
import { decodeProtobuf } from '#sources/otlp/protobuf.ts';
import {
  countOf,
  type DecodeProblem,
  MOST_ATTRIBUTES,
  type Signal,
  UnreadableTelemetry,
} from '#sources/otlp/record.ts';
import { catchTexts } from '#sources/otlp/texts.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import type { Services } from '../context.ts';
import { clientOfTelemetry } from './client.ts';
import type { Admitted } from './door.ts';
import { MOST_BYTES, unpack } from './inflate.ts';
import { noteRefusal, type RefusalReason } from './refusals.ts';
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
  /** Seconds after which to try again; null: not said. */
  readonly retryAfter: number | null;
}

/** Activities that may wait to be written; above it senders are told to come back, which they do by themselves. */
const MOST_WAITING = 50_000;
const RETRY_SECONDS = 5;

/** Whether there is more to write than is done at once. */
export function isBusy({ activityLog }: Pick<Services, 'activityLog'>): boolean {
  return activityLog.waiting > MOST_WAITING;
}

/**
 * Takes in one export request of a sender that was let in. It is answered once all of it is on the disk; a sender that
 * hears nothing sends it again, and each event still counts once.
 */
export async function receiveTelemetry(
  services: Services,
  { clientId }: Admitted,
  request: TelemetryRequest,
): Promise<TelemetryAnswer> {
  const { signal, encoding } = request;
  const refuse = (status: number, code: RpcCode, reason: RefusalReason, message: string): TelemetryAnswer => {
    noteRefusal(services, clientId, signal, reason, 1);
    return refusal(encoding, status, code, message);
  };
  try {
    const client = await clientOfTelemetry(services, clientId);
    const read = await services.activityLog.inTurn(async () => {
      const bytes = await unpack(request.body, request.contentEncoding);
      return typeof bytes === 'string' ? bytes : readRecords(services, request, bytes, client);
    });
    if (read === 'unknown_encoding')
      return refuse(
        415,
        RPC_CODE.invalid,
        read,
        'The body is packed in a way that is not read here. Use gzip, zstd or none.',
      );
    if (read === 'too_large') return refuse(413, RPC_CODE.invalid, read, tooLarge());
    if (read === 'broken')
      return refuse(
        400,
        RPC_CODE.invalid,
        'unreadable_request',
        'The body cannot be unpacked: it is cut off or damaged.',
      );
    const { activities, texts, leftOut } = read;
    const refused = new Map(read.refused);
    const unstorable = await storeActivities(services, clientId, activities, texts);
    if (unstorable > 0) countOf(refused, 'malformed', unstorable);
    for (const [reason, records] of [...refused, ...leftOut])
      noteRefusal(services, clientId, signal, reason, records);
    const rejected = [...refused.values()].reduce((sum, count) => sum + count, 0);
    return {
      status: 200,
      body: exportResponse(signal, encoding, rejected, inWords(refused)),
      retryAfter: null,
    };
  } catch (error) {
    if (error instanceof UnreadableTelemetry)
      return refuse(400, RPC_CODE.invalid, 'unreadable_request', error.message);
    if (error instanceof StoreProblem) {
      services.log.error({ err: error }, 'telemetry could not be written');
      return busy(encoding, 'The database does not take anything in now. Send it again later.');
    }
    // Whatever may pass later is answered so that the sender keeps it: one that hears 500 gives up.
    services.log.error({ err: error }, 'telemetry could not be taken in');
    return notNow(encoding);
  }
}

/** What the records of a request are as activities. */
function readRecords(
  services: Services,
  { signal, encoding }: TelemetryRequest,
  bytes: Buffer,
  client: Omit<ClientOfTelemetry, 'receivedAt'>,
): Normalised {
  const decode = () => (encoding === 'json' ? decodeJson(signal, bytes) : decodeProtobuf(signal, bytes));
  const { decoded, caught } =
    client.content === null ? { decoded: decode(), caught: null } : catchTexts(decode);
  return normalise(decoded, { ...client, receivedAt: services.clock() }, caught);
}

/** An answer with which nothing was taken. */
export function refusal(encoding: Encoding, status: number, code: RpcCode, message: string): TelemetryAnswer {
  return { status, body: statusMessage(encoding, code, message), retryAfter: null };
}

/** Nothing was taken, and the sender keeps it and comes again. */
export function busy(
  encoding: Encoding,
  message = 'There is more coming in than can be written. Send it again later.',
): TelemetryAnswer {
  return { ...refusal(encoding, 503, RPC_CODE.unavailable, message), retryAfter: RETRY_SECONDS };
}

/** Something went wrong that may not the next time. */
export function notNow(encoding: Encoding): TelemetryAnswer {
  return busy(
    encoding,
    'Bylaw could not take this in because of a mistake of its own; its log says more. Send it again later.',
  );
}

export function tooLarge(): string {
  return `The body is larger than ${MOST_BYTES / 1024 / 1024} MB. Send smaller batches.`;
}

function inWords(refused: ReadonlyMap<DecodeProblem, number>): string {
  const parts = [...refused].map(([reason, count]) =>
    reason === 'malformed'
      ? `${count} cannot be read`
      : `${count} with more than ${MOST_ATTRIBUTES} attributes`,
  );
  return `Some records were left out: ${parts.join(', ')}. The others were taken.`;
}
