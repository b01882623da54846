import { unicodeForm } from '../../text/unicode-form.ts';

/** Spelling of connector and action names: words without case, accents and marks. Nothing here matches by substring. */

const ARTICLES = new Set(['a', 'an', 'the']);

/** Words in lower case, without accents. A bare camelCase tool name ("createRecord") is taken apart. */
export function words(text: string): string[] {
  const plain = unicodeForm(text, 'NFKD').replace(/\p{M}/gu, '').trim();
  const parted = /^[A-Za-z0-9]+$/.test(plain) ? plain.replace(/([a-z0-9])([A-Z])/g, '$1 $2') : plain;
  return parted
    .toLowerCase()
    .replace(/\be-mail/g, 'email')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}

/** Words of an action: articles dropped, plural taken as singular, "email" taken as "mail". */
export function actionWords(text: string): string[] {
  return words(text)
    .filter((word) => !ARTICLES.has(word))
    .map(singular)
    .map((word) => (word === 'email' ? 'mail' : word));
}

/** "files" to "file", "replies" to "reply"; "status", "access" and short words stay. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

const VENDOR = new Set(['m365', 'microsoft', 'ms']);
const NOT_A_NAME = new Set([
  'connector',
  'integration',
  'mcp',
  'server',
  'app',
  'plugin',
  'the',
  'and',
  'for',
  'claude',
  'remote',
]);

/** Words of a connector name; the spellings of "Microsoft 365" become one word, "connector" and the like go. */
export function connectorWords(text: string): string[] {
  const spaced = text
    .toLowerCase()
    .replace(/\b(microsoft|office|ms|m|o)[\s_-]*365(?![0-9])/g, ' m365 ')
    .replace(/\bm365(?=[a-z])/g, ' m365 ');
  // Names are not parted at capitals: "SharePoint" and "OneDrive" are one word each.
  const all = unicodeForm(spaced, 'NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  const kept = all.filter((word) => !NOT_A_NAME.has(word));
  return kept.length > 0 ? kept : all;
}

/** The same name whatever the order of its words. */
export function nameKey(list: readonly string[]): string {
  return [...list].sort().join(' ');
}

/** Name without "Microsoft", "M365"; empty when nothing else was there. */
export function withoutVendor(list: readonly string[]): string[] {
  return list.filter((word) => !VENDOR.has(word));
}
