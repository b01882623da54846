import type { Cell, CellObject, Row } from 'write-excel-file/node';
import { STATE_WORDS, type State } from '#domain/model/verdict.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { LIGHT } from './design-tokens.ts';

export interface SheetPlan {
  readonly name: string;
  /** Headings with their column width in characters. */
  readonly columns: readonly (readonly [title: string, width: number])[];
  readonly rows: readonly Row[];
}

/** Maximum text length of a cell in the format. */
const MAX_TEXT_LENGTH = 32_767;

/**
 * A text cell: a leading "=", "+", "-" or "@" stays text and is never evaluated. The format's own escape (`_x000D_`)
 * is escaped; a text equal to a built-in property name of objects gets a space, because the writer uses texts as keys
 * of a plain object; and text that is too long is truncated with a notice.
 */
export function text(value: string | null, style: Omit<CellObject, 'value' | 'type'> = {}): Cell {
  if (value === null || value === '') return null;
  let shown = visible(value, true);
  if (shown.length > MAX_TEXT_LENGTH - 20)
    shown = `${shown.slice(0, MAX_TEXT_LENGTH - 80)}… (shortened; the HTML report has all of it)`;
  shown = shown.replace(/_x(?=[0-9a-f]{4}_)/gi, '_x005F_x');
  if (shown in Object.prototype) shown = `${shown} `;
  return { value: shown, type: String, alignVertical: 'top', wrap: true, ...style };
}

export function number(value: number | null): Cell {
  return value === null ? null : { value, type: Number, alignVertical: 'top' };
}

/** A date cell, so that days can be sorted and filtered. */
export function date(value: string | null): Cell {
  if (value === null) return null;
  return {
    value: new Date(`${value}T00:00:00Z`),
    type: Date,
    format: 'yyyy-mm-dd',
    align: 'left',
    alignVertical: 'top',
  };
}

/** A state as its word in its color. */
export const verdict = (state: State): Cell =>
  text(STATE_WORDS[state], { textColor: LIGHT.verdict[state].text, fontWeight: 'bold' });

export function head(titles: readonly string[]): Row {
  return titles.map((title) => ({
    value: title,
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#ECEEF1',
    alignVertical: 'top',
    wrap: true,
    bottomBorderStyle: 'thin',
    bottomBorderColor: '#8A909B',
  }));
}
