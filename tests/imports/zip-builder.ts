import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  /** A buffer for a name in any encoding, which the archive does not declare. */
  readonly name: string | Buffer;
  readonly content: string | Buffer;
  /** Size that the archive states instead of the real one. */
  readonly claims?: number;
  readonly encrypted?: boolean;
}

/** Builds a ZIP archive, valid or not: names are written verbatim, sizes as claimed. */
export function zip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims, encrypted } of files) {
    const plain = Buffer.from(content);
    const data = deflateRawSync(plain, { level: 9 });
    const label = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE((encrypted ? 1 : 0) | (typeof name === 'string' ? 0x800 : 0), 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0x6000, 6); // noon
    head.writeUInt16LE(((2026 - 1980) << 9) | (10 << 5) | 5, 8); // October 5, 2026
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(claims ?? plain.length, 18);
    head.writeUInt16LE(label.length, 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), head, label, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, label);
    offset += 30 + label.length + data.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A workbook with one sheet of raw XML rows, plus additional entries. */
export function workbook(rows: string, more: readonly Packed[] = [], prolog = ''): Buffer {
  return zip([
    {
      name: '[Content_Types].xml',
      content:
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?>${prolog}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    },
    ...more,
  ]);
}

/** A workbook with the given XML for its list of sheets and for their relationships. */
export function workbookOf(sheets: string, related: string, parts: readonly Packed[]): Buffer {
  return zip([
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${related}</Relationships>` },
    ...parts,
  ]);
}

/** A relationship that says where a sheet is. */
export function related(id: string, target: string, kind = 'worksheet'): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
}

/** The part that contains a sheet. */
export function sheetPart(name: string, rows: string): Packed {
  return { name, content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>` };
}

export function sheetRows(...rows: readonly (readonly string[])[]): string {
  return rows
    .map(
      (cells, r) =>
        `<row r="${r + 1}">${cells.map((text, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`,
    )
    .join('');
}
