/** Writes a table the way spreadsheets save it: a field is quoted where it has to be. */
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

/** The cells of a row, written with bars between them. */
export const cells = (
  row: TemplateStringsArray,
  ...values: readonly (string | number | null | undefined)[]
): string[] => String.raw({ raw: row }, ...values).split('|');

/** The one page of a list as an interface of the vendor answers it. */
export function page(data: readonly object[]): string {
  return JSON.stringify({ data, has_more: false, first_id: null, last_id: null });
}

/** What Microsoft Graph answers when it is asked for a list. */
export function graph(context: string, value: readonly object[]): string {
  return JSON.stringify(
    { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`, value },
    null,
    1,
  );
}

/** JSON is YAML as well; the documents that people write are given so. */
export function yaml(value: object): string {
  return JSON.stringify(value, null, 1);
}

/** The number by which a spreadsheet keeps a day. */
export function serial(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
}

/** UTF-16 with its mark, as Windows tools save it. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/** UTF-16 with its mark, the high byte first. */
export function utf16Reversed(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
}

/** Windows-1252 for what Western European files hold. */
export function latin(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Shift_JIS, as spreadsheets save it in Japan. Fails for what it cannot hold. */
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

/** A day so many days after another. */
export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day as people of a country write it. */
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
