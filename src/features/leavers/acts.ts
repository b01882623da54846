import { randomUUID } from 'node:crypto';
import { address } from '#domain/people/names.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import {
  changeLeaver,
  findLeaver,
  insertLeaver,
  type LeaverRow,
  leaversOf,
  removeLeaver,
} from '#store/work/leavers.ts';
import type { HandlerContext } from '../context.ts';
import { resolveOwner, usersWithAccess } from '../owners/index.ts';
import { readingNow } from '../people/index.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { seatsIn } from './seats.ts';
import { type Leaver, leaverView } from './view.ts';

interface Which {
  readonly leaver: string;
  readonly version: number;
}

/** Starts the leaving of someone who holds an account by the current members file. */
export async function startLeaving(
  context: HandlerContext,
  input: { readonly address: string; readonly lastDay: string; readonly owner: string | null },
): Promise<Leaver> {
  const { services, client, actor, now } = context;
  const key = address(input.address);
  const account = seatsIn(await readingNow(context, client)).account(key);
  if (account === undefined)
    throw unprocessable(`No account in the current members file has the address ${input.address}.`);
  const owner = await resolveOwner(services, client.id, input.owner);
  const row: LeaverRow = {
    client_id: client.id,
    id: randomUUID(),
    person_key: key,
    name: account.name,
    last_day: input.lastDay,
    owner_user: owner?.user ?? null,
    owner_name: owner?.name ?? null,
    owner_mail: owner?.mail ?? null,
    removed_on: null,
    removed_by: null,
    removed_by_name: null,
    removed_at: null,
    started_by: actor.userId,
    started_by_name: actor.name,
    started_at: now,
    version: 1,
  };
  await context.change(async (tx, recorder) => {
    if (!(await insertLeaver(tx, row))) {
      const before = (await leaversOf(tx, [client.id])).find((one) => one.person_key === key);
      throw meanwhile(`The leaving of ${account.name} was started before.`, before);
    }
    await recorder.record({ subject: subjectOf(row), before: null, after: leavingOf(row) });
  });
  return shown(context, row);
}

/** Changes when someone's last day is, or who removes their seat. */
export async function editLeaving(
  context: HandlerContext,
  input: Which & { readonly lastDay: string; readonly owner: string | null },
): Promise<Leaver> {
  const owner = await resolveOwner(context.services, context.client.id, input.owner);
  return change(context, input, {
    last_day: input.lastDay,
    owner_user: owner?.user ?? null,
    owner_name: owner?.name ?? null,
    owner_mail: owner?.mail ?? null,
  });
}

/** Marks the seat as removed on a day, or takes the mark back. Verdicts do not change: they come from files. */
export async function markRemoved(
  context: HandlerContext,
  input: Which & { readonly on: string | null },
): Promise<Leaver> {
  const { client, actor, now } = context;
  const { today } = present(now, client.timezone);
  if (input.on !== null && input.on > today)
    throw badRequest(`${dayWords(input.on)} is in the future. Mark the seat once it is removed.`);
  const marked = input.on !== null;
  return change(context, input, {
    removed_on: input.on,
    removed_by: marked ? actor.userId : null,
    removed_by_name: marked ? actor.name : null,
    removed_at: marked ? now : null,
  });
}

/** Stops a leaving. */
export async function stopLeaving(context: HandlerContext, input: Which): Promise<{ stopped: true }> {
  await context.change(async (tx, recorder) => {
    const row = await rowOf(context, tx, input);
    await removeLeaver(tx, row);
    await recorder.record({ subject: subjectOf(row), before: leavingOf(row), after: null });
  });
  publish(context);
  return { stopped: true };
}

async function change(
  context: HandlerContext,
  which: Which,
  part: Parameters<typeof changeLeaver>[2],
): Promise<Leaver> {
  const after = await context.change(async (tx, recorder) => {
    const row = await rowOf(context, tx, which);
    const next = { ...row, ...part };
    if (JSON.stringify(leavingOf(next)) === JSON.stringify(leavingOf(row))) {
      recorder.unchanged();
      return row;
    }
    if (!(await changeLeaver(tx, row, part))) throw meanwhile(CHANGED, row);
    await recorder.record({ subject: subjectOf(row), before: leavingOf(row), after: leavingOf(next) });
    return { ...next, version: row.version + 1 };
  });
  return shown(context, after);
}

const CHANGED = 'Someone else changed this leaving after you opened it. Look at the current version.';

async function rowOf({ client }: HandlerContext, tx: Tx, { leaver, version }: Which): Promise<LeaverRow> {
  const row = await findLeaver(tx, client.id, leaver);
  if (row === null) throw notFound();
  if (row.version !== version) throw meanwhile(CHANGED, row);
  return row;
}

function meanwhile(words: string, row: LeaverRow | undefined) {
  return conflict(words, {
    by: row?.removed_by_name ?? row?.started_by_name ?? null,
    at: row?.removed_at ?? row?.started_at ?? null,
    version: row?.version ?? 0,
  });
}

function subjectOf(row: LeaverRow) {
  return { kind: 'person', id: row.person_key, name: row.name };
}

/** What the audit log says of a leaving. */
function leavingOf(row: LeaverRow) {
  return {
    lastDay: row.last_day,
    owner: row.owner_name,
    mail: row.owner_mail,
    markedAsRemoved: row.removed_on,
  };
}

async function shown(context: HandlerContext, row: LeaverRow): Promise<Leaver> {
  publish(context);
  const { client, now } = context;
  const seats = seatsIn(await readingNow(context, client));
  return leaverView(row, seats, present(now, client.timezone).today, await usersWithAccess(context));
}

function publish({ services, client }: HandlerContext): void {
  services.events.publish({ client: client.id, topic: 'people', id: null });
}
