import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { changeComparison, listComparisons, removeComparison, saveComparison } from './comparisons.ts';
import { plannerContract } from './contract.ts';
import { exportComparison } from './export.ts';
import { gapsFile } from './gaps.ts';
import { printComparison } from './print/print.ts';
import { removeQuote, setQuote } from './quotes.ts';
import { comparePurchases, showPaths, showPlanner } from './read.ts';

const on = implement(plannerContract).$context<RequestContext>().use(secured);

export const plannerHandlers = on.router({
  show: on.show.handler(({ context }) => showPlanner(context)),
  compare: on.compare.handler(({ input, context }) => comparePurchases(context, input)),
  paths: on.paths.handler(({ context }) => showPaths(context)),
  gaps: on.gaps.handler(async ({ input, context }) => asDownload(await gapsFile(context, input.format))),
  export: on.export.handler(({ input, context }) => exportComparison(context, input)),
  print: on.print.handler(({ input, context }) => printComparison(context, input)),
  setQuote: on.setQuote.handler(({ input, context }) => setQuote(context, input)),
  removeQuote: on.removeQuote.handler(({ input, context }) => removeQuote(context, input.purchase)),
  comparisons: on.comparisons.handler(({ context }) => listComparisons(context)),
  saveComparison: on.saveComparison.handler(({ input, context }) => saveComparison(context, input)),
  changeComparison: on.changeComparison.handler(({ input, context }) => changeComparison(context, input)),
  removeComparison: on.removeComparison.handler(({ input, context }) =>
    removeComparison(context, input.comparison),
  ),
});
