/** A SharePoint site, by the parts of its address that Microsoft Graph asks for. */
export interface SiteAddress {
  readonly host: string;
  /** `/sites/…` or `/teams/…`. */
  readonly path: string;
}

/** Hosts of SharePoint in Microsoft's clouds. */
const HOST = /^[a-z0-9-]+\.(sharepoint\.(com|us|cn)|sharepoint-mil\.us)$/;
const PATH = /^\/(sites|teams)\/[^/]+/i;

/** The site that an address is in, also the address of one of its pages; null: it is in no site of SharePoint. */
export function siteOf(address: string): SiteAddress | null {
  if (!URL.canParse(address.trim())) return null;
  const { protocol, host, pathname, username } = new URL(address.trim());
  const [path] = PATH.exec(pathname) ?? [];
  return protocol === 'https:' && username === '' && HOST.test(host) && path !== undefined
    ? { host, path }
    : null;
}

/** The address of a site, always written the same way. */
export function siteAddress({ host, path }: SiteAddress): string {
  return `https://${host}${path}`;
}
// Guide: G5.3-05
