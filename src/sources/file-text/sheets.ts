import readWorkbook from 'read-excel-file/universal';
import { Unreadable } from './limits.ts';

/** Cells of a workbook as comma-separated lines, sheet by sheet. Throws {@link Unreadable}. */
export async function sheetsText(bytes: Uint8Array): Promise<string> {
  let sheets: readonly { readonly data: readonly (readonly unknown[])[] }[];
  try {
    sheets = await readWorkbook(new Uint8Array(bytes).buffer);
  } catch {
    throw new Unreadable('damaged');
  }
  return sheets
    .map(({ data }) => data.map((row) => row.map((cell) => quoted(cellText(cell))).join(',')).join('\n'))
    .join('\n\n');
}

/** A cell as displayed; a day without its time. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!(value instanceof Date)) return String(value);
  const text = Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

const quoted = (value: string) =>
  /[",\n]/u.test(value) ? `"${value.replaceAll('"', '""').replace(/\s*\n\s*/gu, ' ')}"` : value;
