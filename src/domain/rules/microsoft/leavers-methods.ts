import { z } from 'zod';
import type { AuthMethodsRow, EntraUserRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { type Departed, whoHasLeft } from '../../people/departed.ts';
import { count, names, verb } from '../../text/words.ts';
import { staffUnknown } from '../accounts/people-files.ts';
import { absent, because } from '../outcome.ts';
import { entraAccountOf, staffNotHeld } from './entra-account.ts';
import { worked } from './leavers.ts';
import { secondAccounts } from './second-accounts.ts';

/** A person who left, and the list's entry for their account. */
interface Judged {
  readonly leaver: Departed;
  readonly row: AuthMethodsRow | undefined;
  /** Why it is not known whether any method remains, as a sentence; null: it is known. */
  readonly open: string | null;
}

const NOT_LISTED = 'The list of methods does not have this account.';
const NOT_SHOWN_GONE = 'Not in the Entra file, which does not show that the account is gone.';

export const leaversMethods = defineRule({
  name: 'leavers-methods-removed',
  about:
    'The account of each person who left must have no registered sign-in method but its password, by Microsoft’s own list. If an account is not on the list, the answer is not known.',
  needs: { roster: ['name', 'endsOn'], entra_users: ['name'] },
  failsFromPart: ['auth_methods', 'entra_users', 'roster'],
  params: z.strictObject({}),
  decide(context) {
    const roster = context.read('roster');
    if (!roster.ok) return absent(roster).cannotRead(roster.howToGet);
    const users = context.read('entra_users');
    if (!users.ok) return absent(users).cannotRead(users.howToGet, roster.evidence);
    const methods = context.read('auth_methods');
    if (!methods.ok) return absent(methods).cannotRead(methods.howToGet, users.evidence);
    const known = new Map<string, AuthMethodsRow>();
    for (const row of methods.rows)
      for (const key of [row.id, row.upn]) if (key !== null) known.set(key.toLowerCase(), row);
    const leavers = whoHasLeft(context, roster);
    if (leavers.length === 0)
      return (
        staffUnknown(context) ??
        because(
          'microsoft.leavers_methods.nobody_left',
          'No one on the roster has left, so there are no accounts to check.',
        ).cannotRead(null, roster.evidence)
      );
    const rowOf = ({ id, upn }: EntraUserRow) =>
      [id, upn].map((key) => known.get(key?.toLowerCase() ?? '')).find((one) => one !== undefined);
    // If the Entra file lacks current staff, a missing account does not prove that it is gone.
    const whole = staffNotHeld(context, roster, users.rows).length === 0;
    const others = secondAccounts(context, roster, users.rows);
    const states = leavers.map((leaver): Judged => {
      const account = entraAccountOf(leaver, users.rows);
      if (account.is === 'unsure') return { leaver, row: undefined, open: account.why };
      if (account.is === 'gone') {
        const open = !whole || worked(leaver, users.observedOn) ? NOT_SHOWN_GONE : null;
        return { leaver, row: undefined, open };
      }
      const row = rowOf(account.user);
      if (row === undefined || row.methods.length > 0)
        return { leaver, row, open: row === undefined ? NOT_LISTED : null };
      const second = others(leaver, account.user).find(({ user }) => rowOf(user)?.methods.length !== 0);
      if (second !== undefined) {
        const also = rowOf(second.user);
        return second.sameNumber && also !== undefined
          ? { leaver, row: also, open: null }
          : {
              leaver,
              row,
              open: `The methods of ${second.user.upn ?? 'another account'} may be theirs, too.`,
            };
      }
      const early = leaver.lastDay !== null && methods.observedOn < leaver.lastDay;
      return { leaver, row, open: early ? 'The list of methods is of a day before the last one.' : null };
    });
    const itemOf = ({ leaver, row, open }: Judged): Item => ({
      key: leaver.key,
      label: leaver.name,
      detail: open ?? `Still registered: ${names(row?.methods ?? [])}.`,
      evidence: [...leaver.evidence, ...(row === undefined ? [] : [methods.cite(row, names(row.methods))])],
    });
    const kept = states.filter(({ row }) => row !== undefined && row.methods.length > 0);
    const unsure = states.filter(({ open }) => open !== null);
    if (kept.length > 0)
      return because(
        'microsoft.leavers_methods.kept',
        `${kept.length} of ${count(leavers.length, 'person', 'people')} who left still ${verb(kept.length, 'has', 'have')} a registered sign-in method: ${names(kept.map(({ leaver }) => leaver.name))}.`,
      ).fail(
        kept.flatMap((one) => itemOf(one).evidence),
        [...kept, ...unsure].map(itemOf),
      );
    if (unsure.length > 0)
      return because(
        'microsoft.leavers_methods.unknown',
        `For ${unsure.length} of ${count(leavers.length, 'person', 'people')} who left it cannot be determined which sign-in methods are registered: ${names(unsure.map(({ leaver }) => leaver.name))}.`,
      ).cannotRead(null, methods.evidence, unsure.map(itemOf));
    const unknown = staffUnknown(context);
    if (unknown) return unknown;
    // Deleted accounts have no methods, but they alone say nothing about the list.
    const shown = states.flatMap(({ row }) => (row === undefined ? [] : [row]));
    if (shown.length === 0)
      return because(
        'microsoft.leavers_methods.all_gone',
        'The accounts of everyone who left are gone, so there are no methods to check.',
      ).cannotRead(null, users.evidence);
    return because(
      'microsoft.leavers_methods.none',
      `No sign-in method is registered for any of ${count(leavers.length, 'person', 'people')} who left.`,
    ).pass([...roster.evidence, ...shown.slice(0, 20).map((row) => methods.cite(row, 'no method'))]);
  },
});
// Guide: G6.6-02
