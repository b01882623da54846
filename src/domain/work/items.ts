import { type NextAction, nextActions } from '../decide/next-actions.ts';
import { QUARTERLY_REVIEW } from '../model/cadence.ts';
import type { Catalogue, Control } from '../model/catalogue.ts';
import { addDays } from '../model/day.ts';
import { KINDS } from '../model/kinds.ts';
import { count, dayWords, names, sentence } from '../text/words.ts';
import { alerts } from './alerts.ts';
import { everyWords } from './cadence.ts';
import { isSettled, type Owner, type Statement, type WorkFacts } from './facts.ts';

/** What a piece of work is. */
export const WORK_KINDS = [
  'alert',
  'finding',
  'exception_waits',
  'override_waits',
  'charter_waits',
  'request_waits',
  'source',
  'sink',
  'exception_ends',
  'request_ends',
  'attestation_ends',
  'reading_ends',
  'deployment_task',
  'recurring',
  'review',
  'report',
  'import_draft',
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/**
 * When, in the order in which it is shown. `waiting`: no date, and somebody has to act; `undated`: a finding without a
 * date; `itself`: Bylaw does it, nobody has to act.
 */
export const WORK_WHEN = ['overdue', 'soon', 'waiting', 'undated', 'later', 'itself'] as const;
export type WorkWhen = (typeof WORK_WHEN)[number];
/** What is to be done now: the number beside the menu, on Home and in reminders. */
export const NOW: readonly WorkWhen[] = ['overdue', 'soon', 'waiting'];

/** Days ahead that are called soon. */
export const SOON_DAYS = 14;
/** Days for which a statement counts where its control names none. */
const STATEMENT_DAYS = 90;

export interface WorkItem {
  /** Stays the same as long as it is the same piece of work. */
  readonly key: string;
  readonly kind: WorkKind;
  readonly title: string;
  /** Why it is there. */
  readonly why: string;
  /** Day in the client's zone; null: it has none. */
  readonly due: string | null;
  readonly when: WorkWhen;
  /** null: nobody. */
  readonly owner: Owner | null;
  /** Who does such work by the guide or by their role, where no person is named. */
  readonly role: string | null;
  readonly control: string | null;
  /** What it is about: an exception, a task, an import. */
  readonly subject: string | null;
  /** Who asked for what waits: they cannot decide it themselves. */
  readonly askedBy: string | null;
}

/** A piece of work before its day is compared with today. */
export type Draft = Pick<WorkItem, 'key' | 'kind' | 'title' | 'why' | 'due'> &
  Partial<Pick<WorkItem, 'owner' | 'role' | 'control' | 'subject' | 'askedBy'>>;

/** Everything that is due at a client, or waits for somebody, worst first. Pure: the same facts give the same list. */
export function workItems(facts: WorkFacts, today: string): readonly WorkItem[] {
  const drafts = [
    ...alerts(facts),
    ...findings(facts),
    ...waiting(facts),
    ...runningOut(facts, today),
    ...deployment(facts),
    ...recurring(facts),
    ...review(facts),
    ...itself(facts),
  ];
  return drafts
    .map(
      (draft): WorkItem => ({
        owner: null,
        role: null,
        control: null,
        subject: null,
        askedBy: null,
        ...draft,
        when: whenOf(draft, today),
      }),
    )
    .sort(inOrder);
}

/** The one order: by when, then by day, then by name. */
export function inOrder(a: WorkItem, b: WorkItem): number {
  return (
    WORK_WHEN.indexOf(a.when) - WORK_WHEN.indexOf(b.when) ||
    (a.due ?? '').localeCompare(b.due ?? '') ||
    WORK_KINDS.indexOf(a.kind) - WORK_KINDS.indexOf(b.kind) ||
    compare(a.title, b.title) ||
    compare(a.key, b.key)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whenOf({ kind, due }: Draft, today: string): WorkWhen {
  if (kind === 'report') return 'itself';
  if (due === null) return kind === 'finding' ? 'undated' : 'waiting';
  if (due < today) return 'overdue';
  return due <= addDays(today, SOON_DAYS) ? 'soon' : 'later';
}

/** Key of the piece of work that a finding is: by it Home and Work know that they show the same one. */
export function findingKey({ kind, controls }: Pick<NextAction, 'kind' | 'controls'>): string {
  return `finding:${kind}:${kind === 'bring' ? controls.toSorted().join('+') : (controls[0] ?? '')}`;
}

/** What fails, is pending or cannot be read: the same list as Home's. A date stands there only where a rule gave one. */
function findings({ catalogue, verdicts }: WorkFacts): Draft[] {
  const ordered = [...verdicts].sort((a, b) => compare(a.control, b.control));
  return nextActions(catalogue as Catalogue, ordered).map((action) => {
    const first = action.controls[0] ?? '';
    const control = catalogue.controls.find(({ id }) => id === first);
    return {
      key: findingKey(action),
      kind: 'finding',
      title: action.title,
      why: action.detail,
      due: action.due,
      role: control?.concerns ?? null,
      control: first === '' ? null : first,
    };
  });
}

/** Key of the piece of work that something wrong with a source is, on Home and under Work alike. */
export function sourceKey(key: string): string {
  return `source:${key}`;
}

/** The same of a sink. */
export function sinkKey(key: string): string {
  return `sink:${key}`;
}

function waiting({ exceptions, overrides, charters, requests, imports, sources, sinks }: WorkFacts): Draft[] {
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
        title: `An exception for ${short(one.control)} waits for a second person`,
        why: `${one.requestedByName} asks until ${dayWords(one.until)}: ${one.reason}`,
        due: null,
        role: 'approver',
        control: one.control,
        subject: one.id,
        askedBy: one.requestedBy,
      }),
    ),
    ...overrides.map(
      (one): Draft => ({
        key: `override_waits:${one.id}`,
        kind: 'override_waits',
        title: `An override of “${one.title}” waits for a second person`,
        why: `${one.requestedByName} asks: ${one.reason}`,
        due: null,
        role: 'msp_technician',
        subject: one.task,
        askedBy: one.requestedBy,
      }),
    ),
    ...charters.map(
      (one): Draft => ({
        key: `charter_waits:${one.id}`,
        kind: 'charter_waits',
        title: `A draft of the charter waits for approval: ${one.title}`,
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
            one.approvals > 0
              ? `The request for ${one.name} waits for a second person`
              : `A request for ${one.name} waits for a decision`,
          why: `${one.askedByName} asks: ${one.purpose}`,
          due: null,
          role: 'it_admin',
          control: 'CLA-CON-25',
          subject: one.id,
          askedBy: one.askedBy,
        }),
      ),
    ...imports.map(
      (one): Draft => ({
        key: `import_draft:${one.id}`,
        kind: 'import_draft',
        title: 'An import is not finished',
        why: `${count(one.files, 'file')}, begun on ${dayWords(one.begun)} and not stored. Nothing of it counts yet.`,
        due: null,
        subject: one.id,
      }),
    ),
  ];
}

function runningOut(facts: WorkFacts, today: string): Draft[] {
  const { verdicts, statements, catalogue } = facts;
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const stateOf = new Map(verdicts.map(({ control, state }) => [control, state]));
  const stated = new Set<string>();
  const attestations = statements.flatMap((statement): Draft[] => {
    const ends = endOf(statement, controls.get(statement.control));
    // What has run out shows as a finding: the control cannot be read any more.
    if (ends === null || ends < today || isSettled(stateOf.get(statement.control))) return [];
    stated.add(statement.control);
    return [
      {
        key: `attestation_ends:${statement.control}`,
        kind: 'attestation_ends',
        title: `What was seen for ${short(statement.control)} stops counting`,
        why: `${statement.by} looked on ${dayWords(statement.seen)}. Look again before it ends.`,
        due: ends,
        owner: { user: null, name: statement.by, mail: null },
        role: controls.get(statement.control)?.concerns ?? null,
        control: statement.control,
        subject: statement.id,
      },
    ];
  });
  const exceptions = verdicts.flatMap(({ control, exception }): Draft[] =>
    exception === null
      ? []
      : [
          {
            key: `exception_ends:${control}:${exception.until}`,
            kind: 'exception_ends',
            title: `The exception for ${short(control)} ends`,
            why: `Of ${exception.owner}: ${exception.reason}`,
            due: exception.until,
            owner: { user: null, name: exception.owner, mail: null },
            control,
          },
        ],
  );
  return [...attestations, ...exceptions, ...approvals(facts, today), ...readings(facts, stated)];
}

/** Approvals of connectors that end. What ended is told where the charter and its departures are. */
function approvals({ requests }: WorkFacts, today: string): Draft[] {
  return requests.flatMap((one): Draft[] => {
    const { until } = one;
    const later = requests.some(
      (other) => other.until !== null && other.connector === one.connector && other.until > (until ?? ''),
    );
    if (until === null || until < today || later) return [];
    return [
      {
        key: `request_ends:${one.id}`,
        kind: 'request_ends',
        title: `The approval of ${one.name} ends`,
        why: `${one.askedByName} asked for it: ${one.purpose}`,
        due: until,
        role: 'it_admin',
        control: 'CLA-CON-25',
        subject: one.id,
      },
    ];
  });
}

/** Readings that stop counting, by what was read. Several controls of one file are one piece of work. */
function readings({ verdicts }: WorkFacts, stated: ReadonlySet<string>): Draft[] {
  const groups = new Map<string, { readonly kinds: readonly string[]; due: string; controls: string[] }>();
  for (const verdict of verdicts.toSorted((a, b) => compare(a.control, b.control))) {
    if (verdict.goodUntil === null || verdict.readings.length === 0 || stated.has(verdict.control)) continue;
    const kinds = verdict.readings.toSorted(compare);
    const key = kinds.join('+');
    const group = groups.get(key) ?? { kinds, due: verdict.goodUntil, controls: [] };
    if (verdict.goodUntil < group.due) group.due = verdict.goodUntil;
    group.controls.push(verdict.control);
    groups.set(key, group);
  }
  return [...groups].map(([key, { kinds, due, controls }]) => ({
    key: `reading_ends:${key}`,
    kind: 'reading_ends',
    title: `${sentence(names(kinds.map(labelOf), 3))}: bring a new reading`,
    why: `${count(controls.length, 'control rests', 'controls rest')} on it: ${names(controls.map(short), 4)}. It counts until ${dayWords(due)}.`,
    due,
    role: 'it_admin',
  }));
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

const STATE_WHY = {
  locked: 'It is locked: a task before it is not proved.',
  fails: 'A check of it fails.',
  cannot_read: 'A check of it cannot be read.',
  pending: 'A check of it is pending.',
  not_licensed: 'Plan or licences lack what it needs.',
  policy_only: 'Only a policy holds here.',
} as const;

function recurring({ catalogue, rhythms }: WorkFacts): Draft[] {
  const byTask = new Map(rhythms.map((rhythm) => [rhythm.task, rhythm]));
  const { tasks } = catalogue.cadence;
  const items = tasks.flatMap((task): Draft[] => {
    const rhythm = byTask.get(task.id);
    if (rhythm === undefined || !rhythm.active) return [];
    // What comes with an event has a day only while there is something to do.
    if (rhythm.due === null && 'event' in task.every) return [];
    const last =
      rhythm.last === null
        ? 'Nothing is written down yet.'
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
      why: `Nobody decided yet who does them and when: ${names(
        undecided.map(({ title }) => title),
        2,
      )}.`,
      due: null,
      role: 'it_lead',
    },
  ];
}

/** The review that the journal sets, for a client that does not keep it here. */
function review({ journal, rhythms }: WorkFacts): Draft[] {
  const kept = rhythms.some(({ task, active, due }) => task === QUARTERLY_REVIEW && active && due !== null);
  const { nextReview, lastReview } = journal;
  if (kept || nextReview === null || (lastReview !== null && lastReview >= nextReview)) return [];
  return [
    {
      key: 'review:journal',
      kind: 'review',
      title: 'Do the governance review',
      why: `The journal sets it for ${dayWords(nextReview)}. Nothing is written down as done since.`,
      due: nextReview,
      role: 'governance_owner',
      control: 'CLA-OPS-07',
    },
  ];
}

function itself({ reports }: WorkFacts): Draft[] {
  return reports.map((plan) => ({
    key: `report:${plan.id}`,
    kind: 'report',
    title: `The ${plan.cadence} report is made`,
    why:
      plan.recipients === 0
        ? 'Bylaw makes it by itself. Nobody is told of it.'
        : `Bylaw makes it by itself and sends a link to ${count(plan.recipients, 'person', 'people')}.`,
    due: plan.nextOn,
    subject: plan.id,
  }));
}

/** Last day on which a statement counts, as the rule reads it. */
function endOf({ seen, expires }: Statement, control: Control | undefined): string | null {
  const check = control?.checks.find(({ rule }) => rule === 'attested');
  if (check === undefined) return expires;
  const days = typeof check.with.days === 'number' ? check.with.days : STATEMENT_DAYS;
  const ends = addDays(seen, days);
  return expires !== null && expires < ends ? expires : ends;
}

function short(control: string): string {
  return control.replace(/^CLA-/, '');
}

function labelOf(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS].label : kind;
}
