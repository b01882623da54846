import { type NextAction, nextActions } from '../decide/next-actions.ts';
import { audienceOf } from '../model/audience.ts';
import { QUARTERLY_REVIEW } from '../model/cadence.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { addDays } from '../model/day.ts';
import { byCodeUnit } from '../text/order.ts';
import { count, dayWords, names } from '../text/words.ts';
import { alerts } from './alerts.ts';
import { everyWords } from './cadence.ts';
import type { Owner, WorkFacts } from './facts.ts';
import { incidents } from './incidents.ts';
import { runningOut } from './running-out.ts';
import { underway } from './underway.ts';
import { waiting } from './waiting.ts';

/** Kinds of work items. */
export const WORK_KINDS = [
  'alert',
  'incident',
  'finding',
  'exception_waits',
  'override_waits',
  'charter_waits',
  'request_waits',
  'change_waits',
  'detection_waits',
  'setting_waits',
  'staff_report',
  'claims_wait',
  'source',
  'sink',
  'exception_ends',
  'request_ends',
  'change_ends',
  'attestation_ends',
  'reading_ends',
  'deployment_task',
  'drift',
  'leaver',
  'joiner',
  'recurring',
  'review',
  'usage_file',
  'report',
  'import_draft',
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/**
 * When it is due, in display order. `waiting`: no date, but someone has to act; `undated`: a finding without a date;
 * `itself`: Bylaw does it, and no one has to act.
 */
export const WORK_WHEN = ['overdue', 'soon', 'waiting', 'undated', 'later', 'itself'] as const;
export type WorkWhen = (typeof WORK_WHEN)[number];
/** Counted in the menu, on Home and in reminders. */
export const NOW: readonly WorkWhen[] = ['overdue', 'soon', 'waiting'];

/** Due within this many days counts as soon. */
export const SOON_DAYS = 14;

export interface WorkItem {
  /** Stable as long as it is the same work item. */
  readonly key: string;
  readonly kind: WorkKind;
  readonly title: string;
  /** Why it exists. */
  readonly why: string;
  /** Day in the client's zone; null: none. */
  readonly due: string | null;
  readonly when: WorkWhen;
  /** null: no one. */
  readonly owner: Owner | null;
  /** Who is responsible according to the guide or their role, if no person is named. */
  readonly role: string | null;
  readonly control: string | null;
  /** For a finding: every control it covers that has this owner; empty for other work. */
  readonly controls: readonly string[];
  /** Id of its subject, such as an exception, a task or an import; for alerts, the highest level. */
  readonly subject: string | null;
  /** Who made the waiting request, and so cannot decide on it. */
  readonly askedBy: string | null;
}

/** A work item before its due day is compared with today. */
export type Draft = Pick<WorkItem, 'key' | 'kind' | 'title' | 'why' | 'due'> &
  Partial<Pick<WorkItem, 'owner' | 'role' | 'control' | 'controls' | 'subject' | 'askedBy'>> & {
    /** Its time has passed, although its day has not. */
    readonly late?: boolean;
  };

/** Everything at a client that is due or waits for someone, most pressing first. Pure: equal facts give equal lists. */
export function workItems(facts: WorkFacts, today: string): readonly WorkItem[] {
  const drafts = [
    ...alerts(facts),
    ...incidents(facts),
    ...findings(facts),
    ...waiting(facts),
    ...runningOut(facts, today),
    ...deployment(facts),
    ...restores(facts),
    ...underway(facts),
    ...recurring(facts),
    ...review(facts),
    ...flags(facts),
    ...itself(facts),
  ];
  return drafts
    .map(
      ({ late, ...draft }): WorkItem => ({
        role: null,
        control: null,
        controls: [],
        subject: null,
        askedBy: null,
        ...draft,
        owner: draft.owner ?? holderOf(facts, draft),
        when: whenOf({ ...draft, late: late === true }, today),
      }),
    )
    .sort(inOrder);
}

/** The holder of the guide's audience for this kind of work; null for what Bylaw does itself. */
function holderOf({ catalogue, holders }: WorkFacts, { kind, role }: Draft): Owner | null {
  if (kind === 'report') return null;
  const audience = audienceOf(catalogue.audiences, role ?? null);
  return audience === null ? null : (holders.get(audience) ?? null);
}

/** Order of all work lists. */
export function inOrder(a: WorkItem, b: WorkItem): number {
  return (
    WORK_WHEN.indexOf(a.when) - WORK_WHEN.indexOf(b.when) ||
    (a.due ?? '').localeCompare(b.due ?? '') ||
    WORK_KINDS.indexOf(a.kind) - WORK_KINDS.indexOf(b.kind) ||
    byCodeUnit(a.title, b.title) ||
    byCodeUnit(a.key, b.key)
  );
}

function whenOf({ kind, due, late }: Draft, today: string): WorkWhen {
  if (late === true) return 'overdue';
  if (kind === 'report') return 'itself';
  if (due === null) return kind === 'finding' ? 'undated' : 'waiting';
  if (due < today) return 'overdue';
  return due <= addDays(today, SOON_DAYS) ? 'soon' : 'later';
}

/** Key of the work item for a finding, shared by Home and Work. */
export function findingKey({
  kind,
  controls,
  place,
}: Pick<NextAction, 'kind' | 'controls' | 'place'>): string {
  return `finding:${kind}:${place ?? (kind === 'bring' ? controls.toSorted().join('+') : (controls[0] ?? ''))}`;
}

/**
 * Whatever fails, is pending or cannot be read: the same list as on Home. Each has the owner and due day assigned to
 * its controls, or the day given by a rule, whichever is earlier. If several controls wait for the same thing, each
 * owner gets one work item.
 */
function findings({ catalogue, verdicts, assigned }: WorkFacts): Draft[] {
  const ordered = [...verdicts].sort((a, b) => byCodeUnit(a.control, b.control));
  const byControl = new Map(assigned.map((one) => [one.control, one]));
  return nextActions(catalogue as Catalogue, ordered, 'console').flatMap((action) => {
    const given = action.controls.flatMap((id) => byControl.get(id) ?? []);
    const shares = [...Map.groupBy(given, ({ owner }) => ownerKey(owner)).values()];
    return (shares.length === 0 ? [[]] : shares).map((share, at): Draft => {
      const first = share[0]?.control ?? action.controls[0] ?? '';
      const days = [action.due, ...share.map(({ due }) => due)].filter((day) => day !== null);
      return {
        key: at === 0 ? findingKey(action) : `${findingKey(action)}#${at + 1}`,
        kind: 'finding',
        title: action.title,
        why: action.detail,
        due: days.sort()[0] ?? null,
        owner: share[0]?.owner ?? null,
        role: catalogue.controls.find(({ id }) => id === first)?.concerns ?? null,
        control: first === '' ? null : first,
        controls: share.length === 0 ? action.controls : share.map(({ control }) => control),
        subject: action.answers.length === 0 ? null : action.answers.join(','),
      };
    });
  });
}

function ownerKey(owner: Owner | null): string {
  return owner === null ? '' : (owner.user ?? `${owner.name} ${owner.mail ?? ''}`);
}

function deployment({ tasks }: WorkFacts): Draft[] {
  return tasks.flatMap(({ task, number, title, state, owner, due }): Draft[] => {
    if (state === 'proved' || state === 'not_needed' || (owner === null && due === null)) return [];
    return [
      {
        key: `deployment_task:${task}`,
        kind: 'deployment_task',
        title: `Task ${number} of the deployment: ${title}`,
        why: STATE_WHY[state],
        due,
        owner,
        subject: task,
      },
    ];
  });
}

/** Drift to be restored, until a later reading shows that it was. */
function restores({ restores: all }: WorkFacts): Draft[] {
  return all.map(({ id, departure, label, reason, owner, due }) => ({
    key: `drift:${id}`,
    kind: 'drift',
    title: `Put back: ${label}`,
    why: `It closes once a later reading shows it. Why it was decided: ${reason}`,
    due,
    owner,
    subject: departure,
  }));
}

const STATE_WHY = {
  locked: 'It is locked: a task before it is not proved.',
  fails: 'One of its checks fails.',
  cannot_read: 'One of its checks cannot be read.',
  pending: 'One of its checks is pending.',
  not_licensed: 'Plan or licenses lack what it needs.',
  policy_only: 'Only a policy applies here.',
} as const;

function recurring({ catalogue, rhythms }: WorkFacts): Draft[] {
  const byTask = new Map(rhythms.map((rhythm) => [rhythm.task, rhythm]));
  const { tasks } = catalogue.cadence;
  const items = tasks.flatMap((task): Draft[] => {
    const rhythm = byTask.get(task.id);
    if (rhythm === undefined || !rhythm.active) return [];
    // A task triggered by an event has a due day only while there is something to do.
    if (rhythm.due === null && 'event' in task.every) return [];
    const last =
      rhythm.last === null
        ? 'Nothing recorded yet.'
        : `Last done on ${dayWords(rhythm.last.on)} by ${rhythm.last.by}.`;
    return [
      {
        key: `recurring:${task.id}`,
        kind: 'recurring',
        title: task.action,
        why: `${everyWords(task, rhythm.months)}. ${rhythm.due === null ? 'No day is set. ' : ''}${last}`,
        due: rhythm.due,
        owner: rhythm.owner,
        role: task.who,
        subject: task.id,
      },
    ];
  });
  const undecided = tasks.filter((task) => 'months' in task.every && !byTask.has(task.id));
  if (undecided.length === 0) return items;
  return [
    ...items,
    {
      key: 'recurring:unscheduled',
      kind: 'recurring',
      title: `Schedule ${count(undecided.length, 'recurring task')}`,
      why: `No one has decided who does them or when: ${names(
        undecided.map(({ title }) => `“${title}”`),
        2,
      )}. An Owner, a technician or a client admin schedules them.`,
      due: null,
      role: 'it_lead',
    },
  ];
}

/** The review set in the journal, for clients that do not keep reviews here. */
function review({ journal, rhythms }: WorkFacts): Draft[] {
  const kept = rhythms.some(({ task, active, due }) => task === QUARTERLY_REVIEW && active && due !== null);
  const { nextReview, lastReview } = journal;
  if (kept || nextReview === null || (lastReview !== null && lastReview >= nextReview)) return [];
  return [
    {
      key: 'review:journal',
      kind: 'review',
      title: 'Do the governance review',
      why: `The journal sets it for ${dayWords(nextReview)}. It has not been recorded as done since.`,
      due: nextReview,
      role: 'governance_owner',
      control: 'CLA-OPS-07',
    },
  ];
}

function flags({ flags: all }: WorkFacts): Draft[] {
  return all.map((flag) => ({
    key: `review_flag:${flag.review}/${flag.item}`,
    kind: 'review',
    title: `Follow up on a review: ${flag.title}`,
    why: `Flagged${flag.signedOn === null ? '' : ` on ${dayWords(flag.signedOn)}`}${flag.note === null ? '.' : `: ${flag.note}`}`,
    due: flag.day,
    owner: flag.owner,
    role: 'governance_owner',
    subject: `${flag.review}?item=${flag.item}`,
  }));
}

function itself({ reports }: WorkFacts): Draft[] {
  return reports.map((plan) => ({
    key: `report:${plan.id}`,
    kind: 'report',
    title: `The ${plan.cadence} report is made`,
    why:
      plan.recipients === 0
        ? 'Bylaw makes it automatically. No one is notified of it.'
        : `Bylaw makes it automatically and sends a link to ${count(plan.recipients, 'person', 'people')}.`,
    due: plan.nextOn,
    subject: plan.id,
  }));
}
