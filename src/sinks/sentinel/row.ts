import type { StoredActivity } from '#domain/activity/activity.ts';
import type { ForwardedAlert, ForwardedEvent, ForwardedRecord } from '#domain/forwarding/event.ts';
import type { Siem } from '#domain/model/siem.ts';

type Columns = Siem['sentinel']['columns'];
type Row = Readonly<Record<string, unknown>>;

/**
 * Maps an event to a row of the table used by the published Claude solution, which it fills from the Compliance API.
 * Fields of the feed go into the columns of the same name; data of other sources into columns with the same meaning. A
 * value that does not match its column's type is left out, since the data collection rule would reject the whole
 * batch.
 */
export function rowOf(event: ForwardedEvent, columns: Columns, maxField: number): Row {
  const names = new Set(columns.map(({ name }) => name));
  const wanted = wantedOf(event, names);
  const row: Record<string, unknown> = {};
  for (const { name, type } of columns) {
    const value = fitting(wanted[name], type, maxField);
    if (value !== undefined) row[name] = value;
  }
  return row;
}

function wantedOf(event: ForwardedEvent, names: ReadonlySet<string>): Row {
  if (event.stream === 'activities') return ofActivity(event.activity, event, names);
  return event.stream === 'alerts' ? ofAlert(event.alert, event) : ofRecord(event.record, event);
}

function ofActivity(
  activity: StoredActivity,
  { test, client }: ForwardedEvent,
  names: ReadonlySet<string>,
): Row {
  const { actor, detail, outcome } = activity;
  const own = {
    TimeGenerated: activity.at,
    created_at: activity.at,
    id: activity.id,
    type: activity.type,
    actor: {
      type: actor.type,
      user_id: actor.id,
      email_address: actor.email,
      name: actor.name,
      ip_address: activity.ip,
      user_agent: activity.userAgent,
    },
    organization_uuid: activity.organization,
    session_id: activity.session,
    user_email: actor.email,
    user_id: actor.id,
    mcp_server_name: activity.connectorName ?? activity.connector,
    tool_name: activity.tool,
    status: outcome,
    request_id: activity.prompt,
    // Data for which the feed has no columns, so that a rule can still use it.
    updates: {
      bylaw: {
        client_id: client.id,
        client_name: client.name,
        seq: activity.seq,
        source: activity.source,
        surface: activity.surface,
        category: activity.category,
        effect: activity.effect,
        person: activity.person,
        model: activity.model,
        amounts: activity.amounts,
        detail: Object.fromEntries(Object.entries(detail).filter(([name]) => !names.has(name))),
        ...(test ? { test } : {}),
      },
      ...(isObject(detail.updates)
        ? detail.updates
        : detail.updates === undefined
          ? {}
          : { changed: detail.updates }),
    },
  };
  // The feed's own values take precedence; the event's id is Bylaw's.
  const {
    updates: _updates,
    id: _id,
    type: _type,
    actor: _actor,
    created_at: _at,
    TimeGenerated: _time,
    ...said
  } = detail;
  return { ...own, ...said };
}

function ofAlert(alert: ForwardedAlert, { client, test }: ForwardedEvent): Row {
  return {
    TimeGenerated: alert.changedAt,
    created_at: alert.at,
    id: alert.id,
    type: 'bylaw_alert',
    title: alert.title,
    reason: alert.says,
    actor: { type: 'bylaw', name: 'Bylaw' },
    user_email: alert.person,
    status: alert.state,
    action: alert.change,
    version: alert.version,
    scan_id: alert.rule.id,
    access_level: alert.severity,
    updates: {
      bylaw: {
        client_id: client.id,
        client_name: client.name,
        seq: alert.seq,
        rule: alert.rule,
        severity: alert.severity,
        version: alert.version,
        change: alert.change,
        changed_by: alert.changedBy,
        raised_at: alert.raisedAt,
        last_at: alert.lastAt,
        count: alert.count,
        activities: alert.activities,
        ...(test ? { test } : {}),
      },
    },
  };
}

function ofRecord(record: ForwardedRecord, { client, test }: ForwardedEvent): Row {
  const { actor } = record;
  return {
    TimeGenerated: record.at,
    created_at: record.at,
    id: record.id,
    type: 'bylaw_audit',
    title: record.title,
    action: record.action,
    actor: { type: actor.kind, user_id: actor.id, name: actor.name },
    user_id: actor.id,
    updates: {
      bylaw: {
        client_id: client.id,
        client_name: client.name,
        chain: record.chain,
        seq: record.seq,
        prev: record.prev,
        hash: record.hash,
        subject: record.subject,
        ...(test ? { test } : {}),
      },
    },
  };
}

type ColumnType = Columns[number]['type'];

/** The value in the column's type; undefined: missing, or it does not match. */
function fitting(value: unknown, type: ColumnType, maxField: number): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'string':
      return typeof value === 'string'
        ? cut(value, maxField)
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : cut(JSON.stringify(value), maxField);
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
    case 'long': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const max = type === 'int' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
      return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= max
        ? number
        : undefined;
    }
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
    case 'dynamic':
      return value;
  }
}

/** The vendor truncates longer values silently; truncated here, they end with an ellipsis. */
function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
