import type { HandlersOf } from '../handlers-of.ts';
import type { visibilityContract } from './contract.ts';
import { showVisibility } from './show.ts';

export const visibilityHandlers: HandlersOf<typeof visibilityContract> = {
  show: showVisibility,
};
