import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { changeDetection, stopSilence, tryDetection } from './change.ts';
import { detectionsContract } from './contract.ts';
import { listDetections } from './list.ts';
import { sigmaFile } from './sigma-file.ts';

const on = implement(detectionsContract).$context<RequestContext>().use(secured);

export const detectionsHandlers = on.router({
  list: on.list.handler(({ context }) => listDetections(context)),
  change: on.change.handler(({ input, context }) => changeDetection(context, input)),
  try: on.try.handler(({ input, context }) => tryDetection(context, input)),
  endSilence: on.endSilence.handler(({ input, context }) => stopSilence(context, input)),
  sigma: on.sigma.handler(async ({ input, context }) => asDownload(await sigmaFile(context, input.format))),
});
