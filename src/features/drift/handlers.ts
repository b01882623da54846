import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { amendCharter } from './amend.ts';
import { driftContract } from './contract.ts';
import { acceptDrift, restoreDrift, withdrawDrift } from './decide.ts';
import { exportDrift, listDrift } from './list.ts';

const on = implement(driftContract).$context<RequestContext>().use(secured);

export const driftHandlers = on.router({
  list: on.list.handler(({ input, context }) => listDrift(context, input)),
  export: on.export.handler(({ input, context }) => exportDrift(context, input)),
  accept: on.accept.handler(({ input, context }) => acceptDrift(context, input)),
  restore: on.restore.handler(({ input, context }) => restoreDrift(context, input)),
  amend: on.amend.handler(({ input, context }) => amendCharter(context, input)),
  withdraw: on.withdraw.handler(({ input, context }) => withdrawDrift(context, input)),
});
