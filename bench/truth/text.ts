/** Writes a table like spreadsheets do, with quotes only where necessary. */
export function csv(
  rows: readonly (readonly (string | number)[])[],
  { separator = ',', end = '\n' }: { separator?: string; end?: string } = {},
): string {
  const field = (value: string | number) => {
    const text = String(value);
    return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(field).join(separator)).join(end) + end;
}

/** The cells of a row, written with vertical bars between them. */
export const cells = (
  row: TemplateStringsArray,
  ...values: readonly (string | number | null | undefined)[]
): string[] => String.raw({ raw: row }, ...values).split('|');

/** A list with a single page, as the vendor's API returns it. */
export function page(data: readonly object[]): string {
  return JSON.stringify({ data, has_more: false, first_id: null, last_id: null });
}

/** A list as Microsoft Graph returns it. */
export function graph(context: string, value: readonly object[]): string {
  return JSON.stringify(
    { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`, value },
    null,
    1,
  );
}

/** Documents that people write as YAML; JSON is valid YAML. */
export function yaml(value: object): string {
  return JSON.stringify(value, null, 1);
}

/** Serial number of a day in a spreadsheet. */
export function serial(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
}

/** UTF-16 with a byte order mark, as Windows tools save it. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/** Big-endian UTF-16 with a byte order mark. */
export function utf16Reversed(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}

/** Windows-1252, for the characters that it shares with Latin-1. */
export function latin(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Shift_JIS, as spreadsheets save it in Japan. Throws if it cannot represent the text. */
export function shiftJis(text: string): Uint8Array {
  return Buffer.from(
    [...text].flatMap((letter) => {
      const bytes = SHIFT_JIS.get(letter);
      if (!bytes) throw new Error(`Shift_JIS has no ${letter}.`);
      return bytes;
    }),
  );
}

const SHIFT_JIS: ReadonlyMap<string, readonly number[]> = (() => {
  const decoder = new TextDecoder('shift_jis');
  const to = new Map<string, readonly number[]>();
  for (let lead = 0xfc; lead >= 0x81; lead -= 1)
    for (let trail = 0xfc; trail >= 0x40; trail -= 1)
      to.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  for (let one = 0; one < 0x80; one += 1) to.set(String.fromCharCode(one), [one]);
  return to;
})();

/** Adds days to a day. */
export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day in a country's format. */
export function written(day: string, how: 'iso' | 'us' | 'dots' | 'slashes' | 'dashes' | 'kanji'): string {
  const [year = '', month = '', date = ''] = day.split('-');
  switch (how) {
    case 'iso':
      return day;
    case 'us':
      return `${Number(month)}/${Number(date)}/${year}`;
    case 'dots':
      return `${date}.${month}.${year}`;
    case 'slashes':
      return `${date}/${month}/${year}`;
    case 'kanji':
      return `${year}年${Number(month)}月${Number(date)}日`;
    case 'dashes':
      return `${date}-${month}-${year}`;
  }
}
