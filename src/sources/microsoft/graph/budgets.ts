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
  if (/^\/(sites|drives)\//.test(plain)) return { limit: 'sharepoint', units: sharePointUnitsOf(plain) };
  if (/^\/reports\/get\w+\(/.test(plain)) return { limit: 'reports', units: 1 };
  return { limit: 'directory', units: unitsOf(plain) };
}

/** Permissions cost most, whatever is asked of them; a list costs two, and a file that is put. */
function sharePointUnitsOf(path: string): number {
  const [plain = ''] = path.split('?');
  if (plain.endsWith('/permissions')) return 5;
  return /(\/content|\/drives|getAllSites(\(\))?)$/.test(plain) ? 2 : 1;
}

function unitsOf(path: string): number {
  if (path.startsWith('/subscribedSkus') || /^\/groups\/[^/]+\/(transitiveM|m)embers/.test(path)) return 3;
  return path.startsWith('/users') || path.startsWith('/oauth2PermissionGrants') ? 2 : 1;
}
