import { randomUUID } from 'node:crypto';
import { type Answer, type Asked, type Fault, type Receiver, startReceiver } from '../siem/receiver.ts';
import { Deltas } from './delta.ts';
import { type RegisteredApplication, refusedSignIn } from './entra.ts';
import { evaluated } from './evaluate.ts';
import { type GraphAsked, type GraphReply, graphError, listingOf, SITE_USAGE } from './graph.ts';
import { hunted } from './hunting.ts';
import {
  ASKING_PURVIEW,
  CHANGING_APPS,
  CLOSING,
  CLOSING_ALERTS,
  CLOUD_APPS,
  LIMITS,
  READING,
  READING_SITES,
  ROUTES,
  type Throttle,
  unitsOf,
  WRITING,
  WRITING_FILES,
} from './permissions.ts';
import { PROCESS_CONTENT, type Purview, processed, purviewOf } from './purview.ts';
import { refusedSite, SHARING_PATH } from './shared-sites.ts';
import { alderSite, type Site, siteAnswer } from './sites.ts';
import { alderTenant, type Tenant } from './tenant.ts';
import { Writes } from './writes.ts';

/** Credentials of the application that reads. */
export const APPLICATION: RegisteredApplication = {
  tenant: alderTenant().id,
  application: '00000000-0000-4000-8000-00000000eeee',
  secret: 'a-client-secret-of-the-tenant',
};

/** Credentials of the application that changes Conditional Access. */
export const WRITER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-00000000dddd',
  secret: 'another-client-secret-of-the-tenant',
};

/** Credentials of the application that disables accounts. */
export const CLOSER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-00000000cccc',
  secret: 'a-third-client-secret-of-the-tenant',
};

/** Credentials of the application that changes Claude's applications. */
export const APP_CHANGER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-00000000bbbb',
  secret: 'a-fourth-client-secret-of-the-tenant',
};

/** Credentials of the application that closes Defender alerts. */
export const ALERT_CLOSER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-00000000aaaa',
  secret: 'a-fifth-client-secret-of-the-tenant',
};

/** Credentials of the application that writes the weekly file to a site. */
export const FILE_WRITER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-00000000ffff',
  secret: 'a-sixth-client-secret-of-the-tenant',
};

/** Credentials of the application that reads who can open SharePoint sites. */
export const SITE_READER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-000000009999',
  secret: 'a-seventh-client-secret-of-the-tenant',
};

/** Credentials of the application that submits prompts to Purview. */
export const PROMPT_ASKER: RegisteredApplication = {
  ...APPLICATION,
  application: '00000000-0000-4000-8000-000000008888',
  secret: 'an-eighth-client-secret-of-the-tenant',
};

/** A response that replaces the regular one. */
export interface GraphFault {
  /** Applies only to this path, without the API version; left out: to the next request. */
  readonly path?: string;
  /** Applies only to this method. */
  readonly method?: string;
  /** Number of matching requests that succeed first. */
  readonly after?: number;
  readonly status: number | 'broken';
  /** The request takes effect, and only its response is lost. */
  readonly done?: boolean;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to Graph and its response. Requests in a batch are recorded individually. */
export interface Exchange {
  readonly method: string;
  /** Without the API version. */
  readonly path: string;
  readonly beta: boolean;
  readonly query: Readonly<Record<string, string>>;
  readonly sent: unknown;
  readonly status: number;
  readonly body: unknown;
}

export interface MicrosoftOptions {
  readonly tenant?: Tenant;
  readonly application?: RegisteredApplication;
  readonly now?: () => Date;
  /** Lifetime of a token, in seconds. */
  readonly tokenSeconds?: number;
  /** Milliseconds until a write is visible in reads. */
  readonly lagMs?: number;
  /** Page size, regardless of `$top`. */
  readonly pageSize?: number;
  /** false: never throttles. */
  readonly throttles?: boolean;
  /** Called before each request is answered. */
  readonly asked?: () => void;
  /** false: responses are not recorded, for very large tenants. */
  readonly keeps?: boolean;
  readonly port?: number;
}

export interface MicrosoftSimulator extends Receiver {
  readonly tenant: Tenant;
  readonly site: Site;
  readonly purview: Purview;
  /** Permissions with admin consent; the next token contains them. */
  consented: string[];
  /** Permissions with admin consent of the application that changes Conditional Access. */
  consentedToWrite: string[];
  /** Permissions with admin consent of the application that reads who can open sites. */
  consentedToSites: string[];
  /** Permissions with admin consent of the application that submits prompts to Purview. */
  consentedToPrompts: string[];
  /** Requests to Graph wait until this resolves; null: they do not wait. */
  holds: Promise<unknown> | null;
  readonly exchanges: Exchange[];
  /** Paths of all requests, including those for tokens. */
  readonly requests: string[];
  /** Number of throttled requests. */
  throttled: number;
  failNext(...faults: readonly GraphFault[]): void;
  /** Invalidates all issued tokens. */
  revoke(): void;
  /** Expires all delta tokens: using one returns 410. */
  expireDeltas(): void;
}

/**
 * Simulates login.microsoftonline.com and graph.microsoft.com for one tenant: tokens by secret or certificate,
 * permissions by the token's roles, paging, delta queries, batches, throttling, licenses, delayed writes, and faults.
 */
export async function startMicrosoft(options: MicrosoftOptions = {}): Promise<MicrosoftSimulator> {
  const { tenant = alderTenant(), application = APPLICATION, now = () => new Date(), keeps = true } = options;
  const tokens = new Map<string, Caller>();
  const site = alderSite();
  const faults: (GraphFault & { left: number })[] = [];
  const used = new Map<string, number>();
  const deltas = new Deltas();
  const writes = new Writes(tenant, now, options.lagMs ?? 0);
  let url = '';

  function giveToken({ path, body }: Asked): Answer {
    const form = new URLSearchParams(body.toString('utf8'));
    const known = [
      application,
      WRITER,
      CLOSER,
      APP_CHANGER,
      ALERT_CLOSER,
      FILE_WRITER,
      SITE_READER,
      PROMPT_ASKER,
    ];
    const refused = refusedSignIn(path, form, known, now());
    if (refused !== null) return refused;
    const seconds = options.tokenSeconds ?? 3599;
    const issued = Math.floor(now().getTime() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const id = form.get('client_id');
    const roles =
      id === WRITER.application
        ? simulator.consentedToWrite
        : id === CLOSER.application
          ? CLOSING
          : id === APP_CHANGER.application
            ? CHANGING_APPS
            : id === ALERT_CLOSER.application
              ? CLOSING_ALERTS
              : id === FILE_WRITER.application
                ? WRITING_FILES
                : id === SITE_READER.application
                  ? simulator.consentedToSites
                  : id === PROMPT_ASKER.application
                    ? simulator.consentedToPrompts
                    : simulator.consented;
    const claims = {
      aud: 'https://graph.microsoft.com',
      tid: tenant.id,
      appid: id,
      app_displayname: 'Bylaw',
      roles,
      iat: issued,
      exp: issued + seconds,
      jti: randomUUID(),
    };
    const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmVk`;
    tokens.set(token, { roles: [...roles], application: id });
    return {
      status: 200,
      body: JSON.stringify({
        token_type: 'Bearer',
        expires_in: seconds,
        ext_expires_in: seconds,
        access_token: token,
      }),
    };
  }

  function throttledBy(route: { readonly throttle: Throttle }, path: string): GraphReply | null {
    if (options.throttles === false) return null;
    const { units, seconds } = LIMITS[route.throttle];
    const window = Math.floor(now().getTime() / (seconds * 1000));
    const key = `${route.throttle} ${window}`;
    const taken = (used.get(key) ?? 0) + unitsOf(path, route.throttle);
    used.set(key, taken);
    if (taken <= units) return null;
    simulator.throttled += 1;
    const silent = route.throttle === 'conditional_access' || route.throttle === 'identity_protection';
    return graphError(
      429,
      'TooManyRequests',
      'Too many requests.',
      silent ? {} : { 'retry-after': String(seconds) },
    );
  }

  function graph(asked: GraphAsked, caller: Caller | undefined): GraphReply {
    if (caller === undefined)
      return graphError(401, 'InvalidAuthenticationToken', 'Access token is empty or has expired.');
    const { roles } = caller;
    const route = ROUTES.find(({ method, path }) => method === asked.method && path.test(asked.path));
    if (route === undefined)
      return graphError(404, 'Request_ResourceNotFound', `Resource '${asked.path}' does not exist.`);
    const slow = throttledBy(route, asked.path);
    if (slow !== null) return slow;
    const allowed =
      route.needs.length === 0 ||
      route.needs.some((needed) => needed.split(' ').every((one) => roles.includes(one)));
    if (!allowed)
      return route.throttle === 'conditional_access'
        ? graphError(
            403,
            'AccessDenied',
            'You cannot perform the requested operation, required scopes are missing in the token.',
          )
        : graphError(
            403,
            'Authorization_RequestDenied',
            'Insufficient privileges to complete the operation.',
          );
    if (route.plan !== undefined && !licensed(route.plan))
      return graphError(
        403,
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
        'Neither tenant is B2C or tenant doesn’t have premium license',
      );
    writes.settle();
    if (SHARING_PATH.test(asked.path)) {
      const refused = refusedSite(tenant.sharing, asked.path);
      return refused === null ? answerOf(asked, caller.application) : graphError(...refused);
    }
    return siteAnswer(site, asked, caller.application) ?? answerOf(asked, caller.application);
  }

  const licensed = (plan: string) =>
    tenant.skus.some(
      (sku) =>
        sku.capabilityStatus === 'Enabled' &&
        (sku.servicePlans as { servicePlanId: string }[]).some(({ servicePlanId }) => servicePlanId === plan),
    );

  function answerOf(asked: GraphAsked, application: string | null): GraphReply {
    if (asked.path === '/security/runHuntingQuery') return hunted(tenant, asked, licensed(CLOUD_APPS));
    if (asked.path === '/identity/conditionalAccess/evaluate') return evaluated(tenant, asked);
    if (PROCESS_CONTENT.test(asked.path)) return processed(tenant, simulator.purview, asked);
    if (asked.method !== 'GET') return writes.take(asked, application);
    if (asked.path === '/policies/identitySecurityDefaultsEnforcementPolicy')
      return {
        status: 200,
        body: {
          '@odata.context': context('policies/identitySecurityDefaultsEnforcementPolicy/$entity'),
          ...tenant.securityDefaults,
        },
      };
    if (asked.path === '/reports/azureADPremiumLicenseInsight')
      return {
        status: 200,
        body: {
          '@odata.context': context('reports/azureADPremiumLicenseInsight/$entity'),
          ...tenant.premium,
        },
      };
    // v1.0, and beta without `$format`, redirect to a file that has no counts of links.
    if (
      asked.path.startsWith(SITE_USAGE) &&
      !(asked.beta && asked.query.get('$format') === 'application/json')
    )
      return { status: 302, headers: { location: 'https://reports.office.com/data/download/none' } };
    const one = writes.one(asked.path);
    if (one !== null) return one;
    if (/\/delta(\(\))?$/.test(asked.path))
      return deltas.answer(tenant, asked, (path) => `${url}/v1.0${path}`);
    const listing = listingOf(tenant, asked);
    if (listing === null)
      return graphError(404, 'Request_ResourceNotFound', `Resource '${asked.path}' does not exist.`);
    const { items, usual, max, count } = listing;
    // Advanced queries support casts and counts only with `ConsistencyLevel`
    // (learn.microsoft.com/graph/aad-advanced-queries).
    if (/\/microsoft\.graph\.user$/.test(asked.path) && asked.eventual !== true)
      return graphError(400, 'Request_UnsupportedQuery', 'The query needs ConsistencyLevel: eventual.');
    const size = options.pageSize ?? Math.min(Number(asked.query.get('$top') ?? usual), max);
    const skip = Number(asked.query.get('$skiptoken') ?? 0);
    const query = new URLSearchParams(asked.query);
    query.set('$skiptoken', String(skip + size));
    const next = `${url}/${asked.beta ? 'beta' : 'v1.0'}${asked.path}?${query}`;
    return {
      status: 200,
      body: {
        '@odata.context': context(listing.context),
        ...(count === undefined ? {} : { '@odata.count': count }),
        ...(skip + size < items.length ? { '@odata.nextLink': next } : {}),
        value: items.slice(skip, skip + size),
      },
    };
  }

  function kept(asked: GraphAsked, { status, body }: GraphReply): void {
    if (!keeps) return;
    const { method, path, beta, query, body: sent } = asked;
    simulator.exchanges.push({ method, path, beta, query: Object.fromEntries(query), sent, status, body });
  }

  function batch(asked: GraphAsked, caller: Caller | undefined): GraphReply {
    const { requests = [] } = (asked.body ?? {}) as { requests?: Record<string, unknown>[] };
    if (requests.length > 20 || new Set(requests.map(({ id }) => id)).size < requests.length)
      return graphError(400, 'BadRequest', 'Too many requests, or an id twice.');
    const responses = requests.map((one) => {
      const inner = new URL(String(one.url), 'https://graph.microsoft.com');
      const part: GraphAsked = {
        method: String(one.method),
        path: inner.pathname,
        query: inner.searchParams,
        beta: asked.beta,
        body: one.body ?? null,
        eventual: Object.entries((one.headers ?? {}) as Record<string, string>).some(
          ([name, value]) => name.toLowerCase() === 'consistencylevel' && value === 'eventual',
        ),
      };
      simulator.requests.push(`${part.method} ${part.path}`);
      const reply = faultFor(part, caller) ?? graph(part, caller);
      if (reply === 'broken') return { id: one.id, status: 503, body: { error: { code: 'x', message: '' } } };
      kept(part, reply);
      const { prefer } = (one.headers ?? {}) as { prefer?: string };
      const body = knownTo(prefer, reply.body ?? null);
      return { id: one.id, status: reply.status, headers: reply.headers ?? {}, body };
    });
    // Graph returns the responses of a batch in any order.
    return { status: 200, body: { responses: responses.reverse() } };
  }

  function faultFor(asked: GraphAsked, caller: Caller | undefined): GraphReply | 'broken' | null {
    const at = faults.findIndex(
      ({ path, method }) =>
        (path === undefined || path === asked.path) && (method === undefined || method === asked.method),
    );
    const fault = faults[at];
    if (fault === undefined) return null;
    if (fault.left > 0) {
      fault.left -= 1;
      return null;
    }
    faults.splice(at, 1);
    if (fault.status === 'broken') return 'broken';
    if (fault.done === true) graph(asked, caller);
    return graphError(fault.status, fault.code ?? 'UnknownError', 'A fault.', fault.headers);
  }

  async function take(asked: Asked): Promise<Answer> {
    if (asked.path.endsWith('/token')) return giveToken(asked);
    await simulator.holds;
    const [, version, path = ''] = /^\/(v1\.0|beta)(\/.*)$/.exec(asked.path) ?? [];
    const sent = asked.method === 'PUT' ? asked.body : parsed(asked.body.toString('utf8'));
    const request: GraphAsked = {
      method: asked.method,
      path: decodeURIComponent(path),
      query: asked.query,
      beta: version === 'beta',
      body: sent,
    };
    const bearer = /^Bearer (\S+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? '';
    const fault = faultFor(request, tokens.get(bearer));
    const reply =
      fault !== null && fault !== 'broken'
        ? fault
        : request.path === '/$batch'
          ? batch(request, tokens.get(bearer))
          : graph(request, tokens.get(bearer));
    kept(request, reply);
    return {
      status: reply.status,
      headers: { 'request-id': `request-${simulator.requests.length}`, ...reply.headers },
      ...(reply.body === undefined
        ? {}
        : { body: JSON.stringify(knownTo(asked.headers.prefer, reply.body)) }),
    };
  }

  const receiver = await startReceiver(
    take,
    (asked): Fault | null => {
      options.asked?.();
      const path = asked.path.replace(/^\/(v1\.0|beta)/, '');
      simulator.requests.push(`${asked.method} ${path}`);
      const next = faults.find((one) => one.path === undefined || one.path === path);
      if (next?.status !== 'broken' || next.left > 0 || path.endsWith('/token')) return null;
      faults.splice(faults.indexOf(next), 1);
      return 'half_close';
    },
    options.port,
  );
  url = receiver.url;
  const simulator: MicrosoftSimulator = {
    ...receiver,
    tenant,
    site,
    purview: purviewOf(PROMPT_ASKER.application),
    consented: [...READING],
    consentedToWrite: [...WRITING],
    consentedToSites: [...READING_SITES],
    consentedToPrompts: [...ASKING_PURVIEW],
    holds: null,
    exchanges: [],
    requests: [],
    throttled: 0,
    failNext: (...next) => void faults.push(...next.map((one) => ({ ...one, left: one.after ?? 0 }))),
    revoke: () => tokens.clear(),
    expireDeltas: () => deltas.expire(),
  };
  return simulator;
}

/** The application that a token belongs to, and its roles. */
interface Caller {
  readonly roles: readonly string[];
  readonly application: string | null;
}

/** Enumeration values added after `unknownFutureValue`. Graph returns that one instead unless the request opts in. */
const LATER = new Set(['riskRemediation']);

function knownTo(prefer: string | readonly string[] | undefined, body: unknown): unknown {
  if (String(prefer ?? '').includes('include-unknown-enum-members')) return body;
  return JSON.parse(
    JSON.stringify(body, (_, value: unknown) =>
      typeof value === 'string' && LATER.has(value) ? 'unknownFutureValue' : value,
    ),
  );
}

function parsed(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}

function context(what: string): string {
  return `https://graph.microsoft.com/v1.0/$metadata#${what}`;
}
