import {
  alertCode,
  OPEN_ALERT_STATES,
  SETTLEMENTS,
  type Settlement,
} from '#domain/detections/alert-words.ts';
import { foldPlaces, readFoldId } from '#domain/detections/fold.ts';
import { type AlertWithSpan, alertSteps, findAlert } from '#store/detections/alerts.ts';
import { alertFolds, openOf } from '#store/detections/folds.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { ownNames } from '../detections/index.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { decidable, put, refuseOwn } from './decide.ts';

interface Shown {
  readonly id: string;
  readonly version: number;
}

/** Maximum number of alerts settled at once. */
const MAX_ALERTS = 2_000;

interface Many {
  readonly alerts: readonly Shown[];
  readonly groups: readonly { readonly id: string; readonly mark: string }[];
  readonly as: Settlement;
  readonly note: string;
}

/** Records the same assessment of several alerts atomically, each with its own audit record. */
export async function settleMany(context: HandlerContext, { alerts, groups, as, note }: Many) {
  const { client } = context;
  const own = await ownNames(context);
  const settled = await context.change(async (tx, recorder) => {
    const rows = new Map<string, AlertWithSpan>();
    for (const shown of alerts) {
      const row = decidable(await findAlert(tx, client.id, shown.id), shown.version);
      rows.set(row.id, row);
    }
    for (const group of groups)
      for (const row of await openOfGroup(tx, context, group)) rows.set(row.id, row);
    const open = [...rows.values()].filter(({ state }) => state !== as);
    if (open.length === 0) throw unprocessable('There is nothing to settle. Choose alerts or groups first.');
    if (open.length > MAX_ALERTS)
      throw unprocessable(
        `These are ${open.length.toLocaleString('en')} alerts; ${MAX_ALERTS.toLocaleString('en')} at most can be settled in one step. Choose fewer groups.`,
      );
    await refuseOwn(tx, own, open, as);
    for (const row of open) {
      await put(tx, context, row, as, as, note);
      await recorder.record({
        subject: { kind: 'alert', id: row.id, name: alertCode(row.number) },
        reason: note,
        before: { state: row.state },
        after: { state: as },
      });
    }
    return open.map(({ id, version }) => ({ id, version: version + 1 }));
  });
  publish(context);
  return { settled };
}

/** Undoes the person's latest assessments, if nothing else happened since. */
export async function undoSettle(context: HandlerContext, { alerts }: { readonly alerts: readonly Shown[] }) {
  const { client, actor } = context;
  await context.change(async (tx, recorder) => {
    for (const shown of alerts) {
      const row = decidable(await findAlert(tx, client.id, shown.id), shown.version);
      const steps = await alertSteps(tx, client.id, row.id);
      const last = steps.at(-1);
      const before = steps.at(-2)?.act === 'follow_up' ? 'follow_up' : 'open';
      const own = last?.done_by === actor.userId && SETTLEMENTS.some((one) => one === last.act);
      if (!own)
        throw unprocessable(
          `${alertCode(row.number)} was not settled by you last. Open it again on its own page, with a reason.`,
        );
      await put(tx, context, row, before, before === 'open' ? 'reopened' : before, null);
      await recorder.record({
        subject: { kind: 'alert', id: row.id, name: alertCode(row.number) },
        before: { state: row.state },
        after: { state: before },
      });
    }
  });
  publish(context);
  return { undone: alerts.length };
}

/** The open alerts of a group, provided that they are those that were shown. */
async function openOfGroup(
  tx: Tx,
  { client, services }: HandlerContext,
  { id, mark }: Many['groups'][number],
): Promise<AlertWithSpan[]> {
  const fold = readFoldId(id);
  if (fold === undefined) throw notFound();
  const places = foldPlaces(services.catalogue.detections);
  const search = { states: OPEN_ALERT_STATES, fold };
  const row = (await alertFolds(tx, client.id, search, places)).find(({ matches }) => matches);
  if (row?.mark !== mark)
    throw conflict(
      'Alerts of a group that you chose were raised or settled since the list was shown. Look at the list again before you decide.',
      { by: null, at: null, version: null },
    );
  return openOf(tx, client.id, fold, places);
}

function publish({ client, services }: HandlerContext): void {
  services.events.publish({ client: client.id, topic: 'alerts', id: null });
  services.forwarding.wake(client.id);
}
// Guide: G7.1-04
