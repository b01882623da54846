/** A SharePoint site, in the parts that Microsoft Graph requires. */
export interface SiteAddress {
  readonly host: string;
  /** `/sites/…` or `/teams/…`. */
  readonly path: string;
}

/** SharePoint hosts in Microsoft's clouds. */
const HOST = /^[a-z0-9-]+\.(sharepoint\.(com|us|cn)|sharepoint-mil\.us)$/;
const PATH = /^\/(sites|teams)\/[^/]+/i;

/** The site of a URL, which may be that of one of its pages; null: not in a SharePoint site. */
export function siteOf(address: string): SiteAddress | null {
  if (!URL.canParse(address.trim())) return null;
  const { protocol, host, pathname, username } = new URL(address.trim());
  const [path] = PATH.exec(pathname) ?? [];
  return protocol === 'https:' && username === '' && HOST.test(host) && path !== undefined
    ? { host, path }
    : null;
}

/** The canonical URL of a site. */
export function siteAddress({ host, path }: SiteAddress): string {
  return `https://${host}${path}`;
}
// Guide: G5.3-05
