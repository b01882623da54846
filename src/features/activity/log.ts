import type { CompiledQuery } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { ActivityText } from '#domain/activity/text.ts';
import { type Append, appendActivities, KnownAlready, type Packed, pack } from '#store/activity/append.ts';
import { makeMonths } from '#store/activity/months.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { atEnd, together } from '#store/engine/transaction.ts';
import type { Services } from '../context.ts';
import type { ActivityLog, AppendResult } from '../shared/services/activity-log.ts';
import { type Begun, NotReady, type Stage } from '../shared/services/activity-log.ts';

/** Rows of one transaction. More gain nothing and make others wait. */
const MAX_AT_ONCE = 2_000;
/** Resolves when what was asked last has been sent: everything that was only to be passed on is done by then. */
function onItsWay(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

interface Waiting {
  readonly packed: Packed;
  readonly texts: readonly ActivityText[];
  readonly done: (result: AppendResult) => void;
  readonly failed: (error: unknown) => void;
}

/** @param services The services that stages work with; asked at each write, since the log is one of them. */
export function createActivityLog(services: () => Services, stages: readonly Stage[]): ActivityLog {
  const queues = new Map<string, Waiting[]>();
  const listeners = new Set<(clientId: string) => void>();
  const months = new Set<string>();
  let waiting = 0;
  let turns: Promise<void> = Promise.resolve();
  /** Transactions that go on as soon as this thread lets them, and who is told when none does any more. */
  let goingOn = 0;
  const calm: (() => void)[] = [];

  async function goOn<T>(work: () => Promise<T>): Promise<T> {
    goingOn += 1;
    try {
      return await work();
    } finally {
      goingOn -= 1;
      if (goingOn === 0) for (const tell of calm.splice(0)) tell();
    }
  }

  async function nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (goingOn > 0) await new Promise<void>((resolve) => calm.push(resolve));
  }

  async function ensureMonths(activities: readonly Activity[]): Promise<void> {
    const missing = [...new Set(activities.map(({ at }) => at.slice(0, 7)))].filter(
      (month) => !months.has(month),
    );
    if (missing.length === 0) return;
    await makeMonths(services().store, missing);
    for (const month of missing) months.add(month);
  }

  /** Adds in a transaction, once more where stages were not ready or where something was known already. */
  async function add(
    clientId: string,
    activities: readonly Activity[],
    packed: readonly Packed[],
    texts: readonly ActivityText[],
  ): Promise<readonly Activity[]> {
    // Telemetry is sent twice after a fault only; whatever else there is, is read with an overlap.
    let expected: Append['expected'] = activities.every(({ source }) => source === 'otlp') ? 'new' : 'mixed';
    for (let prepared = false; ; ) {
      try {
        return await addOnce(clientId, activities, packed, texts, expected, prepared);
      } catch (error) {
        if (error instanceof KnownAlready) expected = 'mixed';
        else if (error instanceof NotReady && !prepared) {
          for (const stage of stages) await stage.prepare?.(services(), clientId);
          prepared = true;
        } else throw error;
      }
    }
  }

  async function addOnce(
    clientId: string,
    activities: readonly Activity[],
    packed: readonly Packed[],
    texts: readonly ActivityText[],
    expected: Append['expected'],
    prepared: boolean,
  ): Promise<readonly Activity[]> {
    const now = services().clock();
    return services().store.write([clientId], async (tx) => {
      const begin = (some: readonly Activity[]) =>
        stages.map((stage) =>
          stage.begin({ services: services(), clientId, now, activities: some, texts, tx }),
        );
      const send = (some: readonly Begun[]) =>
        together(
          tx,
          some.flatMap(({ statements }) => statements),
        );
      const asked = stages.map((stage) => stage.asks?.(tx, clientId) ?? []);
      const adding = appendActivities(tx, clientId, {
        receivedAt: now,
        packed,
        expected,
        asks: asked.flat(),
      });
      // Whatever happens meanwhile, it is heard of where it is waited for.
      adding.catch(() => {});
      // What stages make of the activities is made while the database is at work.
      await onItsWay();
      let begun = begin(activities);
      // Where all of it has to be new, what is known already undoes the statements too: they need not wait to hear.
      const sent = expected === 'new' ? send(begun) : null;
      sent?.catch(() => {});
      const { stored, numbers, answers } = await adding;
      if (stored.length === 0) return stored;
      if (stored.length !== activities.length) begun = begin(stored);
      const done = [...(await (sent ?? send(begun)))];
      const later: CompiledQuery[] = [];
      await goOn(async () => {
        for (const [at, { statements, finish }] of begun.entries())
          await finish({
            ...{ tx, services: services(), clientId, now, activities: stored, texts, numbers, prepared },
            answers: answers.splice(0, asked[at]?.length ?? 0),
            begun: done.splice(0, statements.length),
            later: (statement) => void later.push(statement),
          });
      });
      await atEnd(tx, later);
      return stored;
    });
  }

  async function write(clientId: string, batches: readonly Waiting[]): Promise<void> {
    const packed = batches.map((batch) => batch.packed);
    const activities = packed.flatMap((one) => one.activities);
    await ensureMonths(activities);
    const added = await add(
      clientId,
      activities,
      packed,
      batches.flatMap(({ texts }) => texts),
    );
    // A row is of the first batch that holds it.
    const all = added.length === activities.length;
    const { tally } = services();
    tally.add('activities', 'added', added.length);
    tally.add('activities', 'known', activities.length - added.length);
    const fresh = new Set(all ? [] : added.map((activity) => `${activity.at} ${activity.id}`));
    for (const batch of batches) {
      if (all) {
        batch.done({ added: batch.packed.activities.length, known: 0 });
        continue;
      }
      let mine = 0;
      for (const activity of batch.packed.activities)
        if (fresh.delete(`${activity.at} ${activity.id}`)) mine += 1;
      batch.done({ added: mine, known: batch.packed.activities.length - mine });
    }
    for (const stage of stages) stage.committed?.(services(), clientId);
    if (added.length > 0) for (const listener of listeners) listener(clientId);
  }

  /** A batch that the database refuses fails alone: the others that were to be written with it are written without it. */
  async function writeOrFail(clientId: string, batches: readonly Waiting[]): Promise<void> {
    try {
      await write(clientId, batches);
    } catch (error) {
      if (batches.length === 1 || error instanceof StoreProblem)
        for (const batch of batches) batch.failed(error);
      else for (const batch of batches) await writeOrFail(clientId, [batch]);
    }
  }

  /** Writes what waits for a client until nothing does. */
  async function drain(clientId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      let rows = 0;
      let count = 0;
      for (const batch of queue) {
        if (count > 0 && rows + batch.packed.activities.length > MAX_AT_ONCE) break;
        rows += batch.packed.activities.length;
        count += 1;
      }
      const batches = queue.splice(0, count);
      await writeOrFail(clientId, batches);
      waiting -= rows;
    }
    queues.delete(clientId);
  }

  return {
    append(clientId, activities, texts = []) {
      if (activities.length === 0) return Promise.resolve({ added: 0, known: 0 });
      return new Promise((done, failed) => {
        const batch: Waiting = { packed: pack(activities), texts, done, failed };
        waiting += activities.length;
        const queue = queues.get(clientId);
        if (queue !== undefined) {
          queue.push(batch);
          return;
        }
        const fresh = [batch];
        queues.set(clientId, fresh);
        void drain(clientId, fresh);
      });
    },
    inTurn(work) {
      const mine = turns.then(nextTurn).then(work);
      turns = mine.then(
        () => {},
        () => {},
      );
      return mine;
    },
    get waiting() {
      return waiting;
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
