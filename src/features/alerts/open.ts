import { ALERT_LEVELS, type AlertLevel, alertLevel } from '#domain/detections/alert-words.ts';
import type { HandlerContext } from '../context.ts';
import { groupView, openFolds } from './groups.ts';

/** Open alerts of a client, grouped. */
export interface OpenAlerts {
  /** Number of groups by severity, most severe first; severities without groups are left out. */
  readonly levels: readonly { readonly level: AlertLevel; readonly groups: number }[];
  /** Subject of the most severe and latest group; null: nothing is open. */
  readonly worst: { readonly title: string; readonly words: string | null } | null;
}

/** The open alerts of a client. Not cached, because an open alert grows. */
export async function openAlerts({ client, services, read }: HandlerContext): Promise<OpenAlerts> {
  return read(async (tx) => {
    const rows = await openFolds(tx, services.catalogue, client.id);
    const [first] = rows;
    const worst = first === undefined ? null : await groupView(tx, services.catalogue, client.id, first);
    return {
      levels: ALERT_LEVELS.map((level) => ({
        level,
        groups: rows.filter((row) => alertLevel(row.level) === level).length,
      })).filter(({ groups }) => groups > 0),
      worst: worst === null ? null : { title: groupTitle(worst), words: worst.words },
    };
  });
}

/** Standalone name of a group: its detection, and its subject. */
export function groupTitle({
  title,
  subject,
}: {
  readonly title: string;
  readonly subject: string | null;
}): string {
  return subject === null ? title : `${title}: ${subject}`;
}
