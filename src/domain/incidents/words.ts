import type { PlaybookStep } from '../model/playbook.ts';
import { count } from '../text/words.ts';
import type { Gap } from './status.ts';

/** INC-0012, or DRL-0012 for a drill. */
export function incidentCode(number: number, drill: boolean): string {
  return `${drill ? 'DRL' : 'INC'}-${String(number).padStart(4, '0')}`;
}

/** Timeline action recorded when the report behind an incident was removed. */
export const REPORT_REMOVED = 'report_removed';

/** Labels of actions in the timeline. */
export const ACT_WORDS: Readonly<Record<string, string>> = {
  opened: 'Opened the incident',
  drill_opened: 'Opened the drill',
  edited: 'Changed what it is about',
  lead: 'Changed who leads it',
  note: 'Note',
  text_asked: 'Asked to open the text of an event',
  text_opened: 'Opened the text of an event',
  content_attached: 'Attached a file with the content of conversations',
  content_asked: 'Asked to open an attached file',
  content_opened: 'Opened an attached file',
  content_destroyed: 'Destroyed an attached file',
  content_over: 'An attached file was destroyed after its last day',
  content_key_lost: 'An attached file can no longer be opened: its key is lost',
  [REPORT_REMOVED]: 'The staff report it was created from was removed by the retention rule',
  collected: 'Collected evidence',
  assigned: 'Changed the owner or time of a step',
  owner_told: 'Wrote to the owner of a step',
  owner_not_told: 'Could not email the owner of a step',
  saved: 'Recorded answers of a step',
  done: 'Marked a step as done',
  undone: 'Reopened a step',
  leave_out_asked: 'Asked to skip a step',
  left_out: 'Skipped a step',
  agreed: 'Agreed to skip a step',
  resolved: 'Closed it as resolved',
  false_alarm: 'Closed it as a false alarm',
  reopened: 'Reopened it',
  pattern_saved: 'Changed the patterns of passwords and keys',
  sample_caught: 'Tried a made-up sample: the rules find it',
  sample_caught_before: 'Tried a made-up sample: a proposed pattern finds it',
  sample_missed: 'Tried a made-up sample: nothing finds it',
  permission_proposed: 'Proposed a stricter permission',
  permission_in_force: 'The draft with the stricter permission came into force',
  permission_refused: 'The draft with the stricter permission was refused',
  permission_withdrawn: 'The draft with the stricter permission was withdrawn',
  permission_seen: 'A reading shows the stricter permission',
  closing_shown: 'Closed based on a reading that shows it',
  closing_stated: 'Closed without a reading that shows it',
  change_planned: 'Planned a change',
  change_approved: 'Approved a change',
  change_applied: 'Carried out a change',
  change_verified: 'A reading shows the change',
  change_failed: 'A change was refused',
  change_withdrawn: 'Withdrew a change',
};

/** What is missing, in words for the person who has to complete it. */
export function gapWords(gap: Gap, step: Pick<PlaybookStep, 'title' | 'fields' | 'entries'>): string {
  const fields = gap.entry === undefined ? step.fields : (step.entries?.fields ?? []);
  const asks = fields.find(({ id }) => id === gap.field)?.asks ?? '';
  const where = gap.entry === undefined ? '' : ` (entry ${gap.entry})`;
  switch (gap.code) {
    case 'not_done':
      return 'Not done yet';
    case 'waits':
      return 'Another step comes first';
    case 'unanswered':
      return `No answer to “${asks}”${where}`;
    case 'unfit':
      return `The answer to “${asks}”${where} does not fit the question`;
    case 'same':
      return `“${asks}”${where} is unchanged, so nothing shows that it was replaced`;
    case 'undecided':
      return `“${asks}”${where} is still open`;
    case 'no_entry':
      return `List every ${step.entries?.noun ?? 'entry'}, or state that there is none`;
    case 'unconfirmed':
      return `For ${count(gap.count ?? 0, 'call')} in the session that changed something, or may have, say whether the person meant it`;
    case 'no_proof':
      return 'No proof yet that it worked: attach a file, or import a newer reading that shows it';
    case 'awaited':
      return 'Not every stricter permission is in force and shown by a later reading';
    case 'contradicted':
      return 'Later readings contradict it';
    case 'no_lesson':
      return 'Link at least one lesson to a draft of the charter or to a control';
    case 'second_person':
      return 'A second person has to agree to skip it';
  }
}
