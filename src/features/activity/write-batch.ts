import type { CompiledQuery } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import { appendActivities, KnownAlready } from '#store/activity/append.ts';
import { knownAmong } from '#store/activity/read.ts';
import { atEnd } from '#store/engine/transaction.ts';
import type { Services } from '../context.ts';
import type { AppendResult, Batch, Stage, WriteStage } from '../shared/services/activity-log.ts';
import { ensureMonths } from './months.ts';

/** Activities passed to the log together. */
export interface Given {
  readonly activities: readonly Activity[];
  readonly texts: readonly ActivityText[];
}

/**
 * Writes a batch to a client's log: removes what the log already has, prepares every stage, adds the rows and runs the
 * stages in one transaction, then runs what waits for the commit. Returns the result of each part. If it throws,
 * nothing was written.
 *
 * @param turn Resolves when the previous batch has been written; this one is prepared meanwhile.
 */
export async function writeBatch(
  services: Services,
  stages: readonly Stage[],
  clientId: string,
  given: readonly Given[],
  turn: Promise<void>,
): Promise<readonly AppendResult[]> {
  const { store } = services;
  const all = given.flatMap(({ activities }) => activities);
  const texts = given.flatMap((one) => one.texts);
  await ensureMonths(store, all);
  let known = all.every(({ source }) => COMES_ONCE.has(source))
    ? NONE
    : await knownNow(services, clientId, all);
  for (;;) {
    const { fresh, results } = leaveOut(given, known);
    if (fresh.length === 0) return results;
    const batch: Batch = { services, clientId, now: services.clock(), activities: fresh, texts };
    const writes: WriteStage[] = [];
    for (const stage of stages) writes.push(await stage.prepare(batch));
    await turn;
    try {
      await write(batch, writes);
      return results;
    } catch (error) {
      if (!(error instanceof KnownAlready)) throw error;
      const before = known.size;
      known = await knownNow(services, clientId, all);
      if (known.size <= before) throw error;
    }
  }
}

/** The single transaction of a batch. Nobody sees a part of it. */
async function write(batch: Batch, stages: readonly WriteStage[]): Promise<void> {
  const { services, clientId, activities, now } = batch;
  const committed = await services.store.write([clientId], async (tx) => {
    const statements: CompiledQuery[] = [];
    const works: (() => void)[] = [];
    const firstNumber = await appendActivities(tx, clientId, activities, now);
    for (const stage of stages)
      await stage({
        ...batch,
        tx,
        firstNumber,
        atEnd: (statement) => void statements.push(statement),
        onCommit: (work) => void works.push(work),
      });
    await atEnd(tx, statements);
    return works;
  });
  for (const work of committed) work();
}

const NONE: ReadonlySet<string> = new Set();
/**
 * Sources that repeat an event only after a fault, which the insert detects: telemetry, and decisions of guards, for
 * which people wait. All others are read with an overlap.
 */
const COMES_ONCE: ReadonlySet<Activity['source']> = new Set(['otlp', 'guard']);

function knownNow(
  { store }: Services,
  clientId: string,
  activities: readonly Activity[],
): Promise<ReadonlySet<string>> {
  return store.read([clientId], (tx) => knownAmong(tx, clientId, activities));
}

/**
 * The new ones among the given activities, without duplicates: an activity belongs to the first part that contains it.
 */
function leaveOut(
  given: readonly Given[],
  known: ReadonlySet<string>,
): { readonly fresh: readonly Activity[]; readonly results: readonly AppendResult[] } {
  const fresh: Activity[] = [];
  const seen = new Set(known);
  const results = given.map(({ activities }): AppendResult => {
    const before = fresh.length;
    for (const activity of activities) {
      const name = `${activity.at} ${activity.id}`;
      if (seen.has(name)) continue;
      seen.add(name);
      fresh.push(activity);
    }
    const added = fresh.length - before;
    return { added, known: activities.length - added };
  });
  return { fresh, results };
}
