import { accessContract } from '#features/access/contract.ts';
import { accountContract } from '#features/account/contract.ts';
import { activityContract } from '#features/activity/contract.ts';
import { alertsContract } from '#features/alerts/contract.ts';
import { amsContract } from '#features/ams/contract.ts';
import { attestationsContract } from '#features/attestations/contract.ts';
import { auditContract } from '#features/audit/contract.ts';
import { backupContract } from '#features/backup/contract.ts';
import { baselinesContract } from '#features/baselines/contract.ts';
import { catalogueContract } from '#features/catalogue/contract.ts';
import { charterContract } from '#features/charter/contract.ts';
import { claimsContract } from '#features/claims/contract.ts';
import { clientsContract } from '#features/clients/contract.ts';
import { connectorsContract } from '#features/connectors/contract.ts';
import { controlsContract } from '#features/controls/contract.ts';
import { deploymentContract } from '#features/deployment/contract.ts';
import { detectionsContract } from '#features/detections/contract.ts';
import { devicesContract } from '#features/devices/contract.ts';
import { driftContract } from '#features/drift/contract.ts';
import { evidenceContract } from '#features/evidence/contract.ts';
import { exceptionsContract } from '#features/exceptions/contract.ts';
import { fleetContract } from '#features/fleet/contract.ts';
import { homeContract } from '#features/home/contract.ts';
import { importsContract } from '#features/imports/contract.ts';
import { liveContract } from '#features/live/contract.ts';
import { microsoftConnectorContract } from '#features/microsoft-connector/contract.ts';
import { pathsContract } from '#features/paths/contract.ts';
import { peopleContract } from '#features/people/contract.ts';
import { personalAccountsContract } from '#features/personal-accounts/contract.ts';
import { plannerContract } from '#features/planner/contract.ts';
import { remindersContract } from '#features/reminders/contract.ts';
import { reportsContract } from '#features/reports/contract.ts';
import { requestsContract } from '#features/requests/contract.ts';
import { retentionContract } from '#features/retention/contract.ts';
import { revisionsContract } from '#features/revisions/contract.ts';
import { risksContract } from '#features/risks/contract.ts';
import { settingsContract } from '#features/settings/contract.ts';
import { shellContract } from '#features/shell/contract.ts';
import { signInContract, startContract } from '#features/sign-in/contract.ts';
import { sinksContract } from '#features/sinks/contract.ts';
import { sourcesContract } from '#features/sources/contract.ts';
import { telemetryContract } from '#features/telemetry/contract.ts';
import { usageContract } from '#features/usage/contract.ts';
import { workContract } from '#features/work/contract.ts';

/** Every operation of Bylaw, once. Routes, OpenAPI, typed client, commands, tools and docs are made from this tree. */
export const contract = {
  access: accessContract,
  account: accountContract,
  activity: activityContract,
  alerts: alertsContract,
  ams: amsContract,
  attestations: attestationsContract,
  audit: auditContract,
  backup: backupContract,
  baselines: baselinesContract,
  catalogue: catalogueContract,
  charter: charterContract,
  claims: claimsContract,
  clients: clientsContract,
  connectors: connectorsContract,
  controls: controlsContract,
  deployment: deploymentContract,
  detections: detectionsContract,
  devices: devicesContract,
  drift: driftContract,
  evidence: evidenceContract,
  exceptions: exceptionsContract,
  fleet: fleetContract,
  home: homeContract,
  imports: importsContract,
  live: liveContract,
  microsoftConnector: microsoftConnectorContract,
  paths: pathsContract,
  people: peopleContract,
  personalAccounts: personalAccountsContract,
  planner: plannerContract,
  reminders: remindersContract,
  reports: reportsContract,
  requests: requestsContract,
  retention: retentionContract,
  revisions: revisionsContract,
  risks: risksContract,
  settings: settingsContract,
  shell: shellContract,
  signIn: signInContract,
  sinks: sinksContract,
  sources: sourcesContract,
  start: startContract,
  telemetry: telemetryContract,
  usage: usageContract,
  work: workContract,
};
export type Contract = typeof contract;
