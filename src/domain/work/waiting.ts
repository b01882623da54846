import { addDays } from '../model/day.ts';
import { ownValue } from '../model/own-value.ts';
import { REPORT_KIND_WORDS } from '../staff/words.ts';
import { byCodeUnit } from '../text/order.ts';
import { count, dayWords, shortId, verb } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Key of the work item for a problem with a source, on Home and under Work. */
export function sourceKey(key: string): string {
  return `source:${key}`;
}

/** Key of the work item for a problem with a sink. */
export function sinkKey(key: string): string {
  return `sink:${key}`;
}

/** Subject of a waiting change that is shown with an offboarding, whatever system it changes. */
export const LEAVING = 'leaving';

/** The single work item for waiting claims from files, on Home and under Work; null: none are waiting. */
export function claimsWork(
  waiting: number,
): { readonly key: string; readonly title: string; readonly why: string } | null {
  if (waiting === 0) return null;
  return {
    key: 'claims_wait',
    title: `${count(waiting, 'entry', 'entries')} from files ${verb(waiting, 'waits', 'wait')} to be confirmed`,
    why: 'Statements and journals from files count once someone with the right to do so confirms them.',
  };
}

/** Descriptions of waiting changes, by setting. */
const SETTINGS: Readonly<Record<string, string>> = {
  profile: 'A change to domains, days off, hours or the time zone',
  dlp: 'A change to what data loss prevention looks for',
  hook: 'A change to the inference hook',
  icap: 'A change to the check at the proxy',
  member_list: 'A change to the index of the member list',
  sink: 'Pausing or removing a sink',
  source: 'Disconnecting a source',
};

/** Sinks and sources are given as kind and id, separated by a colon. */
const settingWords = (setting: string): string => ownValue(SETTINGS, setting.split(':')[0] ?? '') ?? '';

/** What waits for a repair, an approval, a decision or completion. None of it has a due day. */
export function waiting({
  exceptions,
  overrides,
  detections,
  settings,
  charters,
  claims,
  requests,
  changes,
  staffReports,
  usageFiles,
  imports,
  sources,
  sinks,
}: WorkFacts): Draft[] {
  const toConfirm = claimsWork(claims);
  return [
    ...sources.map(
      (one): Draft => ({
        key: sourceKey(one.key),
        kind: 'source',
        title: one.title,
        why: one.says,
        due: null,
        role: 'it_admin',
      }),
    ),
    ...sinks.map(
      (one): Draft => ({
        key: sinkKey(one.key),
        kind: 'sink',
        title: one.title,
        why: one.says,
        due: null,
        role: 'it_admin',
      }),
    ),
    ...exceptions.map(
      (one): Draft => ({
        key: `exception_waits:${one.id}`,
        kind: 'exception_waits',
        title: `An exception for ${shortId(one.control)} waits for a second person`,
        why: `${one.requestedByName} requests it until ${dayWords(one.until)}: ${one.reason}`,
        due: null,
        role: 'approver',
        control: one.control,
        subject: one.id,
        askedBy: one.requestedBy,
      }),
    ),
    ...changes.flatMap((one): Draft[] =>
      one.until !== null
        ? []
        : [
            {
              key: `change_waits:${one.id}`,
              kind: 'change_waits',
              title: `A change waits for a second person: ${one.title}`,
              why: `${one.plannedByName} planned it: ${one.reason}`,
              due: null,
              role: 'approver',
              subject: one.ofLeaver ? LEAVING : one.target,
              askedBy: one.plannedBy,
            },
          ],
    ),
    ...overrides.map(
      (one): Draft => ({
        key: `override_waits:${one.id}`,
        kind: 'override_waits',
        title: `An override of “${one.title}” waits for a second person`,
        why: `${one.requestedByName} requests it: ${one.reason}`,
        due: null,
        role: 'msp_technician',
        subject: one.task,
        askedBy: one.requestedBy,
      }),
    ),
    ...detections.map(
      (one): Draft => ({
        key: `detection_waits:${one.detection}`,
        kind: 'detection_waits',
        title: `A change to the detection “${one.title}” waits for a second person`,
        why: `${one.proposedByName} wants it to find less: ${one.reason}`,
        due: null,
        role: 'it_admin',
        subject: one.detection,
        askedBy: one.proposedBy,
      }),
    ),
    ...settings.map(
      (one): Draft => ({
        key: `setting_waits:${one.setting}`,
        kind: 'setting_waits',
        title: `${settingWords(one.setting)} waits for a second person`,
        why: `${one.proposedByName} proposed it. Less would be found with it.`,
        due: null,
        role: 'it_admin',
        subject: one.setting,
        askedBy: one.proposedBy,
      }),
    ),
    ...charters.map(
      (one): Draft => ({
        key: `charter_waits:${one.id}`,
        kind: 'charter_waits',
        title: `A draft of the charter is waiting for approval: ${one.title}`,
        why: `${one.requestedByName} proposes it: ${one.reason}`,
        due: null,
        role: 'governance_owner',
        control: 'CLA-CON-07',
        subject: one.id,
        askedBy: one.requestedBy,
      }),
    ),
    ...requests
      .filter(({ until }) => until === null)
      .map(
        (one): Draft => ({
          key: `request_waits:${one.id}`,
          kind: 'request_waits',
          title:
            one.deferredUntil !== null
              ? `Decide again on the request for ${one.name}`
              : one.approvals > 0
                ? `The request for ${one.name} waits for a second person`
                : `A request for ${one.name} waits for a decision`,
          why: `${one.askedByName} requests it: ${one.purpose}`,
          due: one.deferredUntil,
          role: 'it_admin',
          control: 'CLA-CON-25',
          subject: one.id,
          askedBy: one.askedBy,
        }),
      ),
    ...staffReports.map(
      (one): Draft => ({
        key: `staff_report:${one.id}`,
        kind: 'staff_report',
        title: `Review report ${one.reference} from staff`,
        why: `${REPORT_KIND_WORDS[one.kind]}. Received on ${dayWords(one.came)}.`,
        due: null,
        role: 'it_admin',
        subject: one.id,
      }),
    ),
    ...(toConfirm === null
      ? []
      : [{ ...toConfirm, kind: 'claims_wait', due: null, role: 'it_admin' } as const]),
    ...unreviewed(usageFiles),
    ...unfinished(imports),
  ];
}

/** Days from the Monday of a week until its file has to be reviewed, the day before the next one arrives. */
const REVIEW_DAYS = 13;

/** One work item for all unreviewed weekly usage files, due by the oldest. */
function unreviewed(files: WorkFacts['usageFiles']): Draft[] {
  const weeks = files.map(({ week }) => week).toSorted(byCodeUnit);
  const [oldest] = weeks;
  if (oldest === undefined) return [];
  return [
    {
      key: 'usage_file:unreviewed',
      kind: 'usage_file',
      title:
        weeks.length === 1
          ? `Review the usage file of the week of ${dayWords(oldest)}`
          : `Review ${weeks.length} weekly usage files`,
      why:
        weeks.length === 1
          ? 'It was created, but no one has reviewed it yet.'
          : `No one has gone through them yet. The oldest is of the week of ${dayWords(oldest)}.`,
      due: addDays(oldest, REVIEW_DAYS),
      role: 'it_admin',
    },
  ];
}

/** One work item for all unfinished imports; the most recently started one is to be continued. */
function unfinished(imports: WorkFacts['imports']): Draft[] {
  const [first, ...others] = imports.toSorted((a, b) => b.begun.localeCompare(a.begun));
  if (first === undefined) return [];
  const files = imports.reduce((sum, one) => sum + one.files, 0);
  return [
    {
      key: 'import_drafts',
      kind: 'import_draft',
      title: others.length === 0 ? 'An import is not finished' : `${imports.length} imports are not finished`,
      why: `${count(files, 'file')}, ${others.length === 0 ? 'started' : 'the latest started'} on ${dayWords(first.begun)} and not stored. ${files === 1 ? 'It has' : 'They have'} no effect yet.`,
      due: null,
      ...(others.length === 0 ? { subject: first.id } : {}),
    },
  ];
}
