import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { revisionsContract } from './contract.ts';
import { exportRevision } from './export.ts';
import { listRevisions, showRevision } from './show.ts';

const on = implement(revisionsContract).$context<RequestContext>().use(secured);

export const revisionsHandlers = on.router({
  list: on.list.handler(({ context }) => listRevisions(context)),
  show: on.show.handler(({ input, context }) => showRevision(context, input)),
  table: on.table.handler(async ({ input, context }) => asDownload(await exportRevision(context, input))),
});
