import { isUuid, organizationOf, settingName, updatesOf } from '../activity/payload.ts';
import type { ActivityRow, SettingRow } from '../model/kinds.ts';
import { dayOf } from '../model/local-time.ts';
import { ownValue } from '../model/own-value.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { lastTogether } from './connectors/events.ts';

/** Whether rows of one organization give a setting two different values. */
export function givenTwice(rows: readonly SettingRow[], name: string): boolean {
  const own = rows.filter((row) => settingName(row.name) === settingName(name));
  return new Set(own.map(({ value }) => plainly(value))).size > 1;
}

export interface LaterChange {
  readonly row: ActivityRow;
  /** Day of the change in the client's time zone. */
  readonly on: string;
  /** Value after the event; undefined: the event does not contain it, or two events of the same instant differ. */
  readonly current: unknown;
  readonly evidence: Evidence;
}

/**
 * The last change of an organization setting after its settings file was made, by the given events; null: there is
 * none. A file is used for a month, and no row of it contains later changes. For changes on the file's own day the
 * order is unknown: one was made after the file only if the last change of that day left a value other than the
 * file's.
 */
export function changedLater(
  context: CheckContext,
  name: string,
  day: string,
  organization?: string,
  /** The file's value; left out: changes on the file's day are ignored. */
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
  // Something enabled in the file and disabled on the same day may have been disabled after the file was made.
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

/** Normalizes a value for comparison; the order of a list is ignored. */
function plainly(value: unknown): string | undefined {
  return JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value);
}

/**
 * Each organization has its own settings; an event without an organization, or with another kind of id, may be about
 * any of them.
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
 * Event types that change a setting, in addition to the list of updates that may contain any setting. `field` holds
 * the new value; without it, the event does not contain the value. `keeps` is a value of the field that leaves this
 * setting unchanged.
 */
interface OwnEvent {
  readonly type: string;
  readonly field?: string;
  readonly keeps?: boolean;
  /** The event disables what the setting enables. */
  readonly ends?: true;
}

const CONNECTION: readonly OwnEvent[] = [
  { type: 'org_sso_connection_activated' },
  { type: 'org_sso_connection_deactivated', ends: true },
  { type: 'org_sso_connection_deleted', ends: true },
];
const OWN_EVENTS: Readonly<Record<string, readonly OwnEvent[]>> = {
  sso_enabled: [{ type: 'org_sso_toggled', field: 'enabled' }, ...CONNECTION],
  // While disabled, it may not be required of anyone; enabling it again does not make it required.
  sso_claude_ai_enforced: [{ type: 'org_sso_toggled', field: 'enabled', keeps: true }, ...CONNECTION],
  // Provisioning depends on the connection: without it there is none, whatever its mode was.
  sso_provisioning_mode: [{ type: 'org_sso_provisioning_mode_changed', field: 'new_mode' }, ...CONNECTION],
  directory_sync_enabled: [
    { type: 'org_directory_sync_activated' },
    { type: 'org_directory_sync_deleted', ends: true },
  ],
  data_retention_periods: [{ type: 'org_data_retention_policy_changed' }],
};

/** The audit log distinguishes some changes that are one type in the feed. */
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
