import type { z } from 'zod';
import { driftOf, hasCell, type MatrixRow, permissionOf } from '#domain/connectors/row.ts';
import type { RecurringTask } from '#domain/model/cadence.ts';
import { type CharterVersion, charterVersions } from '#store/charter/versions.ts';
import { cadenceRecords } from '#store/work/cadence.ts';
import { wholeCharter } from '../charter/index.ts';
import { readMatrix, shownCharter } from '../connectors/index.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { actionListSchema } from './contract.ts';
import { findTask } from './show.ts';

type ActionList = Omit<z.infer<typeof actionListSchema>, 'nextCursor'>;

/**
 * Every action of the approved connectors: what is approved, what was observed, and what the charter said when the task
 * was last done. An action is confirmed if it was observed on a later day and the observation is no wider than the
 * charter.
 */
export async function listActions(
  context: HandlerContext,
  { task: id }: { readonly task: string },
): Promise<ActionList> {
  const task = findTask(context, id);
  if (task.confirms === undefined) throw notFound('This recurring task has no actions to go through.');
  const { services, client } = context;
  const { shown, versions, last } = await context.read(async (tx) => ({
    shown: await shownCharter(tx, context, undefined),
    versions: await charterVersions(tx, client.id),
    last: (await cadenceRecords(tx, [client.id])).find(
      (record) => record.task === task.id && record.withdrawn === null,
    ),
  }));
  const since = last?.done_on ?? null;
  const matrix = await readMatrix(context, shown);
  const before = since === null ? null : inForceOn(versions, since, client.timezone);
  const then =
    before === null || before.version === shown.current?.version
      ? null
      : await services.verdicts.run(client.id, 'connectorMatrix', { charter: wholeCharter(before) });
  const wasOf = new Map((then?.result.rows ?? []).map((row) => [row.id, permissionOf(row)]));
  const names = new Map(
    matrix.connectors.flatMap(({ id: one, name, charter }) => (charter === null ? [] : [[one, name]])),
  );
  const items = matrix.rows.flatMap((row) => {
    const connector = names.get(row.connector);
    if (connector === undefined || row.kind !== 'action' || !hasCell(row)) return [];
    const approved = permissionOf(row);
    const was = wasOf.get(row.id) ?? approved;
    return {
      id: row.id,
      connector,
      title: row.title,
      approved,
      was: was === approved ? null : was,
      observed: row.observed?.state ?? null,
      observedOn: row.observed?.on ?? null,
      confirmed: isConfirmed(row, since),
    };
  });
  return {
    items,
    total: items.length,
    since,
    charter: shown.current?.version ?? null,
    open: items.filter(({ confirmed }) => !confirmed).length,
  };
}

/** Whether a task stays open even though someone records it as done. */
export async function staysOpen(context: HandlerContext, task: RecurringTask): Promise<boolean> {
  if (task.confirms === undefined) return false;
  const { charter, open } = await listActions(context, { task: task.id });
  return charter === null || open > 0;
}

function isConfirmed(row: MatrixRow, since: string | null): boolean {
  const drift = driftOf(row);
  if (row.observed === null || drift === null || drift === 'wider') return false;
  return since === null || row.observed.on > since;
}

/** The version in force at the end of a day; null: there was none yet. `versions` is sorted newest first. */
function inForceOn(versions: readonly CharterVersion[], day: string, zone: string): CharterVersion | null {
  return versions.find(({ storedAt }) => present(storedAt, zone).today <= day) ?? null;
}
// Guide: G3.4-02
