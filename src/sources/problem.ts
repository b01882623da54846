/**
 * Why what a vendor was asked for could not be used. What follows from each is the same for every vendor:
 * `credential_refused`: it was withdrawn or is of another tenant · `missing_permission`: the credential lacks what this
 * needs · `not_licensed`: the tenant has no license for it · `not_found`: it is not offered to the tenant, or gone ·
 * `refused`: the request as it was made · `throttled`: asked too often · `vendor`: the vendor failed ·
 * `unreachable`: nobody answered · `unreadable`: the answer made no sense · `stuck`: the list goes round in a circle.
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
 * A vendor's answer that could not be used, by a code that is the same for all vendors. The message is the vendor's own
 * sentence for a person, and repeats nothing of the credential.
 */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
  readonly code: SourceProblemCode;
  /** Status of HTTP; null: there was no answer. */
  readonly status: number | null;
  /** Milliseconds that the vendor asks to wait; null: it does not say. */
  readonly retryAfterMs: number | null;
  /** Whether the same question may be answered later. */
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

/** Milliseconds to wait by `Retry-After`, in seconds or as a date; null: the header is not there or cannot be read. */
export function retryAfter(headers: { get(name: string): string | null }, now: Date): number | null {
  const after = headers.get('retry-after')?.trim();
  if (after !== undefined && /^\d{1,6}(\.\d+)?$/.test(after)) return Math.ceil(Number(after) * 1000);
  const at = Date.parse(after ?? '');
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
