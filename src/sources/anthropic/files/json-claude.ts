import type { FileKind } from '../../exports/file-kind.ts';
import { activitiesJson } from './json-activities.ts';
import { analyticsConnectorsJson, analyticsUsersJson } from './json-analytics.ts';
import { claudeGroupsJson, claudeRolesJson } from './json-directory.ts';
import { membersJson } from './json-members.ts';
import { apiKeysJson, settingsJson } from './json-settings.ts';
import { analyticsSummariesJson } from './json-summaries.ts';
import { usageJson } from './json-usage.ts';

/** JSON responses of Claude's Compliance, Analytics and Admin APIs. */
export const claudeJsonKinds: readonly FileKind[] = [
  activitiesJson,
  settingsJson,
  apiKeysJson,
  usageJson,
  analyticsUsersJson,
  analyticsConnectorsJson,
  membersJson,
  analyticsSummariesJson,
  claudeRolesJson,
  claudeGroupsJson,
];
