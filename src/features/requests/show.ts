import type { z } from 'zod';
import { EFFECTS } from '#domain/model/catalogue.ts';
import { addDays } from '#domain/model/day.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { mayDecideRequest } from '#domain/requests/decide.ts';
import { isOpenRequest } from '#domain/requests/status.ts';
import { MAX_REQUEST_DAYS } from '#domain/requests/words.ts';
import { findRequest, requestSteps } from '#store/requests/requests.ts';
import { namesIn } from '#store/verdicts/facts.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { type Accounts, accountsOf } from '../shared/second-person.ts';
import { wantedBy } from './by-staff.ts';
import { departmentsOf } from './departments.ts';
import { commonView, type ReadRequest, readRequest, todayOf } from './read.ts';
import type { requestSchema } from './schemas.ts';

type View = z.infer<typeof requestSchema>;

const ACTS: Readonly<Record<string, string>> = {
  asked: 'Asked for it',
  reviewed: 'Answered questions of the review',
  approved_first: 'Approved it; a second person is needed',
  approved: 'Approved it',
  deferred: 'Put it off',
  joined: 'Added a department that wants it',
  refused: 'Refused it',
  withdrawn: 'Took it back',
};

/** One request with everything that a reviewer or approver needs. */
export async function showRequest(context: HandlerContext, id: string): Promise<View> {
  const { services, client } = context;
  const { catalogue } = services;
  const today = todayOf(context);
  const accounts = await accountsOf(services);
  const { read, steps, who, people, departments } = await context.read(async (tx) => {
    const row = await findRequest(tx, client.id, id);
    if (row === undefined) throw notFound();
    const all = (await requestSteps(tx, client.id)).filter((one) => one.connector_request_id === id);
    const ids = [...new Set(Object.values(row.answers).map(({ by }) => by))];
    return {
      read: readRequest(catalogue, row),
      steps: all,
      who: await namesIn(tx, client.id, ids),
      people: await wantedBy(tx, client.id, id),
      departments: (await departmentsOf(tx, client.id)).filter((one) => one.request === id),
    };
  });
  const { row, entry, reach, kinds, review, approvers } = read;
  const own = kinds.includes('custom');
  return {
    ...commonView(row, today),
    wantedBy: people,
    departments: departments.map(({ request: _, ...one }) => one),
    kinds: [...kinds],
    reach: {
      ...reach,
      dataClasses: entry?.dataClasses ?? null,
      sensitivity: entry?.sensitivity ?? null,
      actions: EFFECTS.flatMap((effect) => {
        const many = entry?.actions.filter((one) => one.effect === effect && one.tool !== false).length ?? 0;
        return many === 0 ? [] : [{ effect, count: many }];
      }),
    },
    vendor:
      entry === null
        ? null
        : {
            directory: entry.directory,
            verifiedDomain: entry.verifiedDomain,
            managedAuth: entry.managedAuth,
            limits: entry.limits?.map(({ says }) => says) ?? null,
            sources: entry.sources,
          },
    egress: own
      ? { now: catalogue.ams.egress.now, asOf: catalogue.ams.asOf, sources: catalogue.ams.egress.sources }
      : null,
    questions: review.lines.map(({ question, counts }) => {
      const given = Object.hasOwn(row.answers, question.id) ? row.answers[question.id] : undefined;
      return {
        id: question.id,
        asks: question.asks,
        how: question.how,
        answer: given?.answer ?? null,
        note: given?.note ?? null,
        by: given === undefined ? null : (who.get(given.by) ?? null),
        at: given?.at ?? null,
        counts,
        signs: question.signs,
        sources: question.sources,
      };
    }),
    questionsAsOf: catalogue.requestReview.asOf,
    blocked: review.blocked,
    concerns: [...review.concerns],
    approvers,
    approvals: row.approvals.map(({ byName, at, until }) => ({ by: byName, at, until })),
    draft: row.charter_draft_id,
    steps: steps.map((one) => ({
      act: one.act,
      words: ownValue(ACTS, one.act) ?? one.act,
      by: one.done_by_name,
      at: one.done_at.toISOString(),
      note: one.note,
    })),
    may: mayOf(context, read, accounts),
    today,
    latest: addDays(today, MAX_REQUEST_DAYS),
  };
}

/**
 * No one is offered a decision that would be refused, such as someone who is not a verified second person; they are
 * told what to do.
 */
function mayOf(context: HandlerContext, { row }: ReadRequest, accounts: Accounts): View['may'] {
  const open = isOpenRequest(row.state);
  const decide = mayDecideRequest(
    { askedBy: row.asked_by, approvedBy: row.approvals.map(({ by }) => by) },
    context.actor.userId,
  );
  const may = open && context.can('requests.decide');
  const hands = [row.asked_by, ...row.approvals.map(({ by }) => by)];
  const why = decide.ok
    ? accounts.whyNotSecond(context.actor.userId, hands, 'You had a hand in this request')
    : decide.why;
  return {
    review: open && context.can('requests.review'),
    decide: may && why === null,
    why: may ? why : null,
  };
}
