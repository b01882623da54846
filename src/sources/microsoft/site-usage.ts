import type { SiteUsageRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { countOf, flag, type JsonObject, member, text } from '../exports/kinds/json-values.ts';

/** What Microsoft puts in place of a site's id where usage reports conceal names. */
const CONCEALED = /^[0-]+$/;

/**
 * A site of the report getSharePointSiteUsageDetail. Only its beta form counts links, and beta may change: a report that
 * does not count them says nothing, and is refused.
 */
export function readSiteUsage(item: JsonObject, file: string, row: number): SiteUsageRow {
  const anyone = countOf(member(item, 'anonymousLinkCount'));
  if (anyone === null)
    throw new ImportProblem(
      'The report does not count the links of a site that anyone can open. Only the beta form of the report does, as JSON; Microsoft may have changed it.',
      { row, column: 'anonymousLinkCount' },
    );
  const id = text(member(item, 'siteId'))?.toLowerCase() ?? null;
  return {
    file,
    row,
    id: id === null || CONCEALED.test(id) ? null : id,
    url: text(member(item, 'siteUrl')),
    owner: text(member(item, 'ownerPrincipalName'))?.toLowerCase() ?? null,
    ownerName: text(member(item, 'ownerDisplayName')),
    template: text(member(item, 'rootWebTemplate')),
    // Where it does not say that a site is gone, the site is there.
    deleted: flag(member(item, 'isDeleted')) === true,
    anyone,
    links: countOf(member(item, 'companyLinkCount')),
    countedTo: /^\d{4}-\d{2}-\d{2}$/.exec(text(member(item, 'reportRefreshDate')) ?? '')?.[0] ?? null,
  };
}
// Guide: G3.2-04
