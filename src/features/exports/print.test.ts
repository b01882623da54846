import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { type Table, tableFile } from './table.ts';

async function partsOf(table: Table<{ readonly name: string }>): Promise<ReadonlyMap<string, string>> {
  const { bytes } = await tableFile(table, 'xlsx');
  if (!(bytes instanceof Uint8Array)) throw new Error('a table is whole');
  const parts = new Map<string, string>();
  const archive = await yauzl.fromBufferPromise(Buffer.from(bytes));
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return parts;
}

const table = (client: string | null, zone: string, title = 'People'): Table<{ readonly name: string }> => ({
  heading: { title, client, filter: null, at: new Date('2026-11-23T22:00:05Z'), zone, person: 'Rowan Quill' },
  columns: [{ key: 'name', title: 'Name', value: ({ name }) => name }],
  rows: Array.from({ length: 3 }, (_, at) => ({ name: `Person ${at}` })),
});

describe('a list as a workbook on paper', () => {
  it.each([
    ['an American client', 'Alder Society', 'America/New_York', '1'],
    ['a German client', 'Erlenverein', 'Europe/Berlin', '9'],
    ['the workspace', null, 'UTC', '1'],
  ])('is one page wide, on the paper of %s', async (_, client, zone, size) => {
    const parts = await partsOf(table(client, zone));
    for (const sheet of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']) {
      const xml = parts.get(sheet) ?? '';
      expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
      expect(xml).toMatch(new RegExp(`<pageSetup paperSize="${size}" fitToWidth="1" fitToHeight="0"`));
      expect(xml).toContain('Page &amp;P of &amp;N');
    }
  });

  it('is as many pages wide as can be read, with its first column on each', async () => {
    const wide = table('Alder Society', 'America/New_York');
    const columns = Array.from({ length: 10 }, (_, at) => ({ ...wide.columns[0], key: `k${at}`, width: 60 }));
    const parts = await partsOf({ ...wide, columns: columns as Table<{ readonly name: string }>['columns'] });
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('fitToWidth="3" fitToHeight="0"');
    expect(parts.get('xl/workbook.xml')).toContain(`>'People'!$A:$A,'People'!$1:$1</definedName>`);
  });

  it('has its headings on each page, whatever it is called', async () => {
    const workbook = (await partsOf(table('Alder Society', 'America/New_York', 'Who & "what" <now>'))).get(
      'xl/workbook.xml',
    );
    expect(workbook).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Who &amp; "what" &lt;now&gt;'!$1:$1</definedName>`,
    );
    expect(workbook?.match(/<definedNames/g)).toHaveLength(1);
  });
});
