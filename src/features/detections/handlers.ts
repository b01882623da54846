import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { changeDetection, stopSilence, tryDetection } from './change.ts';
import type { detectionsContract } from './contract.ts';
import { listDetections } from './list.ts';
import { sigmaFile } from './sigma-file.ts';

export const detectionsHandlers: HandlersOf<typeof detectionsContract> = {
  list: listDetections,
  change: changeDetection,
  try: tryDetection,
  endSilence: stopSilence,
  sigma: async (context, input) => asDownload(await sigmaFile(context, input.format)),
};
