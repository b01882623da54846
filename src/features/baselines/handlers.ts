import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { applyBaseline, previewBaseline } from './apply.ts';
import { baselinesContract } from './contract.ts';
import { exportDifferences, keepOnPurpose, listDifferences, proposeAgain } from './differences.ts';
import { readTable } from './read-table.ts';
import { candidatesFor, showBaseline } from './show.ts';
import { baselineFile, changeBaseline, createBaseline, listBaselines, setRetired } from './templates.ts';

const on = implement(baselinesContract).$context<RequestContext>().use(secured);

export const baselinesHandlers = on.router({
  list: on.list.handler(({ context }) => listBaselines(context)),
  show: on.show.handler(({ input, context }) => showBaseline(context, input.baseline)),
  create: on.create.handler(async ({ input, context }) =>
    showBaseline(context, await createBaseline(context, input)),
  ),
  change: on.change.handler(async ({ input, context }) => {
    await changeBaseline(context, input);
    return showBaseline(context, input.baseline);
  }),
  retire: on.retire.handler(({ input, context }) => setRetired(context, input.baseline, input.reason)),
  restore: on.restore.handler(({ input, context }) => setRetired(context, input.baseline, null)),
  file: on.file.handler(async ({ input, context }) =>
    asDownload(await baselineFile(context, input.baseline, input.version)),
  ),
  candidates: on.candidates.handler(({ input, context }) => candidatesFor(context, input.baseline)),
  table: on.table.handler(({ context }) => readTable(context)),
  preview: on.preview.handler(({ input, context }) => previewBaseline(context, input)),
  apply: on.apply.handler(({ input, context }) => applyBaseline(context, input)),
  differences: {
    list: on.differences.list.handler(({ input: { baseline, ...filter }, context }) =>
      listDifferences(context, baseline, filter),
    ),
    table: on.differences.table.handler(async ({ input: { baseline, ...filter }, context }) =>
      asDownload(await exportDifferences(context, baseline, filter)),
    ),
    keep: on.differences.keep.handler(({ input, context }) => keepOnPurpose(context, input)),
    propose: on.differences.propose.handler(({ input, context }) => proposeAgain(context, input)),
  },
});
