import { zip } from '../../bench/truth/packed.ts';

const office = 'http://schemas.openxmlformats.org';

export interface Sheet {
  readonly name: string;
  readonly state?: string;
  /** XML of the sheet's content: the rows and everything around them. */
  readonly xml: string;
}

/** Builds a workbook as Excel writes it. */
export function workbook(...sheets: readonly Sheet[]): Buffer {
  const list = sheets.map(
    ({ name, state }, n) =>
      `<sheet name="${name}" sheetId="${n + 1}"${state ? ` state="${state}"` : ''} r:id="rId${n + 1}"/>`,
  );
  const links = sheets.map(
    (_, n) =>
      `<Relationship Id="rId${n + 1}" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
  );
  return Buffer.from(
    zip({
      '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"/>`,
      'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${list.join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships">${links.join('')}</Relationships>`,
      ...Object.fromEntries(
        sheets.map(({ xml }, n) => [
          `xl/worksheets/sheet${n + 1}.xml`,
          `<worksheet xmlns="${office}/spreadsheetml/2006/main">${xml}</worksheet>`,
        ]),
      ),
    }),
  );
}

/** A row of text cells; `more` holds additional attributes. */
export function row(at: number, cells: readonly string[], more = ''): string {
  const all = cells.map((text, column) => {
    const place = `${String.fromCharCode(65 + column)}${at}`;
    return text === ''
      ? `<c r="${place}" s="1"/>`
      : `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
  });
  return `<row r="${at}"${more}>${all.join('')}</row>`;
}
