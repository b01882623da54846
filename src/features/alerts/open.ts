import { ALERT_LEVELS, type AlertLevel, alertLevel } from '#domain/detections/alert-words.ts';
import type { HandlerContext } from '../context.ts';
import { groupView, openFolds } from './groups.ts';

/** Open alerts of a client, folded. */
export interface OpenAlerts {
  /** Groups by severity, the most severe first; of what there is none, nothing. */
  readonly levels: readonly { readonly level: AlertLevel; readonly groups: number }[];
  /** What the most severe and latest group is about; null: nothing is open. */
  readonly worst: { readonly title: string; readonly words: string | null } | null;
}

/** The open alerts of a client. An alert grows while it is open, so they are read each time. */
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

/** What a group is called where nothing stands beside it: its rule, and what it is about. */
export function groupTitle({
  title,
  subject,
}: {
  readonly title: string;
  readonly subject: string | null;
}): string {
  return subject === null ? title : `${title}: ${subject}`;
}
