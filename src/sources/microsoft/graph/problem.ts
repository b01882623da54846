import { z } from 'zod';
import type { TokenProblem } from '#domain/microsoft/token.ts';
import { retryAfter, SourceProblem, type SourceProblemCode } from '../../problem.ts';

/** An error response of Graph, or one within a batch response. */
export interface GraphFailure {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
  readonly now: Date;
}

/**
 * Graph rejected a request. `code` determines the handling. `graphCode` is Microsoft's own code, such as
 * `Authorization_RequestDenied`; null: none. The message is for display only; no code parses it.
 */
export class GraphProblem extends SourceProblem {
  readonly graphCode: string | null;
  /** Microsoft's request id. */
  readonly requestId: string | null;

  constructor(
    code: SourceProblemCode,
    more: {
      readonly status?: number | null;
      readonly graphCode?: string | null;
      readonly requestId?: string | null;
      readonly retryAfterMs?: number | null;
      readonly retry?: boolean;
      readonly message?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    const { requestId = null, graphCode = null } = more;
    const number = requestId === null ? '' : ` Microsoft’s number of the request: ${requestId.slice(0, 80)}.`;
    super(code, `${more.message ?? SAYS[code]}${number}`, more);
    this.graphCode = graphCode;
    this.requestId = requestId;
  }
}

const SAYS: Readonly<Record<SourceProblemCode, string>> = {
  credential_refused:
    'Microsoft refuses the application: its token was withdrawn, or consent was. Have an administrator give consent again, or enter a new credential.',
  missing_permission:
    'The application lacks a permission for this. Add it to the application and have an administrator give consent again.',
  not_licensed: 'The tenant has no license for this, so Microsoft does not provide it.',
  not_found: 'Microsoft does not have this in the tenant, or it is gone.',
  refused: 'Microsoft did not accept the request.',
  throttled: 'Microsoft is not accepting more requests for this tenant right now.',
  vendor: 'Microsoft Graph failed to answer.',
  unreachable: 'Microsoft Graph cannot be reached from this server. Check whether it may go there.',
  unreadable: 'Microsoft Graph answered with something that makes no sense.',
  stuck: 'Microsoft Graph gives the same page again and again.',
};

const errorSchema = z.looseObject({
  error: z.looseObject({
    code: z.string(),
    // Purview puts the actual code here.
    innerError: z
      .looseObject({ diagnosticInfo: z.looseObject({ errorCode: z.string() }) })
      .nullish()
      .catch(null),
  }),
});

/** Codes for a missing license (learn.microsoft.com/graph/resolve-auth-errors, and reports of users). */
const NOT_LICENSED = new Set([
  'authentication_requestfromnonpremiumtenantorb2ctenant',
  'missinglicense',
  'insufficientserviceplans',
]);

/** Classifies an error response by status and Microsoft's code, never by its message. */
export function problemOf({ status, headers, body, now }: GraphFailure): GraphProblem {
  const parsed = errorSchema.safeParse(body);
  const graphCode = parsed.success ? parsed.data.error.code : null;
  const innerCode = parsed.success ? (parsed.data.error.innerError?.diagnosticInfo.errorCode ?? '') : '';
  const requestId = headers.get('request-id');
  const retryAfterMs = retryAfter(headers, now);
  return new GraphProblem(codeOf(status, [graphCode ?? '', innerCode]), {
    status,
    graphCode,
    requestId,
    retryAfterMs,
    retry: status === 429 || status >= 500,
  });
}

function codeOf(status: number, codes: readonly string[]): SourceProblemCode {
  // 402: no Azure subscription for pay-as-you-go billing.
  if (status === 402 || codes.some((code) => NOT_LICENSED.has(code.toLowerCase()))) return 'not_licensed';
  if (status === 401) return 'credential_refused';
  if (status === 403) return 'missing_permission';
  if (status === 404) return 'not_found';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'vendor' : 'refused';
}

/** Converts Entra's refusal of a token. */
export function problemOfToken({ failure, message, cause }: TokenProblem): GraphProblem {
  const later = failure.code === 'unavailable' || failure.code === 'no_entra';
  return new GraphProblem(later ? 'vendor' : 'credential_refused', {
    status: failure.status,
    retry: failure.code === 'unavailable',
    message,
    cause,
  });
}

/** Whether a page link or delta token has expired, so that the list must be read from the start. */
export function hasExpired(error: unknown): boolean {
  if (!(error instanceof GraphProblem)) return false;
  const code = error.graphCode?.toLowerCase() ?? '';
  return error.status === 410 || code === 'resyncrequired' || code === 'syncstatenotfound';
}
