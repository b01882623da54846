import type { HandlersOf } from '../handlers-of.ts';
import { checkWhatIf } from './check-what-if.ts';
import type { conditionalAccessContract } from './contract.ts';
import { instructions } from './instructions.ts';
import { showConditionalAccess } from './show.ts';
import { showSignIns } from './sign-ins.ts';
import { everyone, whatIf } from './what-if.ts';

export const conditionalAccessHandlers: HandlersOf<typeof conditionalAccessContract> = {
  show: showConditionalAccess,
  instructions,
  whatIf,
  everyone,
  check: checkWhatIf,
  signIns: showSignIns,
};
