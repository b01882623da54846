import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import type { View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';
import { marksThat } from './marks.ts';
import { engagementOf, speaksOfLeaving, statusOf } from './roster-words.ts';

/** A cell that stands for people who are gone, where a department, a title or a kind of employment is expected. */
const OF_THE_GONE =
  /^(?:(?:former|ex|retired|terminated|separated|inactive|past|departed)(?: (?:staff|employees?|personnel|workers?|colleagues?|contractors?|interns?|volunteers?))?|retirees?|leavers?|terminations|separations|deceased)$/;
/** What people write behind or before a name of someone who is gone. A name alone has neither brackets nor a dash with spaces. */
const BESIDE_NAME =
  /[([](?:no longer|former(?:ly)?|ex|left|gone|departed|retired|resigned|terminated|termed|inactive|deceased|separated|quit|laid off)\b[^)\]]*[)\]]|\s[-–—/]\s*(?:no longer|former|left|gone|departed|retired|resigned|terminated|termed|inactive|deceased|separated|quit|laid off)\b|^(?:zz+|xx+)[ _-]|\bdo not use\b/i;
const PLACES = ['engagement', 'department', 'title'] as const;
const NAMES = ['name', 'firstName', 'lastName'] as const;

/**
 * What stands in a row, other than in the columns of status and last day, and says that the person is gone: a kind of
 * employment such as "Retiree", a department "Former staff", "(left)" behind the name, or a mark that a line below the table
 * explains. Someone without a last day would otherwise count as staff. Needs the lines that `dataRows` left out.
 */
export function asidesOf(
  view: View,
): (row: TableRow) => { readonly column: string; readonly text: string } | null {
  const marks = marksThat(view, (explained) => speaksOfLeaving(explained) || statusOf(explained) === 'left');
  return (row) => {
    for (const field of PLACES) {
      const text = view.text(row, field);
      if (text === null) continue;
      const gone =
        OF_THE_GONE.test(words(inEnglish(text))) ||
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
