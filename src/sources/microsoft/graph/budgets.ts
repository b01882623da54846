/** The limit that a request counts against, one of `limits` in `source.yaml`, and its cost. */
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
 * Microsoft limits each service separately, per application and tenant (learn.microsoft.com/graph/throttling-limits).
 * Requests to the directory and to SharePoint cost units; for other services requests are counted.
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

/** Permissions cost most, whatever the request; a list or an uploaded file costs two. */
function sharePointUnitsOf(path: string): number {
  const [plain = ''] = path.split('?');
  if (plain.endsWith('/permissions')) return 5;
  return /(\/content|\/drives|getAllSites(\(\))?)$/.test(plain) ? 2 : 1;
}

function unitsOf(path: string): number {
  if (path.startsWith('/subscribedSkus') || /^\/groups\/[^/]+\/(transitiveM|m)embers/.test(path)) return 3;
  return path.startsWith('/users') || path.startsWith('/oauth2PermissionGrants') ? 2 : 1;
}
