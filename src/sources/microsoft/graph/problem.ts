import { z } from 'zod';
import type { TokenProblem } from '#domain/microsoft/token.ts';
import { retryAfter, SourceProblem, type SourceProblemCode } from '../../problem.ts';

/** An answer of Graph that is no success, or one of the answers of a batch. */
export interface GraphFailure {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
  readonly now: Date;
}

/**
 * Graph did not do what it was asked. `code` says what follows; `graphCode` is Microsoft's own, such as
 * `Authorization_RequestDenied`, and null where it gave none. The message is for a person, and no code reads it.
 */
export class GraphProblem extends SourceProblem {
  readonly graphCode: string | null;
  /** Microsoft's number of the request. */
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
    // Purview says here what its own code does not.
    innerError: z
      .looseObject({ diagnosticInfo: z.looseObject({ errorCode: z.string() }) })
      .nullish()
      .catch(null),
  }),
});

/** No license for the interface (learn.microsoft.com/graph/resolve-auth-errors and reports of the calls). */
const NOT_LICENSED = new Set([
  'authentication_requestfromnonpremiumtenantorb2ctenant',
  'missinglicense',
  'insufficientserviceplans',
]);

/** What a refusal means. Told by status and Microsoft's code, never by the words of its message. */
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
  // 402: what Microsoft bills by use has no Azure subscription to bill it to.
  if (status === 402 || codes.some((code) => NOT_LICENSED.has(code.toLowerCase()))) return 'not_licensed';
  if (status === 401) return 'credential_refused';
  if (status === 403) return 'missing_permission';
  if (status === 404) return 'not_found';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'vendor' : 'refused';
}

/** Why Entra gave no token, as what follows from it. */
export function problemOfToken({ failure, message, cause }: TokenProblem): GraphProblem {
  const later = failure.code === 'unavailable' || failure.code === 'no_entra';
  return new GraphProblem(later ? 'vendor' : 'credential_refused', {
    status: failure.status,
    retry: failure.code === 'unavailable',
    message,
    cause,
  });
}

/** Whether a place in a list, or a delta token, has expired, so that the list has to be read from its start. */
export function hasExpired(error: unknown): boolean {
  if (!(error instanceof GraphProblem)) return false;
  const code = error.graphCode?.toLowerCase() ?? '';
  return error.status === 410 || code === 'resyncrequired' || code === 'syncstatenotfound';
}
