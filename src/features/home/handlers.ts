import type { HandlersOf } from '../handlers-of.ts';
import type { homeContract } from './contract.ts';
import { showCoverage } from './coverage.ts';
import { showHome } from './show.ts';

export const homeHandlers: HandlersOf<typeof homeContract> = {
  get: showHome,
  coverage: showCoverage,
};
