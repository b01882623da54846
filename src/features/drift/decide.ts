import { randomUUID } from 'node:crypto';
import type { Deviation } from '#domain/drift/types.ts';
import type { Decision } from '#domain/drift/words.ts';
import { dayWords } from '#domain/text/words.ts';
import { DRIFT_ASSIGNMENTS } from '#domain/work/facts.ts';
import { endDriftDecision, insertDriftDecision } from '#store/drift/decisions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { daysOf, endIn, putRequest } from '../exceptions/index.ts';
import { notifyOfAssigned, queueAssignedNotices } from '../mail/index.ts';
import { assignTask, resolveOwner } from '../owners/index.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { viewsOf } from './list.ts';
import { type Loaded, loadDrift } from './load.ts';
import { decidedAt } from './state.ts';
import { type DeviationView, whyNotAccepted } from './view.ts';

export interface Chosen {
  readonly deviation: string;
  /** The observed value that the person saw. */
  readonly observed: string;
  readonly reason: string;
}

/** The drift to decide on. Throws if it no longer matches what the person saw. */
export function chosen({ reading }: Loaded, { deviation, observed }: Omit<Chosen, 'reason'>): Deviation {
  const found = reading.deviations.find(({ key }) => key === deviation);
  if (found === undefined)
    throw notFound('This no longer differs from the charter. Reload the page to see why.');
  if (found.observed !== observed)
    throw conflict(
      `${found.label} changed since you opened the page: it was ${observed} and is ${found.observed} now. Look at it again.`,
      { by: null, at: null, version: null },
    );
  return found;
}

/**
 * Accepts drift until a day: by exceptions that need approval if it is wider than the charter, at once if it is
 * narrower.
 */
export async function acceptDrift(
  context: HandlerContext,
  input: Chosen & { readonly until: string; readonly owner: string },
): Promise<DeviationView> {
  const { until, reason, owner } = input;
  daysOf(context, { control: '', items: null, until });
  await context.services.verdicts.ensureCurrent([context.client.id]);
  const loaded = await loadDrift(context);
  const one = chosen(loaded, input);
  const why = whyNotAccepted(one);
  if (why !== null) throw unprocessable(why);
  const asks = one.direction === 'wider' ? one.listed : [];
  await context.change(async (tx, recorder) => {
    const exceptions: string[] = [];
    for (const { control, keys } of asks)
      exceptions.push(
        await putRequest(tx, recorder, context, {
          control,
          items: keys.length === 0 ? null : keys,
          reason,
          owner,
          until,
        }),
      );
    await putDecision(tx, recorder, context, loaded, one, { decision: 'accept', reason, until, exceptions });
  });
  return decided(context, one.key);
}

/** Records the decision to restore what the charter says. It closes when a later reading confirms it. */
export async function restoreDrift(
  context: HandlerContext,
  input: Chosen & { readonly owner?: string | null | undefined; readonly due?: string | null | undefined },
): Promise<DeviationView> {
  const { services, client, actor, now } = context;
  const { today } = present(now, client.timezone);
  if (input.due !== null && input.due !== undefined && input.due < today)
    throw unprocessable(
      `The day by which it is put back, ${dayWords(input.due)}, has passed. Today is ${dayWords(today)} at ${client.name}.`,
    );
  const loaded = await loadDrift(context);
  const one = chosen(loaded, input);
  const owner = (await resolveOwner(services, client.id, input.owner ?? null)) ?? {
    user: actor.userId,
    name: actor.name,
    mail: null,
  };
  await context.change(async (tx, recorder) => {
    await putDecision(tx, recorder, context, loaded, one, {
      decision: 'restore',
      reason: input.reason,
      owner: owner.name,
      due: input.due ?? null,
    });
    const { before } = await assignTask(tx, {
      clientId: client.id,
      journey: DRIFT_ASSIGNMENTS,
      task: one.key,
      owner,
      due: input.due ?? null,
      by: { id: actor.userId, name: actor.name },
      now,
    });
    if (owner.user !== (before?.owner_user ?? null)) await queueAssignedNotices(tx, context, [owner.user]);
  });
  notifyOfAssigned(services);
  return decided(context, one.key);
}

interface NewDecision {
  readonly decision: Decision;
  readonly reason: string;
  readonly until?: string;
  readonly exceptions?: readonly string[];
  readonly draft?: string;
  readonly owner?: string;
  readonly due?: string | null;
}

/** Stores a decision, replacing one that is no longer valid. */
export async function putDecision(
  tx: Tx,
  recorder: Pick<Recorder, 'record'>,
  context: HandlerContext,
  loaded: Loaded,
  one: Deviation,
  { decision, reason, until, exceptions = [], draft, owner, due = null }: NewDecision,
): Promise<void> {
  const { client, actor, now } = context;
  const there = loaded.open.get(one.key);
  if (there !== undefined) {
    const { state, words } = decidedAt(one, there, loaded.around);
    const over =
      state === 'undecided' &&
      (await endDriftDecision(tx, client.id, there.id, there.version, {
        state: 'lapsed',
        ended_by: actor.userId,
        ended_by_name: actor.name,
        ended_at: now,
        ended_reason: words,
      }));
    if (!over)
      throw conflict(
        `${there.decided_by_name} has decided on ${one.label} already. Withdraw that decision first, or review it again.`,
        { by: there.decided_by_name, at: there.decided_at, version: there.version },
      );
  }
  const added = await insertDriftDecision(tx, {
    client_id: client.id,
    id: randomUUID(),
    deviation: one.key,
    label: one.label,
    urgency: one.urgency,
    decision,
    reason,
    until_day: until ?? null,
    seen: one.observed,
    width: one.width,
    charter_version: loaded.charterVersion,
    exceptions: JSON.stringify(exceptions),
    charter_draft_id: draft ?? null,
    state: 'open',
    decided_by: actor.userId,
    decided_by_name: actor.name,
    decided_at: now,
  });
  if (!added)
    throw conflict(`Someone else decided on ${one.label} in the meantime. Look at it again.`, {
      by: null,
      at: null,
      version: null,
    });
  await recorder.record({
    action: `drift.${decision}`,
    subject: { kind: 'drift', id: one.key, name: one.label },
    reason,
    before: there === undefined ? null : { decision: there.decision, until: there.until_day },
    after: {
      decision,
      urgency: one.urgency,
      charter: one.charter,
      observed: one.observed,
      observedOn: one.on,
      changedBy: one.cause.known ? one.cause.who : null,
      changedAt: one.cause.known ? one.cause.at : null,
      until: until ?? null,
      exceptions,
      draft: draft ?? null,
      ...(owner === undefined ? {} : { owner, due }),
    },
  });
}

/** Withdraws a decision. Exceptions that it requested end with it; a draft of the charter stays. */
export async function withdrawDrift(
  context: HandlerContext,
  input: { readonly deviation: string; readonly version: number; readonly reason: string },
) {
  const { client, actor, now } = context;
  const loaded = await loadDrift(context);
  const row = loaded.open.get(input.deviation);
  if (row === undefined) throw notFound('No decision on this difference is open. Reload the page.');
  await context.change(async (tx, recorder) => {
    const ended = await endDriftDecision(tx, client.id, row.id, input.version, {
      state: 'withdrawn',
      ended_by: actor.userId,
      ended_by_name: actor.name,
      ended_at: now,
      ended_reason: input.reason,
    });
    if (ended === null)
      throw conflict('This decision was changed in the meantime. Look at it again.', {
        by: row.ended_by_name,
        at: row.ended_at,
        version: row.version,
      });
    for (const id of row.exceptions) await endIn(tx, recorder, context, id, input.reason);
    await recorder.record({
      subject: { kind: 'drift', id: row.deviation, name: row.label },
      reason: input.reason,
      before: { decision: row.decision, until: row.until_day, decidedBy: row.decided_by_name },
      after: { decision: null },
    });
  });
  announce(context, row.deviation);
  return { deviation: row.deviation, state: 'withdrawn' as const };
}

export function announce({ services, client }: HandlerContext, key: string): void {
  services.events.publish({ client: client.id, topic: 'drift', id: key });
  services.events.publish({ client: client.id, topic: 'exceptions', id: null });
}

async function decided(context: HandlerContext, key: string): Promise<DeviationView> {
  announce(context, key);
  const view = (await viewsOf(context, await loadDrift(context))).find((one) => one.key === key);
  if (view === undefined) throw notFound();
  return view;
}
