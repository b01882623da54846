import { createHash } from 'node:crypto';
import { isWithin } from '#store/clock.ts';
import {
  beginKey,
  countKeys,
  forgetKey,
  type IdempotencyKey,
  keepReply,
  replyPlace,
  takeOverKey,
} from '#store/idempotency/keys.ts';
import type { Scope } from '#store/open.ts';
import type { Services } from './context.ts';
import type { OperationMeta } from './operation.ts';
import { badRequest, conflict, tooMany, unprocessable } from './problems.ts';

/** Hours for which a key and its reply are kept. */
export const KEPT_HOURS = 24;
/** Limit of keys kept per account and client (or workspace). */
export const MAX_KEYS = 10_000;
/** Limit of a stored reply, in characters. */
const MAX_REPLY = 1_000_000;
/** Milliseconds after which a claimed key without a reply counts as abandoned: longer than any request may take. */
const ABANDONED_MS = 20 * 60_000;
/** Visible ASCII characters, with or without the quotation marks of a structured field. */
const KEY = /^"?([\x21\x23-\x7e]{1,255})"?$/;

/** Whether an operation accepts an `Idempotency-Key`: it creates something, and its reply may be stored. */
export function takesIdempotencyKey(method: string, meta: OperationMeta): boolean {
  return (
    method === 'POST' &&
    meta.audit !== null &&
    meta.permission !== 'public' &&
    meta.transport === undefined &&
    meta.replyNotKept === undefined
  );
}

/** Parses the `Idempotency-Key` header; null: it is missing. Throws if the key is malformed. */
export function keyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const key = KEY.exec(header.trim())?.[1];
  if (key === undefined)
    throw badRequest('“Idempotency-Key” takes 1 to 255 visible characters of ASCII, for example a UUID.');
  return key;
}

export interface Once {
  readonly services: Services;
  readonly scope: Scope;
  readonly userId: string;
  readonly clientId: string | null;
  readonly key: string;
  /** Name of the operation, and its input before validation. */
  readonly operation: string;
  readonly input: unknown;
  readonly now: Date;
}

/** The reply, and whether this request produced it (rather than an earlier one with the same key). */
export interface Reply<T> {
  readonly output: T;
  readonly again: boolean;
}

/**
 * Runs a request once per key (draft-ietf-httpapi-idempotency-key-header). A repeat of the same request gets the
 * stored reply; a different request with the same key is refused. After a refusal, the key can be used again, even
 * with corrected input. `run` gets the id of the key, so that the change can mark it as used in its own transaction.
 */
export async function once<T>(asked: Once, run: (id: string) => Promise<T>): Promise<Reply<T>> {
  const { services, scope, userId, clientId, now } = asked;
  const { store, sealer, log } = services;
  const id = digest([userId, clientId, asked.key]);
  const request_hash = digest([asked.operation, asked.input]);
  const known = await store.write(scope, async (tx) => {
    const before = await beginKey(tx, {
      id,
      user_id: userId,
      client_id: clientId,
      request_hash,
      begun_at: now,
      expires_at: new Date(now.getTime() + KEPT_HOURS * 3_600_000),
    });
    if (before === null && (await countKeys(tx, { userId, clientId, now })) > MAX_KEYS)
      throw tooMany('Too many idempotency keys are in use. They are kept for 24 hours each.', 3_600);
    if (before === null || !isAbandoned(before, request_hash, now)) return before;
    return (await takeOverKey(tx, before, now)) ? null : before;
  });
  if (known !== null) {
    const reply = replyOf(known, request_hash);
    return { output: JSON.parse(sealer.open(reply, replyPlace(id))) as T, again: true };
  }
  try {
    const output = await run(id);
    const text = JSON.stringify(output ?? null);
    const sealed = text.length > MAX_REPLY ? null : sealer.seal(text, replyPlace(id));
    await store
      .write(scope, (tx) => keepReply(tx, id, sealed))
      .catch((error: unknown) => log.warn({ err: error }, 'a reply could not be kept for its key'));
    return { output, again: false };
  } catch (error) {
    await store.write(scope, (tx) => forgetKey(tx, id)).catch(() => undefined);
    throw error;
  }
}

/** Whether the key belongs to the same request and its process ended before it changed anything. */
function isAbandoned(row: IdempotencyKey, hash: string, now: Date): boolean {
  return row.request_hash === hash && !row.changed && !isWithin(row.begun_at, now, ABANDONED_MS);
}

function replyOf(row: IdempotencyKey, hash: string): string {
  if (row.request_hash !== hash)
    throw unprocessable(
      'This Idempotency-Key was used for another request. Send a new key with each new request.',
    );
  if (row.reply_sealed !== null) return row.reply_sealed;
  const noOtherChange = { by: null, at: null, version: null };
  throw row.changed
    ? conflict(
        'The request with this Idempotency-Key was carried out, but its reply is not kept. Read its result; it is not carried out again.',
        noOtherChange,
      )
    : conflict(
        'The request with this Idempotency-Key is still being answered. Send it again in a moment.',
        noOtherChange,
      );
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts, sorted)).digest('hex');
}

/** The order of an object's fields has no meaning. */
function sorted(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
