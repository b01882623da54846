import type { Cell } from '../file-kind.ts';
import { cellValue } from './cells.ts';

/** Decimal separator of a column. It is decided from the whole column, since 1,234 alone is ambiguous. */
export type DecimalMark = '.' | ',';

/** Groups of two digits are Indian. */
const SHAPE: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.\d*)?(?:e[+-]?\d+)?$/i,
  ',': /^(?:\d+|\d{1,3}(?:\.\d{2,3})*\.\d{3})?(?:,\d*)?(?:e[+-]?\d+)?$/i,
};

/** Decimal separator shown by the values of a column; null: none of them shows it. */
export function decimalMark(cells: readonly (Cell | undefined)[]): DecimalMark | null {
  let commas = 0;
  let dots = 0;
  for (const cell of cells) {
    if (typeof cell !== 'string') continue;
    const text = digits(cell);
    if (text === null) continue;
    const comma = text.lastIndexOf(',');
    const dot = text.lastIndexOf('.');
    if (comma >= 0 && dot >= 0) comma > dot ? commas++ : dots++;
    else if (comma >= 0 && (text.length - comma !== 4 || text.startsWith('0,'))) commas++;
    else if (dot >= 0 && (text.length - dot !== 4 || text.startsWith('0.')) && text.indexOf('.') === dot)
      dots++;
    else if (comma >= 0 && text.indexOf(',') !== comma) dots++;
    else if (dot >= 0 && text.indexOf('.') !== dot) commas++;
  }
  if (commas > 0 && dots > 0) return null;
  return commas > 0 ? ',' : dots > 0 ? '.' : null;
}

/** Parses a number as people write it: $1,234.56, (12.00), 1.234,56, 1 234. null: empty or not a number. */
export function readAmount(cell: Cell | undefined, mark: DecimalMark): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== 'string') return null;
  const text = digits(cell);
  if (text === null) return null;
  if (!SHAPE[mark].test(text)) return null;
  const plain = text.replaceAll(mark === '.' ? ',' : '.', '').replace(mark, '.');
  const number = Number(plain);
  if (!Number.isFinite(number)) return null;
  const negative = /^\(.*\)$/.test(cell.trim()) || /^[-−]|[-−]$/.test(cell.replace(/[^\d().,eE−-]/g, ''));
  return negative && number !== 0 ? -number : number;
}

/** A currency other than the US dollar, in a cell or a heading. */
export const OTHER_CURRENCY = /€|£|¥|₹|\b(?:EUR|GBP|CAD|AUD|CHF|JPY|INR|MXN|BRL)\b|\b(?:C|CA|A|AU)\$/i;

/** Factor for the unit in a heading: 0.01 for "Cost (cents)", 1,000 for "Tokens (K)"; 1: no unit. */
export function scaleIn(heading: string): number {
  if (/(?<!\p{L})cents?(?!\p{L})|¢/iu.test(heading)) return 0.01;
  // A unit stands near the end, and the expression takes long on long text.
  const unit = /[([]\s*(?:in |x ?)?([^()[\]]{1,20}?)\s*[)\]]|\b(?:in )(thousands?|millions?)\b/iu.exec(
    heading.slice(-200),
  );
  const words = (unit?.[1] ?? unit?.[2] ?? '').toLowerCase();
  if (/^(?:k|thousands?|000s?|1,?000s?|(?:usd|\$) ?(?:k|thousands?|000s?))$/.test(words)) return 1e3;
  return /^(?:m|mm|mio\.?|millions?|(?:usd|\$) ?(?:m|mm|millions?))$/.test(words) ? 1e6 : 1;
}

/** Whether the cell states a currency other than the US dollar. */
export function isOtherCurrency(cell: Cell | undefined): boolean {
  return typeof cell === 'string' && OTHER_CURRENCY.test(cell);
}

function digits(cell: string): string | null {
  const value = cellValue(cell);
  if (value === null) return null;
  const text = value
    .replace(/[\s'’\u00a0\u202f_]/g, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/US\$|USD|[$€£¥₹]|EUR|GBP/gi, '')
    .replace(/^[-+−]|[-−]$/g, '');
  return /^[\d.,]+(?:e[+-]?\d+)?$/i.test(text) && /\d/.test(text) ? text : null;
}
