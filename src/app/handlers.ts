import { os } from '@orpc/server';
import { accessHandlers } from '#features/access/handlers.ts';
import { accountHandlers } from '#features/account/handlers.ts';
import { activityHandlers } from '#features/activity/handlers.ts';
import { alertsHandlers } from '#features/alerts/handlers.ts';
import { amsHandlers } from '#features/ams/handlers.ts';
import { attestationsHandlers } from '#features/attestations/handlers.ts';
import { auditHandlers } from '#features/audit/handlers.ts';
import { backupHandlers } from '#features/backup/handlers.ts';
import { baselinesHandlers } from '#features/baselines/handlers.ts';
import { catalogueHandlers } from '#features/catalogue/handlers.ts';
import { charterHandlers } from '#features/charter/handlers.ts';
import { claimsHandlers } from '#features/claims/handlers.ts';
import { clientsHandlers } from '#features/clients/handlers.ts';
import { connectorsHandlers } from '#features/connectors/handlers.ts';
import type { RequestContext } from '#features/context.ts';
import { controlsHandlers } from '#features/controls/handlers.ts';
import { deploymentHandlers } from '#features/deployment/handlers.ts';
import { detectionsHandlers } from '#features/detections/handlers.ts';
import { devicesHandlers } from '#features/devices/handlers.ts';
import { driftHandlers } from '#features/drift/handlers.ts';
import { evidenceHandlers } from '#features/evidence/handlers.ts';
import { exceptionsHandlers } from '#features/exceptions/handlers.ts';
import { fleetHandlers } from '#features/fleet/handlers.ts';
import { homeHandlers } from '#features/home/handlers.ts';
import { importsHandlers } from '#features/imports/handlers.ts';
import { liveHandlers } from '#features/live/handlers.ts';
import { microsoftConnectorHandlers } from '#features/microsoft-connector/handlers.ts';
import { pathsHandlers } from '#features/paths/handlers.ts';
import { peopleHandlers } from '#features/people/handlers.ts';
import { personalAccountsHandlers } from '#features/personal-accounts/handlers.ts';
import { plannerHandlers } from '#features/planner/handlers.ts';
import { remindersHandlers } from '#features/reminders/handlers.ts';
import { reportsHandlers } from '#features/reports/handlers.ts';
import { requestsHandlers } from '#features/requests/handlers.ts';
import { retentionHandlers } from '#features/retention/handlers.ts';
import { revisionsHandlers } from '#features/revisions/handlers.ts';
import { risksHandlers } from '#features/risks/handlers.ts';
import { settingsHandlers } from '#features/settings/handlers.ts';
import { shellHandlers } from '#features/shell/handlers.ts';
import { signInHandlers, startHandlers } from '#features/sign-in/handlers.ts';
import { sinksHandlers } from '#features/sinks/handlers.ts';
import { sourcesHandlers } from '#features/sources/handlers.ts';
import { telemetryHandlers } from '#features/telemetry/handlers.ts';
import { usageHandlers } from '#features/usage/handlers.ts';
import { workHandlers } from '#features/work/handlers.ts';

/** What answers each operation of the contract, under the same names. */
export const handlers = os.$context<RequestContext>().router({
  access: accessHandlers,
  account: accountHandlers,
  activity: activityHandlers,
  alerts: alertsHandlers,
  ams: amsHandlers,
  attestations: attestationsHandlers,
  audit: auditHandlers,
  backup: backupHandlers,
  baselines: baselinesHandlers,
  catalogue: catalogueHandlers,
  charter: charterHandlers,
  claims: claimsHandlers,
  clients: clientsHandlers,
  connectors: connectorsHandlers,
  controls: controlsHandlers,
  deployment: deploymentHandlers,
  detections: detectionsHandlers,
  devices: devicesHandlers,
  drift: driftHandlers,
  evidence: evidenceHandlers,
  exceptions: exceptionsHandlers,
  fleet: fleetHandlers,
  home: homeHandlers,
  imports: importsHandlers,
  live: liveHandlers,
  microsoftConnector: microsoftConnectorHandlers,
  paths: pathsHandlers,
  people: peopleHandlers,
  personalAccounts: personalAccountsHandlers,
  planner: plannerHandlers,
  reminders: remindersHandlers,
  reports: reportsHandlers,
  requests: requestsHandlers,
  retention: retentionHandlers,
  revisions: revisionsHandlers,
  risks: risksHandlers,
  settings: settingsHandlers,
  shell: shellHandlers,
  signIn: signInHandlers,
  sinks: sinksHandlers,
  sources: sourcesHandlers,
  start: startHandlers,
  telemetry: telemetryHandlers,
  usage: usageHandlers,
  work: workHandlers,
});
