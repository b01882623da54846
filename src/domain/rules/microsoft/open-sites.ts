import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { EntraGroupRow, SharedSiteRow, SiteUsageRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { type CountedGroup, largeGroups, type People, peopleOf } from './large-groups.ts';
import { linksOf, wider } from './site-counts.ts';
import { type LivePermissions, type LiveSite, livePermissions } from './site-permissions.ts';

/** How widely a site is open, widest first: anyone with a link, everyone including guests, everyone in the tenant. */
export type Exposure = 'anyone' | 'everyone' | 'organization' | 'none' | 'unknown';

/**
 * What opens a site: links for anyone, permissions for everyone, permissions for everyone except guests, a public
 * group, or a group of nearly everyone.
 */
export type Opening = 'anyone' | 'everyone' | 'organization' | 'group' | 'large_group';

/** One site, merged from all readings. */
export interface Site {
  /** Key for exceptions: the URL if known, else the id of its group, else its own id. */
  readonly key: string;
  readonly url: string | null;
  /** Microsoft's id of the site. */
  readonly id: string | null;
  readonly name: string | null;
  readonly owner: string | null;
  readonly is: Exposure;
  readonly by: readonly Opening[];
  readonly anyone: number | null;
  readonly everyone: number | null;
  readonly organization: number | null;
  /** From the sharing report, else the size of the largest group in `large`. */
  readonly people: number | null;
  /** Groups in permissions of its libraries that certainly are nearly everyone, largest first. */
  readonly large: readonly CountedGroup[];
  /** In the sharing report, which is the only source that covers every permission. */
  readonly reported: boolean;
  /** Source of `anyone`: the sharing report, the usage report (times shared), or links to whole libraries. */
  readonly linksBy: 'report' | 'usage' | 'libraries' | null;
  /** Live reading of its document libraries; null: none. */
  readonly live: SiteLive | null;
  /**
   * Number of sites that the usage report counts without naming them, if this entry stands for those; 0: it is one
   * site.
   */
  readonly concealed: number;
  /** Number of links for anyone in the other source, whose count is not used, and its day; null: there is no other. */
  readonly against: { readonly of: 'report' | 'usage'; readonly anyone: number; readonly on: string } | null;
  readonly evidence: readonly Evidence[];
}

export interface SiteLive {
  readonly on: string;
  /** Document libraries whose permissions were read that day. */
  readonly libraries: number;
  /** Why the newest reading did not read it completely. */
  readonly unread: LiveSite['unread'];
  /** What these permissions open. */
  readonly opens: readonly Exclude<Opening, 'group'>[];
  /** Whether a newer sharing report no longer shows this. */
  readonly closed: boolean;
}

/** The readings about open sites, and the sites in them. */
export interface OpenSites {
  readonly report: Current<'shared_sites'>;
  readonly usage: Current<'site_usage'>;
  readonly groups: Current<'entra_groups'>;
  readonly permissions: Current<'site_permissions'>;
  /** The people of the tenant, to whose number groups in permissions are compared. */
  readonly tenantPeople: People;
  /** Whether the list of groups gives their visibility. */
  readonly visibility: boolean;
  /** Number of Microsoft 365 groups that may be public. */
  readonly unclear: number;
  /** The day up to which Microsoft counted links. */
  readonly countedTo: string | null;
  readonly sites: readonly Site[];
}

/** Same as in the control, because the sharing report is made by hand. Live readings expire as usual. */
const REPORT_DAYS = 365;

const VISIBILITIES: ReadonlySet<string> = new Set(['public', 'private', 'hiddenmembership']);
const RANK: readonly Exposure[] = ['anyone', 'everyone', 'organization', 'unknown', 'none'];

/** A site while its data is being merged. */
interface Draft {
  readonly key: string;
  readonly report: SharedSiteRow | null;
  live: LiveSite | null;
  usage: SiteUsageRow | null;
  group: EntraGroupRow | null;
}

export function openSites(context: CheckContext): OpenSites {
  const report = context.read('shared_sites', REPORT_DAYS);
  const usage = context.read('site_usage', DEFAULT_FRESH_DAYS);
  const groups = context.read('entra_groups', DEFAULT_FRESH_DAYS);
  const tenantPeople = peopleOf(context);
  const permissions = livePermissions(context, tenantPeople);
  const list = groups.ok ? groups.rows : [];
  const countedTo = usage.ok ? (usage.rows[0]?.countedTo ?? usage.observedOn) : null;
  const used = usage.ok ? usage.rows.filter(({ deleted }) => !deleted) : [];
  const nameless = used.filter((row) => row.id === null && row.url === null);
  const drafts = draftsOf(
    report.ok ? report.rows : [],
    permissions,
    used.filter((row) => !nameless.includes(row)),
    list,
  );
  const sites = drafts.map((draft) => siteOf(draft, { report, usage, groups, countedTo, tenantPeople }));
  return {
    report,
    usage,
    groups,
    permissions: permissions.current,
    tenantPeople,
    visibility: groups.ok && (list.length === 0 || list.some((row) => row.visibility !== undefined)),
    unclear: list.filter((row) => row.unified === true && !VISIBILITIES.has(row.visibility ?? '')).length,
    countedTo,
    sites: byExposure([...sites, ...concealed(nameless, usage)]),
  };
}

/** Sorts sites, most exposed first: the widest exposure, then the number of openings, then the number of people. */
function byExposure(sites: readonly Site[]): readonly Site[] {
  const much = (site: Site) => (site.anyone ?? 0) + (site.everyone ?? 0) + (site.organization ?? 0);
  return [...sites].sort(
    (a, b) =>
      RANK.indexOf(a.is) - RANK.indexOf(b.is) ||
      much(b) - much(a) ||
      (b.people ?? 0) - (a.people ?? 0) ||
      a.key.localeCompare(b.key),
  );
}

function draftsOf(
  reported: readonly SharedSiteRow[],
  permissions: LivePermissions,
  used: readonly SiteUsageRow[],
  groups: readonly EntraGroupRow[],
): readonly Draft[] {
  const drafts: Draft[] = reported.map((row) => ({
    key: row.url.toLowerCase(),
    report: row,
    ...{ live: null, usage: null, group: null },
  }));
  const byUrl = new Map(drafts.map((draft) => [draft.key, draft]));
  const byId = new Map(drafts.flatMap((draft) => (draft.report?.id ? [[draft.report.id, draft]] : [])));
  for (const live of permissions.sites) {
    const { id, url } = live.row;
    const same = byUrl.get(url.toLowerCase()) ?? (id === null ? undefined : byId.get(id));
    const draft = same?.live === null ? same : undefined;
    const own = draft ?? {
      key: url.toLowerCase(),
      ...{ report: null, live: null, usage: null, group: null },
    };
    if (draft === undefined) drafts.push(own);
    own.live = live;
    byUrl.set(url.toLowerCase(), own);
    // Subsites come after their site and have the same collection id.
    if (id !== null && !byId.has(id)) byId.set(id, own);
  }
  const byMail = new Map(groups.flatMap((row) => (row.mail ? [[row.mail, row]] : [])));
  /** Sites of groups, by the group's mail address, which is also the site's owner. */
  const byOwner = new Map<string, Draft>();
  const keep = (owner: string | null, draft: Draft) => {
    if (owner !== null && byMail.has(owner) && !byOwner.has(owner)) byOwner.set(owner, draft);
  };
  for (const draft of drafts) keep(draft.report?.owner?.toLowerCase() ?? null, draft);
  for (const row of used) {
    // A team's channel has its own site with the same owner.
    const owner = /^group/i.test(row.template ?? 'group') ? row.owner : null;
    const team = owner === null ? undefined : byOwner.get(owner);
    const same =
      (row.url === null ? undefined : byUrl.get(row.url.toLowerCase())) ??
      (row.id === null ? undefined : byId.get(row.id)) ??
      (team?.usage === null ? team : undefined);
    const group = owner === null || team !== undefined ? undefined : byMail.get(owner);
    const draft = same ?? { key: keyOf(row, group), report: null, live: null, usage: row, group: null };
    if (same === undefined) drafts.push(draft);
    if (draft.usage === null || draft.usage.anyone < row.anyone) draft.usage = row;
    if (row.url !== null) byUrl.set(row.url.toLowerCase(), draft);
    if (row.id !== null) byId.set(row.id, draft);
    keep(owner, draft);
  }
  for (const group of groups) {
    if (group.unified === false) continue;
    const known = byOwner.get(group.mail ?? '');
    if (known !== undefined) known.group = group;
    else if (group.visibility === 'public')
      drafts.push({
        key: (group.id ?? group.name).toLowerCase(),
        ...{ report: null, live: null, usage: null },
        group,
      });
  }
  return drafts;
}

/** The URL that Microsoft gives; null if it is a placeholder because names are concealed. */
const addressOf = ({ url }: SiteUsageRow) => (url !== null && /^https:\/\//i.test(url) ? url : null);

function keyOf(row: SiteUsageRow, group: EntraGroupRow | undefined): string {
  return (addressOf(row) ?? group?.id ?? row.id ?? row.url ?? '').toLowerCase();
}

type Readings = Pick<OpenSites, 'report' | 'usage' | 'groups' | 'countedTo' | 'tenantPeople'>;

function siteOf({ key, report: row, live, usage: used, group }: Draft, readings: Readings): Site {
  const { report, usage, groups, countedTo, tenantPeople } = readings;
  /** For the same day, the wider of the report and the live reading counts. */
  const newer = live !== null && (!report.ok || live.on >= report.observedOn);
  const { anyone, linksBy, against } = linksOf(row, used, { report, countedTo, live, newer });
  const isPublic = group?.visibility === 'public';
  const everyone = wider(row?.everyone ?? null, live?.row.everyone ?? null, newer);
  const organization = wider(row?.organization ?? null, live?.row.organization ?? null, newer);
  const large = live === null ? [] : largeGroups(live.row, tenantPeople).certain;
  const by: Opening[] = [
    ...((anyone ?? 0) > 0 ? (['anyone'] as const) : []),
    ...((everyone ?? 0) > 0 ? (['everyone'] as const) : []),
    ...((organization ?? 0) > 0 ? (['organization'] as const) : []),
    ...(isPublic ? (['group'] as const) : []),
    // The sharing report does not count groups, so only a later live reading can close them.
    ...(large.length > 0 ? (['large_group'] as const) : []),
  ];
  const [widest] = by;
  const unsaid = anyone === null || everyone === null || organization === null;
  return {
    key,
    url: row?.url ?? live?.row.url ?? (used === null ? null : addressOf(used)),
    id: row?.id ?? live?.row.id ?? used?.id ?? null,
    name: row?.name ?? live?.row.name ?? group?.name ?? null,
    owner: row?.owner ?? used?.owner ?? group?.mail ?? null,
    is: widest === undefined ? (unsaid ? 'unknown' : 'none') : exposureOf(widest),
    by,
    anyone,
    everyone,
    organization,
    people: row?.people ?? large[0]?.people ?? null,
    large,
    reported: row !== null,
    linksBy,
    live: live === null ? null : liveOf(live, by, large),
    concealed: 0,
    against,
    evidence: [
      ...(report.ok && row !== null ? [report.cite(row, row.name ?? row.url)] : []),
      ...(live === null || opensOf(live, large).length === 0 ? [] : [live.cite(saysOf(live, large))]),
      ...(usage.ok && used !== null && used.anyone > 0
        ? [usage.cite(used, `anonymousLinkCount: ${used.anyone}`)]
        : []),
      ...(groups.ok && group !== null && isPublic ? [groups.cite(group, 'visibility: Public')] : []),
    ],
  };
}

const exposureOf = (opening: Opening): Exposure =>
  opening === 'group' || opening === 'large_group' ? 'organization' : opening;

const countsOf = ({ row }: LiveSite) =>
  (['anyone', 'everyone', 'organization'] as const).filter((one) => (row[one] ?? 0) > 0);

const opensOf = (live: LiveSite, large: readonly CountedGroup[]): SiteLive['opens'] => [
  ...countsOf(live),
  ...(large.length > 0 ? (['large_group'] as const) : []),
];

/** Quoted in the evidence about a site's permissions. */
const saysOf = (live: LiveSite, large: readonly CountedGroup[]): string =>
  [
    ...countsOf(live).map((one) => `${one}: ${live.row[one]}`),
    ...large.map(({ id, name, people }) => `group ${name ?? id}: ${people}`),
  ].join(', ');

function liveOf(live: LiveSite, by: readonly Opening[], large: readonly CountedGroup[]): SiteLive {
  const opens = opensOf(live, large);
  return {
    on: live.on,
    libraries: live.row.libraries,
    unread: live.unread,
    opens,
    closed: opens.length > 0 && opens.every((one) => !by.includes(one)),
  };
}

/**
 * Sites without names or ids are merged into one entry. Its key has the numbers of sites and links, so an exception
 * ends when they change.
 */
function concealed(rows: readonly SiteUsageRow[], usage: Current<'site_usage'>): readonly Site[] {
  const shared = rows.filter(({ anyone }) => anyone > 0);
  if (shared.length === 0 || !usage.ok) return [];
  const links = shared.reduce((sum, { anyone }) => sum + anyone, 0);
  return [
    {
      key: `concealed ${shared.length} ${links}`,
      ...{ url: null, id: null, name: null, owner: null, everyone: null, organization: null, people: null },
      is: 'anyone',
      by: ['anyone'],
      large: [],
      anyone: links,
      reported: false,
      linksBy: 'usage',
      live: null,
      concealed: shared.length,
      against: null,
      evidence: shared.slice(0, 5).map((row) => usage.cite(row, `anonymousLinkCount: ${row.anyone}`)),
    },
  ];
}
// Guide: G3.2-04
