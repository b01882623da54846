import { accessContract } from './access/contract.ts';
import { accountContract } from './account/contract.ts';
import { activityContract } from './activity/contract.ts';
import { alertsContract } from './alerts/contract.ts';
import { amsContract } from './ams/contract.ts';
import { attestationsContract } from './attestations/contract.ts';
import { auditContract } from './audit/contract.ts';
import { backupContract } from './backup/contract.ts';
import { baselinesContract } from './baselines/contract.ts';
import { catalogueContract } from './catalogue/contract.ts';
import { charterContract } from './charter/contract.ts';
import { claimsContract } from './claims/contract.ts';
import { clientsContract } from './clients/contract.ts';
import { connectorsContract } from './connectors/contract.ts';
import { controlsContract } from './controls/contract.ts';
import { deploymentContract } from './deployment/contract.ts';
import { detectionsContract } from './detections/contract.ts';
import { devicesContract } from './devices/contract.ts';
import { driftContract } from './drift/contract.ts';
import { evidenceContract } from './evidence/contract.ts';
import { exceptionsContract } from './exceptions/contract.ts';
import { fleetContract } from './fleet/contract.ts';
import { homeContract } from './home/contract.ts';
import { importsContract } from './imports/contract.ts';
import { liveContract } from './live/contract.ts';
import { microsoftConnectorContract } from './microsoft-connector/contract.ts';
import { pathsContract } from './paths/contract.ts';
import { peopleContract } from './people/contract.ts';
import { personalAccountsContract } from './personal-accounts/contract.ts';
import { plannerContract } from './planner/contract.ts';
import { remindersContract } from './reminders/contract.ts';
import { reportsContract } from './reports/contract.ts';
import { requestsContract } from './requests/contract.ts';
import { retentionContract } from './retention/contract.ts';
import { revisionsContract } from './revisions/contract.ts';
import { risksContract } from './risks/contract.ts';
import { settingsContract } from './settings/contract.ts';
import { shellContract } from './shell/contract.ts';
import { signInContract, startContract } from './sign-in/contract.ts';
import { sinksContract } from './sinks/contract.ts';
import { sourcesContract } from './sources/contract.ts';
import { telemetryContract } from './telemetry/contract.ts';
import { usageContract } from './usage/contract.ts';
import { workContract } from './work/contract.ts';

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
