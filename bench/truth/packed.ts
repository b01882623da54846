import { crc32 } from 'node:zlib';

/** An uncompressed ZIP archive. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const label = Buffer.from(name, 'utf8');
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x800, 2);
    // November 23, 2026, noon.
    about.writeUInt16LE(0x6000, 6);
    about.writeUInt16LE(((2026 - 1980) << 9) | (11 << 5) | 23, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(label.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), about, label, bytes);
    list.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, label);
    at += 30 + label.length + bytes.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** A formula cell keeps its last computed value; in a file written by a program it has none. */
type Cell = string | number | { readonly formula: string; readonly value: string | number | null };
type Row = readonly Cell[] | { readonly hidden: boolean; readonly cells: readonly Cell[] };
type Rows = readonly Row[];

/** A workbook with inline strings, as small tools write them. */
export function workbook(sheets: Readonly<Record<string, Rows>>): Uint8Array {
  const names = Object.keys(sheets);
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  const office = 'http://schemas.openxmlformats.org';
  const list = names
    .map((name, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
    .join('');
  const links = names
    .map(
      (_, n) =>
        `<Relationship Id="rId${n + 1}" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
    )
    .join('');
  return zip({
    '[Content_Types].xml': `${head}<Types xmlns="${office}/package/2006/content-types"/>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${office}/package/2006/relationships">${links}</Relationships>`,
    ...Object.fromEntries(
      names.map((name, n) => [
        `xl/worksheets/sheet${n + 1}.xml`,
        `${head}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${(sheets[name] ?? []).map(row).join('')}</sheetData></worksheet>`,
      ]),
    ),
  });
}

function row(line: Row, index: number): string {
  const [cells, hidden] = 'cells' in line ? [line.cells, line.hidden ? ' hidden="1"' : ''] : [line, ''];
  const all = cells.map((value, column) => cell(value, `${String.fromCharCode(65 + column)}${index + 1}`));
  return `<row r="${index + 1}"${hidden}>${all.join('')}</row>`;
}

function cell(value: Cell, place: string): string {
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  if (typeof value === 'string') return `<c r="${place}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const formula = `<f>${escaped(value.formula)}</f>`;
  if (value.value === null) return `<c r="${place}">${formula}</c>`;
  const kind = typeof value.value === 'string' ? ' t="str"' : '';
  return `<c r="${place}"${kind}>${formula}<v>${escaped(String(value.value))}</v></c>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
