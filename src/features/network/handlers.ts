import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { checkNetwork } from './check.ts';
import type { networkContract } from './contract.ts';
import { enrollDevice, revokeDevice } from './devices/devices.ts';
import { networkFile } from './file.ts';
import { recordProbe, recordSigned } from './probes.ts';
import { showShadowAi } from './shadow/show.ts';
import { showNetwork } from './show.ts';

export const networkHandlers: HandlersOf<typeof networkContract> = {
  show: showNetwork,
  file: async (context, input) => asDownload(await networkFile(context, input)),
  check: checkNetwork,
  recordProbe,
  recordSigned,
  enrollDevice,
  revokeDevice,
  shadowAi: showShadowAi,
};
