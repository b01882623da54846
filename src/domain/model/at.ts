/** Location of a row: the file as named, and the line, sheet row or 1-based index in a JSON list. */
export interface At {
  readonly file: string;
  readonly row: number;
  /**
   * The row is hidden in its workbook: by hand, by a filter, or with its sheet. Left out: it is visible, or the file
   * has no hidden rows.
   */
  readonly hidden?: true;
}

/** `null` in any field below means that the source does not report it; it never means "no". */
export type Unknown = null;
