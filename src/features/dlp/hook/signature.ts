import { createHmac, timingSafeEqual } from 'node:crypto';

/** Why a call was not taken as the vendor's. */
export type Unproven = 'unsigned' | 'late' | 'forged';

/** Seconds that the clocks of both sides may be apart, as Standard Webhooks asks. */
export const TOLERANCE = 5 * 60;
/** How a secret begins. What follows is base64. */
const PREFIX = 'whsec_';

/** Headers of Standard Webhooks, as they came. */
export interface SignedHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** A signature that is whole and of now, before the body is looked at. */
export interface Claimed {
  readonly id: string;
  readonly timestamp: string;
  readonly at: Date;
  readonly signatures: readonly Buffer[];
}

/** Reads the headers of a call, so that one without them or from another time is refused before its body is read. */
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

/** Whether one of the signatures is the secret's over this very body. */
export function isSigned({ id, timestamp, signatures }: Claimed, body: Uint8Array, secret: string): boolean {
  const right = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.some((one) => one.length === right.length && timingSafeEqual(one, right));
}

/** Whether a text can be a signing secret of the vendor. */
export function isSecret(text: string): boolean {
  return /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/u.test(text) && keyOf(text).length >= 16 && text.length <= 300;
}

const keyOf = (secret: string) => Buffer.from(secret.slice(PREFIX.length), 'base64');
