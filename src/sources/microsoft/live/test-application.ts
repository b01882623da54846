import { X509Certificate } from 'node:crypto';
import { SourceProblem } from '../../problem.ts';
import type { AccessTest } from '../../source.ts';
import type { GraphClient } from '../graph/client.ts';
import type { Cloud } from '../graph/clouds.ts';
import { isCertificate } from '../graph/sign-in.ts';
import { AGENT_CATALOG, hasPermission, PERMISSIONS, USES } from './permissions.ts';

/** Graph for an application, and what a test needs to know of its credential. */
export interface SignedIn {
  readonly graph: GraphClient;
  readonly cloud: Cloud;
  readonly tenant: string;
  /** Application (client) id in Entra. */
  readonly application: string;
  readonly secret: string;
}

/** Signs in, and finds from the token's roles what the application may do. */
export async function testApplication(
  { graph, cloud, tenant, secret }: SignedIn,
  kind: string,
): Promise<AccessTest> {
  const claims = await graph.claims();
  const id = claims.tenant ?? tenant;
  const { roles } = claims;
  return {
    scopes: PERMISSIONS[USES.find((use) => use === kind) ?? 'reading'].map((scope) => ({
      scope,
      state: roles === null ? 'unknown' : hasPermission(roles, scope) ? 'granted' : 'missing',
      why:
        cloud !== 'global' && scope === AGENT_CATALOG
          ? 'Microsoft offers the catalog only in its global cloud.'
          : roles === null
            ? 'Microsoft’s token does not say it; each request does.'
            : null,
    })),
    tenants: [{ id, name: await nameOf(graph) }],
    // Microsoft counts the requests of an application for each tenant.
    parent: id,
    recording: null,
    ...(isCertificate(secret) ? { expiresAt: new X509Certificate(secret).validToDate.toISOString() } : {}),
  };
}

/** The tenant's name; null: the application may not read it. */
async function nameOf(graph: GraphClient): Promise<string | null> {
  try {
    const { value } = await graph.get('/organization', { $select: 'id,displayName' });
    const [first] = Array.isArray(value) ? value : [];
    return typeof first?.displayName === 'string' ? first.displayName : null;
  } catch (error) {
    if (error instanceof SourceProblem && error.code === 'missing_permission') return null;
    throw error;
  }
}
