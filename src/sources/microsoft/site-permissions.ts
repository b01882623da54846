import type { LibraryGroup, SitePermissionsRow, SiteUnread } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { countOf, isObject, type JsonObject, member, numberOf, text } from '../exports/kinds/json-values.ts';

/** Whom a permission admits beyond individual people and groups. */
export type Wide = 'anyone' | 'everyone' | 'organization';

/**
 * Whom a permission admits beyond individual people and groups; null: nobody. SharePoint's own groups are recognized by
 * login name, since their display names are in the language of the site: Everyone, Everyone except external users, and
 * All Users (learn.microsoft.com/sharepoint, "Default SharePoint groups" and Set-SPOTenant). A link for people in the
 * organization opens only for recipients, so it does not count.
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

/** OData's count of items that are not included in a response; here, a group's members at any depth. */
export const MEMBER_COUNT = 'transitiveMembers@odata.count';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Login names of Entra groups: a security group, or the members (not the owners) of a Microsoft 365 group. */
const GROUP_LOGIN = /^c:0(?:t\.c\|tenant|o\.c\|federateddirectoryclaimprovider)\|([0-9a-f-]{36})$/i;

/**
 * Entra groups that a permission admits. SharePoint's own groups are excluded, because Graph does not list their
 * members.
 */
export function groupsOf(permission: JsonObject): LibraryGroup[] {
  return identitiesOf(permission).flatMap((identity) => {
    const [group, user] = [member(identity, 'group'), member(identity, 'siteUser')];
    const login = isObject(user) ? text(member(user, 'loginName')) : null;
    // The login name takes precedence over the id, because the login of a group's owners contains the group's id, too.
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
 * A site with its document libraries and the permissions at the root of each: Graph's own site, drives and permissions,
 * nested. A library or site that was not read has the error instead.
 */
export function readSitePermissions(site: JsonObject, file: string, row: number): SitePermissionsRow {
  const url = text(member(site, 'webUrl'));
  // Skipping it could hide the one site that matters.
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

/** Permissions at the root of a library, or why they were not read. */
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

/** Used in place of Graph's code: more than one pass reads. */
export const BEYOND = 'beyondOnePass';

/** The second part of `host,site collection,site`, which the site usage report uses as id. */
function collectionOf(id: string | null): string | null {
  return id?.split(',')[1]?.toLowerCase() ?? null;
}
// Guide: G3.2-04
