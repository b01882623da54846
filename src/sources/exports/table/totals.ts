const TOTAL =
  /^(?:grand |sub|report |overall )?(?:totals?|sum|summary|average|count|summe|gesamt(?:summe)?|insgesamt|zwischensumme|totaux|totale|suma)\b\s*:?\s*(?:\(.*\)|[\d.,]+)?$/i;

/** "Total staff" next to a number: a line of totals only if the other cells are numbers. */
const COUNTED =
  /^(?:(?:grand |sub|overall )?totals?|sum|count|number of|headcount|summe|gesamt|gesamtzahl|insgesamt|anzahl|total(?:e|es)?|nombre|effectif|suma|número de|numero di|aantal|totaal|合計|総計|総数|人数)(?:$|[\s:(\d])/iu;
const FIGURE = /^[\d.,%\s$€£()/-]+$|^\d+ (?:out )?of \d+$/i;

/** "Active, 7, On leave, 1": counts by kind below a list. */
const COUNTED_BY =
  /^(?:active|inactive|on leave|leave|terminated|dismissed|former|new hires?|employees?|full ?-?time|part ?-?time|contractors?|temporary|seasonal|interns?|volunteers?)\s*:?$/i;

function countsByKind(texts: readonly string[]): boolean {
  return (
    texts.length > 0 &&
    texts.length % 2 === 0 &&
    texts.every((text, at) => (at % 2 === 0 ? COUNTED_BY.test(text) : /^\d{1,5}$/.test(text)))
  );
}

/**
 * "15 rows", "4 connectors, 10 actions", "Employee Count: 18", "Signed: 19 of 23": a count of the lines above, alone in
 * its row.
 */
const COUNTS =
  /^\d{1,6} (?:total )?(?:rows?|lines?|records?|results?|entries|items?|employees?|people|persons?|staff|members?|users?|accounts?|seats?|devices?|connectors?|actions?|names?|zeilen|eintr[äa]ge|personen|mitarbeiter(?:innen)?|lignes?|enregistrements|personnes?|filas|registros|personas)(?: (?:found|listed|total|in total|gesamt|au total|en total))?$/iu;
const LABELLED =
  /^\p{L}[\p{L} #&'’/()-]{0,40}: ?\d[\d.,]{0,9}(?: ?(?:of|out of|von|sur|de|\/) ?\d[\d.,]{0,9})?$/u;

/** "Records: 50 of 78" means that lines are missing. */
const OF_LINES =
  /^(?:showing|page|rows?|lines?|records?|results?|entries|items?|employees?|people|staff|members?|users?|accounts?|connectors?)\b.* (?:of|out of|von|sur|de|\/) ?\d/iu;

function countsAlone(text: string): boolean {
  if (OF_LINES.test(text)) return false;
  return (
    LABELLED.test(text) || text.split(/, | and | und | et | y /).every((part) => COUNTS.test(part.trim()))
  );
}

const LISTED =
  '(?:employees?|people|persons?|staff(?: members)?|workers?|associates|members?|users?|rows?|lines?|records?|results?|entries|names?)';
const STATED_COUNT = new RegExp(
  `^(?:(?:grand |report |overall )?total (?:number of )?${LISTED}|${LISTED} (?:count|total)|(?:total )?headcount|number of ${LISTED})\\s*[:,=-]?\\s*(\\d[\\d,]{0,8})$|^(\\d[\\d,]{0,8}) (?:total )?${LISTED}(?: (?:found|listed|total|in total))?\\.?$`,
  'i',
);

/** How many lines a list has by a line of totals, such as “Total employees: 61”; null: it counts something else. */
export function statedCount(line: string): number | null {
  const found = STATED_COUNT.exec(line.trim());
  const digits = found?.[1] ?? found?.[2];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}

const BARE_COUNT = /^(?:(?:grand|overall|report) )?(?:total|count)\s*[:=]\s*(\d[\d,]{0,8})\.?$/i;

/** The number in a line of totals that does not say what it counts, such as “Total: 12”; null: the line is another. */
export function bareCount(line: string): number | null {
  const digits = BARE_COUNT.exec(line.trim())?.[1];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}

/** Whether a row with these cells (null: empty) is a line of totals. */
export function isTotal(texts: readonly (string | null)[]): boolean {
  const [first = '', ...rest] = texts.filter((text) => text !== null);
  if (TOTAL.test(first) || countsByKind([first, ...rest])) return true;
  if (rest.length === 0 && texts.length > 1 && countsAlone(first)) return true;
  return (
    COUNTED.test(first) &&
    !first.includes('@') &&
    rest.every((text) => FIGURE.test(text)) &&
    (rest.length > 0 || /\d/.test(first))
  );
}

/** Lines that reports print below their tables. */
export const FOOTER =
  /^(?:generated|prepared|printed|exported|produced|report|end of report|confidential|page \d|source:|notes?:|\*|†|©|copyright|applied filters|filters?:|data as of|as of|last updated|disclaimer)/i;

const LEGEND =
  /^(l[ée]gende?|leyenda|legenda|leggenda|key|notes?|remarks?|comments?|explanations?|anmerkung(?:en)?|hinweise?|bemerkung(?:en)?|erl[äa]uterung(?:en)?|remarques?|notas?|observaci[oó]n(?:es)?|opmerking(?:en)?|last updated|stand)\s*([:：–-](?:\s|$))?/iu;

/** Name of a column before the meanings of its codes: "Sts: A = Active". */
const KEY_OF = /^\p{L}[\p{L}\d .'’/-]{0,30}:\s*(?=\p{L}{1,3} ?[=–-] ?\p{L})/u;

/** "A - Active   L - Leave   T - Terminated": meanings of codes in the table. */
export function isKeyOfCodes(line: string): boolean {
  const parts = line
    .replace(KEY_OF, '')
    .split(/[,;|]| (?=\p{L}{1,3} ?[=–-] ?\p{L})/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return (
    parts.length > 1 && parts.every((part) => /^\p{L}{1,3} ?[=–-] ?\p{L}[\p{L} /()&]{1,40}$/u.test(part))
  );
}

/**
 * Whether a cell starts a legend or remark below a table, such as "Legend: red is blocked"; `bare`: also the word
 * alone.
 */
export function beginsLegend(first: string, bare = false): boolean {
  const found = LEGEND.exec(first.trim());
  return found !== null && (found[2] !== undefined || (bare && found[1]?.length === first.trim().length));
}
