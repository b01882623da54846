import type writeXlsxFile from 'write-excel-file/node';

export type SheetFeature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

/** Paper sizes by their numbers in the format. */
const PAPERS = { letter: 1, a4: 9 } as const;
const FOOTER = '<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>';

/**
 * How lists come out of a printer: one page wide, on the paper of the client's country, with the headings on each page
 * and the name of the sheet and the number of the page below. The library itself knows only A4 in its own width.
 */
export function printed(paper: keyof typeof PAPERS): SheetFeature {
  const size = `paperSize="${PAPERS[paper]}" fitToWidth="1" fitToHeight="0"`;
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) => {
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
                `<pageSetup ${size} orientation="portrait"/>${FOOTER}</worksheet>`,
              );
            return page.replace(setup[0], `<pageSetup ${size} ${setup[1]}/>${FOOTER}`);
          },
        },
        'xl/workbook.xml': {
          transform: (xml, sheets) => {
            const names = sheets.flatMap(({ sheet, stickyRowsCount }, at) =>
              sheet === undefined || !stickyRowsCount
                ? []
                : `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${quoted(sheet)}!$1:$${stickyRowsCount}</definedName>`,
            );
            if (names.length === 0) return xml;
            const all = `<definedNames>${names.join('')}</definedNames>`;
            return xml.replace(/<definedNames\s*\/>|<definedNames>\s*<\/definedNames>/, () => all);
          },
        },
      },
    },
  };
}

/** The name of a sheet in a reference. */
function quoted(sheet: string): string {
  const name = sheet.replaceAll("'", "''");
  return `'${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}'`;
}
