/** Where a row stands: the file as given, and the line, sheet row or 1-based item of a JSON list. */
export interface At {
  readonly file: string;
  readonly row: number;
  /** It is hidden in its workbook, by hand, by a filter or with its sheet; left out: it is shown, or the file hides none. */
  readonly hidden?: true;
}

/** `null` in any field below means that the source does not tell; it never means "no". */
export type Unknown = null;
