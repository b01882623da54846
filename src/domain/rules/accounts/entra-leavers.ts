import { entraBegins } from '../../journeys/people/entra-begins.ts';
import { daysBetween } from '../../model/day.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { removalOf } from './offboarding.ts';
import { decidedAddresses, PEOPLE_DAYS } from './people-files.ts';

/**
 * Without a current roster, disabled accounts in the Entra users file show who should have no seat. null: there is a
 * roster, or no such seat is due. It clears no one, since an enabled account does not show that someone is staff. A
 * members file older than the day on which the account was first seen disabled cannot show whether the seat was kept.
 */
export function seatsOfDisabledAccounts(context: CheckContext): Outcome | null {
  const members = context.read('members', PEOPLE_DAYS);
  const users = context.read('entra_users', PEOPLE_DAYS);
  if (!members.ok || !users.ok) return null;
  const decided = decidedAddresses(context);
  const seats = members.rows.filter(holdsSeat);
  const open = entraBegins(context).leaving.flatMap(({ key, name, day }) => {
    const { stage, words } = removalOf(context, key, new Set([key]), members.observedOn);
    const row = seats.find(({ email }) => address(email) === key);
    if (decided.has(key) || stage !== 'open' || row === undefined) return [];
    const kept = daysBetween(day, members.observedOn);
    const seat =
      kept > 0
        ? `the seat was kept for ${count(kept, 'day')} after that`
        : `the members file of ${dayWords(members.observedOn)} lists the seat`;
    const item: Item = {
      key,
      label: name,
      detail: `The Entra account has been disabled since ${dayWords(day)} at the latest, and ${seat}; ${words}.`,
      evidence: [members.cite(row, row.roleText ? `role ${row.roleText}` : 'holds a seat')],
    };
    return [{ item, known: kept >= 0 }];
  });
  const late = open.filter(({ known }) => known).map(({ item }) => item);
  const unsure = open.filter(({ known }) => !known).map(({ item }) => item);
  if (open.length === 0) return null;
  const list = (items: readonly Item[]) => names(items.map(({ label }) => label));
  const rest = `It is not known whether ${list(unsure)} still ${verb(unsure.length, 'holds', 'hold')} a seat: the members file of ${dayWords(members.observedOn)} is older than the reading that first shows the account disabled.`;
  const cites = (items: readonly Item[]) => [...items.flatMap(({ evidence }) => evidence), ...users.evidence];
  if (late.length === 0)
    return because('accounts.seats_are_staff.entra_disabled_since', rest).cannotRead(
      ask(
        'source',
        'members',
        'Import a members file that was exported after the account was disabled, or remove the seat.',
        'after_disabled',
      ),
      cites(unsure),
      unsure,
    );
  return because(
    'accounts.seats_are_staff.entra_disabled',
    [
      `${late.length} of ${count(seats.length, 'seat holder')} ${verb(late.length, 'has', 'have')} a disabled Entra account: ${list(late)}.`,
      ...(unsure.length > 0 ? [rest] : []),
      'No current staff roster says who else has left.',
    ].join(' '),
  ).fail(cites(late), late);
}
// Guide: G5.5-05
