import { failed } from '../../acts.ts';
import { api, client as calls, queries } from '../../api.ts';
import { toast } from '../../ui/toast.tsx';

/** Invalidates every query that shows or counts alerts. */
export async function rereadAlerts(): Promise<void> {
  await Promise.all(
    [api.alerts, api.detections, api.shell, api.home, api.work].map((part) =>
      queries.invalidateQueries({ queryKey: part.key() }),
    ),
  );
}

/** Shows a message that alerts were settled, with an undo button. */
export function settledToast(
  slug: string,
  text: string,
  alerts: readonly { readonly id: string; readonly version: number }[],
): void {
  const undo = async () => {
    try {
      await calls.alerts.undoSettle({ client: slug, alerts: [...alerts] });
      await rereadAlerts();
      toast({ kind: 'done', text: 'Undone.' });
    } catch (error) {
      failed(error);
    }
  };
  toast({ kind: 'done', text, undo: () => void undo() });
}
