import type { HandlersOf } from '../handlers-of.ts';
import type { backupContract } from './contract.ts';
import { sendBackup } from './send.ts';

export const backupHandlers: HandlersOf<typeof backupContract> = {
  make: sendBackup,
};
