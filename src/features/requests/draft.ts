import { fold } from '#domain/charter/names.ts';
import type { Charter } from '#domain/model/charter.ts';
import { dayOf } from '#domain/model/local-time.ts';
import { isSameConnector } from '#domain/requests/status.ts';
import { approvedConnectors } from '#domain/rules/connectors/chartered.ts';
import type { Tx } from '#store/open.ts';
import { namesIn } from '#store/verdicts/facts.ts';
import { common, draftValue, putDraft, withReason } from '../charter/index.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { baseOf } from '../drift/index.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import type { ReadRequest } from './read.ts';

interface WantedRequestDraft {
  readonly base: Awaited<ReturnType<typeof baseOf>>;
  readonly value: Charter;
  readonly title: string;
  readonly reason: string;
}

/**
 * The draft of the charter that an approval opens, or the open draft with the connector added at the guide's baseline,
 * as in the matrix. null: the charter or its open draft already has the connector.
 */
export async function draftFor(
  context: HandlerContext,
  read: ReadRequest,
  reason: string,
): Promise<WantedRequestDraft | null> {
  const { client, services } = context;
  const { entry, row, place, reach } = read;
  const base = await context.read((tx) => baseOf(tx, client.id));
  const there = approvedConnectors(base.value, services.catalogue);
  if (there.some((one) => isSameConnector(one.place, place))) return null;
  const add =
    entry === null
      ? {
          name: row.name,
          kind: 'custom' as const,
          preset: 'baseline' as const,
          ...(reach.memberData === null ? {} : { memberData: reach.memberData }),
        }
      : { entry: entry.id, preset: 'baseline' as const };
  const edits = { remove: [], add: [add], classify: [], cells: [] };
  const run = await services.verdicts.run(client.id, 'connectorEdits', { charter: base.value, edits });
  if (run === null) throw notFound();
  const [problem] = run.result.problems;
  if (problem !== undefined) throw unprocessable(problem.words);
  return {
    base,
    value: await withServer(context, run.result.charter, read),
    title: base.draft?.title ?? `Add ${row.name}, as requested`.slice(0, 200),
    reason:
      base.draft === null
        ? `${row.asked_by_name} asked: ${row.purpose}\nApproved: ${reason}`
        : withReason(base.draft, `${row.name}: ${row.asked_by_name} asked. Approved: ${reason}`),
  };
}

/**
 * Adds the address and signed review of a custom server to the charter. The review has the day on which it was
 * answered and the person who answered: the approver has not signed it.
 */
async function withServer(
  { client, read }: HandlerContext,
  charter: Charter,
  { row, review }: ReadRequest,
): Promise<Charter> {
  const signed = review.lines.find(({ question, given }) => question.signs && given?.answer === 'yes');
  const given = signed === undefined ? undefined : row.answers[signed.question.id];
  const by =
    given === undefined ? undefined : (await read((tx) => namesIn(tx, client.id, [given.by]))).get(given.by);
  const more = {
    ...(row.url === null ? {} : { url: row.url }),
    ...(given === undefined || given.note === null || by === undefined
      ? {}
      : { securityReview: { on: dayOf(given.at, client.timezone), by, vendorContact: given.note } }),
  };
  return draftValue({
    ...charter,
    connectors: (charter.connectors ?? []).map((one) =>
      fold(one.name) === fold(row.name) ? { ...one, ...more } : one,
    ),
  });
}

/** Stores the draft in the transaction of the approval. */
export async function putRequestDraft(
  tx: Tx,
  recorder: Pick<Recorder, 'record'>,
  context: HandlerContext,
  { base, value, title, reason }: WantedRequestDraft,
): Promise<string> {
  const now = await baseOf(tx, context.client.id);
  if (now.version !== base.version || now.draft?.version !== base.draft?.version)
    throw conflict(
      'The charter, or the draft of it that is open, was changed in the meantime. Nothing was stored; try again.',
      { by: now.draft?.changed_by_name ?? null, at: now.draft?.changed_at ?? null, version: now.version },
    );
  const put = await putDraft(tx, recorder, {
    ...common(context),
    value,
    title,
    reason,
    origin: 'console',
    replace: base.draft !== null,
  });
  return put.id;
}
// Guide: G3.4-06
