/** What can be shown of a file without executing any of its content. */
export type Preview =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'image'; readonly type: string }
  | { readonly is: 'pdf' }
  /** Reading its rows requires the whole file: {@link sheetRows}. */
  | { readonly is: 'workbook' }
  | { readonly is: 'other' };

/** Types by their first bytes, since file names can be wrong. SVG counts as text, so its scripts cannot run. */
const MAGIC: readonly (readonly [type: string, start: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];

const ROWS = 50;

/** Limit in bytes for the uncompressed size of a workbook, against zip bombs. */
const UNPACKED = 50 * 1024 * 1024;

/** Determines the preview from the start of a file. `whole` is false if `bytes` is cut off, which is not an error. */
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

/** Decodes UTF-8, or UTF-16 little-endian with a byte order mark; null: not text. */
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

/** The first rows of a table; null: not a table. */
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

/** The first rows of a workbook's first non-empty sheet, and the number of such sheets; null: unreadable. */
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

/** Sums the uncompressed sizes in a zip's central directory: each header has 46 bytes, with the size at offset 24. */
function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at + 46 <= bytes.length; at += 1)
    if (view.getUint32(at) === 0x504b0102) sum += view.getUint32(at + 24, true);
  return sum;
}
