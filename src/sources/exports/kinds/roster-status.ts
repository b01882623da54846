import type { RosterRow } from '#domain/model/kinds.ts';
import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import { isCode } from '../table/legend.ts';
import type { View } from '../table/view.ts';
import { answerOf, asksWhetherGone, asksWhetherHere, statusOf } from './roster-words.ts';

/**
 * Status of each row. A code means what the table's legend says. Without a legend, codes below non-English headings are
 * unknown: "A" may mean active in one office and gone in another.
 */
export function statusIn(view: View): (row: TableRow) => RosterRow['status'] {
  const heading = view.englishHeading('status');
  const meansOf = asksWhetherHere(heading)
    ? ({ yes: 'active', no: 'left' } as const)
    : asksWhetherGone(heading)
      ? ({ yes: 'left', no: 'active' } as const)
      : null;
  const texts = view.table.rows.flatMap((row) => view.text(row, 'status') ?? []);
  const legend = view.legend();
  const explained = texts.some((text) => isCode(text) && legend.has(text.toLowerCase()));
  const meaningOf = (text: string): string | null => {
    if (!isCode(text) || (!explained && view.language === null)) return text;
    return explained ? (legend.get(text.toLowerCase()) ?? null) : null;
  };
  // "Baja" may also be sick leave; next to "Alta" or "Activo" it is the end of employment.
  const paired = texts.some((text) => /^(?:de )?alta$|^activ[oa]$/.test(words(meaningOf(text) ?? '')));
  const ofWords = (text: string) => {
    const plain = words(text);
    if (paired && plain === 'baja') return 'left';
    return paired && plain === 'alta' ? 'active' : statusOf(text);
  };
  return (row) => {
    const cell = view.cell(row, 'status');
    const text = cell === true || cell === false ? String(cell) : view.text(row, 'status');
    if (text === null) return null;
    // Below any other heading, "true" may be about working here or about having left.
    const answer = meansOf === null ? null : answerOf(text);
    if (meansOf !== null && answer !== null) return meansOf[answer];
    const meaning = meaningOf(text);
    const known = meaning === null ? null : ofWords(meaning);
    if (known === null) view.noteUnknown(row, 'status', text, 'status');
    return known;
  };
}
