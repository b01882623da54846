/** What is not shown, or turns the text around it: with it, or with it taken away, one name could pass for another. */
export const HIDING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const EACH_HIDING = new RegExp(HIDING.source, 'gu');

/** A name that can be shown: what hides or turns text is written out, as `a[U+202E].csv`, so that no two names become one. */
export function shownName(name: string): string {
  return name.replace(
    EACH_HIDING,
    (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
