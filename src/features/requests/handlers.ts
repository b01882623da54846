import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { askForConnector, withdrawRequest } from './ask.ts';
import { requestsContract } from './contract.ts';
import { approveRequest, refuseRequest } from './decide.ts';
import { endedApprovals, listRequests } from './list.ts';
import { showMine, standingOf } from './mine.ts';
import { reviewRequest } from './review.ts';
import { showRequest } from './show.ts';

const on = implement(requestsContract).$context<RequestContext>().use(secured);

export const requestsHandlers = on.router({
  mine: on.mine.handler(({ context }) => showMine(context)),
  standing: on.standing.handler(({ input, context }) => standingOf(context, input)),
  ask: on.ask.handler(({ input, context }) => askForConnector(context, input)),
  withdraw: on.withdraw.handler(({ input, context }) => withdrawRequest(context, input)),
  list: on.list.handler(({ input, context }) => listRequests(context, input.state)),
  ended: on.ended.handler(({ context }) => endedApprovals(context)),
  get: on.get.handler(({ input, context }) => showRequest(context, input.request)),
  review: on.review.handler(({ input, context }) => reviewRequest(context, input)),
  approve: on.approve.handler(({ input, context }) => approveRequest(context, input)),
  refuse: on.refuse.handler(({ input, context }) => refuseRequest(context, input)),
});
