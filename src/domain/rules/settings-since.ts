import { isUuid, organizationOf, settingName, updatesOf } from '../activity/payload.ts';
import type { ActivityRow, SettingRow } from '../model/kinds.ts';
import { dayOf } from '../model/local-time.ts';
import { ownValue } from '../model/own-value.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { lastTogether } from './connectors/events.ts';

/** Whether the rows of one organization give a setting two different values. */
export function givenTwice(rows: readonly SettingRow[], name: string): boolean {
  const own = rows.filter((row) => settingName(row.name) === settingName(name));
  return new Set(own.map(({ value }) => plainly(value))).size > 1;
}

export interface LaterChange {
  readonly row: ActivityRow;
  /** Its day in the client's zone. */
  readonly on: string;
  /** The value that the event left; undefined: it does not say, or two of one instant differ. */
  readonly current: unknown;
  readonly evidence: Evidence;
}

/**
 * The last change of an organization setting after the settings file was made, by the events that were given; null: they
 * show none. A file of a month still counts, and what was switched since is in no row of it. On the file's own day the order
 * is not known by itself: only where the last change of that day left another value than the file gives was it made first.
 */
export function changedLater(
  context: CheckContext,
  name: string,
  day: string,
  organization?: string,
  /** What the file gives; left out: a change of that day says nothing. */
  given?: unknown,
): LaterChange | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const zone = context.profile.timezone;
  const together = lastTogether(
    events.rows.filter(
      (row) => changes(row, name).length > 0 && dayOf(row.at, zone) >= day && isOf(row, organization),
    ),
  );
  const row = together.at(-1);
  if (row === undefined) return null;
  const values = new Set(together.flatMap((one) => changes(one, name).map(plainly)));
  const current = values.size === 1 ? changes(row, name)[0] : undefined;
  const sameDay = dayOf(row.at, zone) === day;
  // What was on in the file of that day and was ended on it may have been ended after the file was made.
  const mayBeEnded = given !== undefined && given !== false && together.some((one) => ends(one, name));
  if (sameDay && !mayBeEnded && (given === undefined || current === undefined || values.has(plainly(given))))
    return null;
  return {
    row,
    on: dayOf(row.at, zone),
    current,
    evidence: events.cite(row, `${settingName(name)} changed`),
  };
}

/** A value in a form by which two can be compared; a list says the same in any order. */
function plainly(value: unknown): string | undefined {
  return JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value);
}

/**
 * Each organization has settings of its own; an event that names none, or names it by another kind of id, may be about any
 * of them.
 */
function isOf({ detail }: ActivityRow, organization: string | undefined): boolean {
  const named = organizationOf(detail);
  return (
    organization === undefined ||
    named === null ||
    !isUuid(organization) ||
    named === organization.toLowerCase()
  );
}

/**
 * Kinds of event that change a setting, beside the list of updates that any setting may be in. `field` holds the value that
 * it left; without one the event changes it and does not say to what. `keeps` is a value of the field that leaves this
 * setting as it was.
 */
interface OwnEvent {
  readonly type: string;
  readonly field?: string;
  readonly keeps?: boolean;
  /** The event ends what the setting switches on. */
  readonly ends?: true;
}

const CONNECTION: readonly OwnEvent[] = [
  { type: 'org_sso_connection_activated' },
  { type: 'org_sso_connection_deactivated', ends: true },
  { type: 'org_sso_connection_deleted', ends: true },
];
const OWN_EVENTS: Readonly<Record<string, readonly OwnEvent[]>> = {
  sso_enabled: [{ type: 'org_sso_toggled', field: 'enabled' }, ...CONNECTION],
  // It may be required of nobody while it is off; that it is on again does not say that it is required.
  sso_claude_ai_enforced: [{ type: 'org_sso_toggled', field: 'enabled', keeps: true }, ...CONNECTION],
  // What is provisioned comes through the connection: without it there is none, whatever the mode was.
  sso_provisioning_mode: [{ type: 'org_sso_provisioning_mode_changed', field: 'new_mode' }, ...CONNECTION],
  directory_sync_enabled: [
    { type: 'org_directory_sync_activated' },
    { type: 'org_directory_sync_deleted', ends: true },
  ],
  data_retention_periods: [{ type: 'org_data_retention_policy_changed' }],
};

/** The audit log names some changes apart which the feed has as one kind. */
function kindOf({ type, detail }: ActivityRow): string {
  return typeof detail.event === 'string' && !Array.isArray(detail.updates) ? detail.event : type;
}

function ends(row: ActivityRow, name: string): boolean {
  const type = kindOf(row);
  return (
    ownValue(OWN_EVENTS, settingName(name))?.some((one) => one.type === type && one.ends === true) ?? false
  );
}

function changes(row: ActivityRow, name: string): unknown[] {
  const { detail } = row;
  const type = kindOf(row);
  if (type === 'claude_organization_settings_updated')
    return Array.isArray(detail.updates)
      ? updatesOf(detail, name).map(({ current }) => current)
      : [undefined];
  const own = ownValue(OWN_EVENTS, settingName(name))?.find((one) => one.type === type);
  if (own === undefined) return [];
  if (own.field === undefined) return [undefined];
  const value = detail[own.field] ?? detail[`is_${own.field}`];
  if (own.keeps === undefined) return [value];
  return value === own.keeps ? [] : [undefined];
}
