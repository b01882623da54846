import type { SharedSiteRow, SiteUsageRow } from '../../model/kinds.ts';
import type { OpenSites, Site } from './open-sites.ts';
import type { LiveSite } from './site-permissions.ts';

/** Decides which reading counts if several cover one site. */

/**
 * Merges the count of permissions in the sharing report with the live one. The report covers the whole site, the live
 * reading only the top level of its libraries, so zero there does not override the report.
 */
export function wider(stated: number | null, found: number | null, newer: boolean): number | null {
  return (found ?? 0) > 0 && (newer || stated === null) ? Math.max(found ?? 0, stated ?? 0) : stated;
}

/**
 * Links for anyone: the newer of the sources that count some, and the higher count if both are from one day. Zero in
 * the usage report does not override: Microsoft does not say whether it counts existing links or those of a period.
 */
export function linksOf(
  row: SharedSiteRow | null,
  used: SiteUsageRow | null,
  more: Pick<OpenSites, 'report' | 'countedTo'> & {
    readonly live: LiveSite | null;
    readonly newer: boolean;
  },
): Pick<Site, 'anyone' | 'linksBy' | 'against'> {
  const counted = countedLinks(row, used, more);
  const top = more.live?.row.anyone ?? 0;
  const found = top > 0 && (more.newer || (row?.anyone ?? null) === null);
  if ((counted.anyone ?? 0) > 0 || !found) return counted;
  const { report } = more;
  return {
    anyone: top,
    linksBy: 'libraries',
    against: report.ok && row?.anyone === 0 ? { of: 'report', anyone: 0, on: report.observedOn } : null,
  };
}

function countedLinks(
  row: SharedSiteRow | null,
  used: SiteUsageRow | null,
  { report, countedTo }: Pick<OpenSites, 'report' | 'countedTo'>,
): Pick<Site, 'anyone' | 'linksBy' | 'against'> {
  const stated = row?.anyone ?? null;
  if (used === null || stated === null) {
    const linksBy = used !== null ? 'usage' : stated === null ? null : 'report';
    return { anyone: used?.anyone ?? stated, linksBy, against: null };
  }
  const reportOn = report.ok ? report.observedOn : '';
  const usageOn = used.countedTo ?? countedTo ?? '';
  if ((used.anyone > 0 && usageOn > reportOn) || (usageOn === reportOn && used.anyone > stated))
    return {
      anyone: used.anyone,
      linksBy: 'usage',
      against: stated === 0 ? { of: 'report', anyone: 0, on: reportOn } : null,
    };
  const differs = stated > 0 !== used.anyone > 0;
  return {
    anyone: stated,
    linksBy: 'report',
    against: differs ? { of: 'usage', anyone: used.anyone, on: usageOn } : null,
  };
}
// Guide: G3.2-04
