import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { dlpContract } from './contract.ts';
import { dlpFile } from './file.ts';
import { showDlp } from './show.ts';

export const dlpHandlers: HandlersOf<typeof dlpContract> = {
  show: async (context) => showDlp(context),
  file: async (context, input) => asDownload(await dlpFile(context, input)),
};
