import { dayWords, names } from '../../text/words.ts';
import type { Asked, Shown } from './person.ts';
import { accountDeleted } from './seats.ts';

/** Limit on the number of methods listed; no one registers more. */
const MAX = 20;

/**
 * Whether no sign-in method is registered anymore, according to Microsoft's list; a deleted account has none either.
 */
export function methodsRemoved(asked: Asked): Shown {
  const { context, person } = asked;
  if (person.entra?.is !== 'found') return accountDeleted(asked);
  const methods = context.read('auth_methods', 30);
  const unread = (code: string, words: string, on: string | null = null): Shown => ({
    is: 'unread',
    on,
    code,
    words,
    evidence: [],
  });
  if (!methods.ok) return unread('methods_unread', methods.why);
  const on = methods.observedOn;
  const { id, upn } = person.entra.user;
  const keys = [id, upn].flatMap((key) => key?.toLowerCase() ?? []);
  const row = methods.rows.find((one) =>
    [one.id, one.upn].some((key) => key !== null && keys.includes(key.toLowerCase())),
  );
  if (row === undefined)
    return unread(
      'methods_not_listed',
      `The sign-in methods of ${dayWords(on)} do not list the account.`,
      on,
    );
  const left = row.methods.length > 0;
  return {
    is: left ? 'not_done' : 'done',
    on,
    code: left ? 'methods_left' : 'methods_removed',
    words: left
      ? `Still registered in the sign-in methods of ${dayWords(on)}: ${names(row.methods, MAX)}.`
      : `No sign-in method is registered in the list of ${dayWords(on)}.`,
    evidence: [methods.cite(row, left ? names(row.methods, MAX) : 'no method')],
  };
}
// Guide: G6.6-02
