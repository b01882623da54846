/** The day of the current reading, or why there is none and where to get one. */
export interface ReadingDay {
  readonly on: string | null;
  /** Why it is not current; null: it is. */
  readonly why: string | null;
  readonly howToGet: string | null;
}

export function readingDay(
  read:
    | { readonly ok: true; readonly observedOn: string }
    | { readonly ok: false; readonly why: string; readonly howToGet: { readonly text: string } },
): ReadingDay {
  return read.ok
    ? { on: read.observedOn, why: null, howToGet: null }
    : { on: null, why: read.why, howToGet: read.howToGet.text };
}
