import type { GraphError } from './answer.ts';

/** One sentence about an error body that was saved in place of (part of) the data: what it means and what to do. */
export function explainGraphError(error: GraphError, of: 'file' | 'part' = 'file'): string {
  const what = of === 'file' ? 'The file holds an error' : 'One part of the file is an error';
  return `${what} from Microsoft Graph in place of data: ${reason(error)}`;
}

function reason({ code, status }: GraphError): string {
  const key = code.toLowerCase();
  if (key === 'authentication_requestfromnonpremiumtenantorb2ctenant') {
    return 'this tenant has neither Entra ID P1 nor P2, and without one of them, Microsoft does not provide this data.';
  }
  if (
    ['authorization_requestdenied', 'accessdenied', 'forbidden', 'unauthorizedaccess', '403'].includes(key) ||
    status === 403
  ) {
    return 'the person or app that asked lacks a permission for it. In Graph Explorer, open “Modify permissions”, consent to what is listed there, run the request again and save that answer.';
  }
  if (
    ['invalidauthenticationtoken', 'unauthenticated', 'unauthorized', '401'].includes(key) ||
    status === 401
  ) {
    return 'no one was signed in, or the sign-in had expired. Sign in, run the request again and save that answer.';
  }
  if (
    ['toomanyrequests', 'activitylimitreached', 'request_throttled', '429'].includes(key) ||
    status === 429
  ) {
    return 'too many requests were made in a short time. Wait a few minutes, run the request again and save that answer.';
  }
  if (
    ['request_resourcenotfound', 'resourcenotfound', 'itemnotfound', 'notfound', '404'].includes(key) ||
    status === 404
  ) {
    return 'what was asked for does not exist in this tenant, or the address was misspelled.';
  }
  if (
    ['badrequest', 'request_badrequest', 'request_unsupportedquery', 'invalidrequest', '400'].includes(key) ||
    status === 400
  ) {
    return 'the request was not accepted in this form. Check the address and run it again.';
  }
  if (
    ['serviceunavailable', 'serviceerror', 'internalservererror', 'gatewaytimeout', 'unknownerror'].includes(
      key,
    ) ||
    (status ?? 0) >= 500
  ) {
    return 'the service was not able to answer at that time. Run the request again and save that answer.';
  }
  return `the answer was “${code.slice(0, 80)}”. Ask again and save an answer that contains data.`;
}
