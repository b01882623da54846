import { addDays, daysBetween } from '#domain/model/day.ts';
import type { UsageRow } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import { isAccountId } from '#domain/usage/account-id.ts';
import type { Cell, ParseEnvironment, TableRow } from '../../exports/file-kind.ts';
import {
  type DecimalMark,
  decimalMark,
  isOtherCurrency,
  OTHER_CURRENCY,
  readAmount,
  scaleIn,
} from '../../exports/table/amounts.ts';
import { addresses, cellText, cellValue, holdsAddress, words } from '../../exports/table/cells.ts';
import { type Field, list, sampleOf, shareOf } from '../../exports/table/columns.ts';
import { dataRows } from '../../exports/table/data-rows.ts';
import { datesInName, periodOfMonthInName } from '../../exports/table/name-dates.ts';
import type { Notes } from '../../exports/table/notes.ts';
import { EMAIL, hasHeading, NAME } from '../../exports/table/person-fields.ts';
import { placeOf } from '../../exports/table/place-of.ts';
import { statedPeriod } from '../../exports/table/stated-period.ts';
import { tableKind } from '../../exports/table/table-kind.ts';
import type { View } from '../../exports/table/view.ts';
import { withoutSum } from './usage-sum.ts';

type Amount = 'messages' | 'requests' | 'promptTokens' | 'completionTokens' | 'netUsd' | 'grossUsd';
const AMOUNTS: readonly Amount[] = [
  'messages',
  'requests',
  'promptTokens',
  'completionTokens',
  'netUsd',
  'grossUsd',
];

/** Headings of numbers that are not US dollars: another currency, or a count. */
const NO_AMOUNT = new RegExp(
  `${OTHER_CURRENCY.source}|\\b(?:conversations?|chats?|sessions?|messages?|prompts?|files?|projects?|artifacts?|days?|logins?)\\b`,
  'i',
);

const FIELDS: readonly Field[] = [
  EMAIL,
  { ...NAME, headings: [...NAME.headings, 'user', 'account name', 'member', 'person'] },
  { field: 'accountId', headings: ['account uuid', 'user uuid'] },
  {
    field: 'product',
    headings: ['product', 'product name', 'surface', 'application', 'app', 'client', 'feature'],
  },
  { field: 'model', headings: ['model', 'model name', 'model id', 'claude model'] },
  {
    field: 'messages',
    headings:
      list(`messages, message count, total messages, total_messages, messages sent, number of messages, chat
      messages, prompts, total prompts`),
  },
  {
    field: 'requests',
    headings: ['total_requests', 'requests', 'request count', 'number of requests', 'api requests'],
  },
  {
    field: 'promptTokens',
    headings: [
      'total_prompt_tokens',
      'prompt tokens',
      'input tokens',
      'total input tokens',
      'tokens in',
      'uncached input tokens',
    ],
  },
  {
    field: 'completionTokens',
    headings: [
      'total_completion_tokens',
      'completion tokens',
      'output tokens',
      'total output tokens',
      'tokens out',
    ],
  },
  {
    field: 'netUsd',
    headings:
      list(`total_net_spend_usd, net spend usd, net spend, total net spend, net amount, net cost, spend usd,
      spend, total spend, cost usd, cost, total cost, amount usd, amount, usage cost, extra usage
      spend, extra usage`),
  },
  {
    field: 'grossUsd',
    headings: [
      'total_gross_spend_usd',
      'gross spend usd',
      'gross spend',
      'total gross spend',
      'gross amount',
      'gross cost',
      'list cost',
    ],
  },
  {
    field: 'from',
    headings:
      list(`date, day, usage date, usage_date_utc, period start, start date, from, start, starting at, start
      time, date from, week starting, week of, month, period, billing period, usage month`),
  },
  {
    field: 'to',
    headings: list(`period end, end date, to, end, ending at, end time, date to, week ending, through`),
  },
];

/** Headings of the first day of a period, as opposed to a single day. */
const PERIOD_START = /\b(start\w*|from|beginn\w*|week)\b/;

/**
 * The spend report and other usage lists, one line per person and product or model. On plans with seats, spend is only
 * what exceeds the seats.
 */
export const usage = tableKind<'usage'>({
  kind: 'usage',
  figures: true,
  fields: FIELDS,
  needs: { fields: AMOUNTS, words: 'messages, requests, tokens or spend' },
  score(view, name) {
    const amounts = AMOUNTS.filter((field) => {
      const index = view.columns.first(field);
      return (
        index !== null &&
        (sampleOf(view.table).length === 0 ||
          shareOf(view.table, index, (text) => readAmount(text, '.') !== null) >= 0.5)
      );
    });
    if (amounts.length === 0) return 0;
    const person = view.has('email') || view.has('name');
    let score = Math.min(0.6, amounts.length * 0.2);
    if (person) score += 0.15;
    // The activity page copied into a table, the only form available on a plan with seats.
    if (person && amounts.includes('messages')) score += 0.15;
    if (view.has('model')) score += 0.2;
    if (view.has('product')) score += 0.1;
    if (view.has('from')) score += 0.05;
    if (amounts.some((field) => /token|request|message/i.test(field))) score += 0.1;
    if (/spend|usage|analytics|cost/.test(name)) score += 0.15;
    if (hasHeading(view, /\b(salary|pay rate|gross pay|net pay|invoice|hire date|dues)\b/)) score -= 0.5;
    return score;
  },
  asks: [
    { field: 'from', columns: ['from', 'to'], looks: 'day' },
    { field: 'from', looks: 'day', when: (view) => view.has('to') },
    { field: 'to', looks: 'day', when: (view) => view.has('from') && !isOneDay(view) },
    { field: 'requests', columns: ['messages', 'requests'], looks: 'number' },
    { field: 'netUsd', columns: ['netUsd', 'grossUsd'], looks: 'number', not: NO_AMOUNT },
  ],
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    if (rows.length === 0)
      notes.add({
        says: 'The file has headings and no lines. It names no one, which does not show that no one used Claude.',
      });
    return { rows, ...coverage(rows, environment, statedPeriod(views, environment.timezone)) };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): UsageRow[] {
  const comesAgain = repeatedLines();
  const rows = dataRows(view, notes).filter(
    (row) => !isTotal(view, row, notes) && !comesAgain(view, row, notes),
  );
  const date = view.dates(rows, ['to', ...(monthly(view, rows) ? [] : ['from'])], environment);
  const marks = AMOUNTS.flatMap((field) => decimalMark(rows.map((row) => view.cell(row, field))) ?? []);
  // The first day of a period does not show its last one.
  const oneDay = isOneDay(view);
  const shared = new Set(marks).size === 1 ? (marks[0] ?? null) : null;
  const amounts = new Map(AMOUNTS.map((field) => [field, amountsOf(view, rows, field, shared, notes)]));
  const read = rows.map((row, at): UsageRow => {
    const email = ofOne(addresses(view.text(row, 'email'))) ?? ofOne(addresses(view.text(row, 'name')));
    const named = view.text(row, 'name');
    const name = named !== null && !holdsAddress(named) ? named : null;
    if (email === null && name === null && (view.has('email') || view.has('name'))) {
      notes.add(
        {
          row: row.row,
          column: view.heading(view.has('email') ? 'email' : 'name'),
          says: 'The line names no one. Its figures were kept without a person.',
        },
        'the line names no one',
      );
    }
    const accountId = view.text(row, 'accountId');
    const month = monthOf(view.cell(row, 'from'));
    const of = (field: Amount): number | null => {
      const amount = amounts.get(field)?.[at] ?? null;
      if (amount === null || amount >= 0 || field === 'netUsd' || field === 'grossUsd') return amount;
      notes.add(
        {
          row: row.row,
          column: view.heading(field),
          says: `${amount} cannot be a count. Stored as unknown.`,
        },
        'counts below zero stored as unknown',
      );
      return null;
    };
    return {
      ...placeOf(row, environment),
      email,
      ...(accountId !== null && isAccountId(accountId) ? { accountId } : {}),
      name,
      product: view.text(row, 'product'),
      model: view.text(row, 'model'),
      messages: of('messages'),
      requests: of('requests'),
      promptTokens: of('promptTokens'),
      completionTokens: of('completionTokens'),
      netUsd: of('netUsd'),
      grossUsd: of('grossUsd'),
      from: month?.from ?? date('from', row),
      to: month?.to ?? date('to', row) ?? (oneDay ? date('from', row) : null),
    };
  });
  return withoutSum(read, AMOUNTS, notes);
}

/** The only address of a cell; null: none, or several, of which the figures cannot all be. */
const ofOne = (found: readonly string[]): string | null => (found.length === 1 ? (found[0] ?? null) : null);

/** Whether each line is of the single day that it states, or of a month by name. */
function isOneDay(view: View): boolean {
  return !view.has('to') && !PERIOD_START.test(words(view.englishHeading('from')));
}

/**
 * Returns a function that tells whether a person's line has occurred before with equal cells, as when two exports were
 * merged into one file. Lines without an address may be of two people.
 */
function repeatedLines(): (view: View, row: TableRow, notes: Notes) => boolean {
  const first = new Map<string, number>();
  return (view, row, notes) => {
    if (addresses(view.text(row, 'email')).length === 0) return false;
    const key = JSON.stringify(row.cells);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, row.row);
      return false;
    }
    notes.add(
      { row: row.row, says: `The line is the same as row ${before}. Counted once.` },
      'repeated lines, counted once',
    );
    return true;
  };
}

function isTotal(view: View, row: TableRow, notes: Notes): boolean {
  const texts = [view.text(row, 'email'), view.text(row, 'name')];
  if (
    !texts.some(
      (text) =>
        text !== null &&
        /^(?:grand |sub)?totals?\b|^(?:sum|overall|all users|organi[sz]ation total)$/i.test(text),
    )
  )
    return false;
  notes.add({ row: row.row, says: 'A line of totals was left out.' }, 'lines of totals were left out');
  return true;
}

function amountsOf(
  view: View,
  rows: readonly TableRow[],
  field: Amount,
  shared: DecimalMark | null,
  notes: Notes,
): (number | null)[] {
  const cells = rows.map((row) => view.cell(row, field));
  if (!view.has(field)) return cells.map(() => null);
  const column = view.heading(field);
  const mark = decimalMark(cells) ?? shared ?? (view.language === null ? null : ',');
  const foreign = /Usd$/.test(field) && isOtherCurrency(column);
  const scale = scaleIn(column);
  if (scale !== 1)
    notes.add({
      column,
      says: `The heading gives the unit, so each number was ${scale < 1 ? 'divided by 100' : `multiplied by ${scale.toLocaleString('en-US')}`}.`,
    });
  if (mark === null && cells.some((cell) => typeof cell === 'string' && /\d[.,]\d{3}$/.test(cell.trim()))) {
    notes.add({
      column,
      says: 'A comma or period before three digits was read the American way: the comma separates thousands, the period decimals.',
    });
  }
  return cells.map((cell, index) => {
    if (cellValue(cell) === null) return null;
    const row = rows[index]?.row ?? null;
    if (foreign || (/Usd$/.test(field) && isOtherCurrency(cell))) {
      notes.add(
        { row, column, says: `“${cellText(cell)}” is not in US dollars. Stored as empty.` },
        'amounts that are not in US dollars',
      );
      return null;
    }
    const written = readAmount(cell, mark ?? '.');
    // Rounded, because hundredths of a dollar have no exact binary representation.
    const amount = written === null || scale === 1 ? written : Math.round(written * scale * 1e6) / 1e6;
    if (amount === null)
      notes.add(
        { row, column, says: `“${cellText(cell)?.slice(0, 40)}” is not a number. Stored as empty.` },
        'not a number, stored as empty',
      );
    return amount;
  });
}

function monthly(view: View, rows: readonly TableRow[]): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => view.text(row, 'from') === null || monthOf(view.cell(row, 'from')) !== null)
  );
}

/** First and last day of "2026-08". */
function monthOf(cell: Cell | undefined): { from: string; to: string } | null {
  const match = typeof cell === 'string' ? /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(cell.trim()) : null;
  if (!match) return null;
  const from = `${match[1]}-${match[2]}-01`;
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}

/**
 * First and last day of the lines; if they lack either, the period stated next to the table or else the days in the
 * file name, unless a person stated the days. An ongoing period is covered up to today; one that has not begun is left
 * to evaluation to ignore.
 */
function coverage(
  rows: readonly UsageRow[],
  { file, today, period, timezone }: ParseEnvironment,
  stated: Period | null,
): { covers?: { from: string; to: string }; observedOn: string | null } {
  const from = rows.flatMap((row) => row.from ?? []).sort()[0];
  const to = rows
    .flatMap((row) => row.to ?? [])
    .sort()
    .at(-1);
  const inLines = from !== undefined && to !== undefined;
  const named = period === undefined ? daysOfName(file, today, timezone) : [];
  const beside = stated === null ? named : [stated.from, stated.to];
  const [first, second] = inLines ? [from, to] : beside;
  if (first === undefined || second === undefined || first > second) return { observedOn: null };
  if (!inLines && (first === second || daysBetween(first, second) > 366)) return { observedOn: null };
  return {
    covers: { from: first, to: second },
    observedOn: first <= today && second > today ? today : second,
  };
}

/** Two dates in a file name, or its month once that is over: for the current month, the last day is unknown. */
function daysOfName(file: string, today: string, timezone: string): readonly string[] {
  const days = datesInName(file, timezone);
  const month = periodOfMonthInName(file);
  return days.length < 2 && month !== null && month.to < today ? [month.from, month.to] : days;
}
// Guide: G1.1-04 G2.2-31 G5.1-00
