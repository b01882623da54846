import type { HandlersOf } from '../handlers-of.ts';
import type { amsContract } from './contract.ts';
import { showAms } from './show.ts';

export const amsHandlers: HandlersOf<typeof amsContract> = {
  show: showAms,
};
