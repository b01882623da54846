import type { LibraryGroup, SitePermissionsRow, SiteUnread } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { countOf, isObject, type JsonObject, member, numberOf, text } from '../exports/kinds/json-values.ts';

/** Whom a permission lets in, where that is more than the people and groups it names. */
export type Wide = 'anyone' | 'everyone' | 'organization';

/**
 * Whom a permission lets in beyond people and groups by name; null: nobody. Groups that SharePoint itself makes are told by
 * their login names, since their names are in the language of the site: Everyone, Everyone except external users, and All
 * Users (learn.microsoft.com/sharepoint, "Default SharePoint groups" and Set-SPOTenant). A link for people in the
 * organization opens only what its holder was sent, so it is none.
 */
export function wideOf(permission: JsonObject): Wide | null {
  const link = member(permission, 'link');
  if (isObject(link) && text(member(link, 'scope'))?.toLowerCase() === 'anonymous') return 'anyone';
  const logins = identitiesOf(permission).flatMap((identity) => {
    const user = member(identity, 'siteUser');
    const login = isObject(user) ? text(member(user, 'loginName')) : null;
    return login === null ? [] : [login.toLowerCase()];
  });
  if (logins.includes('c:0(.s|true')) return 'everyone';
  return logins.some((login) => login.includes('|spo-grid-all-users') || login.startsWith('c:0!.s|'))
    ? 'organization'
    : null;
}

/** Where Graph puts how many there are of what it does not list (OData's own form); here a group's members at any depth. */
export const MEMBER_COUNT = 'transitiveMembers@odata.count';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Login names of groups of Entra: of a security group, and of the members of a Microsoft 365 group, not of its owners. */
const GROUP_LOGIN = /^c:0(?:t\.c\|tenant|o\.c\|federateddirectoryclaimprovider)\|([0-9a-f-]{36})$/i;

/** Groups of Entra that a permission lets in. A group of SharePoint itself is none: Graph does not say who is in it. */
export function groupsOf(permission: JsonObject): LibraryGroup[] {
  return identitiesOf(permission).flatMap((identity) => {
    const [group, user] = [member(identity, 'group'), member(identity, 'siteUser')];
    const login = isObject(user) ? text(member(user, 'loginName')) : null;
    // A login name says more than an id: that of the owners of a group has the id of the group as well.
    const named =
      login === null ? (isObject(group) ? text(member(group, 'id')) : null) : GROUP_LOGIN.exec(login)?.[1];
    if (named == null || !GUID.test(named)) return [];
    const name = [group, user].map((one) => (isObject(one) ? text(member(one, 'displayName')) : null));
    return [
      {
        id: named.toLowerCase(),
        name: name.find((one) => one !== null) ?? null,
        people: isObject(group) ? countOf(member(group, MEMBER_COUNT)) : null,
      },
    ];
  });
}

function identitiesOf(permission: JsonObject): JsonObject[] {
  const many = member(permission, 'grantedToIdentitiesV2');
  return [member(permission, 'grantedToV2'), ...(Array.isArray(many) ? many : [])].filter(isObject);
}

/**
 * A site with its document libraries and what was granted at the top of each: Graph's own site, drives and permissions,
 * put into each other. A library or site that was not read carries the error in the place of what it would have had.
 */
export function readSitePermissions(site: JsonObject, file: string, row: number): SitePermissionsRow {
  const url = text(member(site, 'webUrl'));
  // Left out, it could be the one site that matters.
  if (url === null) throw new ImportProblem('A site has no address.', { row, column: 'webUrl' });
  const error = unreadOf(site);
  const drives = member(site, 'drives');
  if (error === null && !Array.isArray(drives))
    throw new ImportProblem(
      'A list of sites alone does not say who can open them. Connect an application that reads how SharePoint is shared, or import the sharing report.',
      { row },
    );
  const libraries = (Array.isArray(drives) ? drives : []).map((drive) => libraryOf(drive));
  const read = libraries.flatMap((one) => (Array.isArray(one) ? [one] : []));
  const count = (wide: Wide) =>
    read.length === 0 && (error !== null || libraries.length > 0)
      ? null
      : read.flat().filter((permission) => wideOf(permission) === wide).length;
  return {
    file,
    row,
    id: collectionOf(text(member(site, 'id'))),
    url,
    name: text(member(site, 'displayName')) ?? text(member(site, 'name')),
    libraries: read.length,
    anyone: count('anyone'),
    everyone: count('everyone'),
    organization: count('organization'),
    groups: [
      ...new Map(
        read
          .flat()
          .flatMap(groupsOf)
          .map((group) => [group.id, group]),
      ).values(),
    ],
    unread: error ?? libraries.find((one) => typeof one === 'string') ?? null,
  };
}

/** What was granted at the top of a library, or why that was not read. */
function libraryOf(drive: unknown): JsonObject[] | SiteUnread {
  if (!isObject(drive)) return 'failed';
  const root = member(drive, 'root');
  const permissions = isObject(root) ? member(root, 'permissions') : undefined;
  const unread = unreadOf(drive);
  if (unread !== null || !Array.isArray(permissions)) return unread ?? 'failed';
  return permissions.every(isObject) ? permissions : 'failed';
}

function unreadOf(object: JsonObject): SiteUnread | null {
  const error = member(object, 'error');
  if (error === undefined || error === null) return null;
  if (!isObject(error)) return 'failed';
  if (text(member(error, 'code')) === BEYOND) return 'limit';
  const status = numberOf(member(error, 'status'));
  if (status === 401 || status === 403) return 'denied';
  if (status === 404 || status === 410) return 'gone';
  return status === 423 ? 'locked' : 'failed';
}

/** In place of Graph's own code: more than one pass reads. */
export const BEYOND = 'beyondOnePass';

/** `host,site collection,site`: of these the report of site usage knows the second. */
function collectionOf(id: string | null): string | null {
  return id?.split(',')[1]?.toLowerCase() ?? null;
}
// Guide: G3.2-04
