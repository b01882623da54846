import type { HandlersOf } from '../handlers-of.ts';
import { exportAccess, showAccess, showReach } from './access.ts';
import type { connectorsContract } from './contract.ts';
import { exportMatrix } from './export.ts';
import { showFlows } from './flows.ts';
import { listGroups } from './groups.ts';
import { saveMatrix } from './save.ts';
import { showMatrix } from './show.ts';
import { signReview } from './sign-review.ts';

export const connectorsHandlers: HandlersOf<typeof connectorsContract> = {
  matrix: showMatrix,
  export: exportMatrix,
  access: showAccess,
  accessExport: exportAccess,
  reach: showReach,
  groups: listGroups,
  flows: showFlows,
  review: signReview,
  save: saveMatrix,
};
