import type { AskedField } from '#domain/model/reading.ts';
import type { ParseEnvironment } from '../file-kind.ts';
import { cellValue, holdsAddress, words } from './cells.ts';
import { cellsOf } from './columns.ts';
import { looksLikeDate } from './date-column.ts';
import type { View } from './view.ts';

/** What the cells of a column look like, by which a column with an unknown heading can be suggested. */
export type Looks = 'category' | 'day' | 'number' | 'name' | ((text: string) => boolean);

/** A field that rules need, by its name in the rows of the kind. */
export interface Asks {
  readonly field: string;
  /** Fields of the table that can supply it; omitted: the one with the same name. */
  readonly columns?: readonly string[];
  readonly looks: Looks;
  /** Headings that never mean this field, as normalized words. */
  readonly not?: RegExp;
  /** Asked only if this is true of the table. */
  readonly when?: (view: View) => boolean;
  /** Matches values that make no difference: a column with only such values is not asked about. */
  readonly settled?: (text: string) => boolean;
}

/** Headings of data that no rule needs, whatever it looks like. */
const SOMETHING_ELSE =
  /\b(id|ids|uuid|guid|number|phone|mobile|fax|address|street|city|zip|postal|post ?code|country|region|state|province|language|locale|timezone|department|division|team|title|office|location|site|building|manager|supervisor|notes?|comments?|remarks?|url|link|domain|birth\w*|gender|salary|family|source|currency|tags?|groups?|password\w*)\b/;
const OTHER_DAY =
  /\b(last (?:active|activity|seen|used|login|sign in)|due|sent|expir\w*|updated|modified|changed|generated|review\w*|export\w*|renew\w*|cancel\w*)\b/;
/** Words by which a heading refers to a day. */
const OF_DAY =
  /\b(dates?|days?|on|at|when|since|from|until|through|starts?|started|begins?|began|ends?|ended|effective|hired?|joined|joining|left|leaving|terminated|termination|term|separation|expires?)\b/;
/**
 * Numbers that are spreadsheet dates only under a heading that refers to days, since amounts and token counts look the
 * same.
 */
const FIVE_DIGITS = /^\d{5}(?:\.\d{1,9})?$/;
const MAX_CATEGORIES = 12;
const MAX_COLUMNS = 6;

/**
 * Fields without a known column for which a column with an unknown heading may be the one, and fields whose two equally
 * named columns differ. Columns that a person excluded are not asked about again.
 */
export function asksOf(
  view: View,
  fields: readonly Asks[],
  { timezone }: ParseEnvironment,
): readonly AskedField[] {
  return fields.flatMap(({ field, columns = [field], looks, not, when, settled }): AskedField[] => {
    const twice = columns.filter((one) => view.rivals(one).length > 0);
    if (twice.length > 0)
      return [
        {
          field,
          columns: twice
            .flatMap((one) => [view.plainHeading(one), ...view.rivals(one)])
            .slice(0, MAX_COLUMNS),
        },
      ];
    if (columns.some((one) => view.has(one)) || when?.(view) === false) return [];
    const found = view
      .leftOver()
      .filter(
        (column) =>
          !view.isAgain(column) &&
          !SOMETHING_ELSE.test(words(column)) &&
          not?.test(words(column)) !== true &&
          looksLike(view, column, looks, timezone) &&
          !(settled !== undefined && wholly(view, column, settled)),
      );
    return found.length === 0 ? [] : [{ field, columns: found.slice(0, MAX_COLUMNS) }];
  });
}

/** Whether every filled cell of a column matches. */
function wholly({ table }: View, column: string, is: (text: string) => boolean): boolean {
  const index = table.columns.indexOf(column);
  return table.rows.every(({ cells }) => {
    const text = cellValue(cells[index]);
    return text === null || is(text);
  });
}

function looksLike(view: View, column: string, looks: Looks, timezone: string): boolean {
  const index = view.table.columns.indexOf(column);
  const cells = cellsOf(view.table, index);
  if (cells.length === 0) return false;
  const share = (is: (text: string) => boolean) => cells.filter(is).length / cells.length;
  if (typeof looks === 'function') return share(looks) >= 0.5;
  const ofDay = OF_DAY.test(words(column));
  const day = share(
    (text) => /\d/.test(text) && (ofDay || !FIVE_DIGITS.test(text)) && looksLikeDate(text, timezone),
  );
  if (looks === 'day') return day >= 0.5 && !OTHER_DAY.test(words(column));
  const number = share((text) => /^[-+($€£]?\s?\d[\d\s.,'’%)]*\s?(?:usd|\$)?$/i.test(text));
  if (looks === 'number') return number >= 0.5 && day < 0.5;
  if (day >= 0.5 || number >= 0.5 || share(holdsAddress) >= 0.5) return false;
  const distinct = new Set(cells.map((text) => text.toLowerCase())).size;
  if (looks === 'category') return distinct <= MAX_CATEGORIES && share((text) => text.length <= 40) >= 0.9;
  return distinct * 2 > cells.length && share((text) => /^\p{L}[\p{L}\p{M}'’.,\- ]+$/u.test(text)) >= 0.8;
}
