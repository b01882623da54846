import { unicodeForm } from '../../text/unicode-form.ts';

/** Longer text is not a version number, so its spelling variants are not merged. */
const MAX_VERSION = 200;

/** "v3", "3", "3.0" and "Version 3" are the same version. */
export function versionKey(text: string): string {
  if (text.length > MAX_VERSION) return text;
  return unicodeForm(text, 'NFKC')
    .toLowerCase()
    .replace(/\b(version|ver|revision|rev|policy|aup)\b\.?/g, ' ')
    .replace(/\bv\.?\s*(?=\d)/g, '')
    .replace(/[^\p{Letter}\p{Number}.]+/gu, ' ')
    .trim()
    .replace(/^(\d+(?:\.\d+)*?)(?:\.0+)+$/, '$1')
    .replace(/\.$/, '');
}
