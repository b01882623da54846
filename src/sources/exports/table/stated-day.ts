import { words } from './cells.ts';
import { orderOfZone, readDates } from './date-column.ts';
import { readDate } from './dates.ts';
import type { View } from './view.ts';

// A bare "date" within a line may be the start of a period, so it counts only at the start of the line.
const STATES =
  /(?:^\s*date\b|\b(?:as of|as at|generated|exported|export date|extracted|printed|produced|run date|run on|report date|report run|snapshot|downloaded|checked|read out|captured|last updated|stand(?: vom)?|état au|a fecha de)\b)[^0-9\p{L}]*(?:(?:on|at|by [^:]+:)[\s:=-]*)?(.+)$/iu;

/** The same in the other languages that importers read, all of which write the day before the month. */
const STATES_DAY_FIRST =
  /(?<!\p{L})(?:(?:état|situation|arrêtée?) au|en date du|à la date du|(?:exportée?|extraite?|générée?|imprimée?|éditée?|téléchargée?|(?:mise?|mis) à jour) le|date (?:d[’']export(?:ation)?|d[’']extraction|du rapport)|stand(?: vom| am)?|(?:exportiert|erstellt|erzeugt|gedruckt|abgerufen|heruntergeladen) am|stichtag|exportdatum|berichtsdatum|(?:a|con) fecha de|(?:exportado|generado|impreso|descargado|extraído|actualizado) el|fecha (?:de exportación|de extracción|del informe)|peildatum|(?:geëxporteerd|gegenereerd|afgedrukt|bijgewerkt) op|(?:exportado|gerado|impresso|extraído|atualizado) em|data (?:da exportação|do relatório)|(?:esportato|generato|stampato|estratto) il|aggiornato al|data (?:di esportazione|del report)|出力日|エクスポート日|基準日)(?!\p{L})[^0-9\p{L}]*(.+)$/iu;

/** "As of 2024", "Data as of FY2024": the last day of that year at the latest. */
const YEAR =
  /\b(?:as of|as at|stand(?: vom)?|état au) (?:the )?(?:end of )?(?:year |fiscal year |fy ?)?(20\d\d)$/iu;

/** A line that says who looked and ends with the day: "As seen on the page Connectors, November 23, 2026". */
const SEEN_ON_DAY =
  /\b(?:as seen|seen|looked|checked|read) (?:on|at|in|by)\b(?!.*\b(?:until|through|ending|due|next|to)\b).*?((?:\p{L}{3,9}\.? \d{1,2},? |\d{1,2}[./-]\d{1,2}[./-])\d{2,4}|\d{4}-\d{2}-\d{2})[\s.)\]]*$/iu;

/** A longer line is text, and the expressions here would take long on it. */
const MAX_LINE = 300;

/** Report date in the lines above or below a table, such as "As of 24 Nov 2026"; null: none. */
export function statedDay(title: readonly string[], zone: string): string | null {
  for (const line of title) {
    if (line.length > MAX_LINE) continue;
    const year = YEAR.exec(line.trim().replace(/[\s.)\]]+$/u, ''))?.[1];
    if (year !== undefined) return `${year}-12-31`;
    // "Generated 03/01/2026 by Dana": drop the name.
    const elsewhere = STATES_DAY_FIRST.exec(line)?.[1];
    const text = (elsewhere ?? STATES.exec(line)?.[1])
      ?.replace(/(\d)\s+(?:by|durch|von|par|por)\s+\p{L}.*$/iu, '$1')
      .trim();
    const said = text ?? SEEN_ON_DAY.exec(line)?.[1];
    if (!said) continue;
    const whole = readDate(said, zone);
    const reading = whole.is === 'unreadable' ? readDate(SEEN_ON_DAY.exec(line)?.[1] ?? '', zone) : whole;
    if (reading.is === 'day' || reading.is === 'ordered') return reading.day;
    if (reading.is === 'either' && elsewhere !== undefined) return reading.dayFirst;
    if (reading.is === 'either') {
      const order = orderOfZone(zone);
      if (order) return order === 'day first' ? reading.dayFirst : reading.monthFirst;
    }
  }
  return null;
}

/** Headings of columns with the day of reading or export, not of what the row is about. */
const OBSERVED =
  /^(?:(?:report|export|extract|snapshot|run|observation|report refresh) date|date (?:exported|extracted|of export)|(?:exported|extracted|generated|checked|observed|captured|read out|retrieved|downloaded)(?: (?:on|at|date))?|(?:last )?(?:checked|refreshed|synced|looked(?: at)?)(?: (?:on|at))?|date (?:checked|looked(?: at)?|read out)|(?:data )?as of(?: date)?)$/;

/** Oldest day on which rows say that they were read, from otherwise unused columns; null: none. */
export function observedInColumns(view: View, zone: string): string | null {
  const { columns, rows } = view.table;
  const found = view.leftOver().flatMap((column) => {
    const index = columns.indexOf(column);
    if (!OBSERVED.test(words(view.english[index] ?? column))) return [];
    const cells = rows.map((row) => ({ row: row.row, cell: row.cells[index] }));
    return (readDates([{ column, cells }], zone, view.language).days[0] ?? []).filter((day) => day !== null);
  });
  return found.reduce<string | null>((oldest, day) => (oldest === null || day < oldest ? day : oldest), null);
}
