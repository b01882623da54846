import type { HandlersOf } from '../handlers-of.ts';
import type { shellContract } from './contract.ts';
import { showFrame } from './frame.ts';
import { search } from './search.ts';

export const shellHandlers: HandlersOf<typeof shellContract> = {
  frame: showFrame,
  search,
};
