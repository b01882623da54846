import { DateTime } from 'luxon';
import type { ActivityRow } from '#domain/model/kinds.ts';
import { type Cell, ImportProblem, type ParseEnvironment, type TableRow } from '../../exports/file-kind.ts';
import { readPythonLiteral } from '../../exports/read/python-literal.ts';
import { addresses, cellValue } from '../../exports/table/cells.ts';
import { type Field, shareOf } from '../../exports/table/columns.ts';
import { readInstant } from '../../exports/table/dates.ts';
import type { Notes } from '../../exports/table/notes.ts';
import { hasHeading } from '../../exports/table/person-fields.ts';
import { placeOf } from '../../exports/table/place-of.ts';
import { tableKind } from '../../exports/table/table-kind.ts';
import { columnList, refuseEmpty, type View } from '../../exports/table/view.ts';
import { describe, isFields } from './audit-detail.ts';
import { isAuditEvent } from './audit-events.ts';

const FIELDS: readonly Field[] = [
  {
    field: 'at',
    headings: [
      'created_at',
      'timestamp',
      'time',
      'event time',
      'occurred at',
      'date',
      'datetime',
      'date time',
    ],
  },
  { field: 'event', headings: ['event', 'event name', 'event type', 'event_type', 'action', 'type'] },
  { field: 'actor', headings: ['actor_info', 'actor', 'actor email', 'actor_email', 'user', 'performed by'] },
  { field: 'info', headings: ['event_info', 'event details', 'details'] },
  { field: 'entity', headings: ['entity_info', 'entity', 'target', 'target info'] },
  { field: 'ip', headings: ['ip_address', 'ip', 'ip addr', 'source ip', 'client ip'] },
  { field: 'device', headings: ['device_id', 'device'] },
  { field: 'agent', headings: ['user_agent', 'user agent'] },
  { field: 'platform', headings: ['client_platform', 'platform', 'client'] },
];

/** Maximum distinct texts that are interned, so that 200,000 rows share names and user agents. */
const MAX_INTERNED_TEXTS = 100_000;

/** The audit-log export of Claude Enterprise (last 180 days), with Python dicts in its columns. */
export const auditLog = tableKind<'audit_log'>({
  kind: 'audit_log',
  fields: FIELDS,
  needs: { fields: ['event'], words: 'event names' },
  score(view, name) {
    const event = view.columns.first('event');
    if (event === null || !view.has('at')) return 0;
    let score = 0;
    if (shareOf(view.table, event, isAuditEvent) >= 0.5) score += 0.5;
    else if (shareOf(view.table, event, (text) => /^[a-z]+(_[a-z]+)+$/.test(text)) >= 0.8) score += 0.2;
    if (hasHeading(view, /\bactor info\b/)) score += 0.3;
    else if (view.has('actor')) score += 0.15;
    if (hasHeading(view, /\bentity info\b|\bevent info\b/)) score += 0.2;
    if (hasHeading(view, /\bcreated at\b/)) score += 0.05;
    if (/audit/.test(name)) score += 0.1;
    return score;
  },
  read(views, environment, notes) {
    const rows: ActivityRow[] = [];
    for (const view of views) refuseUnknown(view);
    const whole = views.map((view) => readView(view, environment, notes, rows)).every(Boolean);
    refuseEmpty(rows, 'The audit log lists no event.');
    let from = rows[0]?.at ?? '';
    let to = from;
    for (const { at } of rows) {
      if (at < from) from = at;
      if (at > to) to = at;
    }
    const covers = { from: dayIn(from, environment.timezone), to: dayIn(to, environment.timezone) };
    // The log covers time up to its last event, or up to the evaluated day if that is earlier.
    return {
      rows,
      covers,
      observedOn: covers.to < environment.today ? covers.to : environment.today,
      whole,
    };
  },
});

/** Time and detail columns, without which an event does not show who did what, and when. */
const DETAILS: readonly (readonly [string, string])[] = [
  ['actor', 'who did it'],
  ['info', 'what was done'],
  ['entity', 'what it was done to'],
];

function refuseUnknown(view: View): void {
  const row = view.table.headingRow;
  const ask = (what: string, field: string, columns: string) =>
    new ImportProblem(
      `No column is known to say ${what}. ${columns} Say which column does: in the console under Imports, or with --map audit_log.${field}=COLUMN.`,
      { row },
    );
  if (!view.has('at')) throw ask('when it was', 'at', `The columns are ${columnList([view.table])}.`);
  const odd = view
    .leftOver()
    .filter(
      (column) => shareOf(view.table, view.table.columns.indexOf(column), (text) => text.startsWith('{')) > 0,
    );
  const missing = DETAILS.find(([field]) => !view.has(field));
  if (odd.length > 0 && missing !== undefined)
    throw ask(missing[1], missing[0], `${odd.map((column) => `“${column}”`).join(', ')} may.`);
}

function dayIn(instant: string, zone: string): string {
  return DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd');
}

interface Actor {
  readonly type: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly uuid: string | null;
  /** The actor's format is unreadable. */
  readonly unread?: true;
}

function readView(view: View, environment: ParseEnvironment, notes: Notes, rows: ActivityRow[]): boolean {
  const texts = new Map<string, string>();
  const actors = new Map<string, Actor>();
  const position = (field: string): number | null => view.columns.first(field);
  const columns = {
    at: position('at'),
    event: position('event'),
    actor: position('actor'),
    info: position('info'),
    entity: position('entity'),
    ip: position('ip'),
  };
  const untimed: number[] = [];
  let unreadable = 0;
  let seen = 0;
  let whole = true;

  /** Interns a text, so that rows share equal strings. */
  const shared = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size < MAX_INTERNED_TEXTS) texts.set(text, text);
    return text;
  };
  const valueAt = (row: TableRow, index: number | null): string | null =>
    index === null ? null : plainValue(row.cells[index]);
  const literalAt = (row: TableRow, index: number | null): unknown => {
    const text = valueAt(row, index);
    if (text === null || text === '{}') return null;
    const literal = readPythonLiteral(text);
    if (literal === null && text.startsWith('{')) unreadable += 1;
    return literal;
  };
  const actorOf = (row: TableRow): Actor => {
    const text = valueAt(row, columns.actor);
    if (text === null) return { type: null, email: null, name: null, uuid: null };
    const known = actors.get(text);
    if (known) return known;
    const actor = readActor(text);
    if (actors.size < MAX_INTERNED_TEXTS) actors.set(text, actor);
    return actor;
  };

  const visit = (row: TableRow): void => {
    const event = valueAt(row, columns.event);
    if (event === null) {
      // Something happened at that time or by that person, which a rule may look for.
      if (valueAt(row, columns.at) !== null || valueAt(row, columns.actor) !== null) whole = false;
      notes.add(
        { row: row.row, column: view.heading('event'), says: 'The row names no event and was left out.' },
        'rows that name no event were left out',
      );
      return;
    }
    seen += 1;
    const when = valueAt(row, columns.at);
    const at = when === null ? null : readInstant(when, environment.timezone);
    if (at === null) {
      whole = false;
      untimed.push(row.row);
      notes.add(
        {
          row: row.row,
          column: view.heading('at'),
          says: `“${(when ?? '').slice(0, 40)}” is not a time that Bylaw can read, so the event was left out.`,
        },
        'events without a readable time were left out',
      );
      return;
    }
    const actor = actorOf(row);
    if (actor.unread === true) {
      // The actor may be the one that a rule looks for.
      whole = false;
      notes.add(
        {
          row: row.row,
          column: view.heading('actor'),
          says: 'Who did this cannot be read, so the log is incomplete. The event was kept without a person.',
        },
        'events whose person cannot be read',
      );
    }
    const { type, detail } = describe(event, literalAt(row, columns.info), literalAt(row, columns.entity));
    if (actor.uuid !== null) detail.actor_uuid = actor.uuid;
    const ip = valueAt(row, columns.ip);
    rows.push({
      ...placeOf(row, environment),
      id: null,
      at,
      type: shared(type),
      actorType: actor.type,
      actorEmail: actor.email,
      actorName: actor.name,
      ip: ip === null ? null : shared(ip),
      detail,
    });
  };
  if (view.table.each) view.table.each(visit);
  else for (const row of view.table.rows) visit(row);

  if (untimed.length > 0 && untimed.length * 2 >= seen) {
    throw new ImportProblem(
      'Most times cannot be read, as happens when a spreadsheet program has saved the file again. Export the audit log again and leave it as it is.',
      { row: untimed[0] ?? null, column: view.heading('at') },
    );
  }
  if (unreadable > 0)
    notes.add({
      says: `${unreadable} cells with details could not be read. Their events were kept without them.`,
    });
  return whole;
}

function plainValue(cell: Cell | undefined): string | null {
  // Dicts have their own parser and need no cleaning; most rows contain two.
  if (typeof cell === 'string' && cell.charCodeAt(0) === 123) return cell;
  const text = cellValue(cell);
  return text === 'None' ? null : text;
}

function readActor(text: string): Actor {
  const literal = readPythonLiteral(text);
  if (!isFields(literal)) {
    const found = addresses(text);
    const email = found.length === 1 ? (found[0] ?? null) : null;
    const plain = text.startsWith('{') ? null : text;
    return {
      type: email === null ? null : 'user_actor',
      email,
      name: email === null ? plain : null,
      uuid: null,
      ...(email === null && plain === null ? { unread: true } : {}),
    };
  }
  const metadata = isFields(literal.metadata) ? literal.metadata : {};
  const string = (value: unknown): string | null =>
    typeof value === 'string' && value !== '' ? value : null;
  const email =
    string(metadata.email_address) ??
    string(metadata.email) ??
    string(literal.email_address) ??
    string(literal.email);
  const uuid = string(literal.uuid) ?? string(literal.id);
  return {
    type: string(literal.type) ?? (email === null && uuid === null ? null : 'user_actor'),
    email,
    name: string(literal.name),
    uuid,
  };
}
