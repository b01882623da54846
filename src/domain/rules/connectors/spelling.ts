import { unicodeForm } from '../../text/unicode-form.ts';

/**
 * Normalizes connector and action names to words without case, accents and punctuation. Nothing here matches
 * substrings.
 */

const ARTICLES = new Set(['a', 'an', 'the']);

/** Words in lower case, without accents. A bare camelCase tool name ("createRecord") is split. */
export function words(text: string): string[] {
  const plain = unicodeForm(text, 'NFKD').replace(/\p{M}/gu, '').trim();
  const parted = /^[A-Za-z0-9]+$/.test(plain) ? plain.replace(/([a-z0-9])([A-Z])/g, '$1 $2') : plain;
  return parted
    .toLowerCase()
    .replace(/\be-mail/g, 'email')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}

/** Words of an action: articles removed, plurals made singular, "email" replaced by "mail". */
export function actionWords(text: string): string[] {
  return words(text)
    .filter((word) => !ARTICLES.has(word))
    .map(singular)
    .map((word) => (word === 'email' ? 'mail' : word));
}

/** "files" to "file", "replies" to "reply"; "status", "access" and short words are unchanged. */
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

/** Words of a connector name: spellings of "Microsoft 365" become one word, "connector" and the like are removed. */
export function connectorWords(text: string): string[] {
  const spaced = text
    .toLowerCase()
    .replace(/\b(microsoft|office|ms|m|o)[\s_-]*365(?![0-9])/g, ' m365 ')
    .replace(/\bm365(?=[a-z])/g, ' m365 ');
  // Names are not split at capitals: "SharePoint" and "OneDrive" are one word each.
  const all = unicodeForm(spaced, 'NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
  const kept = all.filter((word) => !NOT_A_NAME.has(word));
  return kept.length > 0 ? kept : all;
}

/** Key that is independent of the order of the words. */
export function nameKey(list: readonly string[]): string {
  return [...list].sort().join(' ');
}

/** The name without "Microsoft" and "M365"; empty if nothing else is left. */
export function withoutVendor(list: readonly string[]): string[] {
  return list.filter((word) => !VENDOR.has(word));
}
