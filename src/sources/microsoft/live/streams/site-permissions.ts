import { z } from 'zod';
import { isObject, type Json } from '../../../json-client.ts';
import { changed, lastStoredSchema, stamp } from '../../../last-stored.ts';
import type { SourceStream } from '../../../source.ts';
import type { BatchAnswer } from '../../graph/batch.ts';
import { collectEntries, type GraphClient } from '../../graph/client.ts';
import { GraphProblem } from '../../graph/problem.ts';
import { BEYOND, groupsOf, MEMBER_COUNT, wideOf } from '../../site-permissions.ts';
import { contextOf, saved } from '../list-stream.ts';
import { GROUP_SIZES, SHARING } from '../permissions.ts';
import type { SignedIn } from '../test-application.ts';

/** Maximum sites per pass; others are reported as not read. */
const MAX_SITES = 2000;
/** Maximum libraries of a site per pass. */
const MAX_LIBRARIES = 60;
/** Maximum groups whose members are counted per pass; for others the number is unknown. */
const MAX_GROUPS = 1000;
/** Sites queried together, after which the position is stored. */
const TOGETHER = 10;
/** A pass not completed within this time is restarted, because its first sites are out of date. */
const MAX_PASS_MS = 2 * 24 * 3_600_000;

/** Ids are put into URLs unescaped, so they are validated. */
const SITE_ID = /^[\w.-]+,[\w-]+,[\w-]+$/;
const DRIVE_ID = /^[\w!-]+$/;

const siteSchema = z.looseObject({ id: z.string(), webUrl: z.string() });
type Site = z.infer<typeof siteSchema>;

const placeSchema = z.object({
  kept: lastStoredSchema,
  /** Pass in progress; null: none. */
  pass: z
    .object({
      /** Tenant of the credential. Sites of another tenant are discarded. */
      tenant: z.string(),
      since: z.string(),
      todo: z.array(siteSchema),
      done: z.array(siteSchema),
    })
    .nullable(),
});
type Place = z.infer<typeof placeSchema>;

/**
 * Who can open SharePoint sites, from the permissions at the root of each document library. This requires
 * Sites.Read.All, which also allows reading every file, so a separate application is used. It reads the list of sites,
 * their libraries and the permissions of each; it keeps only what admits everyone or an Entra group, and no name of a
 * person. With GroupMember.Read.All, the members of those groups are counted. It cannot see who is in a SharePoint
 * group, nor what was shared below the root (decision 033).
 */
export const sitePermissions: SourceStream<SignedIn> = {
  id: 'site_permissions',
  title: 'Permissions of SharePoint libraries',
  kinds: ['site_permissions'],
  keyKinds: ['sharing'],
  scopes: [SHARING],
  optional: [GROUP_SIZES],
  everyMinutes: 24 * 60,
  ledger: null,
  async *read({ client: { graph, tenant }, clock, place, granted }) {
    const before: Place = placeSchema.safeParse(place).data ?? { kept: null, pass: null };
    const begun =
      before.pass?.tenant === tenant && clock().getTime() - Date.parse(before.pass.since) < MAX_PASS_MS
        ? before.pass
        : null;
    let pass = begun ?? { tenant, since: clock().toISOString(), ...(await sitesOf(graph)) };
    while (pass.todo.length > 0) {
      yield { place: { kept: before.kept, pass } };
      const now = pass.todo.slice(0, TOGETHER);
      pass = {
        ...pass,
        done: [...pass.done, ...(await withLibraries(graph, now))],
        todo: pass.todo.slice(TOGETHER),
      };
    }
    const done = granted.has(GROUP_SIZES) ? await withSizes(graph, pass.done) : pass.done;
    const answer = saved(contextOf('/sites'), done);
    const bytes = Buffer.from(`${JSON.stringify(answer, null, 1)}\n`);
    const kept = changed(before.kept, bytes, clock());
    const unread = pass.done.filter(isUnread).length;
    yield {
      files:
        kept === null || pass.done.length === 0
          ? []
          : [{ name: `microsoft-site-permissions-${stamp(clock())}.json`, bytes }],
      place: { kept: kept ?? before.kept, pass: null },
      ...(unread === 0
        ? {}
        : {
            says: `${unread} of ${pass.done.length} sites were not read, or were read only in part; M365-08 names them.`,
          }),
    };
  },
};

const isUnread = (site: Json): boolean =>
  'error' in site || (Array.isArray(site.drives) && site.drives.some((drive) => 'error' in drive));

/** All sites except OneDrive, in a stable order, so that equal results are equal bytes. */
async function sitesOf(graph: GraphClient): Promise<{ readonly todo: Site[]; readonly done: Site[] }> {
  const found = new Map<string, Site>();
  for (const site of await collectEntries(graph.list('/sites/getAllSites'))) {
    const { data } = siteSchema.safeParse(site);
    // With an unreadable site, the list would be incomplete.
    if (data === undefined) throw new GraphProblem('unreadable', { retry: true });
    if (!isPersonal(data)) found.set(data.id, named(data));
  }
  const sites = [...found.values()].sort((a, b) => (a.webUrl < b.webUrl ? -1 : 1));
  return {
    todo: sites.slice(0, MAX_SITES),
    done: sites.slice(MAX_SITES).map((site) => ({ ...site, error: { code: BEYOND } })),
  };
}

const isPersonal = ({ isPersonalSite, webUrl }: Site): boolean =>
  isPersonalSite === true || /^https:\/\/[^/]+-my\.sharepoint[^/]*\/personal\//i.test(webUrl);

const named = ({ id, webUrl, displayName, name }: Site): Site => ({
  id,
  webUrl,
  ...(typeof displayName === 'string' ? { displayName } : typeof name === 'string' ? { name } : {}),
});

interface Library {
  readonly site: string;
  readonly id: string;
  readonly drive: Json;
}

async function withLibraries(graph: GraphClient, sites: readonly Site[]): Promise<Site[]> {
  const drives = await asked(
    graph,
    sites
      .filter(({ id }) => SITE_ID.test(id))
      .map(({ id }) => ({ id, path: `/sites/${id}/drives?$select=id,name,webUrl` })),
  );
  const libraries = sites.flatMap(({ id: site }): Library[] => {
    const list = drives.get(site);
    if (!Array.isArray(list)) return [];
    return list.slice(0, MAX_LIBRARIES).map((drive) => ({ site, id: String(drive.id), drive }));
  });
  const permissions = await asked(
    graph,
    libraries
      .filter(({ id }) => DRIVE_ID.test(id))
      .map(({ id }) => ({ id, path: `/drives/${id}/items/root/permissions` })),
  );
  return sites.map((site) => {
    const list = drives.get(site.id) ?? UNUSABLE;
    if (!Array.isArray(list)) return { ...site, error: list };
    return {
      ...site,
      drives: [
        ...libraries
          .filter((one) => one.site === site.id)
          .map(({ id, drive: { name, webUrl } }) => {
            const granted = permissions.get(id) ?? UNUSABLE;
            return {
              ...{ id, name, webUrl },
              ...(Array.isArray(granted)
                ? { root: { permissions: granted.flatMap(kept) } }
                : { error: granted }),
            };
          }),
        ...(list.length > MAX_LIBRARIES ? [{ error: { code: BEYOND } }] : []),
      ],
    };
  });
}

/** Why a list was not read, in Graph's form. */
interface Refused {
  readonly code: string;
  readonly status?: number;
}
const UNUSABLE: Refused = { code: 'unreadable' };

/**
 * Lists by id, each complete or with the reason why not. Throws if the problem does not concern one site, to continue
 * later from the position.
 */
async function asked(
  graph: GraphClient,
  requests: readonly { readonly id: string; readonly path: string }[],
): Promise<ReadonlyMap<string, readonly Json[] | Refused>> {
  const once = new Map(requests.map((one) => [one.id, { ...one, method: 'GET' as const }]));
  const answers = await graph.batch([...once.values()]);
  const lists = new Map<string, readonly Json[] | Refused>();
  for (const [id, answer] of answers) lists.set(id, await wholeOf(graph, answer));
  return lists;
}

async function wholeOf(graph: GraphClient, answer: BatchAnswer): Promise<readonly Json[] | Refused> {
  if (!answer.ok) return refusal(answer.problem);
  const { value, '@odata.nextLink': next } = answer.body ?? {};
  if (!Array.isArray(value) || !value.every(isObject)) return UNUSABLE;
  if (next === undefined || next === null || next === '') return value;
  if (typeof next !== 'string') return UNUSABLE;
  try {
    return [...value, ...(await collectEntries(graph.list(next)))];
  } catch (error) {
    if (error instanceof GraphProblem) return refusal(error);
    throw error;
  }
}

function refusal(problem: GraphProblem): Refused {
  // Throttling concerns all of SharePoint, not one site (SharePoint Online uses 429 and 503).
  if (problem.status === 503 || ['throttled', 'credential_refused', 'unreachable'].includes(problem.code))
    throw problem;
  return {
    code: problem.graphCode ?? problem.code,
    ...(problem.status === null ? {} : { status: problem.status }),
  };
}

/** The part of a permission that admits everyone or Entra groups, without people named next to them. */
function kept(permission: Json): Json[] {
  const { id, roles, link, grantedToV2, grantedToIdentitiesV2: many } = permission;
  const alone = { id, roles, ...(isObject(link) ? { link: { type: link.type, scope: link.scope } } : {}) };
  if (wideOf(alone) !== null) return [alone];
  const identities = [grantedToV2, ...(Array.isArray(many) ? many : [])];
  const wide = identities.find((one) => wideOf({ grantedToV2: one }) !== null);
  if (wide !== undefined) return [{ ...alone, grantedToV2: wide }];
  const groups = groupsOf(permission).map((group) => ({ group: { id: group.id, displayName: group.name } }));
  return groups.length === 0 ? [] : [{ ...alone, grantedToIdentitiesV2: groups }];
}

/** The sites with the number of accounts in each of their groups, including nested groups. */
async function withSizes(graph: GraphClient, sites: readonly Site[]): Promise<Site[]> {
  const ids = new Set(permissionsOf(sites).flatMap((permission) => groupsOf(permission).map(({ id }) => id)));
  const answers = await graph.batch(
    [...ids].slice(0, MAX_GROUPS).map((id) => ({
      id,
      method: 'GET',
      path: `/groups/${id}/transitiveMembers/microsoft.graph.user?$count=true&$top=1&$select=id`,
      eventual: true,
    })),
  );
  const sizes = new Map<string, number>();
  for (const [id, answer] of answers) {
    if (!answer.ok) refusal(answer.problem);
    else {
      const count = answer.body?.['@odata.count'];
      // Graph counts no members of a group with hidden membership.
      if (typeof count === 'number' && count > 0) sizes.set(id, count);
    }
  }
  return mapGroups(sites, (group) => {
    const size = sizes.get(String(group.id));
    return size === undefined ? group : { ...group, [MEMBER_COUNT]: size };
  });
}

function permissionsOf(sites: readonly Site[]): Json[] {
  return sites.flatMap(({ drives }) =>
    (Array.isArray(drives) ? drives : []).flatMap(({ root }) => (root?.permissions ?? []) as Json[]),
  );
}

function mapGroups(sites: readonly Site[], of: (group: Json) => Json): Site[] {
  const inPermission = (permission: Json): Json =>
    Array.isArray(permission.grantedToIdentitiesV2)
      ? {
          ...permission,
          grantedToIdentitiesV2: permission.grantedToIdentitiesV2.map((one) => ({
            ...one,
            group: of(one.group),
          })),
        }
      : permission;
  return sites.map((site) =>
    Array.isArray(site.drives)
      ? {
          ...site,
          drives: site.drives.map((drive) =>
            drive.root === undefined
              ? drive
              : { ...drive, root: { permissions: drive.root.permissions.map(inPermission) } },
          ),
        }
      : site,
  );
}
// Guide: G3.2-04
