import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

/** `cannot_read` for a value that only the charter can contain. `what` completes "The charter does not state …". */
export function askCharter(context: CheckContext, key: string, what: string, write?: string): Outcome {
  const question = ask(
    'charter',
    key,
    `State ${what} under “${key}” in the charter${write ? `: ${write}` : ''}.`,
    [what, write ?? ''],
  );
  return (
    context.charter.ok
      ? because('operations.ask.charter_lacks', `The charter does not state ${what}.`, { field: key })
      : absent(context.charter)
  ).cannotRead(question);
}

/** `cannot_read` for an entry that only the journal can contain. `what` completes "The journal does not state …". */
export function askJournal(context: CheckContext, key: string, what: string, write?: string): Outcome {
  const question = ask(
    'journal',
    key,
    `Write ${what} under “${key}” in the journal${write ? `: ${write}` : ''}.`,
    [what, write ?? ''],
  );
  return (
    context.journal.ok
      ? because('operations.ask.journal_lacks', `The journal does not state ${what}.`, { field: key })
      : absent(context.journal)
  ).cannotRead(question);
}

/**
 * `cannot_read` if rosters of the same day differ, so that it is not known whether these people work here; else null.
 */
export function askWhichRoster(
  context: CheckContext,
  people: readonly string[],
  evidence: readonly Evidence[],
): Outcome | null {
  const roster = context.read('roster');
  return roster.ok || roster.code !== 'contradicted' || people.length === 0
    ? null
    : because(
        'operations.ask.rosters_differ',
        `Whether ${names(people)} still ${verb(people.length, 'works', 'work')} here is not known. ${roster.why}`,
      ).cannotRead(roster.howToGet, evidence);
}
