import { type CharterInTime, versionOn } from '#domain/charter/since.ts';
import { asJournalEntry, NOTICE_STEP } from '#domain/incidents/as-journal.ts';
import { QUARTERLY_REVIEW, type RecurringTask } from '#domain/model/cadence.ts';
import type { Charter } from '#domain/model/charter.ts';
import { addDays } from '#domain/model/day.ts';
import { type Journal, REVIEW_AREAS, REVIEW_KINDS } from '#domain/model/journal.ts';
import { localTime } from '#domain/model/local-time.ts';
import type { Profile } from '#domain/model/profile.ts';
import type { DocumentOf } from '#domain/model/reading.ts';
import { countingProbe, PLACES_DAYS, probesThatCount } from '#domain/network/as-journal.ts';
import { blockVerdict, countingBlock } from '#domain/network/block.ts';
import { organizationsOf } from '#domain/network/plan.ts';
import { sinkKind } from '#sinks/registry.ts';
import { withLockdownFile } from '#sources/exports/folder/proof.ts';
import { allEvidence, findEvidence } from '#store/evidence/evidence.ts';
import { incidentsOf, stepsOf } from '#store/incidents/incidents.ts';
import { type NetworkProbe, networkProbes } from '#store/network/probes.ts';
import type { Tx } from '#store/open.ts';
import { allRequests, type RequestRow } from '#store/requests/requests.ts';
import { type SinkRow, sinksOf } from '#store/sinks/sinks.ts';
import { trainingPasses } from '#store/staff/training.ts';
import { type CadenceRecord, cadenceRecords, rhythmsOf } from '#store/work/cadence.ts';
import { hookKnown } from '../dlp/index.ts';
import { CONSOLE_RECORDS } from '../shared/console-records.ts';
import { telemetryReceived } from '../telemetry/index.ts';
import { connectorsSeen } from './connectors-seen.ts';

type Review = NonNullable<Journal['reviews']>[number];

/** Days of calls to consider after connectors were locked down. */
const CALLED_LATELY = 45;

/**
 * The journal as imported, extended with records of the console: requests for connectors, incidents, deliveries of
 * sinks, received telemetry, decisions of the inference hook, training quizzes passed, and tasks marked as done under
 * Work. A record without evidence proves nothing and is left out: its task moves on, but the control still asks. The
 * date of the next governance review is that of its task under Work, if someone owns it.
 */
export async function withRecords(
  tx: Tx,
  clientId: string,
  journal: DocumentOf<Journal> | null,
  {
    zone,
    charter,
    versions,
    now,
  }: {
    readonly zone: string;
    readonly charter: Charter;
    /** Of the charter, newest first. */
    readonly versions: readonly StoredCharter[];
    readonly now: Date;
  },
): Promise<DocumentOf<Journal> | null> {
  const counted = await withProofOfLockdown(tx, clientId, journal);
  const records = await cadenceRecords(tx, [clientId]);
  const recorded = records.filter(countsAsReview).toReversed().map(reviewOf);
  const next = (await rhythmsOf(tx, [clientId])).find(
    ({ task, active, owner_name, due_on }) =>
      task === QUARTERLY_REVIEW && active && owner_name !== null && due_on !== null,
  )?.due_on;
  const asked = (await allRequests(tx, clientId)).filter(({ state }) => state !== 'withdrawn').toReversed();
  const sinks = (await sinksOf(tx, clientId)).filter(
    ({ paused, kind }) => !paused && sinkKind(kind)?.siem === true,
  );
  const telemetry = await telemetryReceived(tx, clientId, charter, zone);
  const hook = await hookKnown(tx, clientId, zone);
  // After a lockdown, only current calls matter.
  const since =
    journal?.value.lockdown === undefined
      ? undefined
      : addDays(now.toISOString().slice(0, 10), -CALLED_LATELY);
  const seen = await connectorsSeen(tx, clientId, zone, since);
  const incidents = await incidentsKept(tx, clientId, zone);
  const passed = (await trainingPasses(tx, clientId)).map(({ address, at }) => ({
    on: localTime(at.toISOString(), zone)?.day ?? at.toISOString().slice(0, 10),
    address,
  }));
  const tests = await networkProbes(tx, clientId, MAX_PROBES);
  const probe = probeThatCounts(tests, zone, journal?.value.tenantRestrictionProbe ?? null, versions);
  const block = blockThatCounts(tests, zone, journal?.value.networkBlockProbe ?? null);
  const lists = [recorded, asked, sinks, telemetry, seen, incidents, passed, probe, block];
  const some = lists.some((list) => list.length > 0);
  if (!some && next == null && hook === null) return counted;
  const base = counted ?? { value: {}, file: CONSOLE_RECORDS.records, sha256: '', lines: {} };
  const imported = base.value.reviews ?? [];
  const listed = base.value.connectorRequests ?? [];
  const written = base.value.incidents ?? [];
  const elsewhere = [
    ...asked.map((_, at): [string, string] => [
      `connectorRequests.${listed.length + at}`,
      CONSOLE_RECORDS.requests,
    ]),
    ...recorded.map((_, at): [string, string] => [
      `reviews.${imported.length + at}`,
      CONSOLE_RECORDS.records,
    ]),
    ...incidents.map((_, at): [string, string] => [
      `incidents.${written.length + at}`,
      CONSOLE_RECORDS.incidents,
    ]),
    ...(incidents.length === 0 || written.length > 0
      ? []
      : [['incidents', CONSOLE_RECORDS.incidents] as [string, string]]),
    ...(next == null ? [] : [['nextReview', CONSOLE_RECORDS.records] as [string, string]]),
    ...sinks.map((_, at): [string, string] => [`siemDeliveries.${at}`, CONSOLE_RECORDS.sinks]),
    ...telemetry.map((_, at): [string, string] => [`telemetryReceived.${at}`, CONSOLE_RECORDS.telemetry]),
    ...seen.map((_, at): [string, string] => [`connectorsSeen.${at}`, CONSOLE_RECORDS.activity]),
    ...(passed.length === 0 ? [] : [['trainingsPassed', CONSOLE_RECORDS.training] as [string, string]]),
    ...(hook === null ? [] : [['inferenceHook', CONSOLE_RECORDS.hook] as [string, string]]),
    ...probe.map((): [string, string] => ['tenantRestrictionProbe', CONSOLE_RECORDS.network]),
    ...block.map((): [string, string] => ['networkBlockProbe', CONSOLE_RECORDS.network]),
  ];
  return {
    ...base,
    value: {
      ...base.value,
      ...(recorded.length === 0 ? {} : { reviews: [...imported, ...recorded] }),
      ...(incidents.length === 0 ? {} : { incidents: [...written, ...incidents] }),
      ...(next == null ? {} : { nextReview: next }),
      ...(sinks.length === 0 ? {} : { siemDeliveries: sinks.map((row) => deliveryOf(row, zone)) }),
      ...(telemetry.length === 0 ? {} : { telemetryReceived: telemetry }),
      ...(hook === null ? {} : { inferenceHook: hook }),
      ...(seen.length === 0 ? {} : { connectorsSeen: seen }),
      ...(passed.length === 0 ? {} : { trainingsPassed: passed }),
      ...(probe[0] === undefined ? {} : { tenantRestrictionProbe: probe[0] }),
      ...(block[0] === undefined ? {} : { networkBlockProbe: block[0] }),
      ...(asked.length === 0
        ? {}
        : { connectorRequests: [...listed, ...asked.map((row) => requestOf(row, zone))] }),
    },
    elsewhere: Object.fromEntries(elsewhere),
  };
}

/** Combines the journal with stored evidence: whether the file that shows the lockdown exists. */
async function withProofOfLockdown(
  tx: Tx,
  clientId: string,
  journal: DocumentOf<Journal> | null,
): Promise<DocumentOf<Journal> | null> {
  const { file, sha256 } = journal?.value.lockdown ?? {};
  if (file === undefined && sha256 === undefined) return journal;
  // Journal entries made in the console name the file by its hash, whatever its name.
  if (sha256 !== undefined && (await findEvidence(tx, clientId, sha256)) !== null) return journal;
  const kept = await allEvidence(tx, clientId);
  return withLockdownFile(
    journal,
    kept.map(({ name, sha256 }) => ({ file: name, sha256 })),
  );
}

/** More tests than a schedule makes for every location in three months. */
const MAX_PROBES = 2_000;

interface StoredCharter extends CharterInTime {
  readonly storedAt: Date;
}

/** IDs of the organizations allowed by the charter that was in force at a time; null: it named none, or not known. */
function organizationsAt(versions: readonly StoredCharter[], at: Date, day: string): string[] | null {
  const charter = versionOn(
    versions.filter(({ storedAt }) => storedAt <= at),
    day,
  );
  return charter?.claudeOrganization === undefined ? null : [...organizationsOf(charter, null)];
}

/** A current test of network controls as a journal entry. */
function probeThatCounts(
  all: readonly NetworkProbe[],
  zone: string,
  written: NonNullable<Journal['tenantRestrictionProbe']> | null,
  versions: readonly StoredCharter[],
): NonNullable<Journal['tenantRestrictionProbe']>[] {
  const dayOf = (at: Date) => localTime(at.toISOString(), zone)?.day ?? at.toISOString().slice(0, 10);
  const probes = probesThatCount(
    all.filter(({ block }) => block === null),
    dayOf,
  );
  const [newest] = probes;
  if (newest === undefined) return [];
  const since = addDays(newest.entry.on, -PLACES_DAYS);
  const counting = countingProbe(
    probes
      .filter(({ entry }) => entry.on >= since)
      .map(({ place, entry, probe }) => {
        const organizations = organizationsAt(versions, probe.at, entry.on);
        return { place, entry: organizations === null ? entry : { ...entry, organizations } };
      }),
    written,
  );
  return counting === null ? [] : [counting];
}

/** The current tests of a block, both sides together. */
function blockThatCounts(
  all: readonly NetworkProbe[],
  zone: string,
  written: NonNullable<Journal['networkBlockProbe']> | null,
): NonNullable<Journal['networkBlockProbe']>[] {
  const tests = all.flatMap(({ at, person, place, block, outcomes }) => {
    const shows = block === null ? null : blockVerdict(block, outcomes.own);
    if (block === null || shows === null) return [];
    const on = localTime(at.toISOString(), zone)?.day ?? at.toISOString().slice(0, 10);
    return [{ side: block, place, shows, on, by: person }];
  });
  const [newest] = tests;
  if (newest === undefined) return [];
  const since = addDays(newest.on, -PLACES_DAYS);
  const counting = countingBlock(
    tests.filter(({ on }) => on >= since),
    written,
  );
  return counting === null ? [] : [counting];
}

/** Incidents handled in the console, without drills and false alarms. */
async function incidentsKept(
  tx: Tx,
  clientId: string,
  zone: string,
): Promise<NonNullable<Journal['incidents']>> {
  const rows = (await incidentsOf(tx, clientId)).filter(
    ({ drill, outcome }) => !drill && outcome !== 'false_alarm',
  );
  if (rows.length === 0) return [];
  const steps = (await stepsOf(tx, [clientId], null)).filter(({ step }) => step === NOTICE_STEP);
  const day = (at: Date) => localTime(at.toISOString(), zone)?.day ?? at.toISOString().slice(0, 10);
  return rows.toReversed().map((row) => {
    const step = steps.find(({ incident_id }) => incident_id === row.id);
    return asJournalEntry({
      number: row.number,
      plan: row.plan,
      noticedOn: day(row.noticed_at),
      closedOn: row.closed_at === null ? null : day(row.closed_at),
      notice:
        step === undefined
          ? null
          : { state: step.state, answers: step.answers, entries: step.entries, isNone: step.is_none },
    });
  });
}

/** A console request as a journal entry; requester and result, with days in the client's time zone. */
function requestOf(row: RequestRow, zone: string): NonNullable<Journal['connectorRequests']>[number] {
  const decision = row.state === 'approved' || row.state === 'refused' ? row.state : undefined;
  return {
    on: localTime(row.asked_at.toISOString(), zone)?.day ?? row.asked_at.toISOString().slice(0, 10),
    by: row.asked_by_name,
    connector: row.name,
    ...(decision === undefined || row.decided_at === null
      ? {}
      : {
          decision,
          decidedOn:
            localTime(row.decided_at.toISOString(), zone)?.day ?? row.decided_at.toISOString().slice(0, 10),
        }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

/** The problem that prevents delivery and that someone has to fix. Rejected single events do not prevent delivery. */
const STOPS = /^(?:stopped|late):/u;

function deliveryOf(row: SinkRow, zone: string): NonNullable<Journal['siemDeliveries']>[number] {
  const day = row.delivered_at === null ? null : localTime(row.delivered_at.toISOString(), zone)?.day;
  const trouble = row.findings.find(({ key }) => STOPS.test(key));
  return {
    sink: row.name,
    ...(day == null ? {} : { on: day }),
    ...(trouble === undefined ? {} : { trouble: trouble.says }),
  };
}

/** Whether a record is a review that controls count: made as one, not withdrawn, and with evidence. */
export function countsAsReview({ counts_as, evidence, areas, withdrawn }: CadenceRecord): boolean {
  return counts_as !== null && withdrawn === null && evidence.length > 0 && areas.length > 0;
}

function reviewOf(record: CadenceRecord): Review {
  return {
    kind: REVIEW_KINDS.find((kind) => kind === record.counts_as) ?? 'monthly',
    on: record.done_on,
    by: record.done_by_name,
    areas: REVIEW_AREAS.filter((area) => record.areas.includes(area)),
  };
}

/**
 * The kind of review that a record counts as. A quarterly review that skipped something is not a quarterly review,
 * because the next one would be scheduled from it; it counts like a monthly one, for what it covered.
 */
export function reviewKind(
  task: RecurringTask,
  areas: readonly string[],
  profile: Pick<Profile, 'm365'>,
): string | null {
  if (task.review === undefined) return null;
  const noMicrosoft = Array.isArray(profile.m365) && profile.m365.length === 0;
  const asked = task.review.areas.filter((area) => !(noMicrosoft && area === 'm365_permissions'));
  const whole = asked.every((area) => areas.includes(area));
  return task.review.kind === 'quarterly' && !whole ? 'monthly' : task.review.kind;
}
// Guide: G1.2-09 G5.3-04
