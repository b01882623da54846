/** What of a file can be shown without running anything of it. */
export type Preview =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'image'; readonly type: string }
  | { readonly is: 'pdf' }
  | { readonly is: 'other' };

/** By their first bytes, since a name says what someone wanted. SVG is text, which runs nothing. */
const MAGIC: readonly (readonly [type: string, start: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
];

const ROWS = 50;

/** Looks at the beginning of a file. `whole` false: what is given breaks off somewhere, which is no fault of the file. */
export async function previewOf(name: string, bytes: Uint8Array, whole: boolean): Promise<Preview> {
  const [type] = MAGIC.find(([, start]) => start.every((byte, at) => bytes[at] === byte)) ?? [];
  if (type === 'application/pdf') return { is: 'pdf' };
  if (type !== undefined) return { is: 'image', type };
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
