import type { HandlersOf } from '../handlers-of.ts';
import { askForConnector, withdrawRequest } from './ask.ts';
import type { requestsContract } from './contract.ts';
import { approveRequest, deferRequest, refuseRequest } from './decide.ts';
import { endedApprovals, listRequests } from './list.ts';
import { showMine, statusOf } from './own-requests.ts';
import { reviewRequest } from './review.ts';
import { showRequest } from './show.ts';

export const requestsHandlers: HandlersOf<typeof requestsContract> = {
  mine: showMine,
  status: statusOf,
  ask: askForConnector,
  withdraw: withdrawRequest,
  list: (context, input) => listRequests(context, input.state),
  ended: endedApprovals,
  get: (context, input) => showRequest(context, input.request),
  review: reviewRequest,
  approve: approveRequest,
  defer: deferRequest,
  refuse: refuseRequest,
};
