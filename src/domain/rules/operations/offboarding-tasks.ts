import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { contradictedEntries, contradictedWords } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
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
import { because } from '../outcome.ts';
import { askJournal } from './ask.ts';
import { type Leaver, leaversOf } from './leavers.ts';
import { leaversWithOtherLastDay } from './leavers-other-last-day.ts';
import { leaversWithoutAddress } from './leavers-without-address.ts';
import { type TaskState, taskState } from './offboarding-states.ts';
import { TASK_IDS, type TaskId, type Tasks, tasksOf } from './tasks-of-leavers.ts';

/** Offboarding as required by guide 6.6, by person and task. */
export const offboardingTasks = defineRule({
  name: 'offboarding-tasks',
  about:
    'For everyone who leaves: account disabled, MFA revoked and Claude seat removed on the last day, connector sign-ins revoked within 7 days, projects handed over within 14. A date in the journal proves a task; a newer members or Entra file that shows otherwise overrules it, and so does any later use of Claude, sign-in or connector of the person.',
  needs: {
    members: ['name', 'status', 'seat'],
    roster: ['name', 'endsOn'],
    entra_users: ['name', 'enabled'],
  },
  failsWithout: { roster: ['name'] },
  failsFromPart: ['roster', 'members'],
  undoneByPart: true,
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
        : ` ${people.ready.why} Without it, people who left and are not in the journal cannot be found.`;
      return because(
        'operations.offboarding_tasks.overdue',
        `${late.length} of ${count(leavers.length, 'person', 'people')} who left ${verb(late.length, 'has', 'have')} overdue tasks: ${names(said, 3)}.${doneLate}${unwritten}${unseen}`,
      ).fail(
        overdue.flatMap((item) => item.evidence),
        overdue,
      );
    }
    if (!people.ready.ok) {
      const { says, items } = shownByOldRoster(context, PEOPLE_DAYS);
      return because(
        'operations.offboarding_tasks.people_unread',
        `${people.ready.why} Without it, people who left and are not in the journal cannot be found.${says}`,
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
        `For ${names(doubtful.map(({ leaver }) => leaver.name))} the journal says that the Claude seat was removed, but since then ${contradictedWords(doubtful.map(({ leaver }) => contradicted.get(address(leaver.entry?.value.email ?? ''))))}, so the entry cannot be relied on.`,
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
      `${count(leavers.length, 'person', 'people')} who left: ${count(done.length, 'task')} done, none open${late.length > 0 ? `; ${late.length} of them ${verb(late.length, 'was', 'were')} done after the due day: ${names(late.map((item) => `${item.label}, ${item.late} late`))}` : ''}.`,
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
