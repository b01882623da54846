import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { EntraGroupRow, SharedSiteRow, SiteUsageRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';

/** How widely a site is open, from the widest: anyone with a link, everyone with guests, everyone of the tenant. */
export type Exposure = 'anyone' | 'everyone' | 'organization' | 'none' | 'unknown';

/** What opens a site: links, permissions for everyone, those for everyone but guests, or that its group is public. */
export type Opening = 'anyone' | 'everyone' | 'organization' | 'group';

/** One site, by everything that was read of it. */
export interface Site {
  /** What an exception names: the address where one is known, else the id of its group, else its own. */
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
  readonly people: number | null;
  /** In the sharing report, which alone tells of permissions. */
  readonly reported: boolean;
  /** Sites of which nothing is known but that they are so many, since usage reports conceal names; 0: it is one. */
  readonly concealed: number;
  /** What the source that does not count says of links for anyone, and of which day it is; null: nothing else. */
  readonly against: { readonly of: 'report' | 'usage'; readonly anyone: number; readonly on: string } | null;
  readonly evidence: readonly Evidence[];
}

/** The readings that tell of open sites, and the sites in them. */
export interface OpenSites {
  readonly report: Current<'shared_sites'>;
  readonly usage: Current<'site_usage'>;
  readonly groups: Current<'entra_groups'>;
  /** Whether the list of groups says who can see what is in them. */
  readonly visibility: boolean;
  /** Microsoft 365 groups of which it is not known whether they are public. */
  readonly unclear: number;
  /** The day up to which Microsoft counted links. */
  readonly countedTo: string | null;
  readonly sites: readonly Site[];
}

/** As the control takes it: the sharing report is made by hand. What is read live beside it counts for no longer than ever. */
const REPORT_DAYS = 365;

const VISIBILITIES: ReadonlySet<string> = new Set(['public', 'private', 'hiddenmembership']);
const RANK: readonly Exposure[] = ['anyone', 'everyone', 'organization', 'unknown', 'none'];

/** A site while what is said of it is brought together. */
interface Draft {
  readonly key: string;
  readonly report: SharedSiteRow | null;
  usage: SiteUsageRow | null;
  group: EntraGroupRow | null;
}

export function openSites(context: CheckContext): OpenSites {
  const report = context.read('shared_sites', REPORT_DAYS);
  const usage = context.read('site_usage', DEFAULT_FRESH_DAYS);
  const groups = context.read('entra_groups', DEFAULT_FRESH_DAYS);
  const list = groups.ok ? groups.rows : [];
  const countedTo = usage.ok ? (usage.rows[0]?.countedTo ?? usage.observedOn) : null;
  const used = usage.ok ? usage.rows.filter(({ deleted }) => !deleted) : [];
  const nameless = used.filter((row) => row.id === null && row.url === null);
  const drafts = draftsOf(
    report.ok ? report.rows : [],
    used.filter((row) => !nameless.includes(row)),
    list,
  );
  const sites = drafts.map((draft) => siteOf(draft, { report, usage, groups, countedTo }));
  return {
    report,
    usage,
    groups,
    visibility: groups.ok && (list.length === 0 || list.some((row) => row.visibility !== undefined)),
    unclear: list.filter((row) => row.unified === true && !VISIBILITIES.has(row.visibility ?? '')).length,
    countedTo,
    sites: byExposure([...sites, ...concealed(nameless, usage)]),
  };
}

/** Sites from the most exposed on: the widest first, then by how much of them is, then by who can open them. */
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
  used: readonly SiteUsageRow[],
  groups: readonly EntraGroupRow[],
): readonly Draft[] {
  const drafts: Draft[] = reported.map((row) => ({
    key: row.url.toLowerCase(),
    report: row,
    usage: null,
    group: null,
  }));
  const byUrl = new Map(drafts.map((draft) => [draft.key, draft]));
  const byId = new Map(drafts.flatMap((draft) => (draft.report?.id ? [[draft.report.id, draft]] : [])));
  const byMail = new Map(groups.flatMap((row) => (row.mail ? [[row.mail, row]] : [])));
  /** The sites of groups, by the mail of the group, which stands as the owner of its site. */
  const byOwner = new Map<string, Draft>();
  const keep = (owner: string | null, draft: Draft) => {
    if (owner !== null && byMail.has(owner) && !byOwner.has(owner)) byOwner.set(owner, draft);
  };
  for (const draft of drafts) keep(draft.report?.owner?.toLowerCase() ?? null, draft);
  for (const row of used) {
    // A channel of a team has a site of its own, with the same owner.
    const owner = /^group/i.test(row.template ?? 'group') ? row.owner : null;
    const team = owner === null ? undefined : byOwner.get(owner);
    const same =
      (row.url === null ? undefined : byUrl.get(row.url.toLowerCase())) ??
      (row.id === null ? undefined : byId.get(row.id)) ??
      (team?.usage === null ? team : undefined);
    const group = owner === null || team !== undefined ? undefined : byMail.get(owner);
    const draft = same ?? { key: keyOf(row, group), report: null, usage: row, group: null };
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
      drafts.push({ key: (group.id ?? group.name).toLowerCase(), report: null, usage: null, group });
  }
  return drafts;
}

/** The address that Microsoft gives; what stands in its place where names are concealed is none. */
const addressOf = ({ url }: SiteUsageRow) => (url !== null && /^https:\/\//i.test(url) ? url : null);

function keyOf(row: SiteUsageRow, group: EntraGroupRow | undefined): string {
  return (addressOf(row) ?? group?.id ?? row.id ?? row.url ?? '').toLowerCase();
}

type Readings = Pick<OpenSites, 'report' | 'usage' | 'groups' | 'countedTo'>;

function siteOf({ key, report: row, usage: used, group }: Draft, readings: Readings): Site {
  const { report, usage, groups, countedTo } = readings;
  const { anyone, against } = linksOf(row, used, { report, countedTo });
  const isPublic = group?.visibility === 'public';
  const everyone = row?.everyone ?? null;
  const organization = row?.organization ?? null;
  const by: Opening[] = [
    ...((anyone ?? 0) > 0 ? (['anyone'] as const) : []),
    ...((everyone ?? 0) > 0 ? (['everyone'] as const) : []),
    ...((organization ?? 0) > 0 ? (['organization'] as const) : []),
    ...(isPublic ? (['group'] as const) : []),
  ];
  const [widest] = by;
  const unsaid = anyone === null || everyone === null || organization === null;
  return {
    key,
    url: row?.url ?? (used === null ? null : addressOf(used)),
    id: row?.id ?? used?.id ?? null,
    name: row?.name ?? group?.name ?? null,
    owner: row?.owner ?? used?.owner ?? group?.mail ?? null,
    is: widest === undefined ? (unsaid ? 'unknown' : 'none') : widest === 'group' ? 'organization' : widest,
    by,
    anyone,
    everyone,
    organization,
    people: row?.people ?? null,
    reported: row !== null,
    concealed: 0,
    against,
    evidence: [
      ...(report.ok && row !== null ? [report.cite(row, row.name ?? row.url)] : []),
      ...(usage.ok && used !== null && used.anyone > 0
        ? [usage.cite(used, `anonymousLinkCount: ${used.anyone}`)]
        : []),
      ...(groups.ok && group !== null && isPublic ? [groups.cite(group, 'visibility: Public')] : []),
    ],
  };
}

/**
 * Links for anyone by the newer of the two that count some, and by the wider where both are of one day. None in the usage
 * report takes back nothing: Microsoft does not say whether it counts links that are there or those of a time.
 */
function linksOf(
  row: SharedSiteRow | null,
  used: SiteUsageRow | null,
  { report, countedTo }: Pick<Readings, 'report' | 'countedTo'>,
): Pick<Site, 'anyone' | 'against'> {
  const stated = row?.anyone ?? null;
  if (used === null || stated === null) return { anyone: used?.anyone ?? stated, against: null };
  const reportOn = report.ok ? report.observedOn : '';
  const usageOn = used.countedTo ?? countedTo ?? '';
  if ((used.anyone > 0 && usageOn > reportOn) || (usageOn === reportOn && used.anyone > stated))
    return {
      anyone: used.anyone,
      against: stated === 0 ? { of: 'report', anyone: 0, on: reportOn } : null,
    };
  const differs = stated > 0 !== used.anyone > 0;
  return { anyone: stated, against: differs ? { of: 'usage', anyone: used.anyone, on: usageOn } : null };
}

/** What Microsoft neither names nor numbers is one entry: so many sites with so many links, another as soon as that changes. */
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
      anyone: links,
      reported: false,
      concealed: shared.length,
      against: null,
      evidence: shared.slice(0, 5).map((row) => usage.cite(row, `anonymousLinkCount: ${row.anyone}`)),
    },
  ];
}
// Guide: G3.2-04
