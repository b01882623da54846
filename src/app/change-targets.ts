import { memberTarget } from '#features/claude-members/member.ts';
import { exclusionTarget } from '#features/conditional-access/exclusion.ts';
import { conditionalAccessTarget } from '#features/conditional-access/target.ts';
import { invitationsTarget } from '#features/deployment/invitations-target.ts';
import { accountTarget } from '#features/microsoft-connector/account.ts';
import { claudeAppTarget } from '#features/microsoft-connector/app.ts';
import { connectorGrantsTarget } from '#features/microsoft-connector/grants.ts';
import { captureTarget } from '#features/personal-accounts/capture.ts';
import type { ChangeTarget } from '#features/shared/services/change-targets.ts';

/** Every external system for which Bylaw plans changes. To add one: a target in its feature's folder, one line here. */
export const CHANGE_TARGETS: readonly ChangeTarget[] = [
  conditionalAccessTarget,
  exclusionTarget,
  accountTarget,
  memberTarget,
  invitationsTarget,
  captureTarget,
  claudeAppTarget,
  connectorGrantsTarget,
];
