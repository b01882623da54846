import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import { isGroupLabel, isPartLabel, labelsAbove } from '../table/section-labels.ts';
import type { View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';
import { marksThat } from './marks.ts';
import { engagementOf, speaksOfLeaving, statusOf } from './roster-words.ts';

/** A department, title or kind of employment that means that the person is gone. */
const OF_THE_GONE =
  /^(?:(?:former|ex|retired|terminated|separated|inactive|past|departed)(?: (?:staff|employees?|personnel|workers?|colleagues?|contractors?|interns?|volunteers?))?|retirees?|leavers?|terminations|separations|deceased)$/;
/** A title that the person no longer has: “Former Events Manager”. An ex-officio member has it. */
const FORMER_TITLE =
  /^(?:former(?:ly)?|ex(?! officio)|ehemalige[rns]?|frühere[rns]?|ancien(?:ne)?|antigu[oa]|voormalig[e]?)(?!\p{L})/iu;
/** Additions to the name of someone who is gone. A name alone has neither parentheses nor a spaced dash. */
const BESIDE_NAME =
  /[([](?:no longer|former(?:ly)?|ex|left|gone|departed|retired|resigned|terminated|termed|inactive|deceased|separated|quit|laid off)\b[^)\]]*[)\]]|\s[-–—/]\s*(?:no longer|former|left|gone|departed|retired|resigned|terminated|termed|inactive|deceased|separated|quit|laid off)\b|^(?:zz+|xx+)[ _-]|\bdo not use\b/i;
const PLACES = ['engagement', 'department', 'title'] as const;
const NAMES = ['name', 'firstName', 'lastName'] as const;

/** Names of sheets on which people are kept who may have left. */
const OF_THE_PAST =
  /^(?:gone|archived?|archives|old|past|ex|previous)(?: (?:staff|employees?|people))?(?: 20\d\d)?$/;

function meansGone(text: string): boolean {
  return OF_THE_GONE.test(words(inEnglish(text))) || statusOf(text) === 'left' || speaksOfLeaving(text);
}

/** The label such as “TERMINATED” above lines, or the name of a sheet such as “Gone”, by row. */
function labelsOfTheGone({ table }: View): ReadonlyMap<number, string> {
  const sheet = table.sheet ?? '';
  return labelsAbove(table.rows, {
    opens: meansGone,
    // Departments may follow within.
    closes: (text) => statusOf(text) !== null || (isGroupLabel(text) && !isPartLabel(text)),
    start: OF_THE_PAST.test(words(sheet)) || meansGone(sheet) ? sheet : null,
  });
}

/**
 * Content of a row, outside of the status and last-day columns, that says that the person is gone: a kind of employment
 * such as "Retiree", a department "Former staff", "(left)" after the name, a mark explained below the table, or the
 * label of the lines or the name of the sheet in which the row is, or that it is crossed out.
 * Otherwise a person without a last day would count as staff. Requires the lines collected by `dataRows`.
 */
export function asidesOf(
  view: View,
): (row: TableRow) => { readonly column: string; readonly text: string } | null {
  const marks = marksThat(view, (explained) => speaksOfLeaving(explained) || statusOf(explained) === 'left');
  const labels = labelsOfTheGone(view);
  return (row) => {
    if (row.struck) return { column: view.heading('name'), text: 'crossed out' };
    const label = labels.get(row.row);
    if (label !== undefined) return { column: view.table.columns[0] ?? '', text: label };
    for (const field of PLACES) {
      const text = view.text(row, field);
      if (text === null) continue;
      const gone =
        OF_THE_GONE.test(words(inEnglish(text))) ||
        (field === 'title' && FORMER_TITLE.test(text.trim())) ||
        (field === 'engagement' && engagementOf(text) === null && statusOf(text) === 'left');
      if (gone) return { column: view.heading(field), text };
    }
    for (const field of NAMES) {
      const text = view.text(row, field);
      if (text === null) continue;
      if (BESIDE_NAME.test(text) || marks.some((mark) => text.trim().endsWith(mark)))
        return { column: view.heading(field), text };
    }
    return null;
  };
}
