import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Replaces the next answer of a path. */
export interface HarborFault {
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const HARBOR = { tenant: 'harbor-one', application: 'app-1234', secret: 'first-secret' };

/** Simulates the invented vendor: one harbor, one application, pages of two. */
export async function startHarbor() {
  const state = {
    url: '',
    tenant: { id: 'harbor-one', name: 'Alder Harbor' } as Record<string, string>,
    secret: HARBOR.secret,
    /** Returned with the next token, and from then on the only valid one. */
    renewTo: null as string | null,
    people: [] as object[],
    events: [] as { id: number; at: string; type: string; by: string }[],
    faults: [] as HarborFault[],
    /** Host of the next page; null: this one. */
    nextHost: null as string | null,
    requests: [] as string[],
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', state.url);
    state.requests.push(`${request.method} ${url.pathname}`);
    const fault = state.faults.findIndex(({ path }) => path === url.pathname);
    const [failure] = fault < 0 ? [] : state.faults.splice(fault, 1);
    const [status, body, headers] =
      failure === undefined
        ? answer(url, request, await bodyOf(request))
        : [failure.status, { code: failure.body ?? '' }, failure.headers ?? {}];
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });

  function answer(
    url: URL,
    request: IncomingMessage,
    body: string,
  ): [number, object, Record<string, string>] {
    if (url.pathname.endsWith('/token')) {
      const given = new URLSearchParams(body).get('client_secret');
      if (url.pathname !== `/${state.tenant.id}/token` || given !== state.secret) return [401, {}, {}];
      const renewed = state.renewTo === null ? {} : { renewed_secret: state.renewTo };
      state.secret = state.renewTo ?? state.secret;
      state.renewTo = null;
      return [200, { access_token: 'token', ...renewed }, {}];
    }
    if (request.headers.authorization !== 'Bearer token') return [401, {}, {}];
    const since = url.searchParams.get('since') ?? '';
    const all: readonly object[] =
      url.pathname === '/tenants'
        ? [state.tenant]
        : url.pathname === '/people'
          ? state.people
          : state.events.filter(({ at }) => at >= since);
    const skip = Number(url.searchParams.get('skip') ?? 0);
    const next = new URL(url);
    if (state.nextHost !== null) next.host = state.nextHost;
    next.searchParams.set('skip', String(skip + 2));
    const more = skip + 2 < all.length ? { next: next.href } : {};
    return [200, { value: all.slice(skip, skip + 2), ...more }, { 'x-request': 'r1' }];
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
