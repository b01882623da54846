import type { HandlersOf } from '../handlers-of.ts';
import type { exceptionsContract } from './contract.ts';
import { approveException, endException, refuseException } from './decide.ts';
import { exportExceptions } from './export.ts';
import { listExceptions, listSubjects, subjectOf } from './list.ts';
import { previewRequest, requestException } from './request.ts';
import { readException } from './views.ts';

export const exceptionsHandlers: HandlersOf<typeof exceptionsContract> = {
  list: listExceptions,
  export: exportExceptions,
  subjects: listSubjects,
  subject: (context, input) => subjectOf(context, input.control),
  preview: previewRequest,
  get: (context, input) => readException(context, input.exception),
  request: requestException,
  approve: approveException,
  refuse: refuseException,
  end: endException,
};
