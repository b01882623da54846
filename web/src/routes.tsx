import { createRoute, createRouter } from '@tanstack/react-router';
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
import { lazyPage } from './lazy-page.ts';
import { clientRoute, rootRoute, signedInRoute } from './parents.tsx';
import { RouteFailure } from './shell/route-failure.tsx';

/*
 * Every page of the console. To add one:
 *   1. web/src/features/<feature>/routes.tsx:
 *        export const controlsRoute = createRoute({
 *          getParentRoute: () => clientRoute,            // or signedInRoute, or rootRoute (nobody signed in)
 *          path: '/controls',
 *          validateSearch: searchParams({ state: text, sort: text, panel: text }),
 *          component: lazyPage(() => import('./controls-page.tsx'), 'ControlsPage'),
 *        });
 *   2. Name the route in the list of its parent below.
 *   3. Its entry in the menu: a line in shell/navigation.ts. The menu shows an entry once its route exists.
 */
const startRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'Start'),
});

const tree = rootRoute.addChildren([
  // Nobody signed in:
  firstClientRoute,
  inviteRoute,
  makeOwnerRoute,
  resetRoute,
  signInRoute,
  signedInRoute.addChildren([
    // Workspace and person:
    accessRoute,
    accountRoute,
    acrossRoute,
    sourcesAcrossRoute,
    applyBaselineRoute,
    baselineRoute,
    baselinesRoute,
    catalogueEntryRoute,
    catalogueRoute,
    docRoute,
    docsRoute,
    factsRoute,
    fleetRoute,
    newClientRoute,
    revisionRoute,
    revisionsRoute,
    settingsRoute,
    startRoute,
    workRoute,
    reviewQueueRoute,
    workspaceAuditRoute,
    clientRoute.addChildren([
      // One client:
      activityRoute,
      alertGroupRoute,
      alertRoute,
      alertsRoute,
      amsRoute,
      askRoute,
      attestationsRoute,
      charterRoute,
      charterVersionRoute,
      clientAuditRoute,
      clientSettingsRoute,
      clientWorkRoute,
      reviewsRoute,
      reviewRoute,
      audiencesRoute,
      connectorAccessRoute,
      connectorReachRoute,
      connectorsRoute,
      connectorFlowsRoute,
      connectorGroupsRoute,
      conditionalAccessRoute,
      controlRoute,
      controlsRoute,
      detectionsRoute,
      deploymentRoute.addChildren([deploymentTaskRoute]),
      devicesRoute,
      dlpRoute,
      inferenceHookRoute,
      prepareRoute,
      proxyCheckRoute,
      networkRoute,
      shadowAiRoute,
      driftRoute,
      evidenceListRoute,
      evidenceRoomRoute,
      evidenceRoute,
      exceptionsRoute,
      failedRoute,
      homeRoute,
      importRoute,
      importsRoute,
      microsoftConnectorRoute,
      microsoftTenantRoute,
      directoryRoute,
      peopleRoute,
      incidentsRoute,
      staffReportsRoute,
      incidentRoute,
      leaversRoute,
      policyRoute,
      policyVersionRoute,
      policyOneTextRoute,
      joinersRoute,
      announceRoute,
      personalAccountsRoute,
      plannerRoute,
      risksRoute,
      visibilityRoute,
      quickReferenceRoute,
      immediateActionsRoute,
      reportRoute,
      reportsRoute,
      requestRoute,
      requestsRoute,
      sourcesRoute,
      telemetryRoute,
      sinksRoute,
      usageRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteFailure,
  defaultNotFoundComponent: lazyPage(() => import('./shell/lost.tsx'), 'LostPage'),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
