/**
 * Why a vendor's answer could not be used. The consequences are the same for every vendor: `credential_refused`:
 * revoked, or of another tenant · `missing_permission`: the credential lacks a required permission · `not_licensed`:
 * the tenant has no license for it · `not_found`: not available to the tenant, or deleted · `refused`: invalid request
 * · `throttled`: too many requests · `vendor`: the vendor failed · `unreachable`: no answer · `unreadable`: the answer
 * could not be interpreted · `stuck`: the pages of a list form a cycle.
 */
export type SourceProblemCode =
  | 'credential_refused'
  | 'missing_permission'
  | 'not_licensed'
  | 'not_found'
  | 'refused'
  | 'throttled'
  | 'vendor'
  | 'unreachable'
  | 'unreadable'
  | 'stuck';

/**
 * A vendor's answer that could not be used, with a code common to all vendors. The message is the vendor's own
 * sentence for a person, and contains nothing of the credential.
 */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
  readonly code: SourceProblemCode;
  /** HTTP status; null: there was no response. */
  readonly status: number | null;
  /** Milliseconds that the vendor asks to wait; null: not stated. */
  readonly retryAfterMs: number | null;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;

  constructor(
    code: SourceProblemCode,
    message: string,
    more: { status?: number | null; retryAfterMs?: number | null; retry?: boolean; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = more.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.retry = more.retry ?? false;
  }
}

/** Milliseconds to wait by `Retry-After`, given in seconds or as a date; null: missing or malformed. */
export function retryAfter(headers: { get(name: string): string | null }, now: Date): number | null {
  const after = headers.get('retry-after')?.trim();
  if (after !== undefined && /^\d{1,6}(\.\d+)?$/.test(after)) return Math.ceil(Number(after) * 1000);
  const at = Date.parse(after ?? '');
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
