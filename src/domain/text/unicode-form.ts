/** Combining marks allowed per letter by the Stream-Safe Text Format of UAX #15. */
const TOO_MANY_MARKS = /\p{M}{31}/u;

/**
 * Normalizes a text unless it has more consecutive marks than any language uses: sorting marks takes quadratic time,
 * minutes for one cell of a file.
 */
export function unicodeForm(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  // Normalization never changes ASCII.
  if (/^[\x00-\x7f]*$/.test(text) || TOO_MANY_MARKS.test(text)) return text;
  return text.normalize(form);
}

/** A text without case and accents, for searching. */
export function searchable(text: string): string {
  return unicodeForm(text, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
