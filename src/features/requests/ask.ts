import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { addDays } from '#domain/model/day.ts';
import { addressFault, isOpenRequest } from '#domain/requests/status.ts';
import { MAX_REQUEST_DAYS } from '#domain/requests/words.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import { addRequestStep, changeRequest, findRequest, insertRequest } from '#store/requests/requests.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import type { requestsContract } from './contract.ts';
import { addDepartment } from './departments.ts';
import { statusIn, wantedPlace } from './own-requests.ts';
import { announce, editConflict, ownView, todayOf } from './read.ts';

type Wanted = z.infer<NonNullable<(typeof requestsContract.ask)['~orpc']['inputSchema']>>;

/** Stores a request for a connector. It approves nothing and changes nothing in Claude. */
export async function askForConnector(context: HandlerContext, input: Wanted) {
  const { client, actor, now } = context;
  const today = todayOf(context);
  const { entry, name, place } = wantedPlace(context, input);
  const url = input.url === undefined || input.url === '' ? null : input.url;
  if (entry !== null && url !== null)
    throw badRequest(
      `The catalogue knows ${entry.name}, so it needs no address. Leave the address out, or request the server under its own name.`,
    );
  const fault = url === null ? null : addressFault(url);
  if (fault !== null) throw badRequest(fault);
  checkDay(context, input.until, 'The day until which it is wanted');
  const row = await context.change(async (tx, recorder) => {
    // Of two simultaneous requests for a connector, the second waits here and then finds the first.
    await tx.selectFrom('clients').select('id').where('id', '=', client.id).forUpdate().execute();
    const there = await statusIn(tx, context, place);
    // Whoever joins is shown the request, so they need permission to see requests of others.
    if (there.waiting !== null && input.department !== undefined && context.can('requests.read'))
      return join(tx, recorder, context, { ...input, department: input.department }, there.waiting.request);
    if (there.waiting !== null)
      throw conflict(
        `${name} is asked for already, since ${dayWords(there.waiting.since)}. It waits for a decision.`,
        {
          by: null,
          at: null,
          version: null,
        },
      );
    if (there.approved !== null && !input.again)
      throw unprocessable(
        `${there.words ?? `${name} is approved already.`} Request it again only for longer, or for something else.`,
      );
    const id = randomUUID();
    await insertRequest(tx, {
      client_id: client.id,
      id,
      entry: entry?.id ?? null,
      name,
      url,
      purpose: input.purpose,
      data: JSON.stringify([...new Set(input.data)]),
      people: input.people,
      writes: input.writes,
      wanted_until: input.until,
      state: 'asked',
      answers: '{}',
      approvals: '[]',
      asked_by: actor.userId,
      asked_by_name: actor.name,
      asked_at: now,
      changed_by_name: actor.name,
      changed_at: now,
    });
    await step(tx, context, id, 'asked', input.purpose);
    const { department } = input;
    if (department !== undefined)
      await addDepartment(tx, client.id, id, { ...input, department, by: actor.name, at: now });
    await recorder.record({
      subject: { kind: 'connector_request', id, name },
      reason: input.purpose,
      before: null,
      after: {
        state: 'asked',
        entry: entry?.id ?? null,
        url,
        data: input.data,
        people: input.people,
        writes: input.writes,
        wantedUntil: input.until,
        ...(department === undefined ? {} : { department }),
      },
    });
    await recorder.facts();
    return findRequest(tx, client.id, id);
  });
  if (row === undefined) throw notFound();
  announce(context, row.id);
  return { ...ownView(row, today), mayWithdraw: row.asked_by === actor.userId };
}

/**
 * Adds a department to a request that is already open, with its kinds of data. Earlier approvals were given for other
 * data, so they no longer count.
 */
async function join(
  tx: Tx,
  recorder: Recorder,
  context: HandlerContext,
  input: Wanted & { readonly department: string },
  request: string,
) {
  const { client, actor, now } = context;
  const row = await findRequest(tx, client.id, request);
  if (row === undefined) throw notFound();
  const { department, people, purpose } = input;
  const data = [...new Set([...row.data, ...input.data])];
  const writes = row.writes === 'yes' || input.writes === row.writes ? row.writes : input.writes;
  const wider = data.length > row.data.length || writes !== row.writes;
  await addDepartment(tx, client.id, row.id, { department, people, purpose, by: actor.name, at: now });
  const changed = await changeRequest(tx, client.id, row.id, row.version, {
    data: JSON.stringify(data),
    writes,
    ...(wider ? { approvals: '[]' } : {}),
    changed_by_name: actor.name,
    changed_at: now,
  });
  if (changed === null) throw editConflict((await findRequest(tx, client.id, row.id)) ?? row);
  await step(tx, context, row.id, 'joined', `${department}: ${purpose}`);
  await recorder.record({
    subject: { kind: 'connector_request', id: row.id, name: row.name },
    reason: purpose,
    before: { data: row.data, writes: row.writes },
    after: { department, people, data, writes },
  });
  await recorder.facts();
  return changed;
}

/** Withdraws one's own request before it is decided. */
export async function withdrawRequest(
  context: HandlerContext,
  input: { readonly request: string; readonly version: number },
) {
  const { client, actor, now } = context;
  const changed = await context.change(async (tx, recorder) => {
    const row = await findRequest(tx, client.id, input.request);
    // Does not reveal that other people's requests exist.
    if (row === undefined || row.asked_by !== actor.userId) throw notFound();
    if (!isOpenRequest(row.state) || row.version !== input.version) throw editConflict(row);
    const done = await changeRequest(tx, client.id, row.id, input.version, {
      state: 'withdrawn',
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (done === null) throw editConflict((await findRequest(tx, client.id, row.id)) ?? row);
    await step(tx, context, row.id, 'withdrawn', null);
    await recorder.record({
      subject: { kind: 'connector_request', id: row.id, name: row.name },
      before: { state: row.state },
      after: { state: 'withdrawn' },
    });
    await recorder.facts();
    return done;
  });
  announce(context, changed.id);
  return ownView(changed, todayOf(context));
}

/** Checks that a last day is neither past nor too far ahead. */
export function checkDay(context: HandlerContext, until: string, what: string): void {
  const today = todayOf(context);
  const latest = addDays(today, MAX_REQUEST_DAYS);
  if (until < today)
    throw badRequest(
      `${what}, ${dayWords(until)}, is past. Today is ${dayWords(today)} at ${context.client.name}.`,
    );
  if (until > latest)
    throw badRequest(`${what} may be ${dayWords(latest)} at the latest, ${MAX_REQUEST_DAYS} days ahead.`);
}

/** Adds a step to the history of a request, in the caller's transaction. */
export async function step(
  tx: Parameters<typeof addRequestStep>[0],
  { client, actor, now }: HandlerContext,
  request: string,
  act: string,
  note: string | null,
): Promise<void> {
  await addRequestStep(tx, {
    client_id: client.id,
    connector_request_id: request,
    act,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}
