import { decoded } from './encoding.ts';
import { Budget, Unreadable } from './limits.ts';
import { eachTag } from './markup.ts';
import { numberFormats, SharedTexts, sheetRows } from './sheets.ts';
import { unzipEntry, type ZipEntry, zipEntries } from './zip.ts';

/** A sheet of a workbook as rows of text, without rows and columns that are empty throughout. */
export interface WorkbookSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Sheets of an XLSX workbook with anything in them, in the order in which Excel shows them. Bytes and cells are limited,
 * because a few kilobytes can state a cell in the last column of each of a million rows. Throws {@link Unreadable}.
 */
export function workbookSheets(
  bytes: Uint8Array,
  { stop = () => false }: { readonly stop?: () => boolean } = {},
): readonly WorkbookSheet[] {
  const budget = new Budget(stop);
  const entries = zipEntries(bytes);
  const xml = (entry: ZipEntry | undefined) => {
    if (entry === undefined) return '';
    budget.inTime();
    const text = decoded(unzipEntry(bytes, entry, budget));
    if (text === null) throw new Unreadable('damaged');
    return text;
  };
  const named = (name: RegExp) => entries.find((entry) => name.test(entry.name));
  const workbook = xml(named(/^xl\/workbook\.xml$/u));
  if (workbook === '') throw new Unreadable('unknown_kind');
  const shared = new SharedTexts(xml(named(/^xl\/(?:.*\/)?sharedStrings\d*\.xml$/iu)), budget);
  const formats = numberFormats(xml(named(/^xl\/styles\.xml$/u)), workbook);
  const targets = targetsOf(xml(named(/^xl\/_rels\/workbook\.xml\.rels$/u)));
  const sheets: WorkbookSheet[] = [];
  for (const { name, id } of sheetsOf(workbook)) {
    const target = targets.get(id);
    if (target === undefined) throw new Unreadable('damaged');
    // A sheet that is only a chart has no cells.
    if (!/^xl\/worksheets\//u.test(target)) continue;
    const entry = entries.find((one) => one.name === target);
    if (entry === undefined) throw new Unreadable('damaged');
    const rows = sheetRows(xml(entry), shared, formats, budget);
    if (rows.length > 0) sheets.push({ name, rows });
  }
  return sheets;
}

function sheetsOf(workbook: string): readonly { readonly name: string; readonly id: string }[] {
  const sheets: { name: string; id: string }[] = [];
  eachTag(workbook, (tag) => {
    if (tag.name === 'sheet' && !tag.isEnd)
      sheets.push({ name: tag.value('name'), id: tag.value('r:id') || tag.value('ns0:id') });
  });
  return sheets;
}

/** Paths of the parts that a workbook refers to, by the ids of the references. */
function targetsOf(rels: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  eachTag(rels, (tag) => {
    if (tag.name !== 'Relationship' || tag.isEnd) return;
    const target = tag.value('Target');
    targets.set(
      tag.value('Id'),
      target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`,
    );
  });
  return targets;
}
