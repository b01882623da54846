import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { exceptionsContract } from './contract.ts';
import { approveException, endException, refuseException } from './decide.ts';
import { exportExceptions } from './export.ts';
import { listExceptions, listSubjects, subjectOf } from './list.ts';
import { previewRequest, requestException } from './request.ts';
import { readException } from './views.ts';

const on = implement(exceptionsContract).$context<RequestContext>().use(secured);

export const exceptionsHandlers = on.router({
  list: on.list.handler(({ input, context }) => listExceptions(context, input)),
  export: on.export.handler(({ input, context }) => exportExceptions(context, input)),
  subjects: on.subjects.handler(({ context }) => listSubjects(context)),
  subject: on.subject.handler(({ input, context }) => subjectOf(context, input.control)),
  preview: on.preview.handler(({ input, context }) => previewRequest(context, input)),
  get: on.get.handler(({ input, context }) => readException(context, input.exception)),
  request: on.request.handler(({ input, context }) => requestException(context, input)),
  approve: on.approve.handler(({ input, context }) => approveException(context, input)),
  refuse: on.refuse.handler(({ input, context }) => refuseException(context, input)),
  end: on.end.handler(({ input, context }) => endException(context, input)),
});
