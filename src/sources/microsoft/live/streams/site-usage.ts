import type { Json } from '../../../json-client.ts';
import { all } from '../../graph/client.ts';
import { GraphProblem } from '../../graph/problem.ts';
import { keptList, saved } from '../kept-list.ts';

/** 180 days, the longest that Microsoft has: should it count what was shared in that time, this misses the least. */
const REPORT = "/beta/reports/getSharePointSiteUsageDetail(period='D180')";
const CONTEXT =
  'https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.sharePointSiteUsageDetail)';

/** What says which site it is and how often it was shared by links; who used it how much is left out. */
const KEPT = [
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
 * SharePoint sites with how often they were shared by links. Beta, since v1.0 does not count links, and global cloud only.
 * Microsoft renews it once a day. It needs nothing that opens a file; who may open a site it does not say.
 */
export const siteUsage = keptList({
  id: 'site_usage',
  title: 'SharePoint sites shared by links',
  kind: 'site_usage',
  scope: 'Reports.Read.All',
  everyMinutes: 24 * 60,
  read: async ({ client: { graph } }) => {
    const sites = await all(graph.list(REPORT, { $format: 'application/json' }));
    const counted = sites.map(kept);
    // Not made yet: a list without sites would say that none is shared.
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
  return Object.fromEntries(KEPT.flatMap((name) => (plain.has(name) ? [[name, plain.get(name)]] : [])));
}
// Guide: G3.2-04
