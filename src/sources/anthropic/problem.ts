export type ProblemKind =
  | 'key_refused'
  | 'missing_scope'
  | 'not_found'
  | 'refused'
  | 'throttled'
  | 'vendor'
  | 'unreachable'
  | 'unreadable'
  | 'stuck';

/** Why the vendor's answer could not be used. The message is a sentence for a person and repeats nothing of the key. */
export class VendorProblem extends Error {
  override readonly name = 'VendorProblem';
  readonly kind: ProblemKind;
  readonly status: number | null;
  /** Milliseconds that the vendor asks to wait; null: it does not say. */
  readonly retryAfterMs: number | null;
  /** Whether the same question may be answered later. */
  readonly retry: boolean;

  constructor(
    kind: ProblemKind,
    message: string,
    more: { status?: number | null; retryAfterMs?: number | null; retry?: boolean; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.kind = kind;
    this.status = more.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.retry = more.retry ?? false;
  }
}

interface Answered {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
  readonly now: Date;
}

/** What an answer that is no success means. Told by `error.type` and the status, never by the words of the message. */
export function problemOf({ status, headers, body, now }: Answered): VendorProblem {
  const type = errorType(body);
  const id = headers.get('request-id');
  const asked = id === null ? '' : ` Anthropic's number of the request: ${id.slice(0, 80)}.`;
  const at = { status };
  if (status === 401 || type === 'authentication_error')
    return new VendorProblem(
      'key_refused',
      `Anthropic refuses the key: it was deleted or belongs elsewhere. Put a new key in its place.${asked}`,
      at,
    );
  if (status === 403 || type === 'permission_error')
    return new VendorProblem('missing_scope', `The key lacks the scope that this needs.${asked}`, at);
  if (status === 404 || type === 'not_found_error')
    return new VendorProblem(
      'not_found',
      `Anthropic does not offer this to the organization, or it is gone.${asked}`,
      at,
    );
  if (status === 429 || type === 'rate_limit_error')
    return new VendorProblem(
      'throttled',
      `Anthropic takes no more requests of this organization for now.${asked}`,
      { ...at, retry: true, retryAfterMs: waitOf(headers, now) },
    );
  if (status >= 500 || status === 529)
    return new VendorProblem('vendor', `Anthropic failed by itself (HTTP ${status}).${asked}`, {
      ...at,
      retry: headers.get('x-should-retry') !== 'false',
      retryAfterMs: waitOf(headers, now),
    });
  return new VendorProblem('refused', `Anthropic did not take the request (HTTP ${status}).${asked}`, at);
}

function errorType(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null;
    const { error } = answer;
    if (typeof error !== 'object' || error === null || !('type' in error)) return null;
    return typeof error.type === 'string' ? error.type : null;
  } catch {
    return null;
  }
}

/** Milliseconds to wait: `retry-after` in seconds or as a date, else until the limit is reset. */
function waitOf(headers: Answered['headers'], now: Date): number | null {
  const after = headers.get('retry-after')?.trim();
  if (after !== undefined && /^\d{1,6}(\.\d+)?$/.test(after)) return Math.ceil(Number(after) * 1000);
  for (const written of [after, headers.get('anthropic-ratelimit-requests-reset')]) {
    const at = Date.parse(written ?? '');
    if (!Number.isNaN(at)) return Math.max(0, at - now.getTime());
  }
  return null;
}
