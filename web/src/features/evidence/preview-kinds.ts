/** What of a file can be shown without running anything of it. */
export type Preview =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'image'; readonly type: string }
  | { readonly is: 'pdf' }
  /** It has to be there whole before its rows can be read: {@link sheetRows}. */
  | { readonly is: 'workbook' }
  | { readonly is: 'other' };

/** By their first bytes, since a name says what someone wanted. SVG is text, which runs nothing. */
const MAGIC: readonly (readonly [type: string, start: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];

const ROWS = 50;

/** Most bytes that the parts of a workbook may come to once they are unpacked. */
const UNPACKED = 50 * 1024 * 1024;

/** Looks at the beginning of a file. `whole` false: what is given breaks off somewhere, which is no fault of the file. */
export async function previewOf(name: string, bytes: Uint8Array, whole: boolean): Promise<Preview> {
  const [type] = MAGIC.find(([, start]) => start.every((byte, at) => bytes[at] === byte)) ?? [];
  if (type === 'application/pdf') return { is: 'pdf' };
  if (type !== undefined) return { is: 'image', type };
  if (/\.xls[xm]$/i.test(name) && ZIP.every((byte, at) => bytes[at] === byte)) return { is: 'workbook' };
  const text = textOf(bytes, whole);
  if (text === null) return { is: 'other' };
  if (/\.(csv|tsv)$/i.test(name)) {
    const rows = await rowsOf(text);
    if (rows !== null) return { is: 'table', rows };
  }
  return { is: 'text', text };
}

/** UTF-8, or UTF-16 that says so; null: it is no text. */
function textOf(bytes: Uint8Array, whole: boolean): string | null {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const decoder = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true });
    const text = decoder.decode(bytes, { stream: !whole });
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** The first rows of a table; null: it is none. */
async function rowsOf(text: string): Promise<string[][] | null> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const [line = ''] = text.split('\n', 1);
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => line.split(b).length - line.split(a).length);
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: ROWS + 1,
    });
  } catch {
    return null;
  }
}

/** The first rows of the first sheet of a workbook that has any, and how many sheets have; null: it cannot be read. */
export async function sheetRows(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ readonly rows: readonly (readonly string[])[]; readonly sheets: number } | null> {
  if (unpackedBytes(bytes) > UNPACKED) return null;
  const { readSheets } = await import('../../mask/read-file.ts');
  try {
    const sheets = await readSheets(new File([bytes], name));
    const [first] = sheets;
    return first === undefined ? null : { rows: first.rows.slice(0, ROWS + 1), sheets: sheets.length };
  } catch {
    return null;
  }
}

/** What the directory of an archive says of its parts: each has a header of 46 bytes, with the length at its 24th. */
function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at + 46 <= bytes.length; at += 1)
    if (view.getUint32(at) === 0x504b0102) sum += view.getUint32(at + 24, true);
  return sum;
}
