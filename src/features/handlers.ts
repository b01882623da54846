import { os } from '@orpc/server';
import { accessHandlers } from './access/handlers.ts';
import { accountHandlers } from './account/handlers.ts';
import { activityHandlers } from './activity/handlers.ts';
import { alertsHandlers } from './alerts/handlers.ts';
import { amsHandlers } from './ams/handlers.ts';
import { attestationsHandlers } from './attestations/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { backupHandlers } from './backup/handlers.ts';
import { baselinesHandlers } from './baselines/handlers.ts';
import { catalogueHandlers } from './catalogue/handlers.ts';
import { charterHandlers } from './charter/handlers.ts';
import { claimsHandlers } from './claims/handlers.ts';
import { clientsHandlers } from './clients/handlers.ts';
import { connectorsHandlers } from './connectors/handlers.ts';
import type { RequestContext } from './context.ts';
import { controlsHandlers } from './controls/handlers.ts';
import { deploymentHandlers } from './deployment/handlers.ts';
import { detectionsHandlers } from './detections/handlers.ts';
import { devicesHandlers } from './devices/handlers.ts';
import { driftHandlers } from './drift/handlers.ts';
import { evidenceHandlers } from './evidence/handlers.ts';
import { exceptionsHandlers } from './exceptions/handlers.ts';
import { fleetHandlers } from './fleet/handlers.ts';
import { homeHandlers } from './home/handlers.ts';
import { importsHandlers } from './imports/handlers.ts';
import { liveHandlers } from './live/handlers.ts';
import { microsoftConnectorHandlers } from './microsoft-connector/handlers.ts';
import { pathsHandlers } from './paths/handlers.ts';
import { peopleHandlers } from './people/handlers.ts';
import { personalAccountsHandlers } from './personal-accounts/handlers.ts';
import { plannerHandlers } from './planner/handlers.ts';
import { remindersHandlers } from './reminders/handlers.ts';
import { reportsHandlers } from './reports/handlers.ts';
import { requestsHandlers } from './requests/handlers.ts';
import { retentionHandlers } from './retention/handlers.ts';
import { revisionsHandlers } from './revisions/handlers.ts';
import { risksHandlers } from './risks/handlers.ts';
import { settingsHandlers } from './settings/handlers.ts';
import { shellHandlers } from './shell/handlers.ts';
import { signInHandlers, startHandlers } from './sign-in/handlers.ts';
import { sinksHandlers } from './sinks/handlers.ts';
import { sourcesHandlers } from './sources/handlers.ts';
import { telemetryHandlers } from './telemetry/handlers.ts';
import { usageHandlers } from './usage/handlers.ts';
import { workHandlers } from './work/handlers.ts';

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
