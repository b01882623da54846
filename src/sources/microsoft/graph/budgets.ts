/** What a request counts against, one of `limits` in `source.yaml`, and how much of it. */
export interface Cost {
  readonly limit:
    | 'conditional_access'
    | 'sign_ins'
    | 'identity_protection'
    | 'sharepoint'
    | 'reports'
    | 'directory';
  readonly units: number;
}

/**
 * Microsoft limits its services one by one, for an application and a tenant (learn.microsoft.com/graph/throttling-limits).
 * Of the directory and of SharePoint requests cost units; the other services count requests.
 */
export function costOf(path: string): Cost {
  const plain = path.replace(/^\/(v1\.0|beta)(?=\/)/, '');
  if (plain.startsWith('/identity/conditionalAccess/') || plain.startsWith('/policies/'))
    return { limit: 'conditional_access', units: 1 };
  if (plain.startsWith('/auditLogs/')) return { limit: 'sign_ins', units: 1 };
  if (plain.startsWith('/identityProtection/')) return { limit: 'identity_protection', units: 1 };
  if (plain.startsWith('/sites/')) return { limit: 'sharepoint', units: plain.endsWith('/content') ? 2 : 1 };
  if (/^\/reports\/get\w+\(/.test(plain)) return { limit: 'reports', units: 1 };
  return { limit: 'directory', units: unitsOf(plain) };
}

function unitsOf(path: string): number {
  if (path.startsWith('/subscribedSkus') || /^\/groups\/[^/]+\/(transitiveM|m)embers/.test(path)) return 3;
  return path.startsWith('/users') || path.startsWith('/oauth2PermissionGrants') ? 2 : 1;
}
