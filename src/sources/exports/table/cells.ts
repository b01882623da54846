import { list } from '#domain/text/list.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { Cell } from '../file-kind.ts';

const ADDRESS =
  /[^\s<>"(),:;[\]\\|=@]{1,64}@(?:[^\s<>"'(),:;[\]\\|=@.]{1,63}\.){1,8}[^\s<>"'(),:;[\]\\|=@.]{2,63}/gu;
/**
 * Characters that reorder or hide text: overrides, isolates, zero-width spaces. They never belong in a name or an
 * address.
 */
const HIDDEN = /[[\p{Cc}--[\t\n\r]]\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gv;
const EMPTY_WORDS = new Set([
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  'n/a',
  'na',
  'n.a.',
  '#n/a',
  'none',
  'null',
  'nil',
  'not applicable',
  '(blank)',
  '(none)',
  'undefined',
]);

/** Trimmed text of a cell in Unicode NFC, without hidden characters; null: empty. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell !== 'string') return String(cell);
  const text = plain(cell);
  return text === '' ? null : text;
}

/** Like `cellText`, but a dash, "n/a" and the like count as empty. */
export function cellValue(cell: Cell | undefined): string | null {
  const text = cellText(cell);
  return text === null || EMPTY_WORDS.has(text.toLowerCase()) ? null : text;
}

/**
 * Like `cellText`, for names of people, some of whom are called Null, Na or None: only punctuation and "n/a" count as
 * empty.
 */
export function cellName(cell: Cell | undefined): string | null {
  const text = cellText(cell);
  return text === null || /^(?:[-–—.?]+|#?n\/a|n\.a\.|\(blank\)|\(none\))$/i.test(text) ? null : text;
}

function plain(raw: string): string {
  // Excel writes ="00123" to preserve leading zeros in CSV.
  const unwrapped = raw.startsWith('="') && raw.endsWith('"') && raw.length >= 3 ? raw.slice(2, -1) : raw;
  // SharePoint exports lookup values as 1;#Finance, or 1;#Finance;#2;#Legal for several.
  if (/^\d{1,9};#/.test(unwrapped))
    return plain(
      unwrapped
        .split(';#')
        .filter((part, at) => at % 2 === 1 && part !== '')
        .join('; '),
    );
  // Fast path: the normalization below does not change short ASCII text, which most cells are.
  if (/^[\u0021-\u007e]+(?: [\u0021-\u007e]+)*$/.test(unwrapped)) return unwrapped;
  return unicodeForm(unwrapped.replace(HIDDEN, ''), 'NFC')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim();
}

/** Whether the cell contains characters that reorder or hide text. */
export function hasHiddenMarks(cell: Cell | undefined): boolean {
  return typeof cell === 'string' && cell.search(HIDDEN) >= 0;
}

export function holdsAddress(text: string): boolean {
  return text.includes('@') && text.search(ADDRESS) >= 0;
}

/** All distinct email addresses in a cell, in order, as written. Handles lists, `Name <a@b>` and `SMTP:a@b`. */
export function addresses(text: string | null): string[] {
  if (text === null || !text.includes('@')) return [];
  const found = new Map<string, string>();
  // Microsoft 365 joins proxy addresses with plus signs, which may also occur within an address.
  const parts = /(^|\+)smtp:/i.test(text) ? text.split(/\+(?=[a-z0-9]+:)/i) : [text];
  for (const part of parts) {
    if (/^(x500|sip|eum|x400):/i.test(part)) continue;
    for (const match of part.matchAll(ADDRESS)) {
      const address = match[0].replace(/^[.'*]+|(?<![.,'*])[.,'*]+$/g, '');
      if (!found.has(address.toLowerCase())) found.set(address.toLowerCase(), address);
    }
  }
  return [...found.values()];
}

const YES = new Set(
  list('yes, y, true, t, 1, x, ✓, ✔, ✅, ☑, ☒, ●, •, on, enabled, active, checked, ja, oui, si, sí'),
);
const NO = new Set(list('no, n, false, f, 0, off, disabled, inactive, unchecked, ☐, ✗, ✘, ❌, nein, non'));

/** Parses a yes-or-no cell; null: empty or something else. */
export function yesNo(cell: Cell | undefined): boolean | null {
  if (typeof cell === 'boolean') return cell;
  const text = cellValue(cell)?.toLowerCase().replace(/[.!]$/, '');
  if (text === undefined) return null;
  return YES.has(text) ? true : NO.has(text) ? false : null;
}

/** Normalizes to lowercase words without accents and punctuation: "E-mail (Work)" becomes `e mail work`. */
export function words(text: string): string {
  return unicodeForm(text, 'NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replaceAll('#', ' number ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Like `words`, without spaces, so that "E-mail" equals "email". */
export function compact(text: string): string {
  return words(text).replaceAll(' ', '');
}
