import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { absent, type Because, because } from '../outcome.ts';
import { type Approved, approvedConnectors } from './chartered.ts';

/** The charter's connectors, or the question to ask. */
export function chartered(
  context: CheckContext,
): { ok: true; approved: readonly Approved[]; evidence: Evidence } | { ok: false; said: Because; ask: Ask } {
  const question = ask(
    'charter',
    'connectors',
    'State the approved connectors under `connectors` in the charter, each with its actions and allow, ask or blocked; an empty list is a valid answer.',
  );
  if (!context.charter.ok) return { ok: false, said: absent(context.charter), ask: question };
  const { connectors } = context.charter.value;
  if (!connectors)
    return {
      ok: false,
      said: because('connectors.observe.not_stated', 'The charter does not state the approved connectors.'),
      ask: question,
    };
  return {
    ok: true,
    approved: approvedConnectors(context.charter.value, context.catalogue),
    evidence: context.charter.cite('connectors', count(connectors.length, 'approved connector')),
  };
}

/** Like `chartered`, for rules that evaluate approved connectors one by one: not applicable if there are none. */
export function someChartered(
  context: CheckContext,
): { ok: true; approved: readonly Approved[]; evidence: Evidence } | { ok: false; outcome: Outcome } {
  const charter = chartered(context);
  if (!charter.ok)
    return {
      ok: false,
      outcome: charter.said.cannotRead(charter.ask),
    };
  return charter.approved.length > 0
    ? charter
    : {
        ok: false,
        outcome: because(
          'connectors.observe.no_connectors',
          'The charter approves no connectors.',
        ).notApplicable([charter.evidence]),
      };
}

/** "the charter (version 6)". */
export function charterWords(context: CheckContext): string {
  const version = context.charter.ok ? context.charter.value.version : undefined;
  return version === undefined ? 'the charter' : `the charter (version ${version})`;
}
