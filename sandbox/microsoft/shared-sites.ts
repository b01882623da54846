import { id } from '../alder/microsoft.ts';
import { mailOf } from '../alder/people.ts';
import type { Thing } from './tenant.ts';

/** A SharePoint site as seen with Sites.Read.All, with the permissions on the root of each library. */
export interface SharedSite {
  readonly id: string;
  displayName: string;
  webUrl: string;
  readonly isPersonalSite: boolean;
  readonly libraries: { readonly id: string; readonly name: string; readonly permissions: Thing[] }[];
  /** Status of every response about this site; null: requests succeed. */
  refuses: 403 | 404 | 423 | null;
}

/** Display and login names of SharePoint Online's built-in groups, in the tenant of the Alder Society. */
const CLAIMS = {
  everyone: ['Everyone', 'c:0(.s|true'],
  organization: ['Everyone except external users', `c:0-.f|rolemanager|spo-grid-all-users/${id(1)}`],
} as const;

/** A permission for a built-in SharePoint group, in Graph's format. */
export function wide(whom: keyof typeof CLAIMS, role = 'read'): Thing {
  const [displayName, loginName] = CLAIMS[whom];
  return {
    id: Buffer.from(loginName).toString('base64url'),
    roles: [role],
    grantedToV2: { user: { displayName }, siteUser: { id: '4', displayName, loginName } },
    grantedTo: { user: { displayName } },
  };
}

/** A sharing link on the root of a library. */
export function linked(scope: 'anonymous' | 'organization' | 'users'): Thing {
  return { id: `link-${scope}`, roles: ['read'], link: { type: 'view', scope, preventsDownload: false } };
}

function groupOf(site: string, name: string, role: string): Thing {
  const displayName = `${site} ${name}`;
  return {
    id: Buffer.from(displayName).toString('base64url'),
    roles: [role],
    grantedToV2: { siteGroup: { id: '5', displayName, loginName: displayName } },
    grantedTo: { user: { displayName } },
  };
}

function person(name: string): Thing {
  const loginName = `i:0#.f|membership|${mailOf(name)}`;
  return {
    id: Buffer.from(loginName).toString('base64url'),
    roles: ['write'],
    grantedToV2: {
      user: { displayName: name, email: mailOf(name) },
      siteUser: { id: '9', displayName: name, email: mailOf(name), loginName },
    },
  };
}

/** A permission for an Entra group, in Graph's format. */
export function grouped(groupId: string, displayName: string): Thing {
  const loginName = `c:0t.c|tenant|${groupId}`;
  return {
    id: Buffer.from(loginName).toString('base64url'),
    roles: ['read'],
    grantedToV2: {
      group: { id: groupId, displayName },
      siteUser: { id: '7', displayName, loginName },
    },
  };
}

/** A site whose collection id matches the report of site usage. Each library starts with the site's own groups. */
export function sharedSite(
  n: number,
  displayName: string,
  path: string,
  libraries: Readonly<Record<string, readonly Thing[]>>,
  more: Partial<Pick<SharedSite, 'refuses' | 'isPersonalSite'>> & { readonly host?: string } = {},
): SharedSite {
  const { host = 'alder.sharepoint.com', refuses = null, isPersonalSite = false } = more;
  return {
    id: `${host},${id(9500 + n)},${id(9700 + n)}`,
    displayName,
    webUrl: `https://${host}${path}`,
    isPersonalSite,
    libraries: Object.entries(libraries).map(([name, permissions], index) => ({
      id: `b!${Buffer.from(`${n} ${index}`).toString('base64url')}`,
      name,
      permissions: [
        groupOf(displayName, 'Owners', 'owner'),
        groupOf(displayName, 'Members', 'write'),
        ...permissions,
      ],
    })),
    refuses,
  };
}

/** Sites of the Alder Society: one open to everyone, one to the staff, one locked, and a OneDrive. */
export function sharingOfAlder(): SharedSite[] {
  return [
    sharedSite(1, 'Events', '/sites/events', { Documents: [linked('users')] }),
    sharedSite(2, 'Board papers', '/sites/board', {
      Documents: [],
      'Archive 2019': [wide('organization')],
    }),
    sharedSite(3, 'Member resources', '/sites/resources', {
      Documents: [wide('everyone'), person('Ragnar Lindqvist')],
    }),
    sharedSite(7, 'Payroll', '/sites/payroll', { Documents: [linked('organization')] }),
    sharedSite(8, 'Litigation hold', '/sites/hold', { Documents: [] }, { refuses: 423 }),
    sharedSite(
      9,
      'Ragnar Lindqvist',
      '/personal/ragnar_lindqvist',
      { Documents: [wide('organization')] },
      { host: 'alder-my.sharepoint.com', isPersonalSite: true },
    ),
  ];
}

const REFUSALS = {
  403: ['accessDenied', 'Access denied'],
  404: ['itemNotFound', 'The resource could not be found.'],
  423: ['resourceLocked', 'The resource is locked.'],
} as const;

/** Paths of the list of sites, of a site's libraries, and of the permissions on the root of a library. */
export const SHARING_PATH =
  /^\/(sites\/getAllSites|sites\/[^/]+\/drives|drives\/[^/]+\/items\/root\/permissions)$/;

/** Status, code and message of the error for a path in a site; null: no error. */
export function refusedSite(
  sites: readonly SharedSite[],
  path: string,
): readonly [number, string, string] | null {
  if (path === '/sites/getAllSites') return null;
  const refuses = siteOf(sites, path)?.refuses ?? (listOfSite(sites, path) === null ? 404 : null);
  return refuses === null ? null : [refuses, ...REFUSALS[refuses]];
}

function siteOf(sites: readonly SharedSite[], path: string): SharedSite | undefined {
  const [, kind, name] = /^\/(sites|drives)\/([^/]+)\//.exec(path) ?? [];
  return sites.find(({ id: site, libraries }) =>
    kind === 'sites' ? site === name : libraries.some((one) => one.id === name),
  );
}

/** The list of sites, libraries or permissions at a path; null if the path is none of these. */
export function listOfSite(sites: readonly SharedSite[], path: string): readonly Thing[] | null {
  if (path === '/sites/getAllSites')
    return sites.map(({ libraries: _, refuses: __, ...site }) => ({
      ...site,
      name: site.webUrl.split('/').at(-1),
      root: {},
      siteCollection: { hostname: new URL(site.webUrl).host },
    }));
  const site = siteOf(sites, path);
  if (site === undefined) return null;
  if (path.endsWith('/drives'))
    return site.libraries.map(({ id: drive, name }) => ({
      id: drive,
      name,
      driveType: 'documentLibrary',
      webUrl: `${site.webUrl}/${encodeURIComponent(name)}`,
      owner: { user: { displayName: 'System Account' } },
    }));
  return (
    site.libraries.find((one) => path === `/drives/${one.id}/items/root/permissions`)?.permissions ?? null
  );
}
