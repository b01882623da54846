import type { Json } from '../../../json-client.ts';
import { collectEntries } from '../../graph/client.ts';
import { GraphProblem } from '../../graph/problem.ts';
import { listStream, saved } from '../list-stream.ts';

/** 180 days, Microsoft's longest period: if the report counts shares within the period, this misses the least. */
const REPORT = "/beta/reports/getSharePointSiteUsageDetail(period='D180')";
const CONTEXT =
  'https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.sharePointSiteUsageDetail)';

/** Members that identify a site and count its sharing links; usage by person is omitted. */
const KEPT_FIELDS = [
  'reportRefreshDate',
  'siteId',
  'siteUrl',
  'ownerDisplayName',
  'ownerPrincipalName',
  'isDeleted',
  'rootWebTemplate',
  'anonymousLinkCount',
  'companyLinkCount',
  'reportPeriod',
];

/**
 * SharePoint sites and their number of sharing links. Beta, because v1.0 does not count links, and global cloud only.
 * Microsoft updates it daily. It requires no permission that could open files, and does not say who can open a site.
 */
export const siteUsage = listStream({
  id: 'site_usage',
  title: 'SharePoint sites shared by links',
  kind: 'site_usage',
  scope: 'Reports.Read.All',
  everyMinutes: 24 * 60,
  read: async ({ client: { graph } }) => {
    const sites = await collectEntries(graph.list(REPORT, { $format: 'application/json' }));
    const counted = sites.map(kept);
    // The report does not exist yet. An empty list would say that no site is shared.
    if (counted.length === 0) return [];
    if (counted.every(({ anonymousLinkCount }) => typeof anonymousLinkCount !== 'number'))
      throw new GraphProblem('unreadable', {
        message:
          'Microsoft’s report of SharePoint site usage no longer counts links that anyone can open. It is beta, and Microsoft may have changed it.',
      });
    return [saved(CONTEXT, counted, 'siteId')];
  },
});

/** As beta may name them in either case, the first letter counts in both. */
function kept(site: Json): Json {
  const plain = new Map(
    Object.entries(site).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
  );
  return Object.fromEntries(
    KEPT_FIELDS.flatMap((name) => (plain.has(name) ? [[name, plain.get(name)]] : [])),
  );
}
// Guide: G3.2-04
