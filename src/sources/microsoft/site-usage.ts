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
  return siteUsageRow({
    file,
    row,
    id: text(member(item, 'siteId')),
    url: text(member(item, 'siteUrl')),
    owner: text(member(item, 'ownerPrincipalName')),
    ownerName: text(member(item, 'ownerDisplayName')),
    template: text(member(item, 'rootWebTemplate')),
    // Where it does not say that a site is gone, the site is there.
    deleted: flag(member(item, 'isDeleted')) === true,
    anyone,
    links: countOf(member(item, 'companyLinkCount')),
    countedTo: text(member(item, 'reportRefreshDate')),
  });
}

/** A site in the form that rules compare: without concealed ids, and addresses in small letters. */
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
