import type { HandlersOf } from '../handlers-of.ts';
import { showAcross } from './across.ts';
import { showCompleteness } from './completeness.ts';
import { connectSource, disconnectSource, readNow, replaceKey, testAgain } from './connect.ts';
import type { sourcesContract } from './contract.ts';
import { approveDisconnect, withdrawDisconnect } from './pending-disconnect.ts';
import { showSources } from './show.ts';

export const sourcesHandlers: HandlersOf<typeof sourcesContract> = {
  show: showSources,
  across: showAcross,
  connect: connectSource,
  replaceKey,
  test: (context, input) => testAgain(context, input.connection),
  read: (context, input) => readNow(context, input.connection),
  disconnect: disconnectSource,
  approveDisconnect,
  withdrawDisconnect,
  completeness: showCompleteness,
};
