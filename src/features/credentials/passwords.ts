import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { unicodeForm } from '#domain/text/unicode-form.ts';

const derive = promisify(argon2);
const COST = { memory: 32_768, passes: 3, parallelism: 1, tagLength: 32 } as const;

/**
 * Hash text of a password, with all that is needed to check it: Argon2id in the usual notation. `cost`: KiB of memory and
 * passes over it, less only for tests that try many passwords.
 */
export async function hashPassword(
  password: string,
  { memory, passes }: { readonly memory: number; readonly passes: number } = COST,
): Promise<string> {
  const nonce = randomBytes(16);
  const { parallelism } = COST;
  const tag = await derive('argon2id', { ...COST, memory, passes, message: plain(password), nonce });
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(nonce)}$${text(tag)}`;
}

/**
 * Whether a password is the one that was hashed. With `null`, for a person who is not there or has no password, it takes
 * as long and says no, so that the time of an answer tells nothing.
 */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const stored = parse(hash ?? DUMMY);
  if (stored === null) throw new Error('a stored password hash cannot be read');
  const tag = await derive('argon2id', { ...stored.parameters, message: plain(password) });
  return timingSafeEqual(tag, stored.tag) && hash !== null;
}

/** A hash of nothing that anyone could type. */
const DUMMY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(randomBytes(16))}$${text(randomBytes(32))}`;

function parse(hash: string): { parameters: Omit<Argon2Parameters, 'message'>; tag: Buffer } | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/u.exec(hash);
  if (match === null) return null;
  const [, memory, passes, parallelism, nonce = '', tag = ''] = match;
  const bytes = Buffer.from(tag, 'base64');
  return {
    parameters: {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      nonce: Buffer.from(nonce, 'base64'),
      tagLength: bytes.length,
    },
    tag: bytes,
  };
}

/** The same letters typed on another machine are the same password. */
function plain(password: string): string {
  return unicodeForm(password, 'NFKC');
}

function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/u, '');
}
