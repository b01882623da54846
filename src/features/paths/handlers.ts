import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { pathsContract } from './contract.ts';
import { answerPathReport, listPathReports, reportPath } from './paths.ts';

const on = implement(pathsContract).$context<RequestContext>().use(secured);

export const pathsHandlers = on.router({
  report: on.report.handler(({ input, context }) => reportPath(context, input)),
  list: on.list.handler(({ context }) => listPathReports(context)),
  answer: on.answer.handler(({ input, context }) => answerPathReport(context, input)),
});
