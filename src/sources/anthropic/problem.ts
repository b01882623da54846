import type { FailedAnswer } from '../json-client.ts';
import { retryAfter, SourceProblem } from '../problem.ts';

/** What an answer that is no success means. Told by `error.type` and the status, never by the words of the message. */
export function problemOf({ status, headers, body, now }: FailedAnswer): SourceProblem {
  const type = errorType(body);
  const id = headers.get('request-id');
  const asked = id === null ? '' : ` Anthropic's number of the request: ${id.slice(0, 80)}.`;
  const at = { status };
  if (status === 401 || type === 'authentication_error')
    return new SourceProblem(
      'credential_refused',
      `Anthropic refuses the key: it was deleted or belongs elsewhere. Put a new key in its place.${asked}`,
      at,
    );
  if (status === 403 || type === 'permission_error')
    return new SourceProblem('missing_permission', `The key lacks the scope that this needs.${asked}`, at);
  if (status === 404 || type === 'not_found_error')
    return new SourceProblem(
      'not_found',
      `Anthropic does not offer this to the organization, or it is gone.${asked}`,
      at,
    );
  if (status === 429 || type === 'rate_limit_error')
    return new SourceProblem(
      'throttled',
      `Anthropic takes no more requests of this organization for now.${asked}`,
      { ...at, retry: true, retryAfterMs: waitOf(headers, now) },
    );
  if (status >= 500 || status === 529)
    return new SourceProblem('vendor', `Anthropic had an internal error (HTTP ${status}).${asked}`, {
      ...at,
      retry: headers.get('x-should-retry') !== 'false',
      retryAfterMs: waitOf(headers, now),
    });
  return new SourceProblem('refused', `Anthropic did not take the request (HTTP ${status}).${asked}`, at);
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

/** Milliseconds to wait: what the vendor asks for, else until the limit is reset. */
function waitOf(headers: FailedAnswer['headers'], now: Date): number | null {
  const asked = retryAfter(headers, now);
  if (asked !== null) return asked;
  const reset = Date.parse(headers.get('anthropic-ratelimit-requests-reset') ?? '');
  return Number.isNaN(reset) ? null : Math.max(0, reset - now.getTime());
}
