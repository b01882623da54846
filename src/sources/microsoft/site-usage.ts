import type { SiteUsageRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { countOf, flag, type JsonObject, member, text } from '../exports/kinds/json-values.ts';

/** Microsoft's placeholder for a site's id if usage reports conceal names. */
const CONCEALED = /^[0-]+$/;

/**
 * A site in the report getSharePointSiteUsageDetail. Only its beta counts links, and beta may change, so a report
 * without these counts is rejected.
 */
export function readSiteUsage(item: JsonObject, file: string, row: number): SiteUsageRow {
  const anyone = countOf(member(item, 'anonymousLinkCount'));
  if (anyone === null)
    throw new ImportProblem(
      'The report does not count the links of a site that anyone can open. Only the beta form of the report does, as JSON; Microsoft may have changed it.',
      { row, column: 'anonymousLinkCount' },
    );
  return siteUsageRow({
    file,
    row,
    id: text(member(item, 'siteId')),
    url: text(member(item, 'siteUrl')),
    owner: text(member(item, 'ownerPrincipalName')),
    ownerName: text(member(item, 'ownerDisplayName')),
    template: text(member(item, 'rootWebTemplate')),
    // A site is assumed to exist unless the report says otherwise.
    deleted: flag(member(item, 'isDeleted')) === true,
    anyone,
    links: countOf(member(item, 'companyLinkCount')),
    countedTo: text(member(item, 'reportRefreshDate')),
  });
}

/** A site in the form that rules compare: without concealed ids, addresses in lowercase. */
export function siteUsageRow(row: SiteUsageRow): SiteUsageRow {
  const id = row.id?.toLowerCase() ?? null;
  return {
    ...row,
    id: id === null || CONCEALED.test(id) ? null : id,
    owner: row.owner?.toLowerCase() ?? null,
    countedTo: /^\d{4}-\d{2}-\d{2}$/.exec(row.countedTo ?? '')?.[0] ?? null,
  };
}
// Guide: G3.2-04
