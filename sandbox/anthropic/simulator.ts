import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { analytics, idPage, Refused, tokenPage, transcript } from './answers.ts';
import { BadQuery, feedPage, growingRows, type Rows } from './feed.ts';
import { bodyOf, changeMembers, membersListed } from './members.ts';
import { alder, type Organization } from './organization.ts';
import type { Sample } from './samples.ts';

export interface KeyOf {
  readonly kind: 'access' | 'admin';
  readonly scopes: readonly string[];
}

/** A response that replaces the regular one. */
export interface Fault {
  readonly status: number | 'broken' | 'lost';
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  /** Applies only to paths with this ending; left out: to the next request. */
  readonly path?: string;
}

export interface Simulator {
  readonly url: string;
  readonly organization: Organization;
  readonly keys: Map<string, KeyOf>;
  /** The activity feed. `add` has an effect only if `rows` did not replace the feed. */
  readonly feed: ReturnType<typeof growingRows>;
  /** Every request received. */
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly key: string;
  }[];
  /** true: the feed always reports more and returns the same page. */
  sameForEver: boolean;
  failNext(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

export const ALL_SCOPES = [
  'read:compliance_activities',
  'read:compliance_org_data',
  'read:compliance_user_data',
  'read:members',
  'read:rbac_groups',
  'read:analytics',
] as const;
export const ACCESS_KEY = 'sk-ant-api01-simulated-access-key-0001';
/** May change members and read nothing else. */
export const MEMBERS_KEY = 'sk-ant-api01-simulated-members-key-0003';
export const ADMIN_KEY = 'sk-ant-admin01-simulated-admin-key-0001';

export interface SimulatorOptions {
  readonly now?: () => Date;
  /** Replaces the growing feed, for one that is too long to store. */
  readonly rows?: Rows;
  /** Rate limit of a parent organization, in requests per minute. */
  readonly limit?: number;
  readonly port?: number;
}

/**
 * Simulates api.anthropic.com: the Compliance, Admin and Analytics APIs as the vendor documents them (August to
 * November 2026), with scopes, rate limits, cursors, late rows and faults. Members and invitations can be changed;
 * everything else is read-only.
 */
export async function startAnthropic(options: SimulatorOptions = {}): Promise<Simulator> {
  const { now = () => new Date(), limit = 600 } = options;
  const organization = alder();
  const feed = growingRows();
  const keys = new Map<string, KeyOf>([
    [ACCESS_KEY, { kind: 'access', scopes: ALL_SCOPES }],
    [ADMIN_KEY, { kind: 'admin', scopes: [] }],
    [MEMBERS_KEY, { kind: 'access', scopes: ['read:members', 'write:members'] }],
  ]);
  const faults: Fault[] = [];
  const requests: Simulator['requests'] = [];
  const used = new Map<number, number>();
  const simulator: Simulator = {
    url: '',
    organization,
    keys,
    feed,
    requests,
    sameForEver: false,
    failNext: (...next) => void faults.push(...next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  function answer(path: string, query: URLSearchParams, keyText: string): unknown {
    const key = keys.get(keyText);
    if (key === undefined) throw new Refused(401, 'authentication_error', 'invalid x-api-key');
    const need = (scope: string) => {
      if (key.kind === 'admin' || key.scopes.includes(scope) || key.scopes.includes('read:org_audit')) return;
      throw new Refused(
        403,
        'permission_error',
        `Missing required scopes. Got: ${JSON.stringify(key.scopes)} Needed: ["${scope}"]`,
      );
    };
    const enterprise = () => {
      if (key.kind === 'admin') throw new Refused(404, 'not_found_error', 'Not found');
    };
    if (path === '/v1/compliance/activities') {
      need('read:compliance_activities');
      return feedPage(options.rows ?? feed, query, now().getTime(), simulator.sameForEver);
    }
    if (path === '/v1/organizations/me')
      return { id: 'org_console', type: 'organization', name: 'Alder Console' };
    if (path === '/v1/organizations/compliance_settings')
      return {
        type: 'compliance_settings',
        state: { type: organization.recording ? 'enabled' : 'disabled' },
      };
    if (path === '/v1/organizations/users' || path === '/v1/organizations/invites') {
      need('read:members');
      return idPage(membersListed(organization, path, query), query, 20, 1000);
    }
    enterprise();
    if (path === '/v1/compliance/organizations') {
      need('read:compliance_org_data');
      return tokenPage(organization.organizations, query);
    }
    const directory = directoryOf(path, query);
    if (directory !== undefined) {
      need(directory.scope);
      if (directory.answer === null) throw new Refused(404, 'not_found_error', 'Not found');
      return directory.answer;
    }
    if (path === '/v1/compliance/apps/projects') {
      need('read:compliance_user_data');
      const of = query.getAll('user_ids[]');
      return tokenPage(
        organization.projects.filter(
          ({ user }) => of.length === 0 || of.includes(String((user as Sample | null)?.id)),
        ),
        query,
      );
    }
    if (path === '/v1/organizations/rbac_groups') {
      need('read:rbac_groups');
      return tokenPage(organization.groups, query);
    }
    const transcripts =
      /^\/v1\/compliance\/apps\/(chats|sessions\/(local|remote))(?:\/([^/]+)\/messages)?$/.exec(path);
    if (transcripts !== null) {
      need('read:compliance_user_data');
      return transcript(
        organization,
        transcripts[2] as 'local' | 'remote' | undefined,
        transcripts[3],
        query,
      );
    }
    const [, report] =
      /^\/v1\/organizations\/analytics\/(users|connectors|summaries|user_usage_report)$/.exec(path) ?? [];
    if (report !== undefined) {
      need('read:analytics');
      return analytics(organization, report, query, now());
    }
    throw new Refused(404, 'not_found_error', `There is no ${path}`);
  }

  /** Organizations, users, roles and groups of the Compliance API; undefined if the path is none of these. */
  function directoryOf(
    path: string,
    query: URLSearchParams,
  ): { readonly scope: string; readonly answer: unknown } | undefined {
    const answer = (items: readonly Sample[] | undefined, scope = 'read:compliance_org_data') => ({
      scope,
      answer: items === undefined ? null : tokenPage(items, query),
    });
    const [, of, what, id, more] =
      /^\/v1\/compliance\/organizations\/([^/]+)\/(\w+)(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(path) ?? [];
    if (of !== undefined) {
      const known = organization.organizations.some(({ uuid }) => uuid === of);
      const first = organization.organizations[0]?.uuid === of;
      if (what === 'users') {
        const users = organization.users.map(({ role, name, added_at, type: _, ...user }) => ({
          ...user,
          full_name: name,
          created_at: added_at,
          organization_role: role,
        }));
        return answer(known ? (first ? users : []) : undefined, 'read:compliance_user_data');
      }
      if (what === 'roles' && id === undefined)
        return answer(known ? (first ? organization.roles : []) : undefined);
      if (what === 'roles' && more === 'permissions') return answer(organization.permissions[id ?? '']);
      if (what !== 'settings' || id !== undefined) return undefined;
      const settings = of in organization.settingsOf ? organization.settingsOf[of] : organization.settings;
      return {
        scope: 'read:compliance_org_data',
        answer:
          !known || settings === null
            ? null
            : {
                type: 'effective_organization_settings',
                organization_id: of,
                settings,
                api_keys: organization.apiKeys,
              },
      };
    }
    if (path === '/v1/compliance/groups')
      return answer(
        organization.groups.filter(({ name }) => String(name).startsWith(query.get('name_prefix') ?? '')),
      );
    const [, group] = /^\/v1\/compliance\/groups\/([^/]+)\/members$/.exec(path) ?? [];
    return group === undefined
      ? undefined
      : answer(organization.groupMembers[group], 'read:compliance_user_data');
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const key = String(request.headers['x-api-key'] ?? '');
    const method = request.method ?? 'GET';
    requests.push({ method, path: url.pathname, query: url.searchParams, key });
    const hit = faults.findIndex(({ path }) => path === undefined || url.pathname.endsWith(path));
    const [fault] = hit < 0 ? [] : faults.splice(hit, 1);
    if (fault?.status === 'broken') return void request.socket.destroy();
    try {
      if (fault !== undefined && fault.status !== 'lost')
        return refuse(response, Number(fault.status), fault.type ?? 'api_error', 'A fault', fault.headers);
      if (method !== 'GET' && !/^\/v1\/organizations\/(users|invites)\b/.test(url.pathname))
        throw new Refused(405, 'invalid_request_error', 'Method not allowed');
      const minute = Math.floor(now().getTime() / 60_000);
      const taken = (used.get(minute) ?? 0) + 1;
      used.set(minute, taken);
      const reset = new Date((minute + 1) * 60_000);
      const limits = {
        'anthropic-ratelimit-requests-limit': String(limit),
        'anthropic-ratelimit-requests-remaining': String(Math.max(0, limit - taken)),
        'anthropic-ratelimit-requests-reset': reset.toISOString(),
      };
      if (taken > limit)
        return refuse(response, 429, 'rate_limit_error', 'Too many requests', {
          ...limits,
          'retry-after': String(Math.ceil((reset.getTime() - now().getTime()) / 1000)),
        });
      const body = JSON.stringify(
        method === 'GET'
          ? answer(url.pathname, url.searchParams, key)
          : changeMembers(organization, keys.get(key), {
              method,
              path: url.pathname,
              body: await bodyOf(request),
              now: now(),
            }),
      );
      // The request took effect, and only its response is lost.
      if (fault?.status === 'lost') return void request.socket.destroy();
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'request-id': `req_${requests.length}`,
          ...limits,
        })
        .end(body);
    } catch (error) {
      if (error instanceof Refused) refuse(response, error.status, error.type, error.message, {}, error.code);
      else if (error instanceof BadQuery) refuse(response, 400, 'invalid_request_error', error.message);
      else refuse(response, 500, 'api_error', String(error));
    }
  });
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done));
  return Object.assign(simulator, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function refuse(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  code: string | null = null,
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_refused', ...headers })
    .end(
      JSON.stringify({
        error: { type, message, ...(code === null ? {} : { details: { error_code: code } }) },
      }),
    );
}
