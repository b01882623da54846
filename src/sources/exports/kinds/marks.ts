import type { View } from '../table/view.ts';

/** A footnote mark and its explanation below the table: "* no longer employed". */
const MARK = /^\s*([*†‡#^]{1,3})(?:\s*[=:–-])?\s*(\p{L}.*)$/u;

/** Marks whose explanations below the table satisfy `means`. Call after `dataRows`, which collects those lines. */
export function marksThat(view: View, means: (explained: string) => boolean): readonly string[] {
  return view.below.flatMap((line) => {
    const [, mark, explained = ''] = MARK.exec(line) ?? [];
    return mark !== undefined && means(explained) ? [mark] : [];
  });
}

/** Headings of columns for remarks. */
export const REMARKS =
  /\b(?:notes?|comments?|remarks?|memo|remarques?|commentaires?|observations?|observacion(?:es)?|notas?|comentarios?|bemerkung(?:en)?|anmerkung(?:en)?|notiz(?:en)?|hinweise?|observac(?:ao|oes)|osservazioni|commenti|opmerking(?:en)?|biko)\b|備考|メモ/;
