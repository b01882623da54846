import { addDays, daysBetween } from '../../model/day.ts';
import type { MemberRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, isUnread } from '../../model/rule.ts';
import { stepDay } from '../../people/departed.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { count, dayWords, sentence } from '../../text/words.ts';
import { removedSince } from '../accounts/removed-since.ts';
import { statedInvitation } from '../policy/first-access.ts';
import type { Leaver } from './leavers.ts';
import { type TaskId, tasksOf } from './tasks-of-leavers.ts';
import { undoneSince } from './undone-since.ts';

/** What the journal and the readings show about one offboarding task of one person. */
export type TaskState =
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

/** The state of a task: a day in the journal proves it, unless a later reading or trace shows otherwise. */
export function taskState(context: CheckContext, leaver: Leaver, id: TaskId): TaskState {
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
  const doneOn = date ?? (reading?.open === false && id === 'claude' ? reading.on : undefined);
  const undone = doneOn === undefined ? null : undoneSince(context, leaver, id, doneOn);
  if (undone !== null) {
    const wording = date
      ? `The journal says ${task.words} on ${dayWords(date)}`
      : sentence(reading?.words ?? task.words);
    return {
      is: 'overdue',
      days: Math.max(0, daysBetween(due, today)),
      seen: true,
      words: `${wording}, but ${leaver.name} ${undone.words}`,
      evidence: [...proof, ...(reading?.evidence ?? []), ...undone.evidence],
    };
  }
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
