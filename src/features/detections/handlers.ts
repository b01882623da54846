import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { changeDetection, stopSilence } from './change.ts';
import type { detectionsContract } from './contract.ts';
import { listDetections } from './list.ts';
import { approveDetection, withdrawDetection } from './proposals.ts';
import { sigmaFile } from './sigma-file.ts';
import { tryDetection } from './try.ts';

export const detectionsHandlers: HandlersOf<typeof detectionsContract> = {
  list: listDetections,
  change: changeDetection,
  approve: approveDetection,
  withdraw: withdrawDetection,
  try: tryDetection,
  endSilence: stopSilence,
  sigma: async (context, input) => asDownload(await sigmaFile(context, input.format)),
};
