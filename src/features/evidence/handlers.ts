import type { HandlersOf } from '../handlers-of.ts';
import type { evidenceContract } from './contract.ts';
import { downloadEvidence, uploadEvidence, verifyEvidence } from './file.ts';
import { exportEvidence, listEvidence, showEvidence } from './list.ts';

export const evidenceHandlers: HandlersOf<typeof evidenceContract> = {
  list: listEvidence,
  export: (context, input) => exportEvidence(context, input.format),
  get: (context, input) => showEvidence(context, input.sha),
  download: (context, input) => downloadEvidence(context, input.sha),
  verify: (context, input) => verifyEvidence(context, input.sha),
  upload: (context, input) => uploadEvidence(context, input.name),
};
