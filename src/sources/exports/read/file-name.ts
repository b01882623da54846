/** Invisible characters and those that reorder text, with which one name could pass for another. */
export const HIDING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const EACH_HIDING = new RegExp(HIDING.source, 'gu');

/** A displayable name: such characters are escaped, as in `a[U+202E].csv`, so that distinct names stay distinct. */
export function shownName(name: string): string {
  return name.replace(
    EACH_HIDING,
    (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
