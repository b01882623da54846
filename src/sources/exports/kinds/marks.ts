import type { View } from '../table/view.ts';

/** A mark behind a cell, and the line below the table that says what it stands for: "* no longer employed". */
const MARK = /^\s*([*†‡#^]{1,3})\s*[=:–-]?\s*(\p{L}.*)$/u;

/** The marks that the lines below the table explain as `means` asks; after `dataRows`, which leaves these lines out. */
export function marksThat(view: View, means: (explained: string) => boolean): readonly string[] {
  return view.below.flatMap((line) => {
    const [, mark, explained = ''] = MARK.exec(line) ?? [];
    return mark !== undefined && means(explained) ? [mark] : [];
  });
}

/** Headings of columns in which people write what no other column asks for. */
export const REMARKS =
  /\b(?:notes?|comments?|remarks?|memo|remarques?|commentaires?|observations?|observacion(?:es)?|notas?|comentarios?|bemerkung(?:en)?|anmerkung(?:en)?|notiz(?:en)?|hinweise?|observac(?:ao|oes)|osservazioni|commenti|opmerking(?:en)?|biko)\b|備考|メモ/;
