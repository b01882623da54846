import { accountHandlers } from '#features/account/handlers.ts';
import { clientsHandlers } from '#features/clients/handlers.ts';
import { fleetHandlers } from '#features/fleet/handlers.ts';
import { homeHandlers } from '#features/home/handlers.ts';
import { shellHandlers } from '#features/shell/handlers.ts';
import { workHandlers } from '#features/work/handlers.ts';

// Written by "npm run docs" from the folders of src/features.

/**
 * The handlers of each feature, under its name in `contracts.ts`. Features that the first pages call are loaded at
 * startup; the others load on the first request to them, which keeps memory low on a server that uses only a few.
 */
export const HANDLER_LOADERS = {
  access: async () => (await import('#features/access/handlers.ts')).accessHandlers,
  account: async () => accountHandlers,
  activity: async () => (await import('#features/activity/handlers.ts')).activityHandlers,
  alerts: async () => (await import('#features/alerts/handlers.ts')).alertsHandlers,
  ams: async () => (await import('#features/ams/handlers.ts')).amsHandlers,
  attestations: async () => (await import('#features/attestations/handlers.ts')).attestationsHandlers,
  audit: async () => (await import('#features/audit/handlers.ts')).auditHandlers,
  backup: async () => (await import('#features/backup/handlers.ts')).backupHandlers,
  baselines: async () => (await import('#features/baselines/handlers.ts')).baselinesHandlers,
  catalogue: async () => (await import('#features/catalogue/handlers.ts')).catalogueHandlers,
  changes: async () => (await import('#features/changes/handlers.ts')).changesHandlers,
  charter: async () => (await import('#features/charter/handlers.ts')).charterHandlers,
  claims: async () => (await import('#features/claims/handlers.ts')).claimsHandlers,
  claudeMembers: async () => (await import('#features/claude-members/handlers.ts')).claudeMembersHandlers,
  clients: async () => clientsHandlers,
  conditionalAccess: async () =>
    (await import('#features/conditional-access/handlers.ts')).conditionalAccessHandlers,
  connectors: async () => (await import('#features/connectors/handlers.ts')).connectorsHandlers,
  controls: async () => (await import('#features/controls/handlers.ts')).controlsHandlers,
  conversations: async () => (await import('#features/conversations/handlers.ts')).conversationsHandlers,
  deployment: async () => (await import('#features/deployment/handlers.ts')).deploymentHandlers,
  detections: async () => (await import('#features/detections/handlers.ts')).detectionsHandlers,
  devices: async () => (await import('#features/devices/handlers.ts')).devicesHandlers,
  dlp: async () => (await import('#features/dlp/handlers.ts')).dlpHandlers,
  drift: async () => (await import('#features/drift/handlers.ts')).driftHandlers,
  evidence: async () => (await import('#features/evidence/handlers.ts')).evidenceHandlers,
  evidenceRoom: async () => (await import('#features/evidence-room/handlers.ts')).evidenceRoomHandlers,
  exceptions: async () => (await import('#features/exceptions/handlers.ts')).exceptionsHandlers,
  fleet: async () => fleetHandlers,
  home: async () => homeHandlers,
  imports: async () => (await import('#features/imports/handlers.ts')).importsHandlers,
  incidents: async () => (await import('#features/incidents/handlers.ts')).incidentsHandlers,
  journeys: async () => (await import('#features/journeys/handlers.ts')).journeysHandlers,
  live: async () => (await import('#features/live/handlers.ts')).liveHandlers,
  microsoftConnector: async () =>
    (await import('#features/microsoft-connector/handlers.ts')).microsoftConnectorHandlers,
  microsoftTenant: async () =>
    (await import('#features/microsoft-tenant/handlers.ts')).microsoftTenantHandlers,
  network: async () => (await import('#features/network/handlers.ts')).networkHandlers,
  paths: async () => (await import('#features/paths/handlers.ts')).pathsHandlers,
  people: async () => (await import('#features/people/handlers.ts')).peopleHandlers,
  personalAccounts: async () =>
    (await import('#features/personal-accounts/handlers.ts')).personalAccountsHandlers,
  planner: async () => (await import('#features/planner/handlers.ts')).plannerHandlers,
  policy: async () => (await import('#features/policy/handlers.ts')).policyHandlers,
  reminders: async () => (await import('#features/reminders/handlers.ts')).remindersHandlers,
  reports: async () => (await import('#features/reports/handlers.ts')).reportsHandlers,
  requests: async () => (await import('#features/requests/handlers.ts')).requestsHandlers,
  retention: async () => (await import('#features/retention/handlers.ts')).retentionHandlers,
  reviews: async () => (await import('#features/reviews/handlers.ts')).reviewsHandlers,
  revisions: async () => (await import('#features/revisions/handlers.ts')).revisionsHandlers,
  risks: async () => (await import('#features/risks/handlers.ts')).risksHandlers,
  settings: async () => (await import('#features/settings/handlers.ts')).settingsHandlers,
  shell: async () => shellHandlers,
  signIn: async () => (await import('#features/sign-in/handlers.ts')).signInHandlers,
  start: async () => (await import('#features/sign-in/handlers.ts')).startHandlers,
  sinks: async () => (await import('#features/sinks/handlers.ts')).sinksHandlers,
  sources: async () => (await import('#features/sources/handlers.ts')).sourcesHandlers,
  staff: async () => (await import('#features/staff/handlers.ts')).staffHandlers,
  telemetry: async () => (await import('#features/telemetry/handlers.ts')).telemetryHandlers,
  texts: async () => (await import('#features/texts/handlers.ts')).textsHandlers,
  usage: async () => (await import('#features/usage/handlers.ts')).usageHandlers,
  visibility: async () => (await import('#features/visibility/handlers.ts')).visibilityHandlers,
  work: async () => workHandlers,
} as const;
