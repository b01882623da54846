import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { DateTime } from 'luxon';
import { paperOf } from '#domain/text/paper.ts';
import type { Tx } from '#store/open.ts';
import type { Database } from '#store/schema.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { badRequest, conflict, notFound } from '../problems.ts';

export const CADENCES = ['weekly', 'monthly', 'quarterly'] as const;
type Cadence = (typeof CADENCES)[number];

interface Plan {
  readonly cadence: Cadence;
  readonly onDay: number;
  /** Omitted: the paper size of the client's country. */
  readonly paper?: 'a4' | 'letter' | undefined;
  readonly recipients: readonly string[];
}

/**
 * The first day after `after` that matches a cadence, YYYY-MM-DD. weekly: `onDay` 1 is Monday; monthly: that day of
 * each month; quarterly: that day of January, April, July and October.
 */
export function nextDay(cadence: Cadence, onDay: number, after: string): string {
  let day = DateTime.fromISO(after, { zone: 'utc' });
  do day = day.plus({ days: 1 });
  while (!falls(cadence, onDay, day));
  return day.toFormat('yyyy-MM-dd');
}

function falls(cadence: Cadence, onDay: number, day: DateTime): boolean {
  switch (cadence) {
    case 'weekly':
      return day.weekday === onDay;
    case 'monthly':
      return day.day === onDay;
    case 'quarterly':
      return day.day === onDay && [1, 4, 7, 10].includes(day.month);
  }
}

export async function listSchedules(tx: Tx, clientId: string) {
  const rows = await tx
    .selectFrom('report_schedules')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('next_on')
    .orderBy('id')
    .execute();
  return rows.map(line);
}

function line(row: Selectable<Database['report_schedules']>) {
  return {
    id: row.id,
    cadence: CADENCES.find((one) => one === row.cadence) ?? ('monthly' as const),
    onDay: row.on_day,
    paper: row.paper === 'letter' ? ('letter' as const) : ('a4' as const),
    recipients: row.recipients,
    nextOn: row.next_on,
    paused: row.paused,
    version: row.version,
  };
}

async function find(tx: Tx, clientId: string, id: string) {
  const row = await tx
    .selectFrom('report_schedules')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

function refuseDay({ cadence, onDay }: Plan): void {
  if (cadence === 'weekly' && onDay > 7)
    throw badRequest('A week has the days 1 (Monday) to 7 (Sunday). Choose one of them.');
}

export async function addSchedule(context: HandlerContext, plan: Plan) {
  refuseDay(plan);
  const { client, actor, now } = context;
  return context.change(async (tx, recorder) => {
    const id = randomUUID();
    await tx
      .insertInto('report_schedules')
      .values({
        id,
        client_id: client.id,
        ...columns(plan, context),
        paused: false,
        created_by: actor.userId,
        created_at: now,
      })
      .execute();
    const made = line(await find(tx, client.id, id));
    await recorder.record({ subject: { kind: 'report_schedule', id }, after: made });
    return made;
  });
}

export async function changeSchedule(
  context: HandlerContext,
  input: Plan & { readonly schedule: string; readonly version: number; readonly paused: boolean },
) {
  refuseDay(input);
  const { client } = context;
  return context.change(async (tx, recorder) => {
    const before = await find(tx, client.id, input.schedule);
    if (before.version !== input.version)
      throw conflict('Someone else changed this schedule in the meantime. Look at the current version.', {
        ...(await lastChange(tx, { chain: client.id, actions: 'reports.', subject: before.id })),
        version: before.version,
      });
    await tx
      .updateTable('report_schedules')
      .set({ ...columns(input, context), paused: input.paused, version: before.version + 1 })
      .where('client_id', '=', client.id)
      .where('id', '=', before.id)
      .where('version', '=', before.version)
      .execute();
    const after = line(await find(tx, client.id, before.id));
    await recorder.record({
      subject: { kind: 'report_schedule', id: before.id },
      before: line(before),
      after,
    });
    return after;
  });
}

export async function removeSchedule(context: HandlerContext, id: string) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const before = await find(tx, client.id, id);
    await tx.deleteFrom('report_schedules').where('client_id', '=', client.id).where('id', '=', id).execute();
    await recorder.record({ subject: { kind: 'report_schedule', id }, before: line(before) });
  });
  return { removed: true };
}

function columns({ cadence, onDay, paper, recipients }: Plan, context: HandlerContext) {
  return {
    cadence,
    on_day: onDay,
    paper: paper ?? paperOf(context.client.timezone),
    recipients: JSON.stringify([...new Set(recipients.map((one) => one.toLowerCase()))]),
    next_on: nextDay(cadence, onDay, today(context)),
  };
}

function today({ now, client }: HandlerContext): string {
  return DateTime.fromJSDate(now, { zone: client.timezone }).toFormat('yyyy-MM-dd');
}
