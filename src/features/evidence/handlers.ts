import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { evidenceContract } from './contract.ts';
import { downloadEvidence, uploadEvidence, verifyEvidence } from './file.ts';
import { exportEvidence, listEvidence, showEvidence } from './list.ts';

const on = implement(evidenceContract).$context<RequestContext>().use(secured);

export const evidenceHandlers = on.router({
  list: on.list.handler(({ context }) => listEvidence(context)),
  export: on.export.handler(({ input, context }) => exportEvidence(context, input.format)),
  get: on.get.handler(({ input, context }) => showEvidence(context, input.sha)),
  download: on.download.handler(({ input, context }) => downloadEvidence(context, input.sha)),
  verify: on.verify.handler(({ input, context }) => verifyEvidence(context, input.sha)),
  upload: on.upload.handler(({ input, context }) => uploadEvidence(context, input.name)),
});
