import { onOff } from '../../activity/payload.ts';
import { addDays } from '../../model/day.ts';
import type { ActivityRow, Permission } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Events } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';
import { filteredEvents, LAG_DAYS } from '../whole-window.ts';
import type { Line } from './table.ts';

/** Events about connectors (Claude Enterprise): added, changed, removed, and the permission of a tool. */

type Read = Extract<Events, { ok: true }>;

/** "Ruth Ekholm on Nov 3, 2026"; the actor as far as the event shows it. */
export function byWhom(row: ActivityRow, timeZone: string): string {
  return `${row.actorName ?? row.actorEmail ?? 'someone the event does not name'} on ${dayWords(dayOf(row.at, timeZone))}`;
}

export function detailText(row: ActivityRow, name: string): string | null {
  const value = row.detail[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The rows with the latest instant. Events with the same instant have no order, so callers must check each of them. */
export function lastTogether<R extends { readonly at: string }>(rows: readonly R[]): readonly R[] {
  const last = rows.at(-1);
  return last === undefined ? [] : rows.filter(({ at }) => at === last.at);
}

/**
 * Last day of the event files if they cover every day since `from` and end within the last 30 days. Otherwise null,
 * because the absence of an event then proves nothing; also if they look like an export of one kind of event or of one
 * person.
 */
export function coveredThrough(context: CheckContext, from: string): string | null {
  const feed = context.read('activities');
  const log = context.read('audit_log');
  const spans = [...(feed.ok ? feed.readings : []), ...(log.ok ? log.readings : [])]
    .flatMap((reading) => (reading.covers && reading.complete ? [reading.covers] : []))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  let through: string | null = null;
  for (const span of spans) {
    if (span.to < from) continue;
    const joins: boolean = through === null ? span.from <= from : span.from <= addDays(through, 1);
    if (!joins) return null;
    if (through === null || span.to > through) through = span.to;
  }
  if (through === null || addDays(through, LAG_DAYS) < context.today) return null;
  const events = context.events();
  return events.ok && filteredEvents(context, events) === null ? through : null;
}

export interface PolicyChange {
  readonly row: ActivityRow;
  readonly connector: string;
  readonly tool: string;
  /** null: the tool's own policy was removed and the server's default applies again, unless `unread` is set. */
  readonly to: Permission | null;
  /** The event's value if it is none of the three permissions; "nothing" if it has none. */
  readonly unread: string | null;
}

const namesById = new WeakMap<object, ReadonlyMap<string, string>>();

/** Names of servers by id, from events that give both. */
export function serverNames(events: Read): ReadonlyMap<string, string> {
  const made = namesById.get(events.rows);
  if (made !== undefined) return made;
  const known = new Map(
    events.rows.flatMap((row) => {
      if (!row.type.startsWith('mcp_')) return [];
      const [id, name] = [detailText(row, 'mcp_server_id'), detailText(row, 'mcp_server_name')];
      return id === null || name === null ? [] : [[id, name] as const];
    }),
  );
  namesById.set(events.rows, known);
  return known;
}

/** Name of an event's server: from the event itself, else from another event with the same server id. */
export function serverName(row: ActivityRow, events: Read): string | null {
  const own = detailText(row, 'mcp_server_name');
  const id = own === null ? detailText(row, 'mcp_server_id') : null;
  return id === null ? own : (serverNames(events).get(id) ?? null);
}

export function policyChanges(events: Read): readonly PolicyChange[] {
  return events.rows.flatMap((row) => {
    if (row.type !== 'mcp_tool_policy_updated') return [];
    const connector = serverName(row, events);
    const tool = detailText(row, 'tool_name');
    if (!connector || !tool) return [];
    const said = row.detail.max_permission;
    const to = said === 'allow' || said === 'ask' || said === 'blocked' ? said : null;
    const unread = to !== null || said === null ? null : said === undefined ? 'nothing' : String(said);
    return [{ row, connector, tool, to, unread }];
  });
}

/** Converts a change of one tool's policy to a table line. `after` as in `Line`. */
export function changeLine(change: PolicyChange, evidence: Evidence, after: string | null): Line {
  return {
    connector: change.connector,
    action: change.tool,
    enabled: null,
    width: change.to,
    lack: change.to !== null ? null : change.unread === null ? 'inherited' : 'unreadable',
    text: change.unread,
    evidence,
    after,
  };
}

/** Whether an event left a server enabled; null: it is about something else. A server may be added switched off. */
export function serverAdded({ type, detail }: ActivityRow): boolean | null {
  if (type === 'mcp_server_deleted') return false;
  if (type === 'mcp_server_created') return onOff(detail, 'enabled') ?? true;
  return type === 'mcp_server_updated' ? onOff(detail, 'enabled') : null;
}

/**
 * Lines that events add to a table of `tableDay`; without a table, all of them. Events of the same day have `after:
 * null`.
 */
export function eventLines(events: Read, tableDay: string | null, timeZone: string): Line[] {
  const lines: Line[] = [];
  const removedThatDay = new Set<string>();
  for (const row of events.rows) {
    // Check the type before computing the day: a log has hundreds of thousands of other events.
    const added = serverAdded(row);
    if (added === null) continue;
    const day = dayOf(row.at, timeZone);
    if (tableDay !== null && day < tableDay) continue;
    const after = tableDay === null || day > tableDay ? row.at : null;
    const connector = serverName(row, events);
    if (!connector) continue;
    const common = { connector, lack: null, text: null, after };
    // On the table's own day the order is not known, so only additions count.
    if (!added && after === null) {
      if (row.type === 'mcp_server_deleted') removedThatDay.add(connector.toLowerCase());
      continue;
    }
    // A table is normally written after a connector was added. Its lines may predate the addition only if the connector
    // was also removed that day.
    const begins =
      row.type === 'mcp_server_created' && (after !== null || removedThatDay.has(connector.toLowerCase()));
    lines.push({
      ...common,
      action: null,
      width: null,
      enabled: added,
      ...(begins ? { begins: row.at } : {}),
      evidence: events.cite(row, `${added ? 'enabled' : 'removed'} by ${byWhom(row, timeZone)}`),
    });
  }
  for (const change of policyChanges(events)) {
    const day = dayOf(change.row.at, timeZone);
    if (tableDay !== null && day < tableDay) continue;
    const after = tableDay === null || day > tableDay ? change.row.at : null;
    const evidence = events.cite(change.row, `set by ${byWhom(change.row, timeZone)}`);
    lines.push(changeLine(change, evidence, after));
  }
  return lines;
}
