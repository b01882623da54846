import { settingName, updatesOf } from '../activity/payload.ts';
import type { ActivityRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { dayOf, lastTogether } from './connectors/events.ts';

export interface LaterChange {
  readonly row: ActivityRow;
  /** The value that the event left; undefined: it does not say, or two of one instant differ. */
  readonly current: unknown;
  readonly evidence: Evidence;
}

/**
 * The last change of an organization setting after the day of the settings file, by the events that were given; null: they
 * show none. A file of a month still counts, and what was switched since is in no row of it. On the file's own day the order
 * is not known, so only later days count.
 */
export function changedLater(
  context: CheckContext,
  name: string,
  day: string,
  organization?: string,
): LaterChange | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const zone = context.profile.timezone;
  const together = lastTogether(
    events.rows.filter(
      (row) => changes(row, name).length > 0 && dayOf(row.at, zone) > day && isOf(row, organization),
    ),
  );
  const row = together.at(-1);
  if (row === undefined) return null;
  const values = new Set(together.flatMap((one) => changes(one, name).map((value) => JSON.stringify(value))));
  return {
    row,
    current: values.size === 1 ? changes(row, name)[0] : undefined,
    evidence: events.cite(row, `${settingName(name)} changed`),
  };
}

/** Of several linked organizations each has settings of its own; an event that names none may be about any of them. */
function isOf({ detail }: ActivityRow, organization: string | undefined): boolean {
  const named = detail.organization_uuid ?? detail.organization_id;
  return organization === undefined || typeof named !== 'string' || named === organization;
}

/** Kinds of event that change one setting, beside the list of updates that any setting may be in. */
const OWN_EVENTS: Readonly<Record<string, { readonly type: string; readonly field: string }>> = {
  sso_enabled: { type: 'org_sso_toggled', field: 'enabled' },
  sso_provisioning_mode: { type: 'org_sso_provisioning_mode_changed', field: 'new_mode' },
};

function changes({ type, detail }: ActivityRow, name: string): unknown[] {
  if (type === 'claude_organization_settings_updated')
    return updatesOf(detail, name).map(({ current }) => current);
  const own = OWN_EVENTS[settingName(name)];
  return own !== undefined && own.type === type ? [detail[own.field] ?? detail[`is_${own.field}`]] : [];
}
