import type { HandlersOf } from '../handlers-of.ts';
import { editLeaving, markRemoved, startLeaving, stopLeaving } from './acts.ts';
import type { leaversContract } from './contract.ts';
import { exportLeavers, listLeavers } from './list.ts';

export const leaversHandlers: HandlersOf<typeof leaversContract> = {
  list: listLeavers,
  export: exportLeavers,
  start: startLeaving,
  edit: editLeaving,
  mark: markRemoved,
  stop: stopLeaving,
};
