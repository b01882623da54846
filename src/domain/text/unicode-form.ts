/** As many marks on one letter as UAX #15 foresees in any text (its Stream-Safe Text Format). */
const TOO_MANY_MARKS = /\p{M}{31}/u;

/**
 * A text in one Unicode form. One with more marks in a row than any language has stays as it is: to put them in order
 * takes time that grows with their square, minutes for one cell of a file.
 */
export function unicodeForm(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  // No form changes anything of ASCII.
  if (/^[\x00-\x7f]*$/.test(text) || TOO_MANY_MARKS.test(text)) return text;
  return text.normalize(form);
}

/** A text without case and accents, so that a search finds what a person means. */
export function searchable(text: string): string {
  return unicodeForm(text, 'NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
