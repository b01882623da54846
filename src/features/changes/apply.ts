import { appendAudit } from '#store/audit.ts';
import {
  beginStep,
  type ChangeRow,
  type ChangeStepRow,
  changeChange,
  findChange,
  holdChange,
  recordStep,
  stepsOf,
} from '#store/changes/changes.ts';
import type { Services } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import type { ChangeTarget, Made, TargetContext } from '../shared/services/change-targets.ts';
import { subjectOf } from './view.ts';

/** How long a process holds a change before each step, in milliseconds; after that, another process may continue it. */
export const HOLD_MS = 120_000;
/**
 * Number of lookups for what a step may have created before it is sent again, because external systems show new objects
 * with a delay.
 */
const MAX_LOOKUPS = 4;
/** Seconds between two of these lookups. */
const LOOKUP_INTERVAL_S = 30;
/** A change that could not be applied for this long, in milliseconds, is given up. */
const GIVE_UP_MS = 24 * 3_600_000;

type Step = ChangeRow['plan']['steps'][number];

/** Ids of what the steps of a change created, by their marks. */
export function madeBy(steps: readonly ChangeStepRow[]): Made {
  return Object.fromEntries(
    steps.flatMap(({ mark, made_id }) => (made_id === null ? [] : [[mark, made_id]])),
  );
}

/**
 * Continues applying a change from its first unfinished step. Each step is recorded before it is sent; what it created
 * is found by its mark and not created again. Safe to call again if the process was killed at any point.
 *
 * @param held Until when the caller holds the change; a different stored value shows that another process took it.
 */
export async function continueChange(
  services: Services,
  target: ChangeTarget,
  of: TargetContext,
  id: string,
  held: Date,
): Promise<void> {
  const { store, clock } = services;
  const clientId = of.client.id;
  const { writes } = target;
  const { row, done } = await store.read([clientId], async (tx) => ({
    row: await findChange(tx, clientId, id),
    done: await stepsOf(tx, clientId, id),
  }));
  if (writes === undefined || row === undefined || row.state !== 'applying') return;
  const made: Record<string, string> = { ...madeBy(done) };
  let mine: Date | null = held;
  for (const [at, step] of row.plan.steps.entries()) {
    if (done.some((one) => one.at === at && one.state === 'done')) continue;
    mine = await hold(services, row, mine, HOLD_MS);
    if (mine === null) return;
    const end = await carryStep(services, { row, at, step, writes, of, made });
    if (end.is === 'refused') return ended(services, row, 'failed', [end.why]);
    if (end.is === 'busy') {
      if (clock().getTime() - (row.applied_at ?? clock()).getTime() > GIVE_UP_MS)
        return ended(services, row, 'failed', [end.why]);
      await hold(services, row, mine, end.seconds * 1000, [end.why]);
      return;
    }
    if (end.id !== null) made[step.mark] = end.id;
  }
  await ended(services, row, 'waiting', null);
  await writes.observe?.(of);
}

type StepEnd =
  | { readonly is: 'done'; readonly id: string | null }
  | { readonly is: 'busy'; readonly seconds: number; readonly why: string }
  | { readonly is: 'refused'; readonly why: string };

async function carryStep(
  { store, clock }: Services,
  {
    row,
    at,
    step,
    writes,
    of,
    made,
  }: {
    readonly row: ChangeRow;
    readonly at: number;
    readonly step: Step;
    readonly writes: NonNullable<ChangeTarget['writes']>;
    readonly of: TargetContext;
    readonly made: Made;
  },
): Promise<StepEnd> {
  const key = { client_id: row.client_id, change_id: row.id, at };
  const note = (values: Parameters<typeof recordStep>[2]) =>
    store.write([row.client_id], (tx) => recordStep(tx, key, values));
  const begun = await store.write([row.client_id], (tx) =>
    beginStep(tx, {
      ...key,
      mark: step.mark,
      state: 'begun',
      made_id: null,
      found: false,
      begun_at: clock(),
      sent_at: null,
      done_at: null,
    }),
  );
  const seen = await writes.look(of, step, made, begun.sent_at);
  if (seen.is === 'done') {
    await note({ state: 'done', made_id: seen.id, found: true, done_at: clock() });
    return seen;
  }
  if (seen.is !== 'open') return seen;
  if (begun.sent_at !== null && !seen.harmless && begun.looks < MAX_LOOKUPS) {
    await note({ looks: begun.looks + 1 });
    return {
      is: 'busy',
      seconds: LOOKUP_INTERVAL_S,
      why: `It is not known whether “${step.name}” was made: the answer did not arrive. It is looked for before it is made again.`,
    };
  }
  await note({ sent_at: clock(), looks: 0 });
  const applied = await writes.apply(of, step, made);
  if (applied.is === 'busy' && applied.taken === 'no') await note({ sent_at: begun.sent_at });
  if (applied.is === 'done')
    await note({ state: 'done', made_id: applied.id, found: false, done_at: clock() });
  return applied;
}

/** Extends the hold on the change; null if another process took it meanwhile. */
async function hold(
  { store, clock }: Services,
  row: ChangeRow,
  held: Date | null,
  milliseconds: number,
  says: readonly string[] | null = null,
): Promise<Date | null> {
  const until = new Date(clock().getTime() + milliseconds);
  const mine = await store.write([row.client_id], (tx) => holdChange(tx, row, held, until, says));
  return mine ? until : null;
}

async function ended(
  { store, clock, events }: Services,
  row: ChangeRow,
  state: 'waiting' | 'failed',
  lacks: readonly string[] | null,
): Promise<void> {
  const now = clock();
  await store.write([row.client_id], async (tx) => {
    const current = await findChange(tx, row.client_id, row.id);
    if (current === undefined || current.state !== 'applying') return;
    const changed = await changeChange(tx, row.client_id, row.id, current.version, {
      state,
      held_until: null,
      lacks: lacks === null ? null : JSON.stringify(lacks),
      changed_by_name: BYLAW.name,
      changed_at: now,
    });
    if (changed === null) return;
    await appendAudit(tx, {
      chain: row.client_id,
      actor: BYLAW,
      action: 'changes.apply',
      subject: subjectOf(row),
      before: { state: 'applying' },
      after: { state, plan: row.plan_sha256, lacks },
      at: now,
    });
  });
  events.publish({ client: row.client_id, topic: 'changes', id: row.id });
}
