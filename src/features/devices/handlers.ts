import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { devicesContract } from './contract.ts';
import { deviceFile } from './file.ts';
import { lintDeviceFile } from './lint.ts';
import { showDevices } from './show.ts';

export const devicesHandlers: HandlersOf<typeof devicesContract> = {
  show: showDevices,
  file: async (context, input) => asDownload(await deviceFile(context, input)),
  lint: lintDeviceFile,
};
