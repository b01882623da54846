import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask, message } from '../../text/message.ts';
import { absent, cannotRead } from '../outcome.ts';

/** `cannot_read` for a value that only the charter can hold. `what` completes "The charter does not state …". */
export function askCharter(context: CheckContext, key: string, what: string, write?: string): Outcome {
  const question = ask(
    'charter',
    key,
    `State ${what} under "${key}" in the charter${write ? `: ${write}` : ''}.`,
    [what, write ?? ''],
  );
  return cannotRead(
    context.charter.ok
      ? message('operations.ask.charter_lacks', `The charter does not state ${what}.`, { field: key })
      : absent(context.charter),
    question,
  );
}

/** `cannot_read` for an entry that only the journal can hold. `what` completes "The journal does not state …". */
export function askJournal(context: CheckContext, key: string, what: string, write?: string): Outcome {
  const question = ask(
    'journal',
    key,
    `Write ${what} under "${key}" in the journal${write ? `: ${write}` : ''}.`,
    [what, write ?? ''],
  );
  return cannotRead(
    context.journal.ok
      ? message('operations.ask.journal_lacks', `The journal does not state ${what}.`, { field: key })
      : absent(context.journal),
    question,
  );
}
