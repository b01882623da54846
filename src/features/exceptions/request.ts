import { randomUUID } from 'node:crypto';
import { addDays } from '#domain/model/day.ts';
import { dayWords } from '#domain/text/words.ts';
import { allExceptions, type ExceptionRow, insertException } from '#store/exceptions/exceptions.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { MAX_EXCEPTION_DAYS } from './statuses.ts';
import { controlOf, currentVerdicts, effectWords, whyNotAcceptable } from './subject.ts';
import { type ExceptionView, readException, todayOf } from './views.ts';

export interface WantedException {
  readonly control: string;
  readonly items: readonly string[] | null;
  readonly from?: string | undefined;
  readonly until: string;
}

/** Validates the days of a request; both are in the client's time zone. */
export function daysOf(
  context: HandlerContext,
  { from, until }: WantedException,
): { from: string; until: string } {
  const today = todayOf(context);
  const first = from ?? today;
  const latest = addDays(today, MAX_EXCEPTION_DAYS);
  if (until < today)
    throw badRequest(
      `The last day, ${dayWords(until)}, is past. Today is ${dayWords(today)} at ${context.client.name}.`,
    );
  if (until > latest)
    throw badRequest(
      `An exception reaches at most ${MAX_EXCEPTION_DAYS} days ahead, to ${dayWords(latest)}. If it should last longer, write it into the charter instead.`,
    );
  if (first < today)
    throw badRequest(
      `An exception cannot start before today, ${dayWords(today)}: it does not change the past.`,
    );
  if (first > until)
    throw badRequest(
      `The exception would start on ${dayWords(first)}, after its last day, ${dayWords(until)}.`,
    );
  return { from: first, until };
}

/** The keys in the form in which rules compare them, without duplicates. */
function keysOf(items: readonly string[] | null): string[] | null {
  return items === null ? null : [...new Set(items.map((key) => key.trim().toLowerCase()))];
}

/** What the exception would change, evaluated with the actual rules. Stores nothing. */
export async function previewRequest(context: HandlerContext, wanted: WantedException) {
  const control = controlOf(context, wanted.control);
  const { until } = daysOf(context, wanted);
  const items = keysOf(wanted.items);
  const run = await context.services.verdicts.run(context.client.id, 'exceptionPreview', {
    control: control.id,
    items,
    until,
  });
  if (run?.result == null) throw notFound();
  const { before, after } = run.result;
  const why = whyNotAcceptable(control.id, before.state);
  const critical = control.severity === 'critical';
  const covered = why === null ? (after.exception?.covers ?? 0) : 0;
  return {
    state: after.state,
    covered,
    total: before.items.length,
    words: why ?? effectWords(before, after, items === null, dayWords(after.exception?.until ?? until)),
    secondPerson: critical,
  };
}

/** Requests an exception. No verdict changes before someone with the right approves it. */
export async function requestException(
  context: HandlerContext,
  wanted: WantedException & { readonly reason: string; readonly owner: string },
): Promise<ExceptionView> {
  const { client } = context;
  controlOf(context, wanted.control);
  daysOf(context, wanted);
  await context.services.verdicts.ensureCurrent([client.id]);
  const id = await context.change((tx, recorder) => putRequest(tx, recorder, context, wanted));
  context.services.events.publish({ client: client.id, topic: 'exceptions', id });
  return readException(context, id);
}

/** Stores and records a request within the caller's transaction. Verdicts must be current. */
export async function putRequest(
  tx: Tx,
  recorder: Pick<Recorder, 'record'>,
  context: HandlerContext,
  wanted: WantedException & { readonly reason: string; readonly owner: string },
): Promise<string> {
  const { client, actor, now } = context;
  const control = controlOf(context, wanted.control);
  const { from, until } = daysOf(context, wanted);
  const items = keysOf(wanted.items);
  const id = randomUUID();
  const verdict = (await currentVerdicts(tx, client.id)).get(control.id);
  const why = whyNotAcceptable(control.id, verdict?.state ?? null);
  if (why !== null) throw unprocessable(why);
  const listed = new Set((verdict?.items ?? []).map(({ key }) => key));
  const strange = items?.find((key) => !listed.has(key));
  if (strange !== undefined)
    throw unprocessable(
      `${control.id} does not list “${strange}” now. Open the control and choose from what it lists.`,
    );
  // An action is covered in the state that was seen; if it is opened further, it fails again.
  const states = (verdict?.items ?? []).flatMap(({ key, state }) =>
    state !== undefined && items?.includes(key) === true ? [[key, state] as const] : [],
  );
  const atMost = states.length === 0 ? null : Object.fromEntries(states);
  const twin = (await allExceptions(tx, client.id)).find((row) => isSame(row, control.id, items, until));
  if (twin)
    throw conflict(
      `${twin.requested_by_name} has already requested this exception. It is waiting for approval.`,
      {
        by: twin.requested_by_name,
        at: twin.requested_at,
        version: twin.version,
      },
    );
  await insertException(tx, {
    id,
    client_id: client.id,
    control_id: control.id,
    items: items === null ? null : JSON.stringify(items),
    at_most: atMost === null ? null : JSON.stringify(atMost),
    reason: wanted.reason,
    owner: wanted.owner,
    from_day: from,
    until_day: until,
    state: 'requested',
    requested_by: actor.userId,
    requested_by_name: actor.name,
    requested_at: now,
  });
  await recorder.record({
    action: 'exceptions.request',
    subject: { kind: 'exception', id, name: control.id },
    reason: wanted.reason,
    before: null,
    after: {
      state: 'requested',
      control: control.id,
      items,
      ...(atMost === null ? {} : { atMost }),
      owner: wanted.owner,
      from,
      until,
    },
  });
  return id;
}

function isSame(row: ExceptionRow, control: string, items: readonly string[] | null, until: string): boolean {
  if (row.state !== 'requested' || row.control_id !== control || row.until_day !== until) return false;
  return JSON.stringify(row.items?.toSorted() ?? null) === JSON.stringify(items?.toSorted() ?? null);
}
