import { randomUUID } from 'node:crypto';
import {
  allOverrides,
  decideOverride,
  insertOverride,
  type OverrideRow,
} from '#store/deployment/deployment.ts';
import type { Tx } from '#store/open.ts';
import { currentVerdicts } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import { accountsOf } from '../shared/second-person.ts';
import { deploymentJourney, type Progress, progressOf } from './status.ts';
import { NOT_THE_SAME, type OverrideView, overrideView } from './views.ts';

/** Requests to start a locked task. Nothing changes until a second person approves it. */
export async function requestOverride(
  context: HandlerContext,
  input: { readonly task: string; readonly reason: string },
): Promise<OverrideView> {
  const { services, client, actor, now } = context;
  const journey = deploymentJourney(services.catalogue);
  const task = journey.tasks.find(({ id }) => id === input.task);
  if (task === undefined)
    throw notFound('The deployment has no task with this name. “deployment show” lists all of them.');
  await services.verdicts.ensureCurrent([client.id]);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const { rows, progress } = await progressIn(context, tx);
    const waitsFor = progress.status.tasks.find((one) => one.task.id === task.id)?.waitsFor ?? [];
    if (waitsFor.length === 0)
      throw unprocessable(`“${task.title}” is not locked, so there is nothing to override.`);
    const twin = rows.find((row) => row.task === task.id && row.decision === null);
    if (twin !== undefined)
      throw conflict(
        `${twin.requested_by_name} has already requested this. It is waiting for a second person.`,
        {
          by: twin.requested_by_name,
          at: twin.requested_at,
          version: null,
        },
      );
    await insertOverride(tx, {
      id,
      client_id: client.id,
      task: task.id,
      reason: input.reason,
      waited_for: JSON.stringify(waitsFor),
      requested_by: actor.userId,
      requested_by_name: actor.name,
      requested_at: now,
    });
    await recorder.record({
      subject: { kind: 'override', id, name: task.title },
      reason: input.reason,
      before: null,
      after: { state: 'requested', task: task.id, waitsFor },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id });
  return readOverride(context, id);
}

/** Approves or refuses a request. The requester can do neither: an override takes two people. */
export async function decide(
  context: HandlerContext,
  input: { readonly override: string; readonly reason: string },
  approved: boolean,
): Promise<OverrideView> {
  const { services, client, actor, now } = context;
  const journey = deploymentJourney(services.catalogue);
  await services.verdicts.ensureCurrent([client.id]);
  const accounts = await accountsOf(services);
  await context.change(async (tx, recorder) => {
    const { rows, progress } = await progressIn(context, tx);
    const row = rows.find(({ id }) => id === input.override);
    if (row === undefined) throw notFound();
    if (row.decision !== null) throw decidedMeanwhile(row);
    if (row.requested_by === actor.userId)
      throw forbidden(
        approved ? NOT_THE_SAME : 'You asked for this override yourself. A second person decides it.',
      );
    const why = accounts.whyNotSecond(actor.userId, [row.requested_by], 'You asked for this override');
    if (approved && why !== null) throw forbidden(why);
    const waitsFor = progress.status.tasks.find(({ task }) => task.id === row.task)?.waitsFor ?? [];
    const title = journey.tasks.find(({ id }) => id === row.task)?.title ?? row.task;
    if (approved) refuseWhatIsNotAsked(title, row, waitsFor);
    const done = await decideOverride(tx, {
      client_id: client.id,
      override_id: row.id,
      approved,
      reason: input.reason,
      decided_by: actor.userId,
      decided_by_name: actor.name,
      decided_at: now,
    });
    if (!done)
      throw decidedMeanwhile((await allOverrides(tx, client.id)).find(({ id }) => id === row.id) ?? row);
    await recorder.record({
      subject: { kind: 'override', id: row.id, name: title },
      reason: input.reason,
      before: { state: 'requested', requestedBy: row.requested_by_name, reason: row.reason },
      after: { state: approved ? 'approved' : 'refused', task: row.task, waitsFor },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: input.override });
  return readOverride(context, input.override);
}

/**
 * An approval covers only what was requested. If the task waits for more by now, a new request with its own reason is
 * needed.
 */
function refuseWhatIsNotAsked(title: string, row: OverrideRow, waitsFor: readonly string[]): void {
  if (waitsFor.length === 0)
    throw unprocessable(`“${title}” is no longer locked. Refuse the request so it does not stay open.`);
  if (!waitsFor.every((id) => row.waited_for.includes(id)))
    throw unprocessable(
      `“${title}” waits for more now than when ${row.requested_by_name} asked. Refuse the request and have it requested again.`,
    );
}

function decidedMeanwhile(row: OverrideRow) {
  const by = row.decision?.decided_by_name ?? null;
  return conflict(
    `${by ?? 'Someone'} ${row.decision?.approved === true ? 'approved' : 'refused'} this override already. Look at it again.`,
    { by, at: row.decision?.decided_at ?? null, version: null },
  );
}

/** The overrides and the progress of the deployment, read in one transaction. */
async function progressIn(
  { services, client }: HandlerContext,
  tx: Tx,
): Promise<{ rows: OverrideRow[]; progress: Progress }> {
  const rows = await allOverrides(tx, client.id);
  const verdicts = (await currentVerdicts(tx, client.id)).map(({ verdict }) => verdict);
  return { rows, progress: progressOf(deploymentJourney(services.catalogue), verdicts, rows) };
}

async function readOverride(context: HandlerContext, id: string): Promise<OverrideView> {
  const { rows, progress } = await context.read((tx) => progressIn(context, tx));
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw notFound();
  return overrideView(context, deploymentJourney(context.services.catalogue), row, progress.counting.has(id));
}
// Guide: G2-00
