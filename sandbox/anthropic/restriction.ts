import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Simulates Claude's edge as documented for the tenant restriction: a request with the header is answered only if the
 * header occurs once, is well formed, and names the organization of the request's key. A request without the header is
 * always answered.
 */
export const OURS = { id: '7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11', key: 'sk-ant-api03-ours' };
export const OTHERS = { id: '99999999-58a2-4f0e-9a53-2f6d2f0c7e11', key: 'sk-ant-api03-others' };

const HEADER = 'anthropic-allowed-org-ids';

/** A received request: host, path, and each occurrence of the restriction's header with its value, in order. */
export interface Arrived {
  readonly host: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Answers requests to Claude's API and website, and records each. */
export function restrictionEdge(): {
  readonly arrived: Arrived[];
  answer(request: IncomingMessage, response: ServerResponse): void;
} {
  const arrived: Arrived[] = [];
  return {
    arrived,
    answer(request, response) {
      const headers: [string, string][] = [];
      for (let at = 0; at < request.rawHeaders.length; at += 2) {
        const name = (request.rawHeaders[at] ?? '').toLowerCase();
        if (name.startsWith(HEADER)) headers.push([name, request.rawHeaders[at + 1] ?? '']);
      }
      arrived.push({ host: request.headers.host ?? '', path: request.url ?? '', headers });
      request.resume();
      const organization = [OURS, OTHERS].find(({ key }) => key === request.headers['x-api-key'])?.id ?? null;
      const { status, body } = answerTo(headers, organization, request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    },
  };
}

function answerTo(
  headers: readonly (readonly [string, string])[],
  organization: string | null,
  path: string,
) {
  const error = (status: number, type: string, message: string, code?: string) => ({
    status,
    body: { type: 'error', error: { type, message, ...(code === undefined ? {} : { error_code: code }) } },
  });
  const names = headers.map(([name]) => name);
  if (new Set(names).size < names.length)
    return error(400, 'invalid_request_error', `Multiple ${HEADER} headers are not allowed.`);
  const base = headers.find(([name]) => name === HEADER)?.[1];
  const slots = headers.filter(([name]) => name !== HEADER);
  if (base !== undefined || slots.length > 0) {
    const [list = '', declared = '1'] = (base ?? '').split(';n=');
    const wanted = Array.from({ length: Number(declared) - 1 }, (_, at) => `${HEADER}${at + 1}`);
    const malformed =
      base === undefined ||
      /\s/.test(base) ||
      wanted.length !== slots.length ||
      wanted.some((name) => !slots.some(([slot]) => slot === name));
    if (malformed) return error(400, 'invalid_request_error', `Malformed ${HEADER} headers.`);
    const allowed = [list, ...slots.map(([, value]) => value)].join(',').split(',');
    if (organization !== null && !allowed.includes(organization))
      return error(
        403,
        'permission_error',
        'Access restricted by network policy. Contact IT Administrator.',
        'tenant_restriction_violation',
      );
  }
  if (organization === null) return error(401, 'authentication_error', 'invalid x-api-key');
  return path.startsWith('/v1/models')
    ? { status: 200, body: { data: [{ type: 'model', id: 'claude-haiku-4-5' }], has_more: false } }
    : { status: 200, body: { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'H' }] } };
}
