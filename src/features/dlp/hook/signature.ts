import { createHmac, timingSafeEqual } from 'node:crypto';

/** Why a call was not accepted as the vendor's. */
export type Unproven = 'unsigned' | 'late' | 'forged';

/** Tolerated clock difference in seconds, as required by Standard Webhooks. */
export const TOLERANCE = 5 * 60;
/** Prefix of a secret. The rest is base64. */
const PREFIX = 'whsec_';

/** Headers of Standard Webhooks, as received. */
export interface SignedHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** A well-formed signature with a current timestamp, not verified against the body yet. */
export interface Claimed {
  readonly id: string;
  readonly timestamp: string;
  readonly at: Date;
  readonly signatures: readonly Buffer[];
}

/** Parses a call's headers, so that one without them or with an old timestamp is rejected before its body is read. */
export function claimOf({ id, timestamp, signature }: SignedHeaders, now: Date): Claimed | Unproven {
  if (id === undefined || id === '' || id.length > 200 || timestamp === undefined || signature === undefined)
    return 'unsigned';
  if (!/^\d{1,12}$/u.test(timestamp)) return 'unsigned';
  const seconds = Number(timestamp);
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE) return 'late';
  const signatures = signature
    .split(' ')
    .slice(0, 10)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  return signatures.length === 0 ? 'unsigned' : { id, timestamp, at: new Date(seconds * 1000), signatures };
}

/** Whether one of the signatures is valid for this body and secret. */
export function isSigned({ id, timestamp, signatures }: Claimed, body: Uint8Array, secret: string): boolean {
  const right = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.some((one) => one.length === right.length && timingSafeEqual(one, right));
}

/** Whether a text has the format of the vendor's signing secrets. */
export function isSecret(text: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/u.test(text) && keyOf(text).length >= 16 && text.length <= 300;
}

const keyOf = (secret: string) => Buffer.from(secret.slice(PREFIX.length), 'base64');
