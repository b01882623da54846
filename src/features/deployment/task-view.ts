import { observedOn } from '#domain/decide/observed-on.ts';
import type { TaskStatus } from '#domain/journeys/status.ts';
import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { Journey, Task as PlannedTask } from '#domain/model/journey.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { Profile } from '#domain/model/profile.ts';
import { questionText } from '#domain/text/message.ts';
import { answersTo } from '#domain/text/questions.ts';
import { dayWords, shortDay, shortId } from '#domain/text/words.ts';
import type { WorkReminder } from '#store/reminders/work-reminders.ts';
import type { CurrentVerdict } from '#store/verdicts/current.ts';
import type { AssignmentRow } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';
import { type ShaOf, shownEvidence, shownRemediation, sidesOf } from '../controls/index.ts';
import { assignmentView, remindedView } from '../owners/index.ts';
import type { PathState } from '../paths/index.ts';
import { copiesFor, type Own } from './copies.ts';
import { notesOf } from './entries.ts';
import type { Invite } from './invite.ts';
import type { Recipients } from './recipients.ts';
import type { Deployment } from './show.ts';
import { isSettledTask, type Progress } from './status.ts';
import { overrideView } from './views.ts';
import { holding, holds, lockWords, openChecks, statusWords } from './words.ts';

type Task = Deployment['tasks'][number];

/** Maximum items shown per check; the control's page has all of them. */
const MAX_ITEMS = 20;

/** What is needed besides its verdicts to show a task. */
export interface TaskParts {
  readonly context: Pick<HandlerContext, 'actor' | 'can'>;
  readonly catalogue: Catalogue;
  readonly journey: Journey;
  readonly progress: Progress;
  readonly verdicts: ReadonlyMap<string, CurrentVerdict>;
  readonly overrides: Parameters<typeof overrideView>[2][];
  readonly assignments: readonly AssignmentRow[];
  /** The newest reminder of each task, by the key of its work item. */
  readonly reminders: ReadonlyMap<string, WorkReminder>;
  /** Ids of the people who can open this client's work. */
  readonly access: ReadonlySet<string>;
  readonly paths: ReadonlyMap<string, PathState>;
  readonly own: Own;
  readonly profile: Pick<Profile, 'siemLater'>;
  /** Today in the client's time zone. */
  readonly today: string;
  readonly journal: Journal;
  readonly shaOf: ShaOf;
  readonly dns: NonNullable<Task['dns']>;
  readonly recipients: Recipients | null;
  invite(): Invite;
  changed(status: TaskStatus): string | null;
}

/** The task of inviting people. */
const INVITE = 'invite_staff';

/** The SIEM task, a stage of its own: a client without a SIEM may plan it for later or decline it. */
const SIEM = 'siem_connected';

function isLater({ task, state }: TaskStatus): boolean {
  return task.id === SIEM && state === 'not_needed';
}

/** The decision on a later stage, in a few words; null if the task is not a later stage or nothing was decided. */
function laterWords(one: TaskStatus, { profile: { siemLater } }: TaskParts): string | null {
  if (!isLater(one) || siemLater === undefined) return null;
  if (siemLater.is === 'declined') return 'Declined as a later stage';
  return siemLater.from === undefined
    ? 'Planned as a later stage'
    : `Planned as a later stage, from ${dayWords(siemLater.from)}`;
}

export function taskView(parts: TaskParts, one: TaskStatus): Task {
  const { journey, catalogue, progress } = parts;
  const { task } = one;
  const numberOf = (id: string) => journey.tasks.findIndex((other) => other.id === id) + 1;
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const titled = (one.state === 'locked' ? openChecks(one, progress.status) : []).map((check) => ({
    ...check,
    title: controls.get(check.control)?.title ?? check.control,
  }));
  const capability = catalogue.capabilities.find(({ id }) => id === task.differs);
  return {
    id: task.id,
    number: numberOf(task.id),
    title: task.title,
    action: task.action,
    phase: task.phase,
    who: task.who,
    minutes: task.minutes,
    why: task.why,
    guide: task.guide,
    state: one.state,
    words: laterWords(one, parts) ?? statusWords(one, numberOf),
    line: laterWords(one, parts) ?? statusWords(one, numberOf, (day) => shortDay(day, parts.today)),
    later: isLater(one) ? (parts.profile.siemLater ?? { is: 'open' as const }) : null,
    holding: holding(one),
    after: task.after.map((id) => ({
      id,
      number: numberOf(id),
      title: journey.tasks.find((before) => before.id === id)?.title ?? id,
      open: !isSettledTask(progress.status, id),
    })),
    waits: task.waits ?? null,
    locked:
      one.state === 'locked' ? { words: lockWords(titled.map(({ title }) => title)), checks: titled } : null,
    overridden: one.overridden,
    changed: parts.changed(one),
    at: task.at.flatMap((one) => placeOf(parts, one)),
    result: task.result,
    otherwise: task.otherwise,
    proof: task.proof.flatMap((id) => {
      const control = controls.get(id);
      return control === undefined ? [] : [proofOf(control, parts)];
    }),
    instead: insteadOf(one, controls),
    copies: copiesFor(task, parts.own),
    check: task.check ?? null,
    dns: task.check === 'dns' ? parts.dns : null,
    writes: notesOf(task.writes, parts.journal),
    differs: capability === undefined ? null : sidesOf(capability),
    overrides: parts.overrides
      .filter((row) => row.task === task.id)
      .map((row) => overrideView(parts.context, journey, row, progress.counting.has(row.id))),
    assignment: assignmentView(
      parts.assignments.find((row) => row.task === task.id),
      parts.access,
    ),
    reminded: remindedView(parts.reminders.get(`deployment_task:${task.id}`)),
    recipients: announces(task.writes) ? recipientsOf(parts.recipients) : null,
    invite: task.id === INVITE ? parts.invite() : null,
  };
}

/** Whether a task's journal entries record an announcement to staff. */
function announces(writes: readonly string[]): boolean {
  return writes.includes('announced') || writes.includes('policyAnnounced');
}

function recipientsOf(found: Recipients | null): Task['recipients'] {
  if (found === null) return null;
  const { people, why, rosterOn } = found;
  return {
    count: people?.length ?? null,
    withoutAddress: people?.filter(({ note }) => note !== null).length ?? null,
    why,
    rosterOn,
  };
}

function placeOf(
  { journey, own }: TaskParts,
  { place: id, as, role }: PlannedTask['at'][number],
): Task['at'] {
  const place = journey.places.find((one) => one.id === id);
  if (place === undefined) return [];
  const page = place.page === undefined ? null : `/c/${own.slug}${place.page}`;
  return [
    {
      title: place.title,
      as,
      role: role ?? null,
      href: place.url ?? page,
      here: page !== null,
      open: place.open,
      checked: place.checked ?? null,
      source: place.source ?? null,
    },
  ];
}

function proofOf(control: Control, { verdicts, shaOf, paths }: TaskParts): Task['proof'][number] {
  const status = verdicts.get(control.id);
  const verdict = status?.verdict;
  const reads = control.checks.flatMap((check) => check.reads);
  const state = verdict?.state ?? 'cannot_read';
  const bring = bringOf(reads);
  return {
    control: control.id,
    short: shortId(control.id),
    title: control.title,
    state,
    reason: verdict?.reason ?? 'It has not been decided yet.',
    question: questionText(verdict?.asks ?? [], 'console'),
    asks: verdict?.asks[0]?.of ?? null,
    answers: state === 'cannot_read' ? answersTo(verdict?.asks ?? []) : [],
    holds: holds(state),
    since: status?.since.toISOString() ?? null,
    observedOn: verdict === undefined ? null : observedOn(verdict),
    goodUntil: verdict?.goodUntil ?? null,
    acceptedUntil: state === 'accepted' ? (verdict?.exception?.until ?? null) : null,
    attestable: reads.includes('attestations'),
    importable: bring.length > 0,
    bring,
    evidence: (verdict?.evidence ?? []).slice(0, MAX_ITEMS).map((one) => shownEvidence(one, shaOf)),
    more: {
      evidence: Math.max(0, (verdict?.evidence.length ?? 0) - MAX_ITEMS),
      listed: Math.max(0, (verdict?.items.length ?? 0) - MAX_ITEMS),
    },
    listed: (verdict?.items ?? [])
      .slice(0, MAX_ITEMS)
      .map(({ key, label, detail }) => ({ key, label, detail })),
    remediation: shownRemediation(control.remediation, paths),
  };
}

const WRITTEN: Readonly<Record<string, string>> = {
  charter: 'Answer the question here or in a draft of the charter, and have a second person approve it.',
  journal: 'Record it on this page, or import the file.',
};

/** The files and documents that a control reads, in the order in which its checks prefer them. */
function bringOf(reads: readonly string[]): Task['proof'][number]['bring'] {
  return [...new Set(reads)].flatMap((kind) => {
    const written = ownValue(WRITTEN, kind);
    if (written !== undefined) return [{ kind, name: kind, howToGet: written }];
    if (!Object.hasOwn(KINDS, kind)) return [];
    const { label, howToGet } = KINDS[kind as Kind];
    return [{ kind, name: label, howToGet }];
  });
}

function insteadOf({ proof }: TaskStatus, controls: ReadonlyMap<string, Control>): string[] {
  return [
    ...new Set(
      proof
        .filter(({ state }) => state === 'not_licensed' || state === 'policy_only')
        .flatMap(({ control }) => controls.get(control)?.unlicensed?.instead ?? []),
    ),
  ];
}
// Guide: G1.1-01
