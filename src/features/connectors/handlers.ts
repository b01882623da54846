import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { exportAccess, showAccess, showReach } from './access.ts';
import { connectorsContract } from './contract.ts';
import { exportMatrix } from './export.ts';
import { saveMatrix } from './save.ts';
import { showMatrix } from './show.ts';

const on = implement(connectorsContract).$context<RequestContext>().use(secured);

export const connectorsHandlers = on.router({
  matrix: on.matrix.handler(({ input, context }) => showMatrix(context, input)),
  export: on.export.handler(({ input, context }) => exportMatrix(context, input)),
  access: on.access.handler(({ input, context }) => showAccess(context, input)),
  accessExport: on.accessExport.handler(({ input, context }) => exportAccess(context, input)),
  reach: on.reach.handler(({ input, context }) => showReach(context, input)),
  save: on.save.handler(({ input, context }) => saveMatrix(context, input)),
});
