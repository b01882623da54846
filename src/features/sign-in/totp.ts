import { randomInt, timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { hashSecret } from '#store/identity/secrets.ts';

const PERIOD = 30;
const CODES = 10;
/**
 * Without characters that look alike. 16 of 31 characters are 79 bits, which resists brute force by someone who
 * obtained the hashes.
 */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A new secret for an authenticator app, as Base32 text. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The otpauth URI in the QR code. */
export function totpAddress(secret: string, account: string, issuer: string): string {
  return totpOf(secret, account, issuer).toString();
}

/** The time step of a valid code, at most one step before or after the current one; null if it is not valid. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s+/gu, '');
  if (!/^\d{6}$/u.test(token)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(secret, '', '').validate({ token, timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + delta;
}

/** Codes in case the app is lost, each valid for one sign-in. Only their hashes are stored. */
export function newRecoveryCodes(): {
  readonly codes: readonly string[];
  readonly hashes: readonly string[];
} {
  const codes = Array.from({ length: CODES }, () => {
    const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return [group(), group(), group(), group()].join('-');
  });
  return { codes, hashes: codes.map(recoveryHash) };
}

/** The remaining hashes after a code is used; null if no hash matches. */
export function withoutRecoveryCode(hashes: readonly string[], code: string): readonly string[] | null {
  const typed = Buffer.from(recoveryHash(code));
  const left = hashes.filter((hash) => !timingSafeEqual(Buffer.from(hash), typed));
  return left.length === hashes.length ? null : left;
}

function recoveryHash(code: string): string {
  return hashSecret(`recovery ${code.toLowerCase().replace(/[^a-z0-9]/gu, '')}`);
}

function totpOf(secret: string, label: string, issuer: string): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    label,
    issuer,
    period: PERIOD,
    digits: 6,
    algorithm: 'SHA1',
  });
}
