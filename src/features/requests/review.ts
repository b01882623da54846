import type { z } from 'zod';
import { isOpenRequest } from '#domain/requests/status.ts';
import { changeRequest, findRequest } from '#store/requests/requests.ts';
import type { RequestAnswer } from '#store/schema/requests.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, notFound } from '../problems.ts';
import { step } from './ask.ts';
import type { requestsContract } from './contract.ts';
import { announce, editConflict, readRequest } from './read.ts';
import { showRequest } from './show.ts';

type Input = z.infer<NonNullable<(typeof requestsContract.review)['~orpc']['inputSchema']>>;

/** Stores answers of the review. Earlier approvals were based on other answers, so they no longer count. */
export async function reviewRequest(context: HandlerContext, input: Input) {
  const { client, actor, now, services } = context;
  await context.change(async (tx, recorder) => {
    const row = await findRequest(tx, client.id, input.request);
    if (row === undefined) throw notFound();
    if (!isOpenRequest(row.state) || row.version !== input.version) throw editConflict(row);
    const asked = new Set(
      readRequest(services.catalogue, row).review.lines.map(({ question }) => question.id),
    );
    const answers: Record<string, RequestAnswer> = { ...row.answers };
    const changed: string[] = [];
    for (const [id, given] of Object.entries(input.answers)) {
      if (!asked.has(id))
        throw badRequest(
          `The review of ${row.name} has no question ${id}. Nothing was stored; open the request to see its questions.`,
        );
      const before = Object.hasOwn(answers, id) ? answers[id] : undefined;
      if (given === null) {
        if (before === undefined) continue;
        delete answers[id];
      } else {
        const note = given.note === undefined || given.note === '' ? null : given.note;
        if (before?.answer === given.answer && before.note === note) continue;
        answers[id] = { answer: given.answer, note, by: actor.userId, at: now.toISOString() };
      }
      changed.push(id);
    }
    if (changed.length === 0 && row.state === 'in_review') return recorder.unchanged();
    const done = await changeRequest(tx, client.id, row.id, input.version, {
      state: 'in_review',
      answers: JSON.stringify(answers),
      approvals: '[]',
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (done === null) throw editConflict((await findRequest(tx, client.id, row.id)) ?? row);
    await step(tx, context, row.id, 'reviewed', null);
    const said = (from: typeof answers) =>
      Object.fromEntries(
        changed.map((id) => [
          id,
          from[id] === undefined ? null : { answer: from[id].answer, note: from[id].note },
        ]),
      );
    await recorder.record({
      subject: { kind: 'connector_request', id: row.id, name: row.name },
      before: { state: row.state, answers: said(row.answers), approvals: row.approvals.length },
      after: { state: 'in_review', answers: said(answers), approvals: 0 },
    });
  });
  announce(context, input.request);
  return showRequest(context, input.request);
}
