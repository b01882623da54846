import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { MemberRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule, isUnread } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { contradictedEntries, stepDay } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { shownByOldRoster } from '../accounts/old-roster.ts';
import {
  maybeLeavers,
  openSeats,
  PEOPLE_DAYS,
  rosterInPart,
  staffUnknown,
} from '../accounts/people-files.ts';
import { removedSince } from '../accounts/removed-since.ts';
import { because } from '../outcome.ts';
import { statedInvitation } from '../policy/first-access.ts';
import { askJournal } from './ask.ts';
import { type Leaver, leaversOf } from './leavers.ts';
import { leaversWithOtherLastDay } from './leavers-other-last-day.ts';
import { leaversWithoutAddress } from './leavers-without-address.ts';
import { TASK_IDS, type TaskId, type Tasks, tasksOf } from './tasks-of-leavers.ts';

type TaskState =
  | { readonly is: 'done'; readonly daysLate: number; readonly evidence: readonly Evidence[] }
  | { readonly is: 'open'; readonly due: string }
  /** No record of whether the task was done, or was needed. */
  | { readonly is: 'unknown' }
  /** The person never had anything in Claude that could be removed. */
  | { readonly is: 'not_needed' }
  | {
      readonly is: 'overdue';
      readonly days: number;
      /** true: a reading shows that it was not done; false: there is only no record that it was. */
      readonly seen: boolean;
      readonly words: string;
      readonly evidence: readonly Evidence[];
    };

/** Offboarding as required by guide 6.6, by person and task. */
export const offboardingTasks = defineRule({
  name: 'offboarding-tasks',
  about:
    'For everyone who leaves: account disabled, MFA revoked and Claude seat removed on the last day, connector sign-ins revoked within 7 days, projects handed over within 14. A date in the journal proves a task; a newer members or Entra file that shows otherwise overrules it.',
  needs: {
    members: ['name', 'status', 'seat'],
    roster: ['name', 'endsOn'],
    entra_users: ['name', 'enabled'],
  },
  failsWithout: { roster: ['name'] },
  failsFromPart: ['roster', 'members'],
  params: z.strictObject({ tasks: z.array(z.enum(TASK_IDS)).min(1) }),
  decide(context, { tasks }) {
    const { journal } = context;
    const named = tasksOf(context);
    const people = context.people();
    const leavers = leaversOf(context);
    const states = leavers.map((leaver) => ({
      leaver,
      tasks: tasks.map((id) => ({ id, state: taskState(context, leaver, id) })),
    }));
    const overdue = states.flatMap(({ leaver, tasks: all }) =>
      all.flatMap(({ id, state }) =>
        state.is === 'overdue' ? [overdueItem(leaver, named[id].words, id, state)] : [],
      ),
    );
    if (overdue.length > 0) {
      const late = states.filter(({ tasks: all }) => all.some(({ state }) => state.is === 'overdue'));
      const said = late.map(({ leaver, tasks: all }) => personWords(leaver, all, named, late.length <= 3));
      const after = lateItems(states, named);
      const doneLate =
        after.length > 0
          ? ` Done after the due day: ${names(after.map((item) => `${item.label}, ${item.late} late`))}.`
          : '';
      const unwritten = journal.ok ? '' : ` ${journal.why} Which other tasks were done is not known.`;
      const unseen = people.ready.ok
        ? ''
        : ` ${people.ready.why} Without it, leavers who are not in the journal cannot be found.`;
      return because(
        'operations.offboarding_tasks.overdue',
        `${late.length} of ${count(leavers.length, 'leaver')} ${verb(late.length, 'has', 'have')} overdue tasks: ${names(said, 3)}.${doneLate}${unwritten}${unseen}`,
      ).fail(
        overdue.flatMap((item) => item.evidence),
        overdue,
      );
    }
    if (!people.ready.ok) {
      const { says, items } = shownByOldRoster(context, PEOPLE_DAYS);
      return because(
        'operations.offboarding_tasks.people_unread',
        `${people.ready.why} Without it, leavers who are not in the journal cannot be found.${says}`,
      ).cannotRead(
        people.ready.howToGet,
        items.flatMap(({ evidence }) => evidence),
        items,
      );
    }
    if (!journal.ok || !journal.value.offboardings) {
      return askJournal(
        context,
        'offboardings',
        'the offboardings',
        'email address, last day and the day of each task; an empty list is a valid answer',
      );
    }
    const resembling =
      maybeLeavers(context) ?? leaversWithoutAddress(context) ?? leaversWithOtherLastDay(context);
    if (resembling) return resembling;
    const seated = openSeats(people);
    const unknown = rosterInPart(context) ?? staffUnknown(context, (row) => seated.has(row));
    if (unknown) return unknown;
    // An empty list answers the question, but does not count as a completed offboarding.
    const cases = journal.value.offboardings.length;
    const list = cases === 0 ? [] : [journal.cite('offboardings', count(cases, 'offboarding'))];
    const contradicted = contradictedEntries(context, ['members']);
    const doubtful = states.filter(
      ({ leaver, tasks: all }) =>
        leaver.entry !== null &&
        contradicted.has(address(leaver.entry.value.email)) &&
        all.some(({ state }) => state.is === 'done'),
    );
    if (doubtful.length > 0)
      return because(
        'operations.offboarding_tasks.journal_contradicted',
        `For ${names(doubtful.map(({ leaver }) => leaver.name))} the journal says that the Claude seat was removed, but the members file still lists it, so the entry cannot be relied on.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Remove the seats, correct the journal, and export the members again.',
          'after_removal',
        ),
        doubtful.flatMap(({ leaver }) => leaver.evidence),
      );
    const open = states.flatMap(({ leaver, tasks: all }) =>
      all.flatMap(({ id, state }) => (state.is === 'open' ? [{ leaver, id, due: state.due }] : [])),
    );
    const done = states.flatMap(({ tasks: all }) =>
      all.flatMap(({ state }) => (state.is === 'done' ? [state] : [])),
    );
    const evidence = [...list, ...people.restsOn, ...done.flatMap((state) => state.evidence)];
    const first = open.map(({ due }) => due).sort()[0];
    if (first) {
      const who = [...new Set(open.map(({ leaver }) => leaver.name))];
      const undated = [...new Set(open.flatMap(({ leaver }) => (leaver.lastDay === null ? [leaver] : [])))];
      // The day on which the roster was read is not the last day, so a task may already be late.
      if (undated.length > 0)
        return because(
          'operations.offboarding_tasks.day_unknown',
          `${count(undated.length, 'person has', 'people have')} left without a known last day, so whether a task is late is not known: ${names(undated.map(({ name }) => name))}.`,
        ).cannotRead(
          ask(
            'journal',
            'offboardings',
            'Write each person under `offboardings` in the journal with `lastDay` and the day of each task.',
            'with_last_day',
          ),
          evidence,
          undated.map(({ key, name, evidence: shown }) => ({
            key,
            label: name,
            detail: 'Has left; the last day is not stated.',
            evidence: shown,
          })),
        );
      return because(
        'operations.offboarding_tasks.not_due',
        `${count(open.length, 'task')} of ${names(who)} ${verb(open.length, 'is', 'are')} open and not yet due. The next is due on ${dayWords(first)}.`,
      ).pending(
        first,
        evidence,
        open.map(({ leaver, id, due }) => ({
          key: `${leaver.key}/${id}`,
          label: `${leaver.name}: ${named[id].words}`,
          detail: `Due on ${dayWords(due)}.`,
          evidence: leaver.evidence,
        })),
      );
    }
    if (leavers.length === 0) {
      return because(
        'operations.offboarding_tasks.none_left',
        'No member has left according to the roster, and the journal lists no offboarding that is open.',
      ).pass(evidence);
    }
    const late = lateItems(states, named);
    return because(
      'operations.offboarding_tasks.all_done',
      `${count(leavers.length, 'leaver')}: ${count(done.length, 'task')} done, none open${late.length > 0 ? `; ${late.length} of them ${verb(late.length, 'was', 'were')} done after the due day: ${names(late.map((item) => `${item.label}, ${item.late} late`))}` : ''}.`,
    ).pass(
      evidence,
      late.map(({ late: _, ...item }) => item),
    );
  },
});

/** Tasks that were done after their due day: nothing is left to do, but the delay is reported. */
function lateItems(
  states: readonly { leaver: Leaver; tasks: readonly { id: TaskId; state: TaskState }[] }[],
  named: Tasks,
): (Item & { late: string })[] {
  return states.flatMap(({ leaver, tasks }) =>
    tasks.flatMap(({ id, state }) => {
      if (state.is !== 'done' || state.daysLate === 0) return [];
      const late = count(state.daysLate, 'day');
      return [
        {
          key: `${leaver.key}/${id}`,
          label: `${leaver.name}: ${named[id].words}`,
          detail: `Done ${late} after ${dayWords(addDays(leaver.goneBy, named[id].days))}, when it was due.`,
          late,
          evidence: state.evidence,
        },
      ];
    }),
  );
}

function taskState(context: CheckContext, leaver: Leaver, id: TaskId): TaskState {
  const { today, journal } = context;
  const task = tasksOf(context)[id];
  const due = addDays(leaver.goneBy, task.days);
  const entry = leaver.entry?.value;
  const date = stepDay(entry?.[task.field], entry?.lastDay ?? leaver.goneBy, today);
  const proof =
    date && leaver.entry && journal.ok
      ? [journal.cite(`${leaver.entry.path}.${task.field}`, `${task.words} on ${dayWords(date)}`)]
      : [];
  const reading =
    id === 'claude' ? seatReading(context, leaver) : id === 'entra' ? entraReading(context, leaver) : null;
  if (date) {
    if (reading?.open && reading.on > date) {
      return {
        is: 'overdue',
        days: Math.max(0, daysBetween(due, today)),
        seen: true,
        words: `The journal says ${task.words} on ${dayWords(date)}, but ${reading.words} on ${dayWords(reading.on)}`,
        evidence: [...proof, ...reading.evidence],
      };
    }
    return { is: 'done', daysLate: Math.max(0, daysBetween(due, date)), evidence: proof };
  }
  if (reading && !reading.open && !(IN_CLAUDE.has(id) && neverInClaude(context, leaver)))
    return {
      is: 'done',
      daysLate: reading.doneOn === undefined ? 0 : Math.max(0, daysBetween(due, reading.doneOn)),
      evidence: reading.evidence,
    };
  if (IN_CLAUDE.has(id) && neverInClaude(context, leaver)) return { is: 'not_needed' };
  if (today <= due) return { is: 'open', due };
  if (!reading && !journal.ok) return { is: 'unknown' };
  if (IN_CLAUDE.has(id) && mayBeInNoList(context, leaver)) return { is: 'unknown' };
  const days = daysBetween(due, today);
  const since = leaver.lastDay
    ? `due on ${dayWords(due)}, ${count(days, 'day')} ago`
    : 'overdue, the last day is not stated';
  return {
    is: 'overdue',
    days,
    seen: reading !== null,
    words: reading
      ? `${task.open}: ${reading.words} on ${dayWords(reading.on)} (${since})`
      : `No record that it was done (${since})`,
    evidence: [...leaver.evidence, ...(reading?.evidence ?? [])],
  };
}

const IN_CLAUDE: ReadonlySet<TaskId> = new Set(['claude', 'connectors', 'projects']);

/**
 * Whether a person without a seat never held one: no file shows them in Claude, and they left before the first
 * invitation, or a members file of their time exists.
 */
function neverInClaude(context: CheckContext, leaver: Leaver): boolean {
  if (leaver.seat !== null || leaver.lastDay === null || leaver.seen) return false;
  const { lastDay } = leaver;
  const first = statedInvitation(context);
  if (first !== undefined && lastDay < first) return true;
  return context.history('members').some(({ observedOn, complete }) => complete && observedOn <= lastDay);
}

/**
 * Whether the person may be in the missing part of an incomplete members list: then it is not known whether they ever
 * held a seat, so tasks without a record may never have been due.
 */
function mayBeInNoList(context: CheckContext, leaver: Leaver): boolean {
  if (leaver.seat !== null || leaver.seen) return false;
  const members = context.read('members', 30);
  return members.ok ? members.inPart === true : isUnread(members.code);
}

interface Observed {
  readonly open: boolean;
  readonly on: string;
  /** The day on which it was done, if the reading shows it. */
  readonly doneOn?: string;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

function seatReading(context: CheckContext, leaver: Leaver): Observed | null {
  const members = context.read('members', 30);
  if (!members.ok) return null;
  const on = members.observedOn;
  if (leaver.seat) {
    const seats = seatsOf(context, leaver, members.rows).map((seat) => ({
      seat,
      removed: removedSince(context, seat.email, leaver.addresses, on),
    }));
    const kept = seats.find(({ removed }) => removed === null);
    if (kept !== undefined) {
      const evidence = [members.cite(kept.seat, 'still listed')];
      return { open: true, on, words: 'the members file still lists the account', evidence };
    }
    const removals = seats.flatMap(({ removed }) => removed ?? []).sort((a, b) => (a.day < b.day ? -1 : 1));
    const last = removals.at(-1);
    if (last !== undefined)
      return {
        open: false,
        on: last.day,
        doneOn: last.day,
        words: last.words,
        evidence: removals.flatMap(({ evidence }) => evidence),
      };
  }
  return { open: false, on, words: 'the members file does not list the account', evidence: members.evidence };
}

/** The seats of a person who left, who may have had several accounts. */
function seatsOf(
  context: CheckContext,
  { seat, staff }: Leaver,
  rows: readonly MemberRow[],
): readonly MemberRow[] {
  if (seat === null) return [];
  const { matched } = context.people();
  const further =
    staff === null ? [] : matched.filter((one) => one.staff === staff).map(({ member }) => member);
  return [seat, ...further.filter((member) => member !== seat && holdsSeat(member) && rows.includes(member))];
}

function entraReading(context: CheckContext, leaver: Leaver): Observed | null {
  const users = context.read('entra_users', 30);
  if (!users.ok) return null;
  const people = context.people();
  const who = leaver.seat ?? leaver.staff;
  const user =
    (who ? people.entraUser(who) : null) ??
    users.rows.find((row) =>
      [row.upn, row.mail].some((text) => text !== null && leaver.addresses.has(text.toLowerCase())),
    );
  if (!user || user.enabled === null) return null;
  const on = users.observedOn;
  return user.enabled
    ? {
        open: true,
        on,
        words: 'the Entra file shows the account enabled',
        evidence: [users.cite(user, 'account enabled')],
      }
    : {
        open: false,
        on,
        words: 'the Entra file shows the account disabled',
        evidence: [users.cite(user, 'account disabled')],
      };
}

function overdueItem(
  leaver: Leaver,
  words: string,
  id: TaskId,
  state: Extract<TaskState, { is: 'overdue' }>,
): Item {
  return {
    key: `${leaver.key}/${id}`,
    label: `${leaver.name}: ${words}`,
    detail: `${state.words}.`,
    evidence: state.evidence,
  };
}

/** Describes a person's overdue tasks; only by their number if many people would make the sentence too long. */
function personWords(
  leaver: Leaver,
  tasks: readonly { readonly id: TaskId; readonly state: TaskState }[],
  named: Tasks,
  inFull: boolean,
): string {
  const late = tasks.flatMap(({ id, state }) => (state.is === 'overdue' ? [{ id, ...state }] : []));
  const days = count(
    late.reduce((max, task) => Math.max(max, task.days), 0),
    'day',
  );
  // If the roster says "has left" without a day, the start of the delay is unknown.
  const worst = leaver.lastDay === null ? 'since when is not stated' : `up to ${days} late`;
  const seen = late.filter((task) => task.seen).map(({ id }) => named[id].open);
  if (!inFull)
    return `${leaver.name} (${[...seen, `${count(late.length, 'task')} ${leaver.lastDay === null ? 'late' : worst}`].join(', ')})`;
  const unwritten = late.filter((task) => !task.seen).map(({ id }) => named[id].words);
  const which = [...seen, ...(unwritten.length > 0 ? [`no record of ${names(unwritten, 5)}`] : [])];
  return `${leaver.name} (${which.join(', ')}; ${worst})`;
}
// Guide: G2.2-12 G5.5-05 G6.6-00 G6.6-01 G6.6-02 G6.6-03 G6.6-04 G6.6-05 G7.1-02
