/** Helpers to build sentences. English only, with just the grammar that messages need. */

const GROUPED = new Intl.NumberFormat('en-US');

/** "412", "2,590". */
export function number(n: number): string {
  return Math.abs(n) < 1000 ? String(n) : GROUPED.format(n);
}

/** "1 member", "3 members", "2,590 members". Pass irregular plurals. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A name with the last name first, as payroll lists write it: "Egan, Ruth". */
const LAST_NAME_FIRST = /^\p{Lu}[\p{L}\p{M}'’ -]{0,60}, \p{Lu}[\p{L}\p{M}.'’ -]{0,60}$/u;

/** Text that ends with a day: "Jira by Ruth Egan on Nov 24, 2026". */
const ENDS_WITH_DAY = /, \d{4}\)?$/;

/**
 * "A", "A and B", "A, B and C"; beyond `max`: "A, B, C and 4 more". If a name contains a comma, or for three or more
 * days, semicolons separate the entries: "Egan, Ruth; Lee, Ann; and 4 more".
 */
export function names(list: readonly string[], max = 3): string {
  if (list.length < 2) return list[0] ?? '';
  const shown = list.length <= max ? list.slice(0, -1) : list.slice(0, max);
  const last = list.length <= max ? (list.at(-1) ?? '') : `${number(list.length - max)} more`;
  const days = shown.length > 1 && list.some((one) => ENDS_WITH_DAY.test(one));
  if (days || list.some((one) => LAST_NAME_FIRST.test(one))) return `${shown.join('; ')}; and ${last}`;
  return `${shown.join(', ')} and ${last}`;
}

/** "A", "A or B", "A, B or C". */
export function anyOf(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
}

/** "has" for one, "have" for any other number; also for other pairs of verb forms. */
export function verb(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "Nov 24, 2026" for a day written YYYY-MM-DD; other text is returned unchanged. */
export function dayWords(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-');
  const name = MONTHS[Number(month) - 1];
  return name && date ? `${name.slice(0, 3)} ${Number(date)}, ${year}` : day;
}

/** "Nov 24" for a day in the same year as another, otherwise "Nov 24, 2025". */
export function shortDay(day: string, other: string): string {
  const words = dayWords(day);
  return day.slice(0, 4) === other.slice(0, 4) ? words.replace(/, \d+$/, '') : words;
}

/** "November 24, 2026", for headings. */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-');
  const name = MONTHS[Number(month) - 1];
  return name && date ? `${name} ${Number(date)}, ${year}` : day;
}

/** "May 2026" for a month written 2026-05, "Aug 22, 2026" for a day. */
export function monthWords(month: string): string {
  const [year, number, date] = month.split('-');
  const name = MONTHS[Number(number) - 1];
  if (!name) return month;
  return date ? dayWords(month) : `${name} ${year}`;
}

/** Days for which a check against the vendor's page shows that a menu path is current. */
const PATH_DAYS = 365;

/**
 * When a menu path was last checked against the vendor's page: "verified Aug 22, 2026", or after a year "not confirmed
 * since Jan 8, 2025".
 */
export function checkedWords(checked: string, today: string): string {
  const age = (Date.parse(today) - Date.parse(checked)) / 86_400_000;
  return age > PATH_DAYS ? `not confirmed since ${dayWords(checked)}` : `verified ${dayWords(checked)}`;
}

/** The text in curly double quotes, as all quotations in sentences have them (scripts/checks/quotes.ts). */
export function quoted(text: string): string {
  return `“${text}”`;
}

/** Capitalizes the first letter; an email address keeps its spelling. */
export function sentence(text: string): string {
  if (/^[^\s@]+@/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Lower-cases the first letter, to use a title within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** ACC-07 for CLA-ACC-07: how pages show a control's id. */
export function shortId(control: string): string {
  return control.replace(/^CLA-/, '');
}

/** "New York time" for America/New_York, "UTC" for UTC. */
export function zoneWords(zone: string): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return zone.includes('/') ? `${city} time` : zone;
}
