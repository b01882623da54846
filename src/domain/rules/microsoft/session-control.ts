import type { Catalogue } from '../../model/catalogue.ts';
import { addDays } from '../../model/day.ts';
import type { CloudAppEventRow, SecurityAlertRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Read } from '../../model/rule.ts';
import { isNamedClaude } from '../../network/claude-hosts.ts';
import { alertKind, alertsAboutClaude } from './defender-alerts.ts';

/** Maximum milliseconds between a block and its alert. */
const PAIR_MS = 24 * 3_600_000;

/** Source that Microsoft gives for events of a routed session. */
const SESSION_CONTROL = 'defender for cloud apps session control';

/** Whether session control of Defender for Cloud Apps recorded the event: the session went through it. */
export function inSession({ source }: CloudAppEventRow): boolean {
  return source?.toLowerCase() === SESSION_CONTROL;
}

/** Whether an event says that the attempt was blocked. */
export function isBlock({ action, activity }: CloudAppEventRow): boolean {
  return /(?<!un)block|denied/i.test(`${action} ${activity ?? ''}`);
}

/** Whether an event says that an upload to Claude was blocked, not a download, a sign-in or another application. */
function isBlockedUpload(row: CloudAppEventRow, catalogue: Window['catalogue']): boolean {
  const { action, activity, app } = row;
  return isBlock(row) && /upload/i.test(`${action} ${activity ?? ''}`) && isNamedClaude(app ?? '', catalogue);
}

/** Events without duplicates, newest first. */
export function eventsOf({ rows }: Pick<Read<'cloud_app_events'>, 'rows'>): readonly CloudAppEventRow[] {
  const known = new Map(rows.map((row) => [`${row.id} ${row.at} ${row.action} ${row.personId}`, row]));
  return [...known.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** The end of the window, and its length in days of the client's time zone. */
interface Window {
  readonly now: string;
  readonly today: string;
  readonly zone: string;
  readonly days: number;
  /** Contains the hosts of Claude. */
  readonly catalogue: Pick<Catalogue, 'network'>;
}

/** The newest session of Claude through session control within the window; null: none was recorded. */
export function sessionOfClaude(
  events: Pick<Read<'cloud_app_events'>, 'rows'>,
  window: Window,
): CloudAppEventRow | null {
  return (
    eventsOf(events).find(
      (row) => inSession(row) && isNamedClaude(row.app ?? '', window.catalogue) && within(window, row),
    ) ?? null
  );
}

function within({ now, today, zone, days }: Window, { at }: CloudAppEventRow): boolean {
  return at <= now && dayOf(at, zone) >= addDays(today, -days);
}

export interface BlockAndAlert {
  readonly block: CloudAppEventRow;
  /** null: no alert was raised for it. */
  readonly alert: SecurityAlertRow | null;
}

/** Uploads that session control blocked within the window, newest first, each with Defender's alert for it. */
export function blocksWithAlerts(
  events: Pick<Read<'cloud_app_events'>, 'rows'>,
  alerts: Pick<Read<'security_alerts'>, 'rows'>,
  window: Window,
): readonly BlockAndAlert[] {
  // Alerts of activity policies are about the amount moved, not about a block.
  const raised = alertsAboutClaude(alerts).filter(
    (row) =>
      /cloud ?app/i.test(row.source ?? '') && !['bulk_files', 'upload_volume'].includes(alertKind(row)),
  );
  return eventsOf(events)
    .filter((row) => inSession(row) && isBlockedUpload(row, window.catalogue) && within(window, row))
    .map((block) => ({
      block,
      alert:
        raised.find(({ at }) => {
          const apart = Date.parse(at) - Date.parse(block.at);
          return apart >= -60_000 && apart <= PAIR_MS;
        }) ?? null,
    }));
}
// Guide: G5.4-03 G6.4-01 G6.4-07 G6.4-09
