import type { Control } from '#domain/model/catalogue.ts';
import { STATE_WORDS, type State, type Verdict } from '#domain/model/verdict.ts';
import { sentence } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import { verdictOf } from '#store/verdicts/body.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

/** Current verdicts of a client by control. The caller must have made sure that they are today's. */
export async function currentVerdicts(tx: Tx, clientId: string): Promise<ReadonlyMap<string, Verdict>> {
  const rows = await tx
    .selectFrom('verdicts')
    .select(['control_id', 'body'])
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .execute();
  // The verdict as the domain produced it; nothing else is stored in this column.
  return new Map(rows.map((row) => [row.control_id, verdictOf(row.body)]));
}

export function controlOf(context: HandlerContext, id: string): Control {
  const control = context.services.catalogue.controls.find((one) => one.id === id);
  if (!control) throw notFound(`There is no control ${id} in the catalogue.`);
  return control;
}

/** Why a verdict in this state cannot be accepted; null if it can. An accepted one may be requested again. */
export function whyNotAcceptable(id: string, state: State | null): string | null {
  const nothing = 'There is nothing to accept.';
  switch (state) {
    case 'fail':
    case 'pending':
    case 'accepted':
      return null;
    case null:
      return `${id} has not been decided for this client yet. ${nothing}`;
    case 'cannot_read':
      return `${id} is Cannot read: it is not known whether it passes. Import what it asks for first; an exception never hides what is not known.`;
    case 'pass':
      return `${id} is Pass now. ${nothing}`;
    case 'policy_only':
    case 'not_licensed':
    case 'not_applicable':
      return `${id} is ${STATE_WORDS[state]} for this client, so nothing is failing. ${nothing}`;
  }
}

/** The preview in one or two sentences. */
export function effectWords(before: Verdict, after: Verdict, whole: boolean, untilWords: string): string {
  const total = before.items.length;
  const covered = after.exception?.covers ?? 0;
  const what = whole
    ? `The whole control is covered${total > 0 ? `, ${total === 1 ? 'the one finding' : `all ${total} findings`} of today and whatever it lists later` : ''}`
    : `${covered} of ${total} covered`;
  return after.state === 'accepted'
    ? `${what}; the control would be Accepted until ${untilWords}.`
    : `${what}; the control would stay ${sentence(STATE_WORDS[after.state])}${total - covered > 0 ? ` for the other ${total - covered}` : ''}.`;
}
