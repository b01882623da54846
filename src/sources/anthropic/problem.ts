import { type FailedAnswer, isObject, type Json } from '../json-client.ts';
import { retryAfter, SourceProblem, type SourceProblemCode } from '../problem.ts';

/**
 * Interprets an error response by `error.type`, the code in its details and the status, never by the wording of its
 * message.
 */
export function problemOf({ status, headers, body, now }: FailedAnswer): SourceProblem {
  const type = errorType(body);
  const id = headers.get('request-id');
  const asked = id === null ? '' : ` Anthropic’s ID of the request: ${id.slice(0, 80)}.`;
  const at = { status };
  const known = BY_CODE[errorCode(body) ?? ''];
  if (known !== undefined)
    return new SourceProblem(known.code, `${known.says}${asked}`, {
      ...at,
      retry: known.retry ?? false,
      retryAfterMs: waitOf(headers, now),
    });
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
      `Anthropic accepts no more requests from this organization for now.${asked}`,
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

/** Why members cannot be changed, by the vendor's own codes (@anthropic-ai/sdk 1.14.0). */
const BY_CODE: Readonly<
  Record<string, { readonly code: SourceProblemCode; readonly says: string; readonly retry?: boolean }>
> = {
  already_member: { code: 'refused', says: 'The person is a member of the organization already.' },
  invite_already_exists: { code: 'refused', says: 'The person is invited already.' },
  email_domain_not_allowed: {
    code: 'refused',
    says: 'The organization allows invitations to other domains only. An Owner can change that in Claude under Organization settings.',
  },
  cannot_invite_emails_with_unverified_domains: {
    code: 'refused',
    says: 'The domain of the address is not verified for the organization in Claude.',
  },
  org_member_limit_exceeded: { code: 'refused', says: 'The organization has no free seat.' },
  cannot_remove_last_member: {
    code: 'refused',
    says: 'The person is the only member of the organization, who cannot be removed.',
  },
  concurrent_membership_change: {
    code: 'vendor',
    says: 'Another change to the members is in progress at Anthropic.',
    retry: true,
  },
};

function errorType(body: string): string | null {
  const { type } = errorOf(body);
  return typeof type === 'string' ? type : null;
}

function errorCode(body: string): string | null {
  const { details } = errorOf(body);
  return isObject(details) && typeof details.error_code === 'string' ? details.error_code : null;
}

function errorOf(body: string): Json {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) && isObject(answer.error) ? answer.error : {};
  } catch {
    return {};
  }
}

/** Milliseconds to wait: as requested by the vendor, otherwise until the limit is reset. */
function waitOf(headers: FailedAnswer['headers'], now: Date): number | null {
  const asked = retryAfter(headers, now);
  if (asked !== null) return asked;
  const reset = Date.parse(headers.get('anthropic-ratelimit-requests-reset') ?? '');
  return Number.isNaN(reset) ? null : Math.max(0, reset - now.getTime());
}
