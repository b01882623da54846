import { accessRoute, inviteRoute } from './features/access/routes.tsx';
import { accountRoute } from './features/account/routes.tsx';
import { activityRoute } from './features/activity/routes.tsx';
import { alertGroupRoute, alertRoute, alertsRoute, detectionsRoute } from './features/alerts/routes.tsx';
import { amsRoute } from './features/ams/routes.tsx';
import { attestationsRoute } from './features/attestations/routes.tsx';
import { clientAuditRoute, workspaceAuditRoute } from './features/audit/routes.tsx';
import { applyBaselineRoute, baselineRoute, baselinesRoute } from './features/baselines/routes.tsx';
import { catalogueEntryRoute, catalogueRoute, factsRoute } from './features/catalogue/routes.tsx';
import { charterRoute, charterVersionRoute } from './features/charter/routes.tsx';
import { clientSettingsRoute, newClientRoute } from './features/clients/routes.tsx';
import { conditionalAccessRoute } from './features/conditional-access/routes.tsx';
import {
  connectorAccessRoute,
  connectorFlowsRoute,
  connectorGroupsRoute,
  connectorReachRoute,
  connectorsRoute,
} from './features/connectors/routes.tsx';
import { controlRoute, controlsRoute } from './features/controls/routes.tsx';
import {
  deploymentRoute,
  deploymentTaskRoute,
  immediateActionsRoute,
  quickReferenceRoute,
} from './features/deployment/routes.tsx';
import { devicesRoute } from './features/devices/routes.tsx';
import { dlpRoute, inferenceHookRoute, prepareRoute, proxyCheckRoute } from './features/dlp/routes.tsx';
import { docRoute, docsRoute } from './features/docs/routes.tsx';
import { driftRoute } from './features/drift/routes.tsx';
import { evidenceListRoute, evidenceRoomRoute, evidenceRoute } from './features/evidence/routes.tsx';
import { exceptionsRoute } from './features/exceptions/routes.tsx';
import { acrossRoute, fleetRoute } from './features/fleet/routes.tsx';
import { homeRoute } from './features/home/routes.tsx';
import { importRoute, importsRoute } from './features/imports/routes.tsx';
import { incidentRoute, incidentsRoute, staffReportsRoute } from './features/incidents/routes.tsx';
import { announceRoute, joinersRoute, leaversRoute } from './features/journeys/routes.tsx';
import { microsoftConnectorRoute } from './features/microsoft-connector/routes.tsx';
import { microsoftTenantRoute } from './features/microsoft-tenant/routes.tsx';
import { networkRoute, shadowAiRoute } from './features/network/routes.tsx';
import { directoryRoute, peopleRoute } from './features/people/routes.tsx';
import { personalAccountsRoute } from './features/personal-accounts/routes.tsx';
import { plannerRoute } from './features/planner/routes.tsx';
import { policyOneTextRoute, policyRoute, policyVersionRoute } from './features/policy/routes.tsx';
import { reportRoute, reportsRoute } from './features/reports/routes.tsx';
import { askRoute, requestRoute, requestsRoute } from './features/requests/routes.tsx';
import { reviewQueueRoute, reviewRoute, reviewsRoute } from './features/reviews/routes.tsx';
import { revisionRoute, revisionsRoute } from './features/revisions/routes.tsx';
import { risksRoute } from './features/risks/routes.tsx';
import { settingsRoute } from './features/settings/routes.tsx';
import { resetRoute, signInRoute } from './features/sign-in/routes.tsx';
import { failedRoute, sinksRoute } from './features/sinks/routes.tsx';
import { sourcesAcrossRoute, sourcesRoute } from './features/sources/routes.tsx';
import { firstClientRoute, makeOwnerRoute } from './features/start/routes.tsx';
import { telemetryRoute } from './features/telemetry/routes.tsx';
import { usageRoute } from './features/usage/routes.tsx';
import { visibilityRoute } from './features/visibility/routes.tsx';
import { audiencesRoute, clientWorkRoute, workRoute } from './features/work/routes.tsx';

// Written by "npm run docs" from the routes.tsx of each feature.

/** Pages for which nobody has to be signed in. */
export const PAGES_OF_NOBODY = [
  inviteRoute,
  resetRoute,
  signInRoute,
  firstClientRoute,
  makeOwnerRoute,
] as const;

/** Pages of the workspace and of the person who is signed in. */
export const PAGES_OF_WORKSPACE = [
  accessRoute,
  accountRoute,
  workspaceAuditRoute,
  applyBaselineRoute,
  baselineRoute,
  baselinesRoute,
  catalogueEntryRoute,
  catalogueRoute,
  factsRoute,
  newClientRoute,
  docRoute,
  docsRoute,
  acrossRoute,
  fleetRoute,
  reviewQueueRoute,
  revisionRoute,
  revisionsRoute,
  settingsRoute,
  sourcesAcrossRoute,
  workRoute,
] as const;

/** Pages of one client. */
export const PAGES_OF_CLIENT = [
  activityRoute,
  alertGroupRoute,
  alertRoute,
  alertsRoute,
  detectionsRoute,
  amsRoute,
  attestationsRoute,
  clientAuditRoute,
  charterRoute,
  charterVersionRoute,
  clientSettingsRoute,
  conditionalAccessRoute,
  connectorAccessRoute,
  connectorFlowsRoute,
  connectorGroupsRoute,
  connectorReachRoute,
  connectorsRoute,
  controlRoute,
  controlsRoute,
  deploymentRoute.addChildren([deploymentTaskRoute]),
  immediateActionsRoute,
  quickReferenceRoute,
  devicesRoute,
  dlpRoute,
  inferenceHookRoute,
  prepareRoute,
  proxyCheckRoute,
  driftRoute,
  evidenceListRoute,
  evidenceRoomRoute,
  evidenceRoute,
  exceptionsRoute,
  homeRoute,
  importRoute,
  importsRoute,
  incidentRoute,
  incidentsRoute,
  staffReportsRoute,
  announceRoute,
  joinersRoute,
  leaversRoute,
  microsoftConnectorRoute,
  microsoftTenantRoute,
  networkRoute,
  shadowAiRoute,
  directoryRoute,
  peopleRoute,
  personalAccountsRoute,
  plannerRoute,
  policyOneTextRoute,
  policyRoute,
  policyVersionRoute,
  reportRoute,
  reportsRoute,
  askRoute,
  requestRoute,
  requestsRoute,
  reviewRoute,
  reviewsRoute,
  risksRoute,
  failedRoute,
  sinksRoute,
  sourcesRoute,
  telemetryRoute,
  usageRoute,
  visibilityRoute,
  audiencesRoute,
  clientWorkRoute,
] as const;
