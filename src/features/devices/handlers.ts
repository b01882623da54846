import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { devicesContract } from './contract.ts';
import { deviceFile } from './file.ts';
import { lintDeviceFile } from './lint.ts';
import { showDevices } from './show.ts';

const on = implement(devicesContract).$context<RequestContext>().use(secured);

export const devicesHandlers = on.router({
  show: on.show.handler(({ input, context }) => showDevices(context, input)),
  file: on.file.handler(async ({ input, context }) => asDownload(await deviceFile(context, input))),
  lint: on.lint.handler(({ input, context }) => lintDeviceFile(context, input)),
});
