import type { SkuRow } from '#domain/model/kinds.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../exports/file-kind.ts';
import { words } from '../exports/table/cells.ts';
import { type Field, list } from '../exports/table/columns.ts';
import { dataRows } from '../exports/table/data-rows.ts';
import type { Notes } from '../exports/table/notes.ts';
import { placeOf } from '../exports/table/place-of.ts';
import { tableKind } from '../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../exports/table/view.ts';
import { inEnglish } from '../exports/words/english.ts';
import { isGuid } from './by-content.ts';

const COUNT = /^\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+$|^\d{1,9}$/;
const isCount = (text: string) => COUNT.test(text);

/**
 * Headings of the CSV from Billing > Licenses in the Microsoft 365 admin center: Product Title, Total Licenses, Expired
 * Licenses, Assigned licenses, Status message (as published by users, 2026). The headings of the page Your products are
 * not documented; its columns as displayed are the additional spellings.
 */
const FIELDS: readonly Field[] = [
  {
    field: 'product',
    headings:
      list(`product title, product name, product, license name, license, licence, licence name, subscription,
      subscription name, sku part number, skuPartNumber, account sku id, accountSkuId`),
  },
  { field: 'skuId', headings: list('sku id, skuId') },
  {
    field: 'total',
    headings:
      list(`total licenses, total licences, purchased quantity, total quantity, quantity, total, purchased,
      active units, activeUnits, enabled units, enabledUnits, prepaid units enabled`),
    check: isCount,
  },
  {
    field: 'expired',
    headings: list('expired licenses, expired licences, expired, suspended units, suspended'),
    check: isCount,
  },
  {
    field: 'assigned',
    headings:
      list(`assigned licenses, assigned licences, assigned, assigned quantity, consumed units, consumedUnits,
      consumed, licenses assigned, licences assigned`),
    check: isCount,
  },
  {
    field: 'state',
    headings: list('subscription status, status, capability status, capabilityStatus, state'),
  },
];

/** Licenses exported as CSV from the Microsoft 365 admin center, one line per product title. */
export const licensesTable = tableKind<'subscribed_skus'>({
  kind: 'subscribed_skus',
  fields: FIELDS,
  needs: { fields: ['product'], words: 'the titles of Microsoft products' },
  score(view, name) {
    if (!view.has('product') || !view.has('assigned')) return 0;
    const microsoft = view.table.rows.some(
      (row) => isOfMicrosoft(view.text(row, 'product') ?? '') || isGuid(view.text(row, 'skuId') ?? ''),
    );
    if (!microsoft) return 0;
    const named = /licen[cs]es?|products?|skus?|subscriptions?/.test(name) ? 0.1 : 0;
    return 0.4 + (view.has('total') || view.has('skuId') ? 0.3 : 0) + (view.has('expired') ? 0.2 : 0) + named;
  },
  asks: [{ field: 'enabledUnits', columns: ['total'], looks: 'number' }],
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The list of licenses names no product.');
    notes.add({
      says: 'The list names products by their titles and does not say what each one includes. Bylaw looks that up in Microsoft’s list of products; a title that is not on that list counts as unknown.',
    });
    return { rows };
  },
});

/** Whether a text is the title or part number of a Microsoft product sold per seat. */
function isOfMicrosoft(text: string): boolean {
  return /\b(?:microsoft|office|entra|intune|exchange|sharepoint|power (?:bi|apps|automate)|azure|dynamics|windows|defender|enterprise mobility|teams|visio|project|copilot)\b|^(?:\w+:)?[A-Z0-9]+(?:_[A-Za-z0-9()]+)+$/i.test(
    text,
  );
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): SkuRow[] {
  return dataRows(view, notes).flatMap((row): SkuRow[] => {
    const title = view.text(row, 'product');
    if (title === null) {
      if (row.cells.every((cell) => cell === null || String(cell).trim() === '')) return [];
      throw new ImportProblem('This line names no product. Export the list again, and import it unchanged.', {
        row: row.row,
        column: view.heading('product'),
      });
    }
    const state = stateOf(view, row);
    return [
      {
        ...placeOf(row, environment),
        skuId: view.text(row, 'skuId')?.toLowerCase() ?? null,
        // PowerShell prefixes the tenant's name.
        partNumber: title.replace(/^[\w-]+:(?=[A-Z0-9_]+$)/, ''),
        capabilityStatus: state,
        enabledUnits: state === 'Suspended' ? 0 : held(view, row),
        consumedUnits: numberIn(view, row, 'assigned'),
        servicePlans: [],
      },
    ];
  });
}

/**
 * Number of usable licenses. Whether the total includes expired ones is not documented, so if none may be left, the
 * number is unknown.
 */
function held(view: View, row: TableRow): number | null {
  const total = numberIn(view, row, 'total');
  const expired = view.has('expired') ? numberIn(view, row, 'expired') : 0;
  if (total === null || expired === null) return null;
  if (expired === 0) return total;
  return total > expired ? total - expired : null;
}

function numberIn(view: View, row: TableRow, field: string): number | null {
  const text = view.text(row, field);
  return text !== null && isCount(text) ? Number(text.replace(/\D/g, '')) : null;
}

/** The state in Graph's terms; other values are unchanged, so that they are not mistaken for active ones. */
function stateOf(view: View, row: TableRow): string | null {
  const text = view.text(row, 'state');
  if (text === null) return null;
  const state = words(inEnglish(text));
  if (/^(?:active|enabled)$/.test(state)) return 'Enabled';
  if (/^(?:disabled|suspended|deleted|cancell?ed|deprovisioned)$/.test(state)) return 'Suspended';
  return state === 'warning' ? 'Warning' : text;
}
// Guide: G1.2-01
