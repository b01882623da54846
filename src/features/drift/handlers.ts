import type { HandlersOf } from '../handlers-of.ts';
import { amendCharter } from './amend.ts';
import type { driftContract } from './contract.ts';
import { acceptDrift, restoreDrift, withdrawDrift } from './decide.ts';
import { exportDrift, listDrift } from './list.ts';

export const driftHandlers: HandlersOf<typeof driftContract> = {
  list: listDrift,
  export: exportDrift,
  accept: acceptDrift,
  restore: restoreDrift,
  amend: amendCharter,
  withdraw: withdrawDrift,
};
