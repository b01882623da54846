import { sendHeads } from '#features/audit/heads/send.ts';
import { sweepSending } from '#features/backup/send.ts';
import { takeTurn } from '#features/backup/turns.ts';
import { takeBackEnded } from '#features/changes/ends.ts';
import { continueChanges } from '#features/changes/verify.ts';
import type { Services } from '#features/context.ts';
import { watchDomains } from '#features/deployment/watch.ts';
import { compareRecords } from '#features/detections/compare.ts';
import { gatherMatches, sweepMatches } from '#features/detections/sweep.ts';
import { closeProvenDrift } from '#features/drift/prove.ts';
import { failAbandonedImports, sweepFiles, sweepImports } from '#features/imports/sweep.ts';
import { beginJourneys } from '#features/journeys/begin.ts';
import { sendAssignedNotices } from '#features/mail/assigned-notice.ts';
import { writeAlertsBack } from '#features/microsoft-tenant/write-back.ts';
import { sendDueReminders } from '#features/personal-accounts/reminders.ts';
import { sendPolicyReminders } from '#features/policy/reminders.ts';
import { sendCriticalAlerts } from '#features/reminders/alerts/send.ts';
import { sendDueDigests } from '#features/reminders/send-digests.ts';
import { sendDueCards } from '#features/reminders/teams/send-cards.ts';
import { makeDueReports } from '#features/reports/due.ts';
import { runActivityRetention } from '#features/retention/activity/run.ts';
import { runTextRetention } from '#features/retention/activity/texts.ts';
import { runContentRetention } from '#features/retention/content/run.ts';
import { runRetention } from '#features/retention/run.ts';
import { runStaffRetention } from '#features/retention/staff/run.ts';
import { logImports } from '#features/sources/log-imports.ts';
import { readSources } from '#features/sources/read-sources.ts';
import { readTelemetrySequences } from '#features/telemetry/sequences.ts';
import { sweepTelemetry } from '#features/telemetry/sweep.ts';
import { stampDue } from '#features/time-stamps/stamp.ts';
import { countInOwnZones } from '#features/usage/recount.ts';
import { makeDueUsageFiles } from '#features/usage/weekly/run.ts';
import { sweepKeys } from '#store/idempotency/keys.ts';
import { sweepIdentity } from '#store/identity/sweep.ts';
import { decideAll } from './decide-all.ts';

/** Work that no request triggers. When it is due, one of the processes does it, once. */
export interface Job {
  readonly name: string;
  /** Minutes between two runs. A run that finds nothing to do has to be cheap. */
  readonly everyMinutes: number;
  /**
   * Does what is due. Several processes may run it at once, so it must claim work in the transaction that does it. If
   * it is killed, the next run does the rest.
   */
  run(services: Services): Promise<void>;
  /** Hours that the clock has to run without a leap before it runs: someone may yet put the clock right. */
  readonly steadyHours?: number;
}

/** What removes by age what people would miss waits a day, less what a job that runs every day may be early. */
const REMOVING = 23;
/** What is sent by schedule: most machines that start with a wrong clock put it right within minutes. */
const SENDING = 1;

/** Every job of the server. To add one: a function in its feature's folder, one line here. */
export const JOBS: readonly Job[] = [
  { name: 'read sources', everyMinutes: 1, run: readSources },
  { name: 'put imported logs into the activity log', everyMinutes: 1, run: logImports },
  { name: 're-evaluate clients', everyMinutes: 5, run: decideAll },
  { name: 'compare the records of two sources', everyMinutes: 60, run: compareRecords },
  { name: 'take back changes that end', everyMinutes: 1, run: takeBackEnded },
  { name: 'go on with changes', everyMinutes: 1, run: continueChanges },
  { name: 'close alerts in Defender', everyMinutes: 1, run: writeAlertsBack },
  { name: 'close drift that was put back', everyMinutes: 5, run: closeProvenDrift },
  {
    name: 'look for events that wait for a sink',
    everyMinutes: 1,
    run: ({ forwarding }) => forwarding.look(),
  },
  { name: 'send the heads of the audit log out', everyMinutes: 15, run: sendHeads },
  { name: 'ask for time stamps again', everyMinutes: 5, run: (services) => stampDue(services) },
  { name: 'start what the lists of staff show', everyMinutes: 60, run: beginJourneys },
  { name: 'look up domains again', everyMinutes: 60, run: watchDomains },
  { name: 'make due reports', everyMinutes: 15, steadyHours: SENDING, run: makeDueReports },
  { name: 'make weekly usage files', everyMinutes: 15, steadyHours: SENDING, run: makeDueUsageFiles },
  { name: 'recount days after a change of time zone', everyMinutes: 60, run: countInOwnZones },
  {
    name: 'remind holders of personal accounts',
    everyMinutes: 60,
    steadyHours: SENDING,
    run: sendDueReminders,
  },
  {
    name: 'remind people to acknowledge the policy',
    everyMinutes: 15,
    steadyHours: SENDING,
    run: sendPolicyReminders,
  },
  { name: 'remind people of due work', everyMinutes: 15, steadyHours: SENDING, run: sendDueDigests },
  { name: 'notify people of what was assigned to them', everyMinutes: 1, run: sendAssignedNotices },
  { name: 'remind channels of due work', everyMinutes: 15, steadyHours: SENDING, run: sendDueCards },
  // An earlier job may take a while, and mail about alerts should be sent within a minute.
  { name: 'notify of critical alerts', everyMinutes: 0.5, run: sendCriticalAlerts },
  {
    name: 'fail imports whose reader is gone',
    everyMinutes: 1,
    run: async (services) => void (await failAbandonedImports(services)),
  },
  {
    name: 'sweep imports that are over',
    everyMinutes: 60,
    steadyHours: REMOVING,
    run: async (services) => void (await sweepImports(services)),
  },
  {
    name: 'sweep files that nothing refers to',
    everyMinutes: 24 * 60,
    run: (services) => takeTurn(services, () => sweepFiles(services)),
  },
  {
    name: 'sweep sign-ins and invitations that are over',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: async ({ store, clock }) => void (await store.write('system', (tx) => sweepIdentity(tx, clock()))),
  },
  {
    name: 'sweep idempotency keys that ran out',
    everyMinutes: 60,
    run: async ({ store, clock }) => store.write('system', (tx) => sweepKeys(tx, clock())),
  },
  {
    name: 'remove what retention does not keep',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: runRetention,
  },
  { name: 'look for events of telemetry that were lost', everyMinutes: 60, run: readTelemetrySequences },
  {
    name: 'sweep old counts of telemetry',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: sweepTelemetry,
  },
  { name: 'gather matches of past hours', everyMinutes: 60, run: (services) => gatherMatches(services) },
  {
    name: 'sweep matches that no detection needs',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: sweepMatches,
  },
  {
    name: 'remove activities that are past their time',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: runActivityRetention,
  },
  {
    name: 'remove records of staff that are past their time',
    everyMinutes: 24 * 60,
    steadyHours: REMOVING,
    run: runStaffRetention,
  },
  {
    name: 'destroy attached content whose days are over',
    everyMinutes: 60,
    steadyHours: REMOVING,
    run: runContentRetention,
  },
  {
    name: 'remove texts whose days are over',
    everyMinutes: 60,
    steadyHours: REMOVING,
    run: runTextRetention,
  },
  { name: 'sweep backups that were not sent', everyMinutes: 24 * 60, run: sweepSending },
];
