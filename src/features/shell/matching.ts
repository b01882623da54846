import { searchable } from '#domain/text/unicode-form.ts';

/** A search query, parsed in every way in which it may be meant. */
export interface Question {
  readonly text: string;
  /** Words without case and accents; all of them have to match. */
  readonly words: readonly string[];
  /** Prefix of an id such as 0b6c1f2e-…; null if it cannot be one. */
  readonly id: string | null;
  /** Prefix of a SHA-256; null if it cannot be one. */
  readonly hex: string | null;
  /** Number of an audit record, from `#12`. */
  readonly seq: number | null;
  /** Number of an alert, from AL-0012 or AL-12. */
  readonly alert: number | null;
  /** Section of the guide, from 5.5, G5.5 or Appendix A. */
  readonly section: string | null;
  /** Id of a guide row, from G5.5-03. */
  readonly guideRow: string | null;
}

export function readQuestion(query: string): Question {
  const text = query.trim();
  const small = text.toLowerCase();
  const section = /^g?(\d{1,2}(?:\.\d{1,2})*)$/.exec(small)?.[1];
  const appendix = /^(?:g|appendix )([ab])$/.exec(small)?.[1];
  return {
    text,
    words: searchable(text)
      .split(/\s+/)
      .filter((word) => word !== ''),
    id: /^[0-9a-f]{8}[0-9a-f-]{0,28}$/.test(small) ? small : null,
    hex: /^[0-9a-f]{6,64}$/.test(small) ? small : null,
    seq: /^#\d{1,9}$/.test(small) ? Number(small.slice(1)) : null,
    alert: /^al-\d{1,9}$/.test(small) ? Number(small.slice(3)) : null,
    section: section ?? (appendix === undefined ? null : `Appendix ${appendix.toUpperCase()}`),
    guideRow: /^g[0-9ab][0-9.]*-\d{2}[a-z]?$/.test(small) ? small : null,
  };
}

/** Whether all words occur in these texts together. */
export function has({ words }: Question, said: readonly string[]): boolean {
  const text = searchable(said.join('\n'));
  return words.length > 0 && words.every((word) => text.includes(word));
}
