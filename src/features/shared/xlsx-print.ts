import type writeXlsxFile from 'write-excel-file/node';

export type SheetFeature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

/** Paper sizes by their numbers in the format. */
const PAPERS = { letter: 1, a4: 9 } as const;
const FOOTER = '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>';

const MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>';
/** Characters of all columns that are still legible in the width of one page. */
const MAX_WIDTH_PER_PAGE = 220;

/**
 * How lists come out of a printer: on the paper of the client's country, as wide as one page or, if that would be too
 * small to read, as the fewest pages that are not; with the headings on each page, and the name of the sheet and the
 * number of the page below. The library itself knows only A4 in its own width.
 */
export function printed(paper: keyof typeof PAPERS): SheetFeature {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, sheet) => {
            const size = `paperSize="${PAPERS[paper]}" fitToWidth="${pagesWide(sheet)}" fitToHeight="0"`;
            const page = xml
              .replace(
                'xSplit="0" topLeftCell="A2" activePane="bottomRight"',
                'topLeftCell="A2" activePane="bottomLeft"',
              )
              .replace(
                /(?=<sheetViews>|<cols>|<sheetData)/,
                '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
              );
            const setup = /<pageSetup paperSize="9" ([^>]*)\/>/.exec(page);
            if (setup === null)
              return page.replace(
                '</worksheet>',
                `${MARGINS}<pageSetup ${size} orientation="portrait"/>${FOOTER}</worksheet>`,
              );
            return page
              .replace(/<pageMargins [^>]*\/>/, MARGINS)
              .replace(setup[0], `<pageSetup ${size} ${setup[1]}/>${FOOTER}`);
          },
        },
        'xl/workbook.xml': {
          transform: (xml, sheets) => {
            const names = sheets.flatMap((one, at) => {
              const { sheet, stickyRowsCount } = one;
              if (sheet === undefined || !stickyRowsCount) return [];
              const name = quoted(sheet);
              // Beside the first page, the first column says what a row is.
              const first = pagesWide(one) > 1 ? `${name}!$A:$A,` : '';
              return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${first}${name}!$1:$${stickyRowsCount}</definedName>`;
            });
            if (names.length === 0) return xml;
            const all = `<definedNames>${names.join('')}</definedNames>`;
            return xml.replace(/<definedNames\s*\/>|<definedNames>\s*<\/definedNames>/, () => all);
          },
        },
      },
    },
  };
}

function pagesWide({ columns = [] }: { readonly columns?: readonly { readonly width?: number }[] }): number {
  const width = columns.reduce((sum, column) => sum + (column.width ?? 10), 0);
  return Math.max(1, Math.ceil(width / MAX_WIDTH_PER_PAGE));
}

/** The name of a sheet in a reference. */
function quoted(sheet: string): string {
  const name = sheet.replaceAll("'", "''");
  return `'${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}'`;
}
