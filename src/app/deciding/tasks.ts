import { charterChoices } from '#features/charter/choices-task.ts';
import { claudeMember } from '#features/claude-members/member-task.ts';
import { conditionalAccessChange } from '#features/conditional-access/change-task.ts';
import { accessExclusion } from '#features/conditional-access/exclusion-task.ts';
import { claudeSignInsTask } from '#features/conditional-access/sign-ins-task.ts';
import {
  conditionalAccess,
  conditionalAccessSteps,
  conditionalAccessUnlocks,
} from '#features/conditional-access/task.ts';
import {
  conditionalAccessSample,
  conditionalAccessWhatIf,
} from '#features/conditional-access/what-if-task.ts';
import { connectorAccess, connectorReach } from '#features/connectors/access-task.ts';
import { connectorGroups } from '#features/connectors/groups-task.ts';
import { connectorEdits, connectorMatrix } from '#features/connectors/matrix-task.ts';
import { withEnterprise } from '#features/controls/with-enterprise.ts';
import { claudeInvitations } from '#features/deployment/invitations.ts';
import { staffRecipients } from '#features/deployment/recipients.ts';
import { claudeRoles } from '#features/deployment/roles-task.ts';
import { detectionContext } from '#features/detections/context-task.ts';
import { deviceDelivery } from '#features/devices/delivery.ts';
import { dlpChannels } from '#features/dlp/channels-task.ts';
import { driftReading } from '#features/drift/reading.ts';
import { previewException } from '#features/exceptions/preview-task.ts';
import { aboutClient } from '#features/home/about-task.ts';
import { importEffect } from '#features/imports/preview-task.ts';
import { readingStates } from '#features/imports/readings/states-task.ts';
import { incidentBlocking } from '#features/incidents/blocking/task.ts';
import { incidentMeans } from '#features/incidents/means-task.ts';
import { incidentPermissions } from '#features/incidents/permissions/task.ts';
import { personJourneys } from '#features/journeys/task.ts';
import { entraAccount } from '#features/microsoft-connector/account-task.ts';
import { claudeApp } from '#features/microsoft-connector/app-task.ts';
import { connectorGrantsOf } from '#features/microsoft-connector/grants-task.ts';
import { microsoftConnector } from '#features/microsoft-connector/task.ts';
import { defenderAlerts } from '#features/microsoft-tenant/alert-task.ts';
import { microsoftTenant } from '#features/microsoft-tenant/task.ts';
import { networkLicenses } from '#features/network/licensed-task.ts';
import { shadowAi } from '#features/network/shadow/task.ts';
import { peopleDirectory } from '#features/people/directory-task.ts';
import { peopleKept, peopleReading } from '#features/people/reading.ts';
import { domainCapture } from '#features/personal-accounts/capture-task.ts';
import { registerReading } from '#features/personal-accounts/reading.ts';
import { plannerGaps } from '#features/planner/gaps.ts';
import { plannerCompare, plannerPaths, plannerReach, plannerToday } from '#features/planner/tasks.ts';
import { policyPeople } from '#features/policy/people-task.ts';
import { reportOf } from '#features/reports/report-task.ts';
import { requestsInClaude } from '#features/requests/claude-task.ts';
import { reviewFiles } from '#features/reviews/files-task.ts';
import { touchedBy } from '#features/revisions/touch-task.ts';
import type { Tasks } from '#features/shared/services/tasks.ts';
import { importedUsage } from '#features/usage/imported/task.ts';
import { decideControls, fileReports } from '#features/verdicts/prepare.ts';
import { visibilityGiven } from '#features/visibility/task.ts';

/**
 * Work that needs all facts of a client and takes too long for the thread that serves requests. Parameters and results
 * are plain data, since they cross threads. To add one: a function in the feature's folder, one line in the `Tasks`
 * interface that it declares beside it, and one line here.
 */
export const TASKS = {
  verdicts: decideControls,
  accessExclusion,
  domainCapture,
  claudeApp,
  claudeInvitations,
  claudeMember,
  claudeRoles,
  connectorGrantsOf,
  claudeSignIns: claudeSignInsTask,
  entraAccount,
  charterChoices,
  conditionalAccess,
  conditionalAccessChange,
  conditionalAccessSteps,
  conditionalAccessUnlocks,
  conditionalAccessWhatIf,
  conditionalAccessSample,
  connectorAccess,
  connectorEdits,
  connectorGroups,
  connectorMatrix,
  connectorReach,
  visibilityGiven,
  withEnterprise,
  deviceDelivery,
  dlpChannels,
  networkLicenses,
  shadowAi,
  detectionContext,
  drift: driftReading,
  files: fileReports,
  exceptionPreview: previewException,
  home: aboutClient,
  importEffect,
  importedUsage,
  incidentBlocking,
  incidentMeans,
  incidentPermissions,
  microsoftConnector,
  defenderAlerts,
  microsoftTenant,
  people: peopleReading,
  peopleDirectory,
  peopleKept,
  personJourneys,
  personalAccounts: registerReading,
  plannerCompare,
  plannerGaps,
  plannerPaths,
  plannerReach,
  plannerToday,
  policyPeople,
  readingStates,
  report: reportOf,
  requestsInClaude,
  reviewFiles,
  staffRecipients,
  touchedBy,
} as const satisfies Tasks;
