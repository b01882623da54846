import type { z } from 'zod';
import type { RecurringTask } from '#domain/model/cadence.ts';
import { REVIEW_AREAS } from '#domain/model/journal.ts';
import { shortId } from '#domain/text/words.ts';
import { everyWords, isLooser } from '#domain/work/cadence.ts';
import { activeGrants } from '#store/access/people.ts';
import type { Tx } from '#store/open.ts';
import { lastReminders } from '#store/reminders/work-reminders.ts';
import { type CadenceRecord, cadenceRecords, type RhythmRow, rhythmsOf } from '#store/work/cadence.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import { type Candidate, peopleNowWith, remindedView, shownOwner } from '../owners/index.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { countsAsReview } from '../verdicts/index.ts';
import type { recurringSchema, workContract } from './contract.ts';
import { viewerOf } from './list.ts';
import { workAt } from './load.ts';
import { countWhen, nowOf, visibleItems, workView } from './view.ts';

export type RecurringView = z.infer<typeof recurringSchema>;
type Shown = z.infer<NonNullable<(typeof workContract.show)['~orpc']['outputSchema']>>;

/** Limit of records shown per task; the audit log has all of them. */
const MAX_ITEMS = 20;

/** What is due at the client, and the schedule and records of its recurring tasks. */
export async function showWork(context: HandlerContext): Promise<Shown> {
  const { services, client, can } = context;
  const viewer = viewerOf(context);
  const [work] = await workAt(services, [client.id]);
  if (work === undefined) throw notFound();
  const grants = await services.store.read('system', (tx) => activeGrants(tx));
  const items = visibleItems(work, viewer.can);
  const counts = countWhen(items);
  const recurring = await recurringOf(context);
  return {
    client: client.slug,
    name: client.name,
    today: work.today,
    asOf: services.catalogue.cadence.asOf,
    items: items.map((item) => workView(work, item, viewer, grants)),
    counts,
    now: nowOf(counts),
    recurring: recurring.tasks,
    may: { edit: can('work.edit'), evidence: can('evidence.add') },
    people: can('work.edit') ? recurring.able.map(({ name, email }) => ({ name, email })) : [],
  };
}

/** One recurring task with its current state. */
export async function showRecurring(context: HandlerContext, task: string): Promise<RecurringView> {
  const { tasks } = await recurringOf(context);
  const one = tasks.find(({ id }) => id === task);
  if (one === undefined) throw notFound();
  return one;
}

/** The task with this id in the catalogue. Throws if there is none. */
export function findTask({ services }: HandlerContext, id: string): RecurringTask {
  const task = services.catalogue.cadence.tasks.find((one) => one.id === id);
  if (task === undefined)
    throw notFound('There is no recurring task with this name. “work show” lists all of them.');
  return task;
}

async function recurringOf(
  context: HandlerContext,
): Promise<{ readonly tasks: RecurringView[]; readonly able: readonly Candidate[] }> {
  const { services, client, can, now } = context;
  const { today } = present(now, client.timezone);
  const stored = await context.read(async (tx) => ({
    rhythms: await rhythmsOf(tx, [client.id]),
    records: await cadenceRecords(tx, [client.id]),
    names: await evidenceNames(tx, client.id),
    reminders: await lastReminders(
      tx,
      client.id,
      services.catalogue.cadence.tasks.map(({ id }) => `recurring:${id}`),
    ),
  }));
  const able = await peopleNowWith(services, client.id, 'work.read');
  const access = new Set(able.map(({ id }) => id));
  const heads = can('controls.read') ? (await headsNow(context)).verdicts : null;
  const byControl = new Map((heads ?? []).map((head) => [head.control, head]));
  const titles = new Map(services.catalogue.controls.map(({ id, title }) => [id, title]));
  const proofOf = (task: RecurringTask): RecurringView['proof'] =>
    task.proof.map((control) => ({
      control,
      short: shortId(control),
      title: titles.get(control) ?? control,
      state: heads === null ? null : (byControl.get(control)?.state ?? 'cannot_read'),
      reason: heads === null ? null : (byControl.get(control)?.reason ?? 'It has not been decided yet.'),
    }));
  return {
    able,
    tasks: services.catalogue.cadence.tasks.map((task) => ({
      ...described(task),
      led: services.catalogue.reviews.reviews.some((one) => one.task === task.id),
      ...status(
        task,
        stored.rhythms.find((row) => row.task === task.id),
        today,
        access,
      ),
      reminded: remindedView(stored.reminders.get(`recurring:${task.id}`)),
      proof: proofOf(task),
      records: stored.records
        .filter((record) => record.task === task.id)
        .slice(0, MAX_ITEMS)
        .map((record) => recordView(record, stored.names)),
    })),
  };
}

function described(task: RecurringTask) {
  return {
    id: task.id,
    title: task.title,
    action: task.action,
    who: task.who,
    why: task.why,
    minutes: task.minutes,
    guide: task.guide,
    steps: task.steps.map((step) => ({
      do: step.do,
      where: step.where ?? null,
      checked: step.checked ?? null,
    })),
    sources: task.sources,
    everyMonths: 'months' in task.every ? task.every.months : null,
    event: 'event' in task.every ? task.every.event : null,
    review: task.review?.areas ?? null,
    confirms: task.confirms !== undefined,
  };
}

function status(task: RecurringTask, row: RhythmRow | undefined, today: string, access: ReadonlySet<string>) {
  const months = row?.months ?? null;
  const due = row?.active === true ? row.due_on : null;
  return {
    active: row?.active ?? null,
    months,
    looser: isLooser(task, months),
    every: everyWords(task, months),
    reason: row?.reason ?? null,
    owner: row === undefined ? null : shownOwner(row, access),
    due,
    late: due !== null && due < today,
    version: row?.version ?? 0,
    changed: row === undefined ? null : { by: row.changed_by_name, at: row.changed_at.toISOString() },
  };
}

function recordView(
  record: CadenceRecord,
  names: ReadonlyMap<string, string>,
): RecurringView['records'][number] {
  return {
    id: record.id,
    on: record.done_on,
    by: record.done_by_name,
    note: record.note,
    areas: REVIEW_AREAS.filter((area) => record.areas.includes(area)),
    evidence: record.evidence.map((sha256) => ({ sha256, name: names.get(sha256) ?? null })),
    counts: countsAsReview(record),
    recordedAt: record.recorded_at.toISOString(),
    withdrawn:
      record.withdrawn === null
        ? null
        : {
            by: record.withdrawn.withdrawn_by_name,
            at: record.withdrawn.withdrawn_at.toISOString(),
            reason: record.withdrawn.reason,
          },
  };
}

async function evidenceNames(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name'])
    .where('client_id', '=', clientId)
    .execute();
  return new Map(rows.map(({ sha256, name }) => [sha256, name]));
}
// Guide: G2.2-34 G3.4-00 G3.4-01 G3.4-02 G3.4-03 G3.4-04 G3.4-05 G3.4-06 G5.5-01 G5.5-02 G5.5-04 G5.5-05
// Guide: G7.1-00 GA-13 GA-16
