import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { applyBaseline, previewBaseline } from './apply.ts';
import type { baselinesContract } from './contract.ts';
import { keepOnPurpose, proposeAgain } from './decide-differences.ts';
import { exportDifferences, listDifferences } from './differences.ts';
import { nextText } from './parts.ts';
import { readTable } from './read-table.ts';
import { candidatesFor, showBaseline } from './show.ts';
import { baselineFile, changeBaseline, createBaseline, listBaselines, setRetired } from './templates.ts';

export const baselinesHandlers: HandlersOf<typeof baselinesContract> = {
  list: listBaselines,
  show: (context, input) => showBaseline(context, input.baseline),
  create: async (context, input) => showBaseline(context, await createBaseline(context, input)),
  change: async (context, input) => {
    await changeBaseline(context, { ...input, yaml: await nextText(context, input) });
    return showBaseline(context, input.baseline);
  },
  retire: (context, input) => setRetired(context, input.baseline, input.reason),
  restore: (context, input) => setRetired(context, input.baseline, null),
  file: async (context, input) => asDownload(await baselineFile(context, input.baseline, input.version)),
  candidates: (context, input) => candidatesFor(context, input.baseline),
  table: readTable,
  preview: previewBaseline,
  apply: applyBaseline,
  differences: {
    list: (context, { baseline, ...filter }) => listDifferences(context, baseline, filter),
    table: async (context, { baseline, ...filter }) =>
      asDownload(await exportDifferences(context, baseline, filter)),
    keep: keepOnPurpose,
    propose: proposeAgain,
  },
};
