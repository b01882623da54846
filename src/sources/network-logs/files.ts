import { type AiToolFinder, aiToolFinder } from '#domain/ai-tools/match.ts';
import { count } from '#domain/text/words.ts';
import { loadAiTools } from '../catalogue/load.ts';
import {
  type Content,
  type FileKind,
  ImportProblem,
  type Note,
  type Parsed,
  type ParseEnvironment,
  type Table,
  type UnreadSheet,
} from '../exports/file-kind.ts';
import { asksOfSheet, mayContinue } from '../exports/table/unread-sheets.ts';
import { Gather, type Gathered } from './gather.ts';
import { isHit, type OtherEvent } from './hit.ts';
import { jsonLog } from './json-events.ts';
import type { LineFormat } from './line-format.ts';
import { LINE_FORMATS } from './lines.ts';
import { isOfAlerts, LOG_FIELDS, logColumns, logScore, rowHit, tableOrder } from './tables.ts';
import { type DayOrder, orderShown } from './time.ts';
import { changedIn, isTotals, readTotals, totalsText } from './totals-file.ts';
import { w3cTable } from './w3c.ts';
import { logWithoutHosts } from './without-hosts.ts';

let finder: AiToolFinder | null = null;

function tools(): AiToolFinder {
  finder ??= aiToolFinder(loadAiTools());
  return finder;
}

/** Number of lines by which a format is recognized. */
const EXAMINED_LINES = 200;

function formatOf(first: readonly string[]): { readonly format: LineFormat; readonly share: number } | null {
  const lines = first.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, EXAMINED_LINES);
  if (lines.length === 0) return null;
  // Recognition does not depend on the order of day and month.
  const context = { order: 'month first', today: '9999-12-31' } as const;
  const shares = LINE_FORMATS.map((format) => {
    const read = lines.map((line) => format.read(line, context));
    // Events that a format names are its own, whatever they are about.
    const hits = read.filter((one) => one !== null && one !== 'aside').length;
    const asides = read.filter((one) => one === 'aside').length;
    // The debug log of Windows contains pages of other lines. It suffices that none is unreadable and some are queries.
    return { format, share: hits === 0 ? 0 : (hits + asides) / lines.length };
  });
  const best = shares.toSorted((a, b) => b.share - a.share)[0];
  return best === undefined || best.share < 0.5 ? null : best;
}

/**
 * Logs of firewalls, web gateways and DNS servers, and Cloud Discovery lists. Only traffic to AI tools is kept,
 * aggregated and without URLs and searches; the sums are stored in place of the file.
 */
export const networkLogs: FileKind<'ai_traffic'> = {
  kind: 'ai_traffic',
  fields: LOG_FIELDS,
  recognize(content) {
    if (content.form === 'lines') {
      const table = w3cTable(content);
      const score = table === null ? 0 : logScore(table, tools());
      // Only a log names its fields in such a line, so a time, a host and a client suffice.
      if (score > 0) return score >= 0.6 ? 0.95 : score;
      return formatOf(content.first) === null && logWithoutHosts(content.first) === null ? 0 : 0.97;
    }
    if (content.form === 'table')
      return Math.max(
        0,
        ...content.tables.map((table) =>
          isTotals(table) || changedIn(table).length > 0 ? 1 : logScore(table, tools()),
        ),
      );
    const log = jsonLog(content);
    if (log === null) return 0;
    return log.isKnown ? 0.97 : logScore(log.table, tools());
  },
  parse(content, environment) {
    if (content.form === 'lines') {
      const table = logWithoutHosts(content.first) === null ? w3cTable(content) : null;
      return [table === null ? fromLines(content, environment) : fromTables([table], [], environment)];
    }
    if (content.form !== 'table') return [fromJson(content, environment)];
    const { tables } = content;
    const [first] = tables;
    if (first === undefined) throw new ImportProblem(`${UNKNOWN} ${LOG_FORMATS}`);
    if (isTotals(first)) return [fromKept(first, environment)];
    const changed = changedIn(first);
    if (changed.length > 0)
      throw new ImportProblem(
        `This is a table that Bylaw made of a network log, and its columns were changed (${changed.join(', ')}). Bring it as it was downloaded, or the log itself.`,
      );
    return [asAlerts(fromTables(tables, content.unread ?? [], environment), tables.some(isOfAlerts))];
  },
};

const UNKNOWN = 'This is not a network log in a format Bylaw recognizes.';
/** Sentence that lists the supported logs. */
export const LOG_FORMATS = `It reads ${LINE_FORMATS.map(({ title }) => title).join('; ')}; logs that name their fields (W3C extended); logs of Zeek, as text or JSON; eve.json of Suricata; tables and JSON of Palo Alto Networks, Zscaler, Netskope, Umbrella and Cloudflare Gateway with their headings; the query logs of AdGuard Home and Pi-hole; what the API of Meraki answers about events and traffic; and the lists of discovered apps of Defender for Cloud Apps.`;

function fromJson(content: Content, environment: ParseEnvironment): Parsed<'ai_traffic'> {
  const log = jsonLog(content);
  if (log === null) throw new ImportProblem(`${UNKNOWN} ${LOG_FORMATS}`);
  const { table, others, isOfAlerts } = log;
  if (table.rows.length > 0) return asAlerts(fromTables([table], [], environment, others), isOfAlerts);
  const gather = new Gather(tools(), environment);
  for (const event of others) gather.other(event);
  throw new ImportProblem(withoutHosts([], gather.done().others));
}

/** The same as a part of a log, also in what is kept of it. */
function asPart(read: Parsed<'ai_traffic'>): Parsed<'ai_traffic'> {
  const keeps: NonNullable<typeof read.keeps> = (stated) =>
    totalsText({ rows: read.rows, covers: stated ?? null, complete: false });
  return { ...read, complete: false, keeps };
}

/** Security events show some of what was blocked or suspicious, and never that nothing else happened. */
function asAlerts(read: Parsed<'ai_traffic'>, isOfAlerts: boolean): Parsed<'ai_traffic'> {
  if (!isOfAlerts) return read;
  const says =
    'This lists security events only, not all traffic. Export the log of web requests or DNS queries as well.';
  return { ...asPart(read), notes: [...read.notes, { row: null, column: null, says }] };
}

function fromLines(
  content: Extract<Content, { form: 'lines' }>,
  environment: ParseEnvironment,
): Parsed<'ai_traffic'> {
  const known = formatOf(content.first);
  if (known === null) {
    throw new ImportProblem(withoutHosts(content.first, null));
  }
  const { format } = known;
  const order = orderOfLines(content, format);
  const gather = new Gather(tools(), environment);
  const context = { order, today: environment.today };
  content.each((line, row) => {
    if (line === null) {
      gather.unread(row);
      return;
    }
    if (line.trim() === '' || line.startsWith('#')) return;
    const read = format.read(line, context);
    if (read === null) gather.unread(row);
    else if (isHit(read)) gather.add(read);
    else if (read !== 'aside') gather.other(read);
  });
  const gathered = gather.done();
  if (gathered.lines === 0 && gathered.ahead === 0 && gathered.others.count > 0)
    throw new ImportProblem(withoutHosts(content.first, gathered.others));
  return parsed(gathered, content.endsWhole);
}

/** Fields and events of HR systems that a SIEM passes on. */
const OF_STAFF =
  /\b(?:hire_?date|termination_?date|employee (?:record|sync|update)|worker_?status|employment_?status)\b/i;

/** Why a log cannot show which tool was used, or that it is not known. */
function withoutHosts(lines: readonly string[], others: Gathered['others'] | null): string {
  const known = logWithoutHosts(lines);
  if (known !== null)
    return `This is ${known.title}. It names addresses and no hosts, and Claude shares its addresses with others, so it cannot show which tool was used. ${known.instead}`;
  if (others === null) return `${UNKNOWN} ${LOG_FORMATS}`;
  if (lines.some((line) => OF_STAFF.test(line)))
    return `The ${count(others.count, 'event')} ${others.count === 1 ? 'is' : 'are'} about people and their employment (${namesOf(others)}), and Bylaw reads no staff from log lines. Export the staff roster from the HR system as a table (CSV or XLSX) or as its API returns it.`;
  return `None of the ${count(others.count, 'event')} names a host or a service, so they cannot show which tool was used. They are ${namesOf(others)}. Export the events of web requests or DNS queries, with the host or URL.`;
}

/** The first kinds of events that were left out, as their vendor names them. */
const namesOf = ({ names, kinds }: Gathered['others']): string =>
  `${names.map((name) => `“${name}”`).join(', ')}${kinds > names.length ? ' and others' : ''}`;

function orderOfLines(content: Extract<Content, { form: 'lines' }>, format: LineFormat): DayOrder | null {
  const { day } = format;
  if (day === undefined) return null;
  const orders = new Set<DayOrder>();
  let either: number | null = null;
  content.each((line, row) => {
    const text = line === null ? null : day(line);
    if (text === null || /^\d{4}/.test(text)) return;
    const order = orderShown(text);
    if (order === null) either ??= row;
    else orders.add(order);
  });
  if (either !== null && orders.size !== 1)
    throw new ImportProblem(
      'The days can be read with the day or with the month first, and no line shows which. Import a log that includes a day after the 12th of a month.',
      { row: either },
    );
  return [...orders][0] ?? null;
}

function fromTables(
  tables: readonly Table[],
  beside: readonly UnreadSheet[],
  environment: ParseEnvironment,
  others: readonly OtherEvent[] = [],
): Parsed<'ai_traffic'> {
  const gather = new Gather(tools(), environment);
  for (const event of others) gather.other(event);
  const used: { column: string; field: string; how: 'heading' | 'hand' }[] = [];
  const unmapped: string[] = [];
  const unread = mayContinue(beside, tables);
  let whole = true;
  for (const table of tables) {
    const columns = logColumns(table, environment.columns);
    const named = columns.at.get('host') ?? columns.at.get('app');
    if (named === undefined)
      throw new ImportProblem(
        `No column is known to hold the host or the application. The columns are ${table.columns.slice(0, 30).join(', ')}. If one of them does, say so: in the console under Imports, or with --map ai_traffic.host=COLUMN.`,
        { row: table.headingRow },
      );
    for (const [field, index] of columns.at) {
      const column = table.columns[index] ?? '';
      used.push({ column, field, how: environment.columns?.[column] === field ? 'hand' : 'heading' });
    }
    const indexes = new Set(columns.at.values());
    unmapped.push(...table.columns.filter((_, index) => !indexes.has(index)));
    const order = tableOrder(table.first ?? table.rows, columns.at.get('at'));
    const visit = table.each ?? ((each: (row: Table['rows'][number]) => void) => table.rows.forEach(each));
    visit((row) => {
      const hit = rowHit(row, columns, order);
      if (hit === null) gather.unread(row.row);
      else gather.add(hit);
    });
    whole &&= (table.brokenRow?.() ?? null) === null;
  }
  const read = parsed(gather.done(), whole);
  const notes = unread.map((sheet) => ({ row: null, column: null, says: asksOfSheet(sheet) }));
  return {
    ...(unread.length === 0 ? read : asPart(read)),
    notes: [...read.notes, ...notes],
    mapping: used,
    unmapped,
  };
}

function fromKept(table: Table, { file }: ParseEnvironment): Parsed<'ai_traffic'> {
  const { rows, covers, unread, complete } = readTotals(table, file);
  return {
    kind: 'ai_traffic',
    rows,
    complete,
    ...(covers === null ? {} : { covers }),
    observedOn: covers?.to ?? null,
    mapping: table.columns.map((column) => ({ column, field: column, how: 'heading' })),
    unmapped: [],
    notes: unread.map((row) => ({
      row,
      column: null,
      says: 'The row names no tool or no day, and was left out.',
    })),
  };
}

/** Maximum connections without a host, per line with one, in a log that shows where people go. */
const CONNECTIONS_PER_HOST = 9;
/** Number of unreadable lines that is acceptable in any log. */
const FEW_UNREAD = 10;

function parsed(gathered: Gathered, whole: boolean): Parsed<'ai_traffic'> {
  const { rows, covers, lines, unread, onlyRefusals } = gathered;
  const known = unread.count <= FEW_UNREAD || unread.count * 10 <= lines;
  // A firewall writes a connection and its host as two events; where hardly any host is written, most are not known.
  const named = gathered.others.connections <= lines * CONNECTIONS_PER_HOST;
  const complete = whole && known && named && !onlyRefusals;
  if (lines === 0 && unread.count > 0)
    throw new ImportProblem(
      'No line of the log can be read: its times are missing, or do not say whether the day or the month comes first. Export it again in the format of the vendor, with times such as 2026-11-24 09:10.',
      { row: unread.rows[0] ?? null },
    );
  return {
    kind: 'ai_traffic',
    rows,
    complete,
    ...(covers === null ? {} : { covers }),
    observedOn: covers?.to ?? null,
    mapping: [],
    unmapped: [],
    notes: notesOf(gathered, whole, known, named),
    keeps: (stated) => totalsText({ rows, covers: stated ?? null, complete }),
  };
}

function notesOf(
  { lines, ofTools, unread, ahead, undated, covers, others: events, onlyRefusals }: Gathered,
  whole: boolean,
  known: boolean,
  named: boolean,
): Note[] {
  const others = lines - ofTools;
  const notes: Note[] = [];
  const say = (says: string, row: number | null = null) => notes.push({ row, column: null, says });
  if (others > 0)
    say(
      `${count(lines, 'line')}, of which ${ofTools} concern AI tools. The others were counted and discarded; only the totals are kept from the file.`,
    );
  if (events.count > 0)
    say(
      `${count(events.count, 'event')} without a host or a service ${events.count === 1 ? 'was' : 'were'} left out: ${namesOf(events)}. Of connections among them, the tool is not known.`,
    );
  for (const row of unread.rows) say('The line cannot be read and was left out.', row);
  if (unread.count > unread.rows.length)
    say(`${count(unread.count - unread.rows.length, 'more line')} cannot be read and were left out.`);
  if (!known)
    say(
      'More than one line in ten cannot be read, so this is not the complete log. Export it again in one format.',
    );
  if (!named)
    say(
      'Nine in ten connections name no host, so this log does not show which tools are used. Export the events of web requests or DNS queries as well.',
    );
  if (onlyRefusals)
    say(
      'Everything in this log was refused, so it does not show what got through. Export the log without a filter.',
    );
  if (ahead > 0)
    say(`${count(ahead, 'line')} with days in the future were left out. Check the clock of the gateway.`);
  if (undated > 0 && covers !== null)
    say(`${count(undated, 'line')} without a time count for the whole period.`);
  if (!whole) say('The file ends in the middle of a line, so it is not the complete log.');
  return notes;
}
// Guide: G4-00 G4.1-03
