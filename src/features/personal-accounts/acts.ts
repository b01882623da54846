import { addDays } from '#domain/model/day.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import type { Answer } from '#domain/personal-accounts/steps.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { MAX_EXCEPTION_DAYS } from '../exceptions/index.ts';
import { notifyOfAssigned, queueAssignedNotices } from '../mail/index.ts';
import { resolveOwner } from '../owners/index.ts';
import { badRequest } from '../problems.ts';
import { type Acted, act } from './act.ts';
import { todayOf } from './register.ts';
import type { SAYABLE } from './sayable.ts';

interface About {
  readonly accounts: readonly string[];
  readonly version?: number | undefined;
  readonly note?: string | undefined;
}

/** Sets who looks after accounts and by when. Left out keeps a value; null removes it. */
export async function assign(
  context: HandlerContext,
  input: About & { readonly owner?: string | null | undefined; readonly due?: string | null | undefined },
): Promise<Acted> {
  if (input.owner === undefined && input.due === undefined && input.note === undefined)
    throw badRequest('Name an owner, a due date or a note.');
  const { owner } = input;
  const known =
    owner === undefined || owner === null
      ? null
      : await resolveOwner(context.services, context.client.id, owner);
  const before = new Map<string, string | null>();
  const acted = await act(context, {
    ...input,
    step: (entry) => {
      before.set(entry.key, entry.owner);
      return {
        kind: 'assigned',
        owner: owner === undefined ? entry.owner : owner,
        due: input.due === undefined ? entry.due : input.due,
      };
    },
    also: async (tx, done) => {
      if (known === null) return;
      const given = done.filter((key) => before.get(key) !== owner);
      await queueAssignedNotices(
        tx,
        context,
        given.map(() => known.user),
      );
    },
  });
  notifyOfAssigned(context.services);
  return acted;
}

/** Records what a person says about accounts. It never closes one; only a report does. */
export function say(
  context: HandlerContext,
  input: About & { readonly state: (typeof SAYABLE)[number] },
): Promise<Acted> {
  const { state } = input;
  return act(context, {
    ...input,
    step: (entry) => {
      if (state === 'open') {
        if (entry.state === 'found' || entry.state === 'contacted') return 'It is open already.';
        return { kind: 'reopened' };
      }
      const shut = shutWords(entry);
      if (shut !== null) return shut;
      if (entry.state === state) return `Nothing would change: ${entry.words}.`;
      return { kind: state };
    },
  });
}

export function answer(
  context: HandlerContext,
  input: About & { readonly answer: Answer; readonly usedForWork: boolean | null },
): Promise<Acted> {
  return act(context, {
    ...input,
    step: ({ state, words }) =>
      state === 'closed'
        ? `It is over: ${words}.`
        : { kind: 'answered', answer: input.answer, usedForWork: input.usedForWork },
  });
}

/** Exempts accounts until a day. This is an exception of the control on open accounts, and ends by itself. */
export function exempt(
  context: HandlerContext,
  input: About & { readonly reason: string; readonly owner: string; readonly until: string },
): Promise<Acted> {
  const today = todayOf(context);
  const latest = addDays(today, MAX_EXCEPTION_DAYS);
  const { reason, owner, until } = input;
  if (until < today)
    throw badRequest(
      `The last day, ${dayWords(until)}, is past. Today is ${dayWords(today)} at ${context.client.name}.`,
    );
  if (until > latest)
    throw badRequest(
      `An exemption reaches at most ${MAX_EXCEPTION_DAYS} days ahead, to ${dayWords(latest)}. Renew it when it ends.`,
    );
  return act(context, {
    ...input,
    step: (entry) =>
      entry.state === 'closed'
        ? `It needs no exemption: ${entry.words}.`
        : { kind: 'exempted', reason, owner, until },
  });
}

/** Why nothing more can be recorded for an account. */
function shutWords({ state, words }: Entry): string | null {
  if (state === 'closed') return `It is over: ${words}.`;
  if (state === 'exempt') return `${words}. Open it again first.`;
  return null;
}
