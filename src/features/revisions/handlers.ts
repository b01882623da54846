import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { revisionsContract } from './contract.ts';
import { exportRevision } from './export.ts';
import { listRevisions, showRevision } from './show.ts';

export const revisionsHandlers: HandlersOf<typeof revisionsContract> = {
  list: listRevisions,
  show: showRevision,
  table: async (context, input) => asDownload(await exportRevision(context, input)),
};
