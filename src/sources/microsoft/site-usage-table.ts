import type { SiteUsageRow } from '#domain/model/kinds.ts';
import { ImportProblem, type ParseEnvironment } from '../exports/file-kind.ts';
import type { Field } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import type { Notes } from '../exports/table/notes.ts';
import { placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';
import { siteUsageRow } from './site-usage.ts';

/** Headings of the CSV of getSharePointSiteUsageDetail, the same as on the page Reports > Usage > SharePoint. */
const FIELDS: readonly Field[] = [
  { field: 'countedTo', headings: ['report refresh date'] },
  { field: 'id', headings: ['site id'] },
  { field: 'url', headings: ['site url'] },
  { field: 'owner', headings: ['owner principal name'] },
  { field: 'ownerName', headings: ['owner display name'] },
  { field: 'deleted', headings: ['is deleted'] },
  { field: 'template', headings: ['root web template'] },
  { field: 'anyone', headings: ['anonymous link count'] },
  { field: 'links', headings: ['company link count'] },
];

/** Number of sharing links per SharePoint site, from Microsoft 365 usage reports. */
export const siteUsageTable = tableKind<'site_usage'>({
  kind: 'site_usage',
  fields: FIELDS,
  needs: { fields: ['anyone'], words: 'how often a site was shared by links that anyone can open' },
  score: (view) => (isSiteUsage(view) ? 1 : 0),
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The usage report lists no site.');
    const days = rows.flatMap(({ countedTo }) => countedTo ?? []);
    // Microsoft's counts are a few days old, so the file's own day is used, not that of saving.
    return { rows, observedOn: days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b)) };
  },
});

function isSiteUsage(view: View): boolean {
  return view.has('countedTo') && view.has('template') && (view.has('id') || view.has('url'));
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): SiteUsageRow[] {
  return dataRows(view, notes).map((row) => {
    const anyone = countIn(view.text(row, 'anyone'));
    if (anyone === null)
      throw new ImportProblem(
        'The report does not count how often this site was shared by links that anyone can open. Export it again.',
        { row: row.row, column: view.heading('anyone') },
      );
    return siteUsageRow({
      ...placeOf(row, environment),
      id: view.text(row, 'id'),
      url: view.text(row, 'url'),
      owner: view.text(row, 'owner'),
      ownerName: view.text(row, 'ownerName'),
      template: view.text(row, 'template'),
      deleted: /^(?:true|yes)$/i.test(view.text(row, 'deleted') ?? ''),
      anyone,
      links: countIn(view.text(row, 'links')),
      countedTo: view.text(row, 'countedTo'),
    });
  });
}

function countIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
// Guide: G3.2-04
