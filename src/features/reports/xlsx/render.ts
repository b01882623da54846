import writeXlsxFile from 'write-excel-file/node';
import { paperOf } from '#domain/text/paper.ts';
import { head } from '../../shared/xlsx-cells.ts';
import { printed, type SheetFeature } from '../../shared/xlsx-print.ts';
import type { Report } from '../model.ts';
import { controlSheets } from './control-sheets.ts';
import { recordSheets } from './record-sheets.ts';
import { type SummarySheet, summarySheet } from './summary-sheet.ts';
import { stampZip } from './zip.ts';

/**
 * Renders the report as a workbook: a page of counts and a sheet per list, each with its headings frozen. Texts stay
 * texts, whatever they begin with; days are dates. The same report gives the same bytes.
 */
export async function renderXlsx(report: Report): Promise<Uint8Array> {
  const plans = [...controlSheets(report), ...recordSheets(report)];
  const summary = summarySheet(
    report,
    plans.map(({ name }) => name),
  );
  const filterable = new Map(
    plans.map((plan) => [plan.name, `A1:${letter(plan.columns.length)}${plan.rows.length + 1}`]),
  );
  /**
   * Filter buttons on each list and links on the first sheet, in the position that the format requires.
   */
  const filters: SheetFeature = {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, options) => {
            const area = filterable.get(options.sheet ?? '');
            if (area === undefined) return linked(xml, summary.links);
            return xml.replace('</sheetData>', `</sheetData><autoFilter ref="${area}"/>`);
          },
        },
      },
    },
  };
  const bytes = await writeXlsxFile(
    [
      {
        sheet: 'Summary',
        data: summary.rows.map((row) => [...row]),
        columns: [{ width: 26 }, ...Array.from({ length: 9 }, () => ({ width: 14 }))],
        stickyRowsCount: 1,
        orientation: 'landscape',
      },
      ...plans.map((plan) => ({
        sheet: plan.name,
        data: [head(plan.columns.map(([title]) => title)), ...plan.rows],
        columns: plan.columns.map(([, width]) => ({ width })),
        stickyRowsCount: 1,
        orientation: 'landscape' as const,
      })),
    ],
    { fontFamily: 'Calibri', fontSize: 11, features: [filters, printed(paperOf(report.client.timezone))] },
  ).toBuffer();
  return stampZip(bytes, report.asOf);
}

/** The page of a sheet with links to others, which the format requires just before the margins. */
function linked(page: string, links: SummarySheet['links']): string {
  const list = links.map(({ cell, sheet }) => `<hyperlink ref="${cell}" location="'${sheet}'!A1"/>`).join('');
  return page.replace(/(?=<pageMargins|<pageSetup)/, `<hyperlinks>${list}</hyperlinks>`);
}

/** Column letter of a 1-based number up to 26. */
const letter = (n: number) => String.fromCharCode(64 + n);
