import type { z } from 'zod';
import type { Control } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { dayWords, names } from '#domain/text/words.ts';
import type { ReminderMail, WorkReminder } from '#store/reminders/work-reminders.ts';
import type { FactEvent } from '#store/verdicts/facts.ts';
import type { VerdictStretch } from '#store/verdicts/history.ts';
import type { AssignmentRow } from '#store/work/assignments.ts';
import type { CommentRow } from '#store/work/comments.ts';
import { bearsOn, causeOf, eventWords } from './causes.ts';
import type { controlSchema } from './contract.ts';

type Entry = z.infer<typeof controlSchema>['timeline'][number];

interface TimelineInput {
  readonly control: Control;
  /** Newest first. */
  readonly history: readonly VerdictStretch[];
  /** Newest first; limited to what the person may see. */
  readonly events: readonly FactEvent[];
  readonly comments: readonly CommentRow[];
  readonly reminders: readonly WorkReminder[];
  /** As last changed. */
  readonly assignment: AssignmentRow | null;
  readonly nameOf: (by: string | null) => string | null;
  /** Whether the person may see imports, attestations and exceptions. */
  readonly shows: (event: FactEvent) => boolean;
}

/** The history of a control's states and of what affected it, newest first, each with person and reason. */
export function timelineOf({
  control,
  history,
  events,
  comments,
  reminders,
  assignment,
  nameOf,
  shows,
}: TimelineInput): Entry[] {
  const verdicts = history.map((stretch, index): Entry => {
    const cause = causeOf(stretch, history[index + 1] ?? null, control, events, nameOf);
    const listed = stretch.verdict.items.map(({ label }) => label);
    return {
      id: stretch.id,
      at: stretch.since.toISOString(),
      kind: 'verdict',
      state: stretch.state,
      title: `${STATE_WORDS[stretch.state]}${listed.length === 0 ? '' : `: ${names(listed, 2)}`}`,
      // The page already shows the reason of the current verdict at its top.
      detail: stretch.until === null ? `${cause.words}.` : `${cause.words}. ${stretch.reason}`,
      by:
        cause.by ??
        (cause.what === 'time' || cause.what === 'catalogue' || cause.what === 'first' ? 'Bylaw' : null),
      sha256: null,
      subject: null,
    };
  });
  const others = events
    .filter((event) => bearsOn(event, control) && shows(event))
    .flatMap((event): Entry[] => {
      // Edits of the client and decisions about people appear as causes of the verdicts that they changed.
      if (event.what === 'profile' || event.what === 'people') return [];
      return [
        {
          id: `${event.id} ${event.act}`,
          at: event.at.toISOString(),
          kind: event.what,
          state: null,
          title: eventWords(event),
          detail: event.detail,
          by: nameOf(event.by),
          sha256: event.sha256,
          subject: event.what === 'import' || event.what === 'document' ? event.importId : event.id,
        },
      ];
    });
  const notes = [
    ...comments.map(commentEntry),
    ...reminders.map(reminderEntry),
    ...(assignment === null ? [] : [assignmentEntry(assignment)]),
  ];
  return [...verdicts, ...others, ...notes].sort(
    (a, b) => b.at.localeCompare(a.at) || Number(b.kind === 'verdict') - Number(a.kind === 'verdict'),
  );
}

function commentEntry(row: CommentRow): Entry {
  return {
    id: row.id,
    at: row.written_at.toISOString(),
    kind: 'comment',
    state: null,
    title: row.edited_at === null ? 'Comment' : 'Comment, edited later',
    detail: row.text,
    by: row.written_by_name,
    sha256: null,
    subject: null,
  };
}

const MAIL_WORDS: Readonly<Record<ReminderMail, string>> = {
  sending: 'In the console; the email is on its way.',
  sent: 'In the console and by email.',
  failed: 'In the console. The email could not be sent.',
  not_set_up: 'In the console. Mail is not set up.',
  declined: 'In the console. They turned off emails about assigned work.',
  sandbox: 'In the console. No email is sent from the sandbox.',
};

function reminderEntry(row: WorkReminder): Entry {
  return {
    id: row.id,
    at: row.sent_at.toISOString(),
    kind: 'reminder',
    state: null,
    title: `Reminded ${row.user_name}`,
    detail: ownValue(MAIL_WORDS, row.mail) ?? null,
    by: row.sent_by_name,
    sha256: null,
    subject: null,
  };
}

function assignmentEntry(row: AssignmentRow): Entry {
  const due = row.due_on === null ? '' : `, due ${dayWords(row.due_on)}`;
  return {
    id: `assignment ${row.version}`,
    at: row.changed_at.toISOString(),
    kind: 'assignment',
    state: null,
    title: row.owner_name === null ? `Assigned to no one${due}` : `Assigned to ${row.owner_name}${due}`,
    detail: null,
    by: row.changed_by_name,
    sha256: null,
    subject: null,
  };
}
