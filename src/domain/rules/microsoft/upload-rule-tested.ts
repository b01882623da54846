import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { CONFLICT_WORDS, conflictOf } from '../../text/statement-notes.ts';
import { count, dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { letThroughSince } from './defender-alerts.ts';

const REPEAT_TEST_QUESTION = ask(
  'journal',
  'dlpTest',
  'Look up in Defender why it was let through, then upload the fake file again and note the test under “dlpTest” in the journal.',
  'again',
);

/** What the test has to have shown, in the words that a note may deny. */
const BLOCKED = 'The upload must be blocked, stopped, refused, prevented or denied.';

export const uploadRuleTested = defineRule({
  name: 'upload-rule-tested',
  signed: () => ['dlpTest'],
  about: 'A test with obviously fake member data must have been blocked within the set number of days.',
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide(context, { days }) {
    const { journal, today } = context;
    const question = ask(
      'journal',
      'dlpTest',
      'Upload a file of plainly fake member data to Claude from a managed device and note under “dlpTest” in the journal whether it was blocked.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const test = journal.value.dlpTest;
    if (!test)
      return because(
        'microsoft.journal_checks.upload_not_noted',
        'The journal records no test of the upload rule.',
      ).cannotRead(question);
    const cite = [
      journal.cite(
        'dlpTest',
        `${test.by}, ${dayWords(test.on)}: ${test.blocked ? 'blocked' : 'not blocked'}`,
      ),
    ];
    if (test.on > today)
      return because(
        'microsoft.journal_checks.upload_ahead',
        `The journal dates the test ${dayWords(test.on)}, which is in the future.`,
      ).cannotRead(question, cite);
    if (!test.blocked)
      return because(
        'microsoft.journal_checks.upload_not_blocked',
        `The fake file that ${test.by} uploaded on ${dayWords(test.on)} was not blocked.`,
        { by: test.by },
      ).fail(cite);
    const conflict = test.note === undefined ? null : conflictOf(test.note, BLOCKED);
    if (test.note !== undefined && conflict !== null)
      return because(
        'microsoft.journal_checks.upload_note_denies',
        `The journal says that the fake file that ${test.by} uploaded on ${dayWords(test.on)} was blocked, and notes “${test.note.replace(/\.$/, '')}”, ${CONFLICT_WORDS[conflict]}.`,
        { by: test.by, because: conflict },
      ).cannotRead(question, cite);
    const age = daysBetween(test.on, today);
    if (age > days)
      return because(
        'microsoft.journal_checks.upload_old',
        `The last test, by ${test.by}, is ${count(age, 'day')} old. It is valid for ${count(days, 'day')}.`,
      ).cannotRead(question, cite);
    const through = letThroughSince(context, test.on);
    if (through !== null)
      return because(
        'microsoft.journal_checks.upload_let_through',
        `The fake file that ${test.by} uploaded on ${dayWords(test.on)} was blocked, and since then Defender has reported data loss to Claude that it detected but did not stop (${through.says}).`,
        { by: test.by },
      ).cannotRead(REPEAT_TEST_QUESTION, [...cite, through]);
    return because(
      'microsoft.journal_checks.upload_blocked',
      `The fake file that ${test.by} uploaded on ${dayWords(test.on)} was blocked.`,
      { by: test.by },
    ).pass(cite);
  },
});
// Guide: G6.4-10
