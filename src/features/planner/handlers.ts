import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { changeComparison, listComparisons, removeComparison, saveComparison } from './comparisons.ts';
import type { plannerContract } from './contract.ts';
import { exportComparison } from './export.ts';
import { gapsFile } from './gaps.ts';
import { printComparison } from './print/print.ts';
import { removeQuote, setQuote } from './quotes.ts';
import { comparePurchases, showPaths, showPlanner } from './read.ts';

export const plannerHandlers: HandlersOf<typeof plannerContract> = {
  show: showPlanner,
  compare: comparePurchases,
  paths: showPaths,
  gaps: async (context, input) => asDownload(await gapsFile(context, input.format)),
  export: exportComparison,
  print: printComparison,
  setQuote,
  removeQuote: (context, input) => removeQuote(context, input.purchase),
  comparisons: listComparisons,
  saveComparison,
  changeComparison,
  removeComparison: (context, input) => removeComparison(context, input.comparison),
};
