import type { Migration } from '../migrate.ts';
import { migration as init } from './001-init.ts';
import { migration as moreEvidence } from './002-more-evidence.ts';
import { migration as planner } from './003-planner.ts';
import { migration as deployment } from './004-deployment.ts';
import { migration as personalAccounts } from './005-personal-accounts.ts';
import { migration as work } from './006-work.ts';
import { migration as charter } from './007-charter.ts';
import { migration as baselines } from './008-baselines.ts';
import { migration as deploymentWatch } from './009-deployment-watch.ts';
import { migration as reviewRecords } from './010-review-records.ts';
import { migration as reminders } from './011-reminders.ts';
import { migration as drift } from './012-drift.ts';
import { migration as requests } from './013-requests.ts';
import { migration as activity } from './014-activity.ts';
import { migration as telemetry } from './015-telemetry.ts';
import { migration as sources } from './016-sources.ts';
import { migration as detections } from './017-detections.ts';
import { migration as sinks } from './018-sinks.ts';
import { migration as usage } from './019-usage.ts';
import { migration as announcement } from './020-announcement.ts';
import { migration as matchChunks } from './021-match-chunks.ts';
import { migration as ruleEvents } from './023-rule-events.ts';
import { migration as sourcePlaces } from './024-source-places.ts';
import { migration as sinkFindings } from './029-sink-findings.ts';
import { migration as alertChanges } from './030-alert-changes.ts';
import { migration as personDaysBySource } from './031-person-days-by-source.ts';
import { migration as activityTexts } from './032-activity-texts.ts';
import { migration as telemetryLedger } from './033-telemetry-ledger.ts';
import { migration as judgedSettings } from './034-judged-settings.ts';
import { migration as accountIds } from './035-account-ids.ts';
import { migration as alertChangeOrder } from './036-alert-change-order.ts';
import { migration as claims } from './037-claims.ts';
import { migration as provenAccounts } from './038-proven-accounts.ts';
import { migration as textOpenings } from './039-text-openings.ts';
import { migration as unusableFiles } from './040-unusable-files.ts';
import { migration as importFileAddedBy } from './041-import-file-added-by.ts';
import { migration as importReaders } from './042-import-readers.ts';
import { migration as saidOfFiles } from './043-said-of-files.ts';
import { migration as auditCursors } from './044-audit-cursors.ts';
import { migration as compactMatches } from './045-compact-matches.ts';
import { migration as idempotencyKeys } from './046-idempotency-keys.ts';
import { migration as detectionHistory } from './047-detection-history.ts';
import { migration as formerNames } from './048-former-names.ts';
import { migration as americanSpelling } from './049-american-spelling.ts';
import { migration as sourceCredentials } from './050-source-credentials.ts';
import { migration as newestEvents } from './051-newest-events.ts';
import { migration as credentialExpiry } from './052-credential-expiry.ts';
import { migration as reportedCalls } from './053-reported-calls.ts';
import { migration as reportLinks } from './054-report-links.ts';
import { migration as alertNotices } from './055-alert-notices.ts';
import { migration as ownViews } from './056-own-views.ts';
import { migration as controlComments } from './057-control-comments.ts';
import { migration as leavers } from './058-leavers.ts';
import { migration as readingsSetAside } from './059-readings-set-aside.ts';
import { migration as uploadLinks } from './060-upload-links.ts';
import { migration as policy } from './065-policy.ts';
import { migration as reviews } from './066-reviews.ts';
import { migration as personJourneys } from './067-person-journeys.ts';
import { migration as incidents } from './069-incidents.ts';
import { migration as reviewDecisions } from './074-review-decisions.ts';
import { migration as policyStaff } from './079-policy-staff.ts';
import { migration as documentsLeftOut } from './080-documents-left-out.ts';
import { migration as timeStamps } from './082-time-stamps.ts';
import { migration as changes } from './083-changes.ts';
import { migration as staff } from './084-staff.ts';
import { migration as training } from './086-training.ts';
import { migration as tenantOfOne } from './090-tenant-of-one.ts';
import { migration as sentSteps } from './092-sent-steps.ts';
import { migration as networkProbes } from './096-network-probes.ts';
import { migration as operate } from './097-operate.ts';
import { migration as assignedNotices } from './099-assigned-notices.ts';
import { migration as textIncidents } from './100-text-incidents.ts';
import { migration as ownRecords } from './101-own-records.ts';
import { migration as pages } from './102-pages.ts';
import { migration as contentChecks } from './105-content-checks.ts';
import { migration as dlpTunings } from './106-dlp-tunings.ts';
import { migration as clientStatus } from './111-client-status.ts';
import { migration as requestDepartments } from './123-request-departments.ts';
import { migration as uploadsPerDay } from './124-uploads-per-day.ts';
import { migration as staffSignIn } from './125-staff-sign-in.ts';
import { migration as icapServices } from './126-icap-services.ts';
import { migration as memberListIndex } from './127-member-list-index.ts';
import { migration as alertClosings } from './130-alert-closings.ts';
import { migration as leaverProjects } from './131-leaver-projects.ts';
import { migration as connectorMails } from './132-connector-mails.ts';
import { migration as fingerprintKeys } from './132-secret-fingerprints.ts';
import { migration as networkTests } from './133-network-tests.ts';
import { migration as incidentUploads } from './134-incident-uploads.ts';
import { migration as contentFiles } from './135-content-files.ts';
import { migration as statementDomains } from './136-statement-domains.ts';
import { migration as silenceMakers } from './137-silence-makers.ts';
import { migration as olderStatements } from './138-older-statements.ts';
import { migration as tenantsOfOne } from './139-tenants-of-one.ts';
import { migration as incidentPermissions } from './141-incident-permissions.ts';
import { migration as connectorKinds } from './142-connector-kinds.ts';
import { migration as incidentProofs } from './143-incident-proofs.ts';
import { migration as networkDevices } from './144-network-devices.ts';
import { migration as hookPurview } from './145-hook-purview.ts';
import { migration as detectionProposals } from './146-detection-proposals.ts';
import { migration as watchProposals } from './148-watch-proposals.ts';
import { migration as probeCertificates } from './149-certificates.ts';
import { migration as heldSecrets } from './150-held-secrets.ts';
import { migration as workReminders } from './151-work-reminders.ts';
import { migration as clockSeen } from './152-clock-seen.ts';
import { migration as longestAbsence } from './153-longest-absence.ts';
import { migration as pagesOfLists } from './154-pages-of-lists.ts';
import { migration as namesOfDetections } from './155-names-of-detections.ts';

/** In order of application. Forward only: a released migration never changes. */
export const MIGRATIONS: readonly Migration[] = [
  init,
  moreEvidence,
  planner,
  deployment,
  personalAccounts,
  work,
  charter,
  baselines,
  deploymentWatch,
  reviewRecords,
  reminders,
  drift,
  requests,
  activity,
  telemetry,
  sources,
  detections,
  sinks,
  usage,
  announcement,
  matchChunks,
  ruleEvents,
  sourcePlaces,
  sinkFindings,
  alertChanges,
  personDaysBySource,
  activityTexts,
  telemetryLedger,
  judgedSettings,
  accountIds,
  alertChangeOrder,
  claims,
  provenAccounts,
  textOpenings,
  unusableFiles,
  importFileAddedBy,
  importReaders,
  saidOfFiles,
  auditCursors,
  compactMatches,
  idempotencyKeys,
  detectionHistory,
  formerNames,
  americanSpelling,
  sourceCredentials,
  newestEvents,
  credentialExpiry,
  reportedCalls,
  reportLinks,
  alertNotices,
  ownViews,
  controlComments,
  leavers,
  readingsSetAside,
  uploadLinks,
  policy,
  reviews,
  personJourneys,
  incidents,
  reviewDecisions,
  policyStaff,
  documentsLeftOut,
  timeStamps,
  changes,
  staff,
  training,
  tenantOfOne,
  sentSteps,
  networkProbes,
  operate,
  assignedNotices,
  textIncidents,
  ownRecords,
  pages,
  contentChecks,
  dlpTunings,
  clientStatus,
  requestDepartments,
  uploadsPerDay,
  staffSignIn,
  icapServices,
  memberListIndex,
  alertClosings,
  leaverProjects,
  connectorMails,
  fingerprintKeys,
  networkTests,
  incidentUploads,
  contentFiles,
  statementDomains,
  silenceMakers,
  olderStatements,
  tenantsOfOne,
  incidentPermissions,
  connectorKinds,
  incidentProofs,
  networkDevices,
  hookPurview,
  detectionProposals,
  watchProposals,
  probeCertificates,
  heldSecrets,
  workReminders,
  clockSeen,
  longestAbsence,
  pagesOfLists,
  namesOfDetections,
];
