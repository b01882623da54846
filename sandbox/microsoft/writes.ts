import { randomUUID } from 'node:crypto';
import { changeOf } from './audits.ts';
import { type GraphAsked, type GraphReply, graphError } from './graph.ts';
import type { Tenant, Thing } from './tenant.ts';

/** Writes to a tenant, which become visible in reads and in the audit log only after a delay. */
export class Writes {
  readonly #tenant: Tenant;
  readonly #now: () => Date;
  readonly #lagMs: number;
  readonly #waiting: { readonly at: number; readonly apply: () => void }[] = [];

  constructor(tenant: Tenant, now: () => Date, lagMs: number) {
    this.#tenant = tenant;
    this.#now = now;
    this.#lagMs = lagMs;
  }

  /** Makes writes visible whose delay has passed. */
  settle(): void {
    const now = this.#now().getTime();
    for (let [first] = this.#waiting; first !== undefined && first.at <= now; [first] = this.#waiting) {
      this.#waiting.shift();
      first.apply();
    }
  }

  /** A user, policy or named location by its path; null if the path is none of these. */
  one(path: string): GraphReply | null {
    const user = this.#user(path);
    if (user !== undefined)
      return {
        status: 200,
        body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity', ...user },
      };
    const alert = this.#alert(path);
    if (alert !== undefined) return { status: 200, body: { '@odata.context': ALERT_CONTEXT, ...alert } };
    const [, what, id] = OBJECT.exec(path) ?? [];
    if (what === undefined || id === undefined || id === 'delta()') return null;
    const found = this.#list(what).find((one) => one.id === id);
    return found === undefined
      ? graphError(404, 'NotFound', 'The object does not exist.')
      : { status: 200, body: { '@odata.context': contextOf(what), ...found } };
  }

  /** @param application Id of the calling application, which appears in Entra's audit log. */
  take({ method, path, body }: GraphAsked, application: string | null): GraphReply {
    if (path.endsWith('/revokeSignInSessions')) {
      const of = this.#user(path.slice(0, -'/revokeSignInSessions'.length));
      if (of === undefined) return graphError(404, 'Request_ResourceNotFound', 'The user does not exist.');
      const signInSessionsValidFromDateTime = this.#now().toISOString();
      this.#later(() => Object.assign(of, { signInSessionsValidFromDateTime }));
      return { status: 200, body: { value: true } };
    }
    const [, user] = /^\/users\/([^/]+)$/.exec(path) ?? [];
    if (user !== undefined) {
      const found = this.#user(path);
      if (found === undefined) return graphError(404, 'Request_ResourceNotFound', 'The user does not exist.');
      this.#change('users', found, application, () => Object.assign(found, body));
      return { status: 204 };
    }
    if (path.startsWith('/security/alerts_v2/')) {
      const alert = this.#alert(path);
      if (alert === undefined) return graphError(404, 'NotFound', 'The alert does not exist.');
      const lastUpdateDateTime = this.#now().toISOString();
      this.#later(() => Object.assign(alert, body, { lastUpdateDateTime }));
      return {
        status: 200,
        body: { '@odata.context': ALERT_CONTEXT, ...alert, ...(body as object), lastUpdateDateTime },
      };
    }
    const [, what = '', id] = OBJECT.exec(path) ?? [];
    if (method === 'POST' && what === 'servicePrincipals') return this.#addApp(body as Thing, application);
    if (method === 'POST') {
      const { conditions, displayName } = (body ?? {}) as Record<string, unknown>;
      if (typeof displayName !== 'string' || (what === 'policies' && typeof conditions !== 'object'))
        return graphError(400, 'BadRequest', '1004: The policy is not valid.');
      const made = {
        ...(body as object),
        id: randomUUID(),
        createdDateTime: this.#now().toISOString(),
        modifiedDateTime: null,
      } as unknown as Thing;
      this.#add(what, made, application);
      return { status: 201, body: { '@odata.context': contextOf(what), ...made } };
    }
    const list = this.#list(what);
    const found = list.find((one) => one.id === id);
    if (found === undefined) return graphError(404, 'NotFound', 'The object does not exist.');
    const dated = what === 'policies' || what === 'namedLocations';
    if (method === 'DELETE') this.#remove(what, found, application);
    else
      this.#change(what, found, application, () =>
        Object.assign(found, body, dated ? { modifiedDateTime: this.#now().toISOString() } : {}),
      );
    return { status: 204 };
  }

  #user(path: string): Thing | undefined {
    const [, wanted] = /^\/users\/([^/]+)$/.exec(path) ?? [];
    return this.#tenant.users.find(
      ({ id, userPrincipalName }) => id === wanted || userPrincipalName === wanted,
    );
  }

  #alert(path: string): Thing | undefined {
    const [, wanted] = /^\/security\/alerts_v2\/([^/]+)$/.exec(path) ?? [];
    return wanted === undefined ? undefined : this.#tenant.alerts.find(({ id }) => id === wanted);
  }

  #list(what: string): Thing[] {
    const { apps, grants, policies, locations } = this.#tenant;
    return what === 'servicePrincipals'
      ? apps
      : what === 'oauth2PermissionGrants'
        ? grants
        : what === 'policies'
          ? policies
          : locations;
  }

  /** Adds a service principal for an application of another tenant, by application id. */
  #addApp({ appId }: Thing, application: string | null): GraphReply {
    const { apps } = this.#tenant;
    if (apps.some((one) => one.appId === appId))
      return graphError(409, 'Request_MultipleObjectsWithSameKeyValue', 'The service principal exists.');
    const made: Thing = {
      id: randomUUID(),
      appId,
      displayName: `Application ${String(appId).slice(0, 8)}`,
      accountEnabled: true,
      appRoleAssignmentRequired: false,
      servicePrincipalType: 'Application',
      tags: [],
    };
    this.#add('servicePrincipals', made, application);
    return { status: 201, body: { '@odata.context': contextOf('servicePrincipals'), ...made } };
  }

  #add(what: string, made: Thing, application: string | null): void {
    this.#later(() => {
      this.#list(what).push(made);
      this.#note(what, 'Add', { before: null, after: made, application });
    });
  }

  #change(what: string, found: Thing, application: string | null, apply: () => void): void {
    this.#later(() => {
      const before = structuredClone(found);
      apply();
      this.#note(what, 'Update', { before, after: found, application });
    });
  }

  #remove(what: string, found: Thing, application: string | null): void {
    this.#later(() => {
      const list = this.#list(what);
      list.splice(list.indexOf(found), 1);
      this.#note(what, 'Delete', { before: found, after: null, application });
    });
  }

  #note(
    what: string,
    act: Parameters<typeof changeOf>[1],
    change: Omit<Parameters<typeof changeOf>[2], 'at'>,
  ): void {
    this.#tenant.audits.push(...changeOf(what, act, { ...change, at: this.#now() }));
  }

  #later(apply: () => void): void {
    this.#waiting.push({ at: this.#now().getTime() + this.#lagMs, apply });
    this.settle();
  }
}

const OBJECT =
  /^(?:\/identity\/conditionalAccess)?\/(policies|namedLocations|servicePrincipals|oauth2PermissionGrants)(?:\/([^/]+))?$/;

const ALERT_CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2/$entity';

function contextOf(what: string): string {
  const at = what === 'policies' || what === 'namedLocations' ? `identity/conditionalAccess/${what}` : what;
  return `https://graph.microsoft.com/v1.0/$metadata#${at}/$entity`;
}
