import type { SharedSiteRow } from '#domain/model/kinds.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../exports/file-kind.ts';
import { words } from '../exports/table/cells.ts';
import type { Field } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import type { Notes } from '../exports/table/notes.ts';
import { placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';

/**
 * Headings of the report "Site permissions across your organization" of the SharePoint admin center, and of equivalent
 * lists from scripts and other tools.
 */
const FIELDS: readonly Field[] = [
  { field: 'url', headings: ['site url', 'siteurl', 'url', 'site address', 'web url'] },
  { field: 'id', headings: ['site id', 'siteid'] },
  { field: 'name', headings: ['site name', 'sitename', 'site title', 'title'] },
  {
    field: 'owner',
    headings: ['primary admin email', 'primary admin', 'site owner', 'owner', 'owner email'],
  },
  {
    field: 'anyone',
    headings: ['anyone link count', 'anyone links', 'anyone link', 'anonymous links', 'anonymous link count'],
  },
  {
    field: 'everyone',
    headings: ['everyone permission count', 'everyone permissions', 'shared with everyone', 'everyone'],
  },
  {
    field: 'organization',
    headings: [
      'eeeu permission count',
      'everyone except external users',
      'shared with everyone except external users',
      'eeeu permissions',
      'everyone except external user permissions',
      'everyone except external users permissions',
      'everyone except external users permission count',
    ],
  },
  {
    field: 'links',
    headings: [
      'peopleinyourorg link count',
      'people in your org link count',
      'people in your organization links',
      'people in your org links',
      'people in your organization link count',
    ],
  },
  {
    field: 'people',
    headings: ['number of users having access', 'users having access', 'users with access'],
  },
  { field: 'guests', headings: ['guest user permissions', 'guest users', 'guests', 'external users'] },
];

const COUNTS = ['anyone', 'everyone', 'organization', 'links', 'people', 'guests'] as const;
/** Counts that show how widely a site is shared. Without any of them, the list is useless. */
const WIDE = ['anyone', 'everyone', 'organization'];

/** A report on how widely SharePoint sites are shared, as CSV or XLSX. */
export const sharedSitesTable = tableKind<'shared_sites'>({
  kind: 'shared_sites',
  fields: FIELDS,
  needs: { fields: WIDE, words: 'links for anyone, or permissions for everyone' },
  score(view, name) {
    // The usage report counts links, but says nothing about permissions.
    if (view.table.columns.some((column) => words(column) === 'report refresh date')) return 0;
    if (!view.has('url') || !WIDE.some((field) => view.has(field))) return 0;
    const found = COUNTS.filter((field) => view.has(field)).length;
    return 0.4 + Math.min(found, 4) * 0.1 + (/shar|site|permission|governance/.test(name) ? 0.1 : 0);
  },
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The sharing report lists no site.');
    return { rows };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): SharedSiteRow[] {
  return dataRows(view, notes).map((row) => {
    const url = view.text(row, 'url');
    // Skipping it could hide the one site that matters.
    if (url === null) throw new ImportProblem('A site has no address.', { row: row.row });
    return {
      ...placeOf(row, environment),
      url: url.trim(),
      ...(view.has('id') ? { id: view.text(row, 'id')?.trim().toLowerCase() ?? null } : {}),
      name: view.text(row, 'name'),
      owner: view.account(row, 'owner'),
      anyone: numberAt(view, row, 'anyone'),
      everyone: numberAt(view, row, 'everyone'),
      organization: numberAt(view, row, 'organization'),
      links: numberAt(view, row, 'links'),
      people: numberAt(view, row, 'people'),
      guests: numberAt(view, row, 'guests'),
    };
  });
}

/** A whole number, or 1 and 0 for yes and no; null: not reported. */
function numberAt(view: View, row: TableRow, field: (typeof COUNTS)[number]): number | null {
  const text = view.text(row, field)?.trim().toLowerCase() ?? '';
  if (/^\d{1,3}([,.  ]\d{3})+$/.test(text)) return Number(text.replace(/\D/g, ''));
  if (/^\d+$/.test(text)) return Number(text);
  return ['yes', 'true'].includes(text) ? 1 : ['no', 'false'].includes(text) ? 0 : null;
}
// Guide: G3.2-04
