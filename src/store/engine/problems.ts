/**
 * Why the store could not do what was asked. Each message is one or two sentences for a person: what is wrong, where,
 * what to do. `retryable`: the same call may succeed later unchanged.
 */
export type StoreProblemCode =
  | 'unavailable'
  | 'full'
  | 'too_large'
  | 'too_slow'
  | 'missing'
  | 'in_use'
  | 'newer'
  | 'unproven'
  | 'changed'
  | 'unsafe'
  | 'refused'
  | 'damaged'
  | 'not_empty'
  | 'key';

export class StoreProblem extends Error {
  override readonly name: string = 'StoreProblem';
  readonly code: StoreProblemCode;
  readonly retryable: boolean;

  constructor(
    code: StoreProblemCode,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/**
 * The database cannot be reached at the moment. `outcome` is `unknown` only if the connection was lost during a
 * commit: the change may or may not have been stored.
 */
export class StoreUnavailable extends StoreProblem {
  override readonly name = 'StoreUnavailable';
  readonly outcome: 'not_stored' | 'unknown';

  constructor(outcome: 'not_stored' | 'unknown', cause?: unknown) {
    super(
      'unavailable',
      outcome === 'unknown'
        ? 'The connection to the database was lost while the change was being stored, so it may or may not be there. Check before you try again.'
        : 'The database cannot be reached at the moment. Nothing was stored; try again in a minute.',
      { retryable: true, cause },
    );
    this.outcome = outcome;
  }
}

/** The disk is full. An open store can still be read; nothing of the refused change was stored. */
export class StorageFull extends StoreProblem {
  override readonly name = 'StorageFull';

  constructor(where: string, cause?: unknown, doing: 'writing' | 'opening' = 'writing') {
    super(
      'full',
      doing === 'writing'
        ? `The disk that holds ${where} is full, so nothing was stored. Free some space and try again; reading still works.`
        : `The disk that holds ${where} is full, so the database cannot be opened. Free some space and start again.`,
      { retryable: true, cause },
    );
  }
}

/** The code of a PostgreSQL error (five characters) or of an operating system error (`ECONNRESET`); null: none. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  '57P01', // the server shuts down, or an administrator ended the session
  '57P02', // the server crashed
  '57P03', // the server is starting up
  '53300', // too many connections
  '25P03', // idle in a transaction for too long
]);

const LOST_WORDS =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|^Client was closed|^Query read timeout/;

/** Whether an error means that the connection to the database was lost or could not be made. */
export function isLostConnection(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== null && (LOST.has(code) || code.startsWith('08'))) return true;
  if (error instanceof AggregateError) return error.errors.some(isLostConnection);
  return error instanceof Error && LOST_WORDS.test(error.message);
}

/** Whether an error means that a disk or a quota is full. */
export function isFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === '53100' || code === 'ENOSPC' || code === 'EDQUOT';
}

/** Whether an error means that two transactions conflicted and the later one can be retried. */
export function isConflict(error: unknown): boolean {
  const code = errorCode(error);
  return code === '40001' || code === '40P01';
}
